//! The text of a table in CSV.

use crate::{
    error::{Error, ErrorDetail, ErrorKind, message},
    import::guard::guarded,
};

/// A CSV text that grows row by row.
#[derive(Debug)]
pub(super) struct CsvText {
    rows: csv::Writer<Vec<u8>>,
    is_guarded: bool,
}

impl CsvText {
    /// Creates the text of a table that a German spreadsheet opens with a double click: with its delimiter, with a byte order mark
    /// and without formulas.
    pub(super) fn for_spreadsheets() -> Self {
        let rows = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".into());
        Self { rows, is_guarded: true }
    }

    /// Creates the text of a table that programs exchange.
    pub(super) fn for_programs() -> Self {
        Self { rows: csv::WriterBuilder::new().from_writer(Vec::new()), is_guarded: false }
    }

    pub(super) fn write_row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let is_guarded = self.is_guarded;
        let cells = cells.into_iter().map(|cell| {
            // A number is no formula, and a program would not read it with a guard.
            let is_text = is_guarded && cell.as_ref().replacen(',', ".", 1).parse::<f64>().is_err();
            if is_text { guarded(cell.as_ref()).into_owned() } else { cell.as_ref().to_owned() }
        });
        self.rows.write_record(cells).map_err(|_| unwritable())
    }

    pub(super) fn into_string(self) -> Result<String, Error> {
        let bytes = self.rows.into_inner().map_err(|_| unwritable())?;
        String::from_utf8(bytes).map_err(|_| unwritable())
    }
}

/// The error of a row that cannot be written to memory, which does not occur.
fn unwritable() -> Error {
    Error::new(ErrorDetail::new(ErrorKind::Internal, "response.json", message!("response.data")))
}

#[cfg(test)]
mod tests {
    use super::CsvText;

    #[test]
    fn a_text_is_no_formula_but_a_number_is_a_number() {
        let mut text = CsvText::for_spreadsheets();
        text.write_row(["=1+1", "-3,5", "-2", "+49 351", "a;b", "x\ny"]).unwrap();
        assert_eq!(text.into_string().unwrap(), "\u{feff}'=1+1;-3,5;-2;'+49 351;\"a;b\";\"x\ny\"\n");
        let mut text = CsvText::for_programs();
        text.write_row(["=1+1", "+49 351", "a,b"]).unwrap();
        assert_eq!(text.into_string().unwrap(), "=1+1,+49 351,\"a,b\"\n");
    }
}
