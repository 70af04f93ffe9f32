//! Rows of the table of comprehension as people write them: in a vocabulary or in a policy.

use serde::Serialize;

use crate::{
    decode::{path::Path, value::Value},
    error::{ErrorKind, ErrorSink},
    util::{fixed::Ratio, ordered_map::OrderedMap},
    vocabulary::language::{BadTag, Language, Languages},
};

/// A speaker of `from` understands `to`, to this degree; a degree of 0 takes the row out.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct ComprehensionRow {
    from: String,
    to: String,
    degree: Ratio,
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
}

impl ComprehensionRow {
    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        let fields = problems.fields(at, tree, &["from", "to", "degree", "source"])?;
        for required in ["from", "to", "degree"] {
            if fields.get(required).is_none() {
                problems.missing_field(&at.field(required));
            }
        }
        let mut tag = |name| {
            let tag = fields.get(name).and_then(|tree| problems.short_text(&at.field(name), tree));
            tag.map(str::to_owned)
        };
        let (from, to) = (tag("from"), tag("to"));
        let degree = fields.get("degree").and_then(|tree| problems.ratio(&at.field("degree"), tree));
        let source = fields.get("source").and_then(|tree| problems.text(&at.field("source"), tree));
        Some(Self { from: from?, to: to?, degree: degree?, source: source.unwrap_or_default().to_owned() })
    }
}

/// Puts rows into the table, in place of those that are there. Two rows for one pair must say the same.
/// Each row comes with its place in the list `at`.
pub(crate) fn put<'r>(
    languages: &mut Languages,
    problems: &mut ErrorSink,
    at: &Path<'_>,
    rows: impl IntoIterator<Item = (usize, &'r ComprehensionRow)>,
) {
    let mut degrees = OrderedMap::default();
    for (index, row) in rows {
        let at = at.item(index);
        let mut end = |name, tag| look_up(languages, problems, &at.field(name), tag);
        let (Some(from), Some(to)) = (end("from", &row.from), end("to", &row.to)) else { continue };
        let said = degrees.insert((from.clone(), to.clone()), row.degree);
        if said.is_some_and(|degree| degree != row.degree) {
            let message = "another degree for a pair that stands here already";
            problems.push(at.error(ErrorKind::Conflict, "comprehension.contradiction", message));
        }
        languages.add_row(from, to, row.degree, &row.source);
    }
}

fn look_up(languages: &Languages, problems: &mut ErrorSink, at: &Path<'_>, tag: &str) -> Option<Language> {
    let problem = match languages.resolve(tag) {
        Ok(language) if !languages.is_sign(&language) => return Some(language),
        Ok(_) => {
            let message = "a sign language is understood by its own speakers only";
            at.error(ErrorKind::Conflict, "comprehension.sign_language", message)
        }
        Err(BadTag::Malformed | BadTag::Unknown) => {
            at.error(ErrorKind::Unknown, "comprehension.unknown_language", "an unknown language")
        }
    };
    problems.push(problem);
    None
}
