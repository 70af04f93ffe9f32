//! `lotse check`.

use lotse::wire::{self, CheckRequest};

use crate::{
    args::{CheckArguments, Format, lang_of_environment},
    csv::Sheet,
    error::{Failure, unwritten},
    input::{self, Asked},
    labels::Words,
    terminal::{Ink, Page},
};

pub(crate) fn run(arguments: &CheckArguments) -> Result<String, Failure> {
    let text = input::request(&arguments.records, &Asked::default())?;
    let mut response = wire::check(CheckRequest::from_json(&text)?)?;
    if !response.errors.is_empty() {
        return Err(Failure::Dataset(std::mem::take(&mut response.errors)));
    }
    match arguments.shown.format {
        Format::Json => serde_json::to_string(&response).map(|json| json + "\n").map_err(|_| unwritten()),
        Format::Csv => {
            let mut sheet = Sheet::new();
            sheet.row(["path", "code", "message", "hint"])?;
            for warning in &response.warnings {
                sheet.row([warning.path(), warning.code(), warning.message(), warning.hint().unwrap_or_default()])?;
            }
            sheet.into_text()
        }
        Format::Table => {
            let words = Words { lang: arguments.shown.lang.unwrap_or_else(lang_of_environment) };
            Ok(table(words, &response))
        }
    }
}

fn table(words: Words, response: &wire::CheckReport) -> String {
    let mut page = Page::new();
    let (offers, needs, warnings) =
        (words.offers(response.offers), words.needs(response.needs), response.warnings.len());
    let good =
        words.pick(format!("No errors in {offers} and {needs}."), format!("Keine Fehler in {offers} und {needs}."));
    page.put("", Ink::Plain, &good, Ink::Good);
    if warnings > 0 {
        // The library stops at 100.
        let count =
            if warnings >= 100 { words.pick("100 or more", "100 oder mehr").to_owned() } else { warnings.to_string() };
        page.text(&words.pick(format!("To look at ({count}):"), format!("Zum Ansehen ({count}):")));
        for warning in &response.warnings {
            page.put("  ", Ink::Care, &warning.to_string(), Ink::Plain);
        }
    }
    page.into_text()
}
