//! The options of an export.

use crate::{
    model::{need::Need, offer::Offer},
    util::date::Date,
    vocabulary::Vocabulary,
};

/// The records to export.
///
/// # Example: needs
///
/// ```
/// use lotse::{Need, import::export::ExportRecords};
/// let needs = [Need::builder("n-1").build()?];
/// assert!(matches!(ExportRecords::from(&needs[..]), ExportRecords::Needs([_])));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum ExportRecords<'r> {
    /// Offers.
    Offers(&'r [Offer]),
    /// Needs, which are personal data.
    Needs(&'r [Need]),
}

impl<'r> From<&'r [Offer]> for ExportRecords<'r> {
    fn from(offers: &'r [Offer]) -> Self {
        Self::Offers(offers)
    }
}

impl<'r> From<&'r [Need]> for ExportRecords<'r> {
    fn from(needs: &'r [Need]) -> Self {
        Self::Needs(needs)
    }
}

impl<'r> From<&'r Vec<Offer>> for ExportRecords<'r> {
    fn from(offers: &'r Vec<Offer>) -> Self {
        Self::Offers(offers)
    }
}

impl<'r> From<&'r Vec<Need>> for ExportRecords<'r> {
    fn from(needs: &'r Vec<Need>) -> Self {
        Self::Needs(needs)
    }
}

/// The options of an export.
///
/// # Example: with licence and source
///
/// ```
/// use lotse::import::export::{ExportOptions, to_table};
/// let options = ExportOptions::new().licence("CC-BY-4.0").source("Beratungsstellen.csv").as_of("2026-11-29".parse()?);
/// let exported = to_table(&vec![lotse::Offer::builder("o-1").build()?], &options)?;
/// let package = &exported.files[2];
/// assert!(package.text.contains("CC-BY-4.0") && package.text.contains("2026-11-29"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ExportOptions {
    pub(super) package: bool,
    pub(super) with_capacity: bool,
    pub(super) vocabulary: Vocabulary,
    pub(super) as_of: Option<Date>,
    pub(super) licence: Vec<String>,
    pub(super) sources: Vec<String>,
}

impl ExportOptions {
    /// Creates the default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets whether HSDS is written as a package of CSV files instead of a page in JSON.
    ///
    /// # Example: a package
    ///
    /// ```
    /// use lotse::import::export::{ExportOptions, to_hsds3};
    /// let offers = [lotse::Offer::builder("o-1").name("Treff").build()?];
    /// let exported = to_hsds3(&offers, &ExportOptions::new().package(true))?;
    /// assert!(exported.files.iter().any(|file| file.name == "services.csv"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    #[must_use]
    pub fn package(mut self, package: bool) -> Self {
        self.package = package;
        self
    }

    /// Sets whether HSDS has capacities, which change daily. By default it has none.
    ///
    /// # Example: free places
    ///
    /// ```
    /// use lotse::import::export::{ExportOptions, to_hsds3};
    /// let offers = [lotse::Offer::builder("o-1").capacity(3).build()?];
    /// assert!(!to_hsds3(&offers, &ExportOptions::new())?.files[0].text.contains("available"));
    /// assert!(to_hsds3(&offers, &ExportOptions::new().with_capacity(true))?.files[0].text.contains("available"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    #[must_use]
    pub fn with_capacity(mut self, with_capacity: bool) -> Self {
        self.with_capacity = with_capacity;
        self
    }

    /// Sets the vocabulary, which has the names of languages, regions and terms.
    ///
    /// # Example: a name of one's own
    ///
    /// ```
    /// use lotse::{Vocabulary, import::export::{ExportOptions, to_hsds3}};
    /// let additions = r#"{"names": [{"kind": "help", "code": "laundry", "lang": "en", "text": "Laundry"}]}"#;
    /// let options = ExportOptions::new().vocabulary(&Vocabulary::from_json(additions)?);
    /// let offers = [lotse::Offer::builder("o-1").help("laundry").build()?];
    /// assert!(to_hsds3(&offers, &options)?.files[0].text.contains("Laundry"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    #[must_use]
    pub fn vocabulary(mut self, vocabulary: &Vocabulary) -> Self {
        self.vocabulary = vocabulary.clone();
        self
    }

    /// Sets the day of the export, for `datapackage.json`.
    ///
    /// # Example: a day
    ///
    /// ```
    /// use lotse::import::export::{ExportOptions, to_table};
    /// let options = ExportOptions::new().as_of("2026-11-29".parse()?);
    /// let exported = to_table(&vec![lotse::Offer::builder("o-1").build()?], &options)?;
    /// assert!(exported.files[2].text.contains(r#""created": "2026-11-29T00:00:00Z""#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    /// Adds a licence of the data: a short name such as `CC-BY-4.0`, a web address or a sentence.
    ///
    /// # Example: a sentence
    ///
    /// ```
    /// use lotse::import::export::{ExportOptions, to_table};
    /// let options = ExportOptions::new().licence("For partners only");
    /// let exported = to_table(&vec![lotse::Offer::builder("o-1").build()?], &options)?;
    /// assert!(exported.files[2].text.contains(r#""title": "For partners only""#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    #[must_use]
    pub fn licence(mut self, licence: impl Into<String>) -> Self {
        self.licence.push(licence.into());
        self
    }

    /// Adds a source of the data, such as the file that it was imported from.
    ///
    /// # Example: a file
    ///
    /// ```
    /// use lotse::import::export::{ExportOptions, to_table};
    /// let options = ExportOptions::new().source("Beratungsstellen.csv");
    /// let exported = to_table(&vec![lotse::Offer::builder("o-1").build()?], &options)?;
    /// assert!(exported.files[2].text.contains("Beratungsstellen.csv"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.sources.push(source.into());
        self
    }
}
