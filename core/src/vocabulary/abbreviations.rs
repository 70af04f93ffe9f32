//! Abbreviations in the names of places, as official tables and people write them: "Neustadt a.d.Weinstr.", "Oelsnitz/Vogtl.".

use crate::util::lowercase::to_lowercase;

/// Abbreviations with their full form; longer ones first.
const ABBREVIATIONS: [(&[&str], &str); 42] = [
    (&["i.", "sa."], "in Sachsen"),
    (&["a.", "d."], "an der"),
    (&["i.", "d."], "in der"),
    (&["o.", "d."], "ob der"),
    (&["v.", "d."], "vor der"),
    (&["o.", "l."], "Oberlausitz"),
    (&["n.", "l."], "Niederlausitz"),
    (&["a."], "am"),
    (&["b."], "bei"),
    (&["i."], "im"),
    (&["allg."], "Allgäu"),
    (&["br."], "Breisgau"),
    (&["brandenb."], "Brandenburg"),
    (&["erzgeb."], "Erzgebirge"),
    (&["holst."], "Holstein"),
    (&["meckl."], "Mecklenburg"),
    (&["mfr."], "Mittelfranken"),
    (&["niederschles."], "Niederschlesischer"),
    (&["niederbay."], "Niederbayern"),
    (&["oberbay."], "Oberbayern"),
    (&["oberlaus."], "Oberlausitz"),
    (&["oberpf."], "Oberpfalz"),
    (&["ofr."], "Oberfranken"),
    (&["ol"], "Oberlausitz"),
    (&["oldb"], "Oldenburg"),
    (&["oldb."], "Oldenburg"),
    (&["opf."], "Oberpfalz"),
    (&["pf."], "Pfalz"),
    (&["rhld."], "Rheinland"),
    (&["sa."], "Sachsen"),
    (&["sachs."], "Sachsen"),
    (&["schw."], "Schweiz"),
    (&["sächs."], "Sächsische"),
    (&["st."], "Sankt"),
    (&["thür."], "Thüringen"),
    (&["ufr."], "Unterfranken"),
    (&["v."], "Vogtland"),
    (&["vogtl."], "Vogtland"),
    (&["weinstr."], "Weinstraße"),
    (&["westerw."], "Westerwald"),
    (&["westf."], "Westfalen"),
    (&["württ."], "Württemberg"),
];

/// Returns the name of a place with its abbreviations written out: "Neumarkt in der Oberpfalz" for "Neumarkt i.d. OPf.".
pub(super) fn expanded(name: &str) -> String {
    let tokens = tokens(name);
    let mut written = String::with_capacity(name.len());
    let mut position = 0;
    while let Some(rest) = tokens.get(position..).filter(|rest| !rest.is_empty()) {
        let found = ABBREVIATIONS.iter().find_map(|(words, full)| Some((matched_len(rest, words)?, full)));
        let (len, text) = match found {
            Some((len, full)) => (len, *full),
            None => (1, rest.first().copied().unwrap_or_default()),
        };
        // "Donnersbergkr."
        let (text, ending) = match text.strip_suffix("kr.").filter(|stem| stem.chars().count() > 2) {
            Some(stem) => (stem, "kreis"),
            None => (text, ""),
        };
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        if is_word(written.chars().next_back()) && is_word(text.chars().next()) {
            written.push(' ');
        }
        written.push_str(text);
        written.push_str(ending);
        position = position.saturating_add(len);
    }
    written
}

/// Cuts a name into words, each with a full stop behind it, and the signs between them.
fn tokens(name: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        let len = match (word, rest.get(word..).is_some_and(|behind| behind.starts_with('.'))) {
            (0, _) => first.len_utf8(),
            (_, true) => word.saturating_add(1),
            _ => word,
        };
        let (token, behind) = rest.split_at_checked(len).unwrap_or((rest, ""));
        tokens.push(token);
        rest = behind;
    }
    tokens
}

/// Returns the number of tokens that are these words with spaces between them, or `None` if others are.
fn matched_len(tokens: &[&str], words: &[&str]) -> Option<usize> {
    let mut len = 0_usize;
    for (index, word) in words.iter().enumerate() {
        let spaces = tokens.get(len..)?.iter().take_while(|token| index > 0 && token.trim().is_empty()).count();
        len = len.saturating_add(spaces);
        let token = tokens.get(len)?;
        if !token.chars().map(to_lowercase).eq(word.chars()) {
            return None;
        }
        len = len.saturating_add(1);
    }
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::expanded;

    #[test]
    fn abbreviations_are_written_out() {
        for (name, written) in [
            ("Frankfurt (Oder)", "Frankfurt (Oder)"),
            ("Neumarkt i.d. OPf.", "Neumarkt in der Oberpfalz"),
            ("Neustadt a.d.Weinstr.", "Neustadt an der Weinstraße"),
            ("Neustadt i. Sa.", "Neustadt in Sachsen"),
            ("Königstein/Sächs. Schw.", "Königstein/Sächsische Schweiz"),
            ("Boxberg/O.L.", "Boxberg/Oberlausitz"),
            ("Oldenburg (Oldb)", "Oldenburg (Oldenburg)"),
            ("St. Wendel", "Sankt Wendel"),
            ("Mühldorf a. Inn", "Mühldorf am Inn"),
            ("Donnersbergkr.", "Donnersbergkreis"),
            ("Dresden", "Dresden"),
            ("", ""),
        ] {
            assert_eq!(expanded(name), written);
        }
    }
}
