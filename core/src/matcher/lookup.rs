//! Look-ups of language tags and region codes, and checks of ids, with an error for each failure.

use std::borrow::Cow;

use crate::{
    criteria::Context,
    decode::{code_kind::CodeKind, path::Path},
    error::{ErrorDetail, ErrorKind, ErrorSink},
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
                TagError::Malformed => path.error(ErrorKind::Value, "language.malformed", "not a language tag"),
                _ => path.error(ErrorKind::Unknown, "language.unknown_tag", "an unknown language"),
            };
            let form = Cow::Borrowed("a BCP 47 tag such as `de`, `prs` or `de-simple`; `resolve` finds it by name");
            error.with_hint(path.suggestion(CodeKind::Language, tag).map_or(form, Cow::Owned))
        }
        TagError::PrivateUse => {
            let message = "a language tag whose part for private use is not understood";
            let error = path.error(ErrorKind::Unknown, "language.unknown_tag", message);
            error.with_hint("`languages` of the vocabulary states what such a tag means; simple German is `de-simple`")
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
    let error = path.error(ErrorKind::Unknown, "region.unknown", "an unknown region");
    let form = "the key of a Land, Kreis or Gemeinde (AGS, ARS), or a NUTS or ISO 3166-2 code, as text; `resolve` finds \
                it by name; a postcode is none, unless `region_aliases` of the vocabulary has it";
    errors.push(error.with_hint(path.suggestion(CodeKind::Region, code).map_or(Cow::Borrowed(form), Cow::Owned)));
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
    path.field("id").error(ErrorKind::Conflict, "id.duplicate", "an earlier record has the same id")
}
