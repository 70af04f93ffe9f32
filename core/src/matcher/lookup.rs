//! Look-ups of language tags and region codes, and checks of ids, with an error for each failure.

use crate::{
    criteria::Context,
    decode::{code_kind::CodeKind, path::Path},
    error::{ErrorDetail, ErrorKind, ErrorSink, message},
    util::sort::sort,
    vocabulary::{
        Vocabulary,
        language::{Language, TagError},
        region_set::RegionSet,
    },
};

/// Looks up a language tag.
pub(super) fn look_up_language(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    tag: &str,
    vocabulary: &Vocabulary,
) -> Option<Language> {
    let cause = match vocabulary.languages().resolve(tag) {
        Ok(language) => return Some(language),
        Err(cause) => cause,
    };
    errors.push_with(|| match cause {
        TagError::Malformed | TagError::Unknown => {
            let error = match cause {
                TagError::Malformed => {
                    path.error(ErrorKind::Value, "language.malformed", message!("language.malformed"))
                }
                _ => path.error(ErrorKind::Unknown, "language.unknown_tag", message!("language.unknown_tag")),
            };
            let form = message!("language.unknown_tag.hint");
            error.with_hint(path.suggestion(CodeKind::Language, tag).unwrap_or_else(|| form.into()))
        }
        TagError::PrivateUse => {
            let message = message!("language.private_use");
            let error = path.error(ErrorKind::Unknown, "language.unknown_tag", message);
            error.with_hint(message!("language.private_use.hint"))
        }
    });
    None
}

/// Looks up the region, or the regions, in which a person or an offer is.
pub(super) fn look_up_region(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    code: &str,
    context: Context<'_>,
) -> Option<RegionSet> {
    let regions = context.vocabulary.regions().resolve(code);
    if regions.is_none() {
        push_unknown_region(errors, path, code);
    }
    regions
}

/// Pushes the error of a region code that the vocabulary cannot resolve.
pub(super) fn push_unknown_region(errors: &mut ErrorSink, path: &Path<'_>, code: &str) {
    let error = path.error(ErrorKind::Unknown, "region.unknown", message!("region.unknown"));
    let form = message!("region.unknown.hint");
    errors.push(error.with_hint(path.suggestion(CodeKind::Region, code).unwrap_or_else(|| form.into())));
}

/// Returns, for each id, `true` if an earlier one is equal. O(n log n).
pub(crate) fn duplicates<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let mut indexed: Vec<(&str, usize)> = ids.zip(0..).collect();
    sort(&mut indexed);
    let mut duplicates = vec![false; indexed.len()];
    for ((a, _), (b, index)) in indexed.iter().zip(indexed.iter().skip(1)) {
        if let Some(duplicate) = duplicates.get_mut(*index) {
            *duplicate = a == b;
        }
    }
    duplicates
}

/// Returns the error of a record whose id an earlier record has too.
pub(crate) fn duplicate_id(path: &Path<'_>) -> ErrorDetail {
    path.field("id").error(ErrorKind::Conflict, "id.duplicate", message!("id.duplicate"))
}
