//! Applies comprehension rows to the languages of a vocabulary.

use crate::{
    decode::path::Path,
    error::{ErrorKind, ErrorSink, message},
    model::comprehension_row::ComprehensionRow,
    util::ordered_map::OrderedMap,
    vocabulary::language::{Language, Languages, TagError},
};

/// Inserts rows, each of which replaces the present row of the same pair of languages.
///
/// Each row comes with its index in the list at `path`, for the paths of errors.
///
/// # Errors
///
/// - `comprehension.unknown_language` and `comprehension.sign_language` for a tag;
/// - `comprehension.contradiction` for two rows of one pair with different degrees.
pub(super) fn insert_rows<'r>(
    languages: &mut Languages,
    errors: &mut ErrorSink,
    path: &Path<'_>,
    rows: impl IntoIterator<Item = (usize, &'r ComprehensionRow)>,
) {
    let mut degrees = OrderedMap::default();
    for (index, row) in rows {
        let list = path;
        let path = list.item(index);
        let mut language = |name, tag| resolve(languages, errors, &path.field(name), tag);
        let (Some(from), Some(to)) = (language("from", &row.from), language("to", &row.to)) else { continue };
        let earlier = degrees.insert((from.clone(), to.clone()), (index, row.degree));
        if let Some((earlier, _)) = earlier.filter(|(_, degree)| *degree != row.degree) {
            let message = message!("comprehension.contradiction").with(&[("earlier", &list.item(earlier))]);
            errors.push(path.error(ErrorKind::Conflict, "comprehension.contradiction", message));
        }
        languages.insert_row(from, to, row.degree, &row.source);
    }
}

/// Resolves the tag of a spoken language.
fn resolve(languages: &Languages, errors: &mut ErrorSink, path: &Path<'_>, tag: &str) -> Option<Language> {
    let error = match languages.resolve(tag) {
        Ok(language) if !languages.is_sign(&language) => return Some(language),
        Ok(_) => {
            let message = message!("comprehension.sign_language");
            path.error(ErrorKind::Conflict, "comprehension.sign_language", message)
        }
        Err(TagError::Malformed | TagError::Unknown | TagError::PrivateUse) => {
            path.error(ErrorKind::Unknown, "comprehension.unknown_language", message!("language.unknown_tag"))
        }
    };
    errors.push(error);
    None
}
