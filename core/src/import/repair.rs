//! Damage of text that has one possible origin, and is undone.

use crate::import::encoding::undo_second_encoding;

/// Names of characters in HTML, and the characters.
const ENTITIES: &[(&str, &str)] = &[
    ("quot", "\""),
    ("amp", "&"),
    ("apos", "'"),
    ("nbsp", " "),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("lt", "<"),
    ("gt", ">"),
];

/// The entities that are one only with a semicolon: without it, they begin words.
const WITH_SEMICOLON: [&str; 2] = ["lt", "gt"];

/// The longest entity after its `&`.
const MAX_ENTITY: usize = 8;

/// Returns the repaired text, or `None` if it is not damaged: it was encoded twice, as in `MÃ¼nchen`, or has entities of HTML.
pub(super) fn repair(text: &str) -> Option<String> {
    let decoded = may_be_encoded_twice(text).then(|| undo_second_encoding(text)).flatten();
    let replaced = replace_entities(decoded.as_deref().unwrap_or(text));
    replaced.or(decoded)
}

/// Returns `true` if a character that begins UTF-8 is followed by one that is not ASCII. Most text has none, and is not converted.
fn may_be_encoded_twice(text: &str) -> bool {
    let mut after_lead = false;
    text.chars().any(|character| {
        let fits = after_lead && !character.is_ascii();
        after_lead = matches!(character, '\u{c2}'..='\u{f4}');
        fits
    })
}

fn replace_entities(text: &str) -> Option<String> {
    if !text.contains('&') {
        return None;
    }
    let mut parts = text.split('&');
    let mut repaired = parts.next()?.to_owned();
    let mut has_entity = false;
    for part in parts {
        if let Some((character, rest)) = numeric_entity(part).or_else(|| named_entity(part)) {
            has_entity = true;
            repaired.push(character);
            repaired.push_str(rest);
        } else {
            repaired.push('&');
            repaired.push_str(part);
        }
    }
    has_entity.then_some(repaired)
}

/// Returns the character of an entity such as `quot;`, and the text after it. An entity without a semicolon ends anywhere, but not
/// before `=`, as in a web address.
fn named_entity(text: &str) -> Option<(char, &str)> {
    ENTITIES.iter().find_map(|(name, character)| {
        let rest = text.strip_prefix(name)?;
        let after = rest.strip_prefix(';');
        let is_open = !rest.starts_with('=') && !WITH_SEMICOLON.contains(name);
        Some((character.chars().next()?, after.or(is_open.then_some(rest))?))
    })
}

/// Returns the character of an entity such as `#39;` or `#x27;`, and the text after it.
fn numeric_entity(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = text.strip_prefix('#')?.split_once(';')?;
    if digits.len() > MAX_ENTITY {
        return None;
    }
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let character = char::from_u32(number.ok()?).filter(|character| !character.is_control())?;
    Some((character, rest))
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn text_that_was_encoded_twice_is_repaired() {
        assert_eq!(repair("MÃ¼nchen").as_deref(), Some("München"));
        assert_eq!(repair("GÃ¶rlitz &amp; Zittau").as_deref(), Some("Görlitz & Zittau"));
        for text in ["Löwenzahn", "Espa+¦ol", "ÄÖÜ", "Ãœ und Łódź", "plain"] {
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn entities_are_repaired() {
        assert_eq!(repair("&quot;Haus&quot").as_deref(), Some("\"Haus\""));
        assert_eq!(repair("M&uuml;nchen, B&#252;ro, B&#xFC;ro").as_deref(), Some("München, Büro, Büro"));
        for text in ["AT&T", "R&D", "Haus & Hof", "?a=1&amp=2&lt=3", "a &lt b", "&#0;", "&#99999999999;", "&"] {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
