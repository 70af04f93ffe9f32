//! Warnings about codes that the tables do not list.

use crate::{
    decode::{code_kind::CodeKind, path::Path},
    error::{ErrorKind, ErrorSink, message},
    model::{crime_scope::CrimeScope, language_tag::LanguageTag, need::Need, offer::Offer},
    vocabulary::Vocabulary,
};

pub(super) fn warn_of_offer(warnings: &mut ErrorSink, at: &Path<'_>, offer: &Offer, vocabulary: &Vocabulary) {
    let lists = [
        ("help", CodeKind::Help, &offer.help.values),
        ("roles", CodeKind::Role, &offer.roles.values),
        ("access", CodeKind::Access, &offer.access),
        ("no_access", CodeKind::Access, &offer.no_access),
    ];
    for (name, kind, codes) in lists {
        let at = at.field(name);
        for (index, code) in codes.iter().enumerate() {
            warn_if_unlisted(warnings, &at.item(index), kind, code, vocabulary);
        }
    }
    let languages = at.field("languages");
    for (index, offered) in offer.languages.iter().enumerate() {
        warn_of_unlisted_language(warnings, &languages.item(index), &offered.tag, vocabulary);
    }
    let crimes = at.field("crimes");
    for (index, scope) in offer.crimes.values.iter().enumerate() {
        warn_of_scope(warnings, &crimes.item(index), scope, vocabulary);
    }
}

pub(super) fn warn_of_need(warnings: &mut ErrorSink, at: &Path<'_>, need: &Need, vocabulary: &Vocabulary) {
    if let Some(code) = &need.help {
        warn_if_unlisted(warnings, &at.field("help"), CodeKind::Help, code, vocabulary);
    }
    for (name, kind, codes) in [("roles", CodeKind::Role, &need.roles), ("access", CodeKind::Access, &need.access)] {
        let at = at.field(name);
        for (index, code) in codes.iter().enumerate() {
            warn_if_unlisted(warnings, &at.item(index), kind, code, vocabulary);
        }
    }
    let languages = at.field("languages");
    for (index, spoken) in need.languages.iter().enumerate() {
        warn_of_unlisted_language(warnings, &languages.item(index), &spoken.tag, vocabulary);
    }
    if let Some(scope) = &need.crime {
        warn_of_scope(warnings, &at.field("crime"), scope, vocabulary);
    }
}

fn warn_of_scope(warnings: &mut ErrorSink, at: &Path<'_>, scope: &CrimeScope, vocabulary: &Vocabulary) {
    if let Some(code) = &scope.code {
        warn_if_unlisted(warnings, at, CodeKind::Crime, code, vocabulary);
    }
    let at = at.field("context");
    for (index, tag) in scope.context.iter().enumerate() {
        warn_if_unlisted(warnings, &at.item(index), CodeKind::Context, tag, vocabulary);
    }
}

/// Warns of the code of a language that the tables accept but do not list. A tag that they do not accept is an error.
fn warn_of_unlisted_language(warnings: &mut ErrorSink, at: &Path<'_>, tag: &LanguageTag, vocabulary: &Vocabulary) {
    let languages = vocabulary.languages();
    if languages.resolve(&tag.text).is_ok_and(|language| !languages.is_listed(&language)) {
        warnings.push_with(|| {
            let field = at.field("tag");
            let at = if tag.in_object { &field } else { at };
            let warning = at.error(ErrorKind::Unknown, "language.unlisted", message!("warn.language"));
            warning.with_hint(message!("warn.language.hint"))
        });
    }
}

/// Warns of a code that the tables do not list: it matches only itself, which is wrong if it is a typing error.
fn warn_if_unlisted(warnings: &mut ErrorSink, at: &Path<'_>, kind: CodeKind, code: &str, vocabulary: &Vocabulary) {
    if vocabulary.contains(kind, code) {
        return;
    }
    warnings.push_with(|| {
        let name = format!("{kind}.unlisted");
        let warning = at.error(ErrorKind::Unknown, &name, message!("warn.code"));
        let own = message!("warn.code.hint");
        warning.with_hint(at.suggestion(kind, code).unwrap_or_else(|| own.into()))
    });
}
