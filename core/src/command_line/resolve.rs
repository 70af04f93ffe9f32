//! The command `lotse resolve`.

use crate::{
    Candidate, CodeKind, ResolvedBy, Vocabulary,
    wire::{CallOptions, Operation as _, ResolveQuery, ResolveRequest, ResolveResponse, op},
};

use crate::command_line::{
    args::{Format, ResolveArguments, lang_of_environment},
    csv::CsvWriter,
    error::{Error, to_json_line},
    file::{check_single_stdin, decode_file, read_lines},
    labels::Labels,
    terminal::{Style, TerminalText, fit_column},
    texts::Message,
};

/// The smallest and the largest width of a column of codes.
const CODE_WIDTH: (usize, usize) = (6, 37);

pub(crate) fn run(arguments: &ResolveArguments) -> Result<String, Error> {
    let request = decode_request(arguments)?;
    let (lang, vocabulary) = (request.lang, request.vocabulary.clone());
    let response = op::Resolve::run(request, &CallOptions::new())?;
    match arguments.output.format {
        Format::Json => to_json_line(&response),
        Format::Csv | Format::CsvDe => csv(&response, CsvWriter::new(arguments.output.format)),
        Format::Table => Ok(table(Labels { lang }, &vocabulary, &response)),
    }
}

fn decode_request(arguments: &ResolveArguments) -> Result<ResolveRequest, Error> {
    let files = [&arguments.words, &arguments.request, &arguments.vocabulary];
    check_single_stdin(files.into_iter().flatten().map(|path| path.as_path()))?;
    let mut request = match &arguments.request {
        Some(path) => decode_file(path, ResolveRequest::from_value)?,
        None => ResolveRequest { lang: lang_of_environment(), ..ResolveRequest::default() },
    };
    let mut texts = arguments.text.clone();
    if let Some(path) = &arguments.words {
        texts.extend(read_lines(path)?);
    }
    if texts.is_empty() && arguments.words.is_none() && arguments.request.is_none() {
        return Err(Message::new("usage.words").into());
    }
    request.words.extend(texts.into_iter().map(|text| ResolveQuery { text, kind: arguments.kind }));
    if let Some(path) = &arguments.vocabulary {
        request.vocabulary = decode_file(path, Vocabulary::from_value)?;
    }
    request.suggest = arguments.suggest.map(usize::from).or(request.suggest);
    request.lang = arguments.output.lang.unwrap_or(request.lang);
    Ok(request)
}

/// Returns one row for each candidate; a word without one has a row of its own, so that no word is omitted.
fn csv(response: &ResolveResponse, mut out: CsvWriter) -> Result<String, Error> {
    out.write_row(["text", "kind", "code", "context", "name", "how", "score", "word"])?;
    for word in &response.resolved {
        if word.candidates.is_empty() {
            out.write_row([&word.text, "", "", "", "", "", "", ""])?;
        }
        for candidate in &word.candidates {
            let context = candidate.context().collect::<Vec<_>>().join(";");
            let (kind, how) = (candidate.kind().as_str(), candidate.how().as_str());
            let (code, score) = (candidate.code(), out.number(candidate.score()));
            let synonym = candidate.word().unwrap_or_default();
            out.write_row([&word.text, kind, code, &context, candidate.name(), how, &score, synonym])?;
        }
    }
    out.into_string()
}

fn table(labels: Labels, vocabulary: &Vocabulary, response: &ResolveResponse) -> String {
    let mut out = TerminalText::new();
    for word in &response.resolved {
        if word.candidates.is_empty() {
            let text = labels.text("resolve.unknown");
            out.push_hanging(&format!("{} · ", word.text), Style::Bold, text, Style::Caution);
        }
        // By kind of code, because a word may be a name in several.
        for kind in CodeKind::all() {
            let candidates: Vec<&Candidate> = word.candidates.iter().filter(|found| found.kind() == kind).collect();
            let Some(first) = candidates.first() else { continue };
            let (question, style) = question(labels, first.how(), candidates.len());
            let title = [kind.label(labels.lang)].into_iter().chain(question).collect::<Vec<_>>().join(" · ");
            out.push_hanging(&format!("{} · ", word.text), Style::Bold, &title, style);
            render_candidates(&mut out, labels, vocabulary, &candidates);
        }
    }
    out.into_string()
}

/// Returns what a person should do with the candidates of one kind: nothing, choose or confirm.
fn question(labels: Labels, how: ResolvedBy, count: usize) -> (Option<&'static str>, Style) {
    match (how, count) {
        (ResolvedBy::Exact | ResolvedBy::Alias, 1) => (None, Style::Plain),
        (ResolvedBy::Exact | ResolvedBy::Alias | ResolvedBy::Umbrella, _) => {
            (Some(labels.text("resolve.one_of")), Style::Caution)
        }
        (ResolvedBy::List, _) => (Some(labels.text("resolve.all")), Style::Plain),
        // Whatever is not certain, a person confirms.
        (_, 1) => (Some(labels.text("resolve.perhaps")), Style::Caution),
        _ => (Some(labels.text("resolve.perhaps_one_of")), Style::Caution),
    }
}

fn render_candidates(out: &mut TerminalText, labels: Labels, vocabulary: &Vocabulary, candidates: &[&Candidate]) {
    let (min, max) = CODE_WIDTH;
    let width = candidates.iter().map(|candidate| candidate.code().len()).max().unwrap_or(0).clamp(min, max);
    for candidate in candidates {
        let mut text = candidate.name().to_owned();
        let context = candidate.context().map(|tag| vocabulary.name(CodeKind::Context, tag, labels.lang));
        for addition in candidate.word().map(Into::into).into_iter().chain(context) {
            text.push_str(" · ");
            text.push_str(&addition);
        }
        let lead = format!("  {}  ", fit_column(candidate.code(), width));
        out.push_hanging(&lead, Style::Plain, &text, Style::Plain);
    }
}
