//! `lotse demo`.
use crate::{
    args::{Format, Shown, lang_of_environment},
    failure::Failure,
};
use lotse::{example, wire};
pub(crate) fn run(shown: &Shown) -> Result<String, Failure> {
    let lang = shown.lang.unwrap_or_else(lang_of_environment);
    let text = format!(
        r#"{{"offers": {}, "needs": {}, "as_of": "{}", "lang": "{lang}"}}"#,
        example::OFFERS,
        example::NEEDS,
        example::AS_OF
    );
    let _ = (Format::Csv, wire::rank_json as fn(&str) -> _);
    crate::rank::answer(&text, &[], shown.format)
}
