//! Messages and hints of errors in each display language.
//!
//! The rows of the catalogue `errors.tsv` are looked up here, so that a program that shows only English ones has no German ones.

use std::borrow::Cow;

use crate::{
    error::{ErrorDetail, Message, message::CATALOGUE},
    model::enums::Lang,
    util::tsv::rows,
};

impl ErrorDetail {
    /// Returns the [message](Self::message) in a display language. Like the English one it repeats no value of a need.
    ///
    /// # Example: for a counsellor
    ///
    /// ```
    /// use lotse::{Lang, Need};
    /// let error = Need::builder("n-1").people(0).build().unwrap_err();
    /// let detail = error.errors().next().unwrap();
    /// assert_eq!(detail.message_in(Lang::De), "erlaubt ist 1 bis 100000");
    /// assert_eq!(detail.message_in(Lang::En), detail.message());
    /// ```
    pub fn message_in(&self, lang: Lang) -> Cow<'_, str> {
        text_in(&self.message, lang)
    }

    /// Returns the [hint](Self::hint) in a display language, or `None` if there is none.
    ///
    /// # Example: fields and codes stay as they are
    ///
    /// ```
    /// use lotse::Lang;
    /// let error = lotse::Offer::from_json(r#"{"id": "o-1", "langauges": ["de"]}"#).unwrap_err();
    /// let detail = error.errors().next().unwrap();
    /// assert_eq!(detail.hint_in(Lang::De).unwrap(), "gemeint ist vielleicht `languages`");
    /// ```
    pub fn hint_in(&self, lang: Lang) -> Option<Cow<'_, str>> {
        self.hint.as_ref().map(|hint| text_in(hint, lang))
    }
}

fn text_in(message: &Message, lang: Lang) -> Cow<'_, str> {
    let english = message.template().english;
    let row = rows::<4>(CATALOGUE).find(|[_, other, ..]| *other == english);
    let [_, _, german, simple] = row.unwrap_or([english; 4]);
    match lang {
        Lang::En => Cow::Borrowed(message.english()),
        Lang::DeSimple if !simple.is_empty() => message.render_german(simple).into(),
        Lang::De | Lang::DeSimple => message.render_german(german).into(),
    }
}
