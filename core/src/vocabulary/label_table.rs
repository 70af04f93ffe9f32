//! The tables of labels: every code and field with its label in each display language.

use std::sync::LazyLock;

use crate::{
    model::enums::Lang,
    util::tsv::{items, rows},
    vocabulary::data::{LABELS, MESSAGE_WORDS},
};

/// A label in each display language.
pub(crate) struct LabelRow {
    kinds: &'static str,
    pub(crate) code: &'static str,
    en: &'static str,
    de: &'static str,
    de_simple: &'static str,
}

impl LabelRow {
    /// Returns the kinds of the code.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &'static str> + use<> {
        items(self.kinds)
    }

    /// Returns the label in a display language.
    pub(crate) fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::De => self.de,
            Lang::DeSimple => self.de_simple,
        }
    }
}

/// Returns the words for codes, which are labels too.
pub(crate) fn words() -> impl Iterator<Item = LabelRow> {
    parse(MESSAGE_WORDS)
}

/// Returns all labels, the words first. The tables are parsed on the first call.
pub(crate) fn label_rows() -> &'static [LabelRow] {
    // Not referred to by the module for browsers, whose package has the labels as JavaScript.
    static ROWS: LazyLock<Vec<LabelRow>> = LazyLock::new(|| words().chain(parse(LABELS)).collect());
    &ROWS
}

/// Returns the labels of reports and questions of imports. The table is parsed on the first call.
#[cfg(feature = "import")]
pub(crate) fn import_label_rows() -> &'static [LabelRow] {
    static ROWS: LazyLock<Vec<LabelRow>> = LazyLock::new(|| parse(crate::vocabulary::data::IMPORT_LABELS).collect());
    &ROWS
}

fn parse(table: &'static str) -> impl Iterator<Item = LabelRow> {
    rows::<5>(table).map(|[kinds, code, en, de, de_simple]| LabelRow { kinds, code, en, de, de_simple })
}
