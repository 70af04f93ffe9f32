//! `lotse resolve`.

use std::path::Path;

use lotse::{Candidate, CodeKind, ResolvedBy, Vocabulary, wire};

use crate::{
    args::{Format, ResolveArguments, lang_of_environment},
    csv::Sheet,
    error::{Failure, unwritten},
    input::{lines_of, text_of},
    labels::Words,
    terminal::{Ink, Page, column},
};

/// Widest column of codes.
const WIDEST_CODE: usize = 37;

pub(crate) fn run(arguments: &ResolveArguments) -> Result<String, Failure> {
    let files = [&arguments.words, &arguments.request, &arguments.vocabulary];
    if files.iter().filter(|path| path.as_deref() == Some(Path::new("-"))).count() > 1 {
        return Err(Failure::Usage("standard input can be read once only"));
    }
    let mut request = match &arguments.request {
        Some(path) => wire::ResolveRequest::from_json(&text_of(path)?)?,
        None => wire::ResolveRequest { lang: lang_of_environment(), ..wire::ResolveRequest::default() },
    };
    let mut texts = arguments.text.clone();
    if let Some(path) = &arguments.words {
        texts.extend(lines_of(path)?);
    }
    if texts.is_empty() && arguments.words.is_none() && arguments.request.is_none() {
        return Err(Failure::Usage("give words, --words with a file that has one a line, or --request"));
    }
    request.words.extend(texts.into_iter().map(|text| wire::ResolveQuery { text, kind: arguments.kind }));
    if let Some(path) = &arguments.vocabulary {
        request.vocabulary = Vocabulary::from_json(&text_of(path)?)?;
    }
    request.suggest = arguments.suggest.map(usize::from).or(request.suggest);
    request.lang = arguments.shown.lang.unwrap_or(request.lang);
    let (lang, vocabulary) = (request.lang, request.vocabulary.clone());
    let response = wire::resolve(request)?;
    match arguments.shown.format {
        Format::Json => serde_json::to_string(&response).map(|json| json + "\n").map_err(|_| unwritten()),
        Format::Csv => csv(&response),
        Format::Table => Ok(table(Words { lang }, &vocabulary, &response)),
    }
}

fn csv(response: &wire::ResolveResponse) -> Result<String, Failure> {
    let mut sheet = Sheet::new();
    sheet.row(["text", "kind", "code", "context", "name", "how", "score", "word"])?;
    for word in &response.resolved {
        if word.candidates.is_empty() {
            // A word that nobody knows is not left out in silence.
            sheet.row([&word.text, "", "", "", "", "", "", ""])?;
        }
        for candidate in &word.candidates {
            let context = candidate.context().collect::<Vec<_>>().join(";");
            let (kind, how) = (candidate.kind().as_str(), candidate.how().as_str());
            let score = candidate.score().to_string();
            sheet.row([
                &word.text,
                kind,
                candidate.code(),
                &context,
                candidate.name(),
                how,
                &score,
                candidate.word().unwrap_or_default(),
            ])?;
        }
    }
    sheet.into_text()
}

fn table(words: Words, vocabulary: &Vocabulary, response: &wire::ResolveResponse) -> String {
    let mut page = Page::new();
    for word in &response.resolved {
        if word.candidates.is_empty() {
            let nobody = words.pick("nobody knows what this stands for", "dafür ist nichts bekannt");
            page.put(&format!("{} · ", word.text), Ink::Strong, nobody, Ink::Care);
        }
        // One sort of code after the other: a word may be a name in several.
        for kind in CodeKind::all() {
            let of_kind: Vec<&Candidate> = word.candidates.iter().filter(|found| found.kind() == kind).collect();
            let Some(first) = of_kind.first() else { continue };
            let (what, ink) = match (first.how(), of_kind.len()) {
                (ResolvedBy::Exact | ResolvedBy::Alias, 1) => ("", Ink::Plain),
                (ResolvedBy::Exact | ResolvedBy::Alias | ResolvedBy::Umbrella, _) => {
                    (words.pick(" · one of these, please choose", " · eins davon, bitte wählen"), Ink::Care)
                }
                (ResolvedBy::Completed | ResolvedBy::Typo, 1) => {
                    (words.pick(" · perhaps this, please confirm", " · vielleicht dies, bitte bestätigen"), Ink::Care)
                }
                (ResolvedBy::Completed | ResolvedBy::Typo, _) => (
                    words.pick(" · perhaps one of these, please choose", " · vielleicht eins davon, bitte wählen"),
                    Ink::Care,
                ),
            };
            page.put(&format!("{} · ", word.text), Ink::Strong, &format!("{}{what}", words.kind(kind)), ink);
            let width = of_kind.iter().map(|found| found.code().len()).max().unwrap_or(0).clamp(6, WIDEST_CODE);
            for candidate in of_kind {
                let setting: Vec<_> =
                    candidate.context().map(|tag| vocabulary.name(CodeKind::Context, tag, words.lang)).collect();
                let setting = if setting.is_empty() { String::new() } else { format!(" · {}", setting.join(" · ")) };
                let lead = format!("  {}  ", column(candidate.code(), width));
                let word = candidate.word().map(|word| format!(" · {word}")).unwrap_or_default();
                page.put(&lead, Ink::Plain, &format!("{}{word}{setting}", candidate.name()), Ink::Plain);
            }
        }
    }
    page.into_text()
}
