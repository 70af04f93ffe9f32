//! Labels: codes and fields as headings, choices and notes.
//!
//! The tables `words.tsv` and `labels.tsv` of `core/data/messages` have the labels of the command line, of notebooks and of the page,
//! so that a code has the same label in all of them.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    decode::code_kind::CodeKind,
    model::{
        criterion::Criterion,
        enums::{
            CapacityState, DeliveryFormat, Gender, Lang, LanguageLevel, LanguageMode, MoveMode, OnUnknown, PlanOption,
            Priority, ResolvedBy, Rule,
        },
    },
    text::catalogue::Catalogue,
    vocabulary::label_table::{LabelRow, label_rows},
};

/// The labels of one display language, by kind and code.
///
/// The kinds are `criterion`, `kind` (of a code), `priority`, `state` (of a capacity), `how` and `level` (of a language), `format`,
/// `gender` (of a person), `truth`, `rule`, `on_unknown`, `resolved_by`, `moves`, `option` (of a plan), `unmet` (the reason), `finding`
/// (how a criterion is met), `none` (what `null` means, by field) and `field` (of a record or a result). Names of languages,
/// regions, crimes, contexts, kinds of help, roles and access tags are in a [`Vocabulary`](crate::Vocabulary).
///
/// It serializes as an object of objects, by kind and code.
///
/// # Example: a heading and its choices
///
/// ```
/// use lotse::{Lang, labels};
/// let german = labels(Lang::De);
/// assert_eq!(german.get("kind", "priority"), Some("Dringlichkeit"));
/// assert_eq!(serde_json::to_value(german).unwrap()["priority"]["stat"], "sofort");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Labels {
    lang: Lang,
    table: Table,
}

/// The table of labels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Table {
    Codes,
    #[cfg(feature = "import")]
    Import,
}

impl Table {
    fn rows(self) -> &'static [LabelRow] {
        match self {
            Self::Codes => label_rows(),
            #[cfg(feature = "import")]
            Self::Import => crate::vocabulary::label_table::import_label_rows(),
        }
    }
}

/// Returns the labels of codes and fields in a display language.
///
/// # Example: one code in two languages
///
/// ```
/// use lotse::{Lang, labels};
/// assert_eq!(labels(Lang::En).get("priority", "stat"), Some("at once"));
/// assert_eq!(labels(Lang::De).get("priority", "stat"), Some("sofort"));
/// ```
pub fn labels(lang: Lang) -> Labels {
    Labels { lang, table: Table::Codes }
}

impl Labels {
    /// Returns the labels of reports and questions of imports.
    #[cfg(feature = "import")]
    pub(crate) fn of_imports(lang: Lang) -> Self {
        Self { lang, table: Table::Import }
    }

    /// Returns the label of a code, or `None` if there is no such kind or code.
    ///
    /// # Example: the column of a report
    ///
    /// ```
    /// use lotse::{Lang, labels};
    /// assert_eq!(labels(Lang::En).get("field", "unmet"), Some("without a place"));
    /// assert_eq!(labels(Lang::En).get("field", "luck"), None);
    /// ```
    pub fn get(self, kind: &str, code: &str) -> Option<&'static str> {
        self.of_kind(kind).find(|(other, _)| *other == code).map(|(_, label)| label)
    }

    /// Returns every label with its kind and code.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        self.table.rows().iter().flat_map(move |row| row.kinds().map(move |kind| (kind, row.code, row.text(self.lang))))
    }

    /// Returns the kinds of labels.
    fn kinds(self) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        for (kind, ..) in self.iter() {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// Returns the codes of a kind with their labels, in the order in which people expect them; none if there is no such kind.
    ///
    /// # Example: the choices of a form
    ///
    /// ```
    /// use lotse::{Lang, labels};
    /// let rules: Vec<_> = labels(Lang::DeSimple).of_kind("rule").collect();
    /// assert_eq!(rules, [("must", "muss passen"), ("prefer", "soll passen"), ("ignore", "zählt nicht")]);
    /// ```
    pub fn of_kind(self, kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.iter().filter(move |(other, ..)| *other == kind).map(|(_, code, label)| (code, label))
    }
}

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kinds = self.kinds();
        let mut map = serializer.serialize_map(Some(kinds.len()))?;
        for kind in kinds {
            map.serialize_entry(kind, &OfKind { labels: *self, kind })?;
        }
        map.end()
    }
}

/// The labels of one kind, for serialization.
struct OfKind {
    labels: Labels,
    kind: &'static str,
}

impl Serialize for OfKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.labels.of_kind(self.kind))
    }
}

/// Defines `label` for string enums: `Enum: "kind", Variant, "its English label"`.
macro_rules! labelled {
    ($($enum_name:ident: $kind:literal, $variant:ident, $example:literal;)+) => {
        $(impl $enum_name {
            #[doc = concat!("Returns the label in a display language; in [`Labels`] the kind is `", $kind, "`.")]
            ///
            /// # Example: in English
            ///
            /// ```
            #[doc = concat!("use lotse::{Lang, ", stringify!($enum_name), "};")]
            #[doc = concat!("assert_eq!(", stringify!($enum_name), "::", stringify!($variant), ".label(Lang::En), \"", $example, "\");")]
            /// ```
            pub fn label(self, lang: Lang) -> &'static str {
                labels(lang).get($kind, self.as_str()).unwrap_or(self.as_str())
            }
        })+
    };
}

impl Criterion {
    /// Returns the label in a display language; in [`Labels`] the kind is `criterion`.
    ///
    /// # Example: two languages
    ///
    /// ```
    /// use lotse::{Criterion, Lang};
    /// assert_eq!(Criterion::Language.label(Lang::De), "Sprache");
    /// assert_eq!(Criterion::Capacity.label(Lang::En), "places");
    /// ```
    pub fn label(self, lang: Lang) -> &'static str {
        Catalogue::get(lang).word(self.as_str())
    }
}

labelled! {
    CodeKind: "kind", Context, "context of the crime";
    Priority: "priority", Stat, "at once";
    CapacityState: "state", Waitlist, "waiting list";
    LanguageMode: "how", Interpreter, "with an interpreter";
    LanguageLevel: "level", B1, "B1 – fair";
    DeliveryFormat: "format", Phone, "by phone";
    Gender: "gender", Other, "another gender";
    Rule: "rule", Prefer, "better if it fits";
    OnUnknown: "on_unknown", Allow, "allow the unknown";
    ResolvedBy: "resolved_by", Alias, "another name";
    MoveMode: "moves", Few, "change little";
    PlanOption: "option", MinScore, "minimum points";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::{
        CapacityState, CodeKind, Criterion, DeliveryFormat, Gender, Lang, LanguageLevel, LanguageMode, MoveMode,
        OnUnknown, PlanOption, Priority, ResolvedBy, Rule, labels,
    };
    use crate::{decode::string_enum::StringEnum, util::tsv::rows, vocabulary::data::MESSAGES};

    fn codes<T: StringEnum>() -> Vec<&'static str> {
        T::ALL.iter().map(|(code, _)| *code).collect()
    }

    /// The codes of unmet needs, of which each has messages.
    fn unmet_reasons() -> Vec<&'static str> {
        let [(_, messages), ..] = MESSAGES;
        let mut codes: Vec<_> = rows::<3>(messages).filter_map(|[key, ..]| key.strip_prefix("unmet.")).collect();
        codes.dedup();
        codes
    }

    /// The codes of every kind that is an enum, or a part of one.
    fn codes_by_kind() -> Vec<(&'static str, Vec<&'static str>)> {
        let or_any = |codes: Vec<&'static str>| [codes, vec!["any"]].concat();
        vec![
            ("criterion", codes::<Criterion>()),
            ("kind", codes::<CodeKind>()),
            ("priority", codes::<Priority>()),
            ("state", codes::<CapacityState>()),
            ("how", codes::<LanguageMode>()),
            ("level", codes::<LanguageLevel>()),
            ("format", or_any(codes::<DeliveryFormat>())),
            ("gender", or_any(codes::<Gender>())),
            ("truth", vec!["yes", "no"]),
            ("rule", codes::<Rule>()),
            ("on_unknown", codes::<OnUnknown>()),
            ("resolved_by", codes::<ResolvedBy>()),
            ("moves", codes::<MoveMode>()),
            ("option", codes::<PlanOption>()),
            ("unmet", unmet_reasons()),
        ]
    }

    #[test]
    fn every_code_of_every_enum_has_a_label_in_every_language() {
        for lang in Lang::all() {
            for (kind, codes) in codes_by_kind() {
                let found: BTreeSet<_> = labels(lang).of_kind(kind).map(|(code, _)| code).collect();
                assert_eq!(found, codes.iter().copied().collect(), "{lang} {kind}");
            }
        }
    }

    #[test]
    fn the_codes_of_a_kind_are_in_the_order_of_the_enum() {
        // The kinds of codes share rows with the criteria, and are in their order.
        for (kind, codes) in codes_by_kind().into_iter().filter(|(kind, _)| *kind != "kind") {
            let is_listed = |code: &&str| *code != "any";
            let found: Vec<_> = labels(Lang::En).of_kind(kind).map(|(code, _)| code).filter(is_listed).collect();
            let codes: Vec<_> = codes.into_iter().filter(is_listed).collect();
            assert_eq!(found, codes, "{kind}");
        }
    }

    #[test]
    fn every_label_is_a_text_of_its_own_within_its_kind() {
        for lang in Lang::all() {
            for kind in labels(lang).kinds() {
                let mut seen = BTreeSet::new();
                for (code, label) in labels(lang).of_kind(kind) {
                    assert!(seen.insert(label), "{lang} {kind} {code}: {label}");
                    assert!(!label.is_empty() && label.trim() == label && !label.contains(['_', '{', '}']), "{label}");
                    let is_plain = lang != Lang::DeSimple || !label.contains(['–', ';']);
                    assert!(label.chars().count() <= 40 && is_plain, "{lang} {kind} {code}: {label}");
                }
            }
        }
    }

    #[test]
    fn labels_serialize_by_kind_and_code() {
        for lang in Lang::all() {
            let object = serde_json::to_value(labels(lang)).unwrap();
            let kinds = labels(lang).kinds();
            assert_eq!(object.as_object().map(serde_json::Map::len), Some(kinds.len()));
            for kind in kinds {
                for (code, label) in labels(lang).of_kind(kind) {
                    assert_eq!(object[kind][code], Value::from(label));
                    assert_eq!(labels(lang).get(kind, code), Some(label));
                }
            }
        }
        for (criterion, lang) in Criterion::all().flat_map(|criterion| Lang::all().map(move |lang| (criterion, lang))) {
            assert_eq!(labels(lang).get("criterion", criterion.as_str()), Some(criterion.label(lang)));
        }
    }
}
