use crate::{
    decode::{draft::Draft, value::Value},
    error::Error,
    model::{
        capacity::Capacity,
        enums::{DeliveryFormat, Gender, LanguageMode},
        offer::Offer,
    },
};

impl Offer {
    /// Creates a builder for an offer with this id.
    ///
    /// # Example: only the id
    ///
    /// ```
    /// let offer = lotse::Offer::builder("o-1").build()?;
    /// assert_eq!((offer.id(), offer.capacity()), ("o-1", None));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn builder(id: impl Into<String>) -> OfferBuilder {
        OfferBuilder { draft: Draft::default() }.set(&["id"], Value::from(Into::<String>::into(id)))
    }
}

/// A builder for an [`Offer`].
///
/// All values are validated in [`build`](Self::build), so the order of calls never matters.
///
/// # Example: a trauma clinic
///
/// ```
/// use lotse::{DeliveryFormat, LanguageMode, Offer};
/// let offer = Offer::builder("o-3")
///     .name("Traumaambulanz Beispielstadt")
///     .help("psychosocial.trauma_clinic")
///     .language("de")
///     .language_with_mode("prs", LanguageMode::Interpreter)
///     .area("14612")
///     .capacity(3)
///     .min_age(18)
///     .format(DeliveryFormat::OnSite)
///     .build()?;
/// assert_eq!(offer.name(), Some("Traumaambulanz Beispielstadt"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct OfferBuilder {
    draft: Draft,
}

impl OfferBuilder {
    /// Sets the display name.
    ///
    /// # Example: the name of a service
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").name("Traumaambulanz Beispielstadt").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "name": "Traumaambulanz Beispielstadt"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn name(self, name: &str) -> Self {
        self.set(&["name"], name.into())
    }

    /// Sets the name of the organisation.
    ///
    /// # Example: a clinic
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").organisation("Beispielklinikum").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "organisation": "Beispielklinikum"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn organisation(self, name: &str) -> Self {
        self.set(&["organisation"], name.into())
    }

    /// Adds a kind of help, or `any`.
    ///
    /// # Example: any legal help
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").help("legal").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "help": ["legal"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn help(self, code: &str) -> Self {
        self.push(&["help"], code.into())
    }

    /// Adds a language that staff speak; `mul` stands for every spoken language.
    ///
    /// # Example: German and English
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").language("de").language("en").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "languages": ["de", "en"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn language(self, tag: &str) -> Self {
        self.push(&["languages"], tag.into())
    }

    /// Adds a language and the mode in which it is provided.
    ///
    /// # Example: an interpreter for Dari
    ///
    /// ```
    /// use lotse::{LanguageMode, Offer};
    /// let offer = Offer::builder("o-1").language_with_mode("prs", LanguageMode::Interpreter).build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "languages": [{"tag": "prs", "how": "interpreter"}]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn language_with_mode(self, tag: &str, how: LanguageMode) -> Self {
        let language = [("tag", tag), ("how", how.as_str())];
        self.push(
            &["languages"],
            Value::Object(language.map(|(name, text)| (name.into(), text.to_owned().into())).into()),
        )
    }

    /// Adds a region that the offer serves, or `any`.
    ///
    /// # Example: two Kreise
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").area("14612").area("14628").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "area": ["14612", "14628"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn area(self, code: &str) -> Self {
        self.push(&["area"], code.into())
    }

    /// Sets the region in which the offer is.
    ///
    /// # Example: in Dresden
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").place_region("14612").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "place": {"region": "14612"}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn place_region(self, code: &str) -> Self {
        self.set(&["place", "region"], code.into())
    }

    /// Sets the location of the offer: latitude and longitude in degrees.
    ///
    /// # Example: in Dresden
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").place(51.06, 13.78).build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "place": {"lat": 51.06, "lon": 13.78}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn place(self, lat: f64, lon: f64) -> Self {
        self.set(&["place", "lat"], Value::Float(lat)).set(&["place", "lon"], Value::Float(lon))
    }

    /// Adds a crime that the offer covers: an ICCS code, or `any`.
    ///
    /// # Example: acts against the person
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").crime("02").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "crimes": ["02"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn crime(self, code: &str) -> Self {
        self.push(&["crimes"], code.into())
    }

    /// Adds a scope: a crime, or any if `None`, in all these contexts.
    ///
    /// # Example: any crime of terrorism
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").crime_in_context(None, &["terrorism"]).build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "crimes": [{"context": ["terrorism"]}]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn crime_in_context(self, code: Option<&str>, context: &[&str]) -> Self {
        let code = code.map(|code| ("code".into(), code.into()));
        let context = context.iter().map(|tag| Value::from(*tag)).collect();
        let scope = code.into_iter().chain([("context".into(), Value::Array(context))]);
        self.push(&["crimes"], Value::Object(scope.collect()))
    }

    /// Sets the capacity: a number of free places, a state, or both with the day on which they were known.
    ///
    /// # Example: a number, or more than that
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState, Offer};
    /// let offer = Offer::builder("o-1").capacity(3).build()?;
    /// assert_eq!(offer.capacity(), Some(Capacity::open(3)));
    ///
    /// let capacity = Capacity::new(CapacityState::Waitlist).with_updated("2026-11-20".parse()?);
    /// let offer = Offer::builder("o-2").capacity(capacity).build()?;
    /// assert_eq!(offer.capacity(), Some(capacity));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn capacity(self, capacity: impl Into<Capacity>) -> Self {
        self.set(&["capacity"], capacity.into().to_value())
    }

    /// Adds a relation to the crime that the offer serves, or `any`.
    ///
    /// # Example: bereaved people
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").role("bereaved").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "roles": ["bereaved"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn role(self, code: &str) -> Self {
        self.push(&["roles"], code.into())
    }

    /// Adds a gender that the offer serves.
    ///
    /// # Example: women only
    ///
    /// ```
    /// use lotse::{Gender, Offer};
    /// let offer = Offer::builder("o-1").gender(Gender::Female).build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "genders": ["female"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn gender(self, gender: Gender) -> Self {
        self.push(&["genders"], gender.as_str().into())
    }

    /// Adds `any` gender.
    pub fn any_gender(self) -> Self {
        self.push(&["genders"], "any".into())
    }

    /// Sets the lowest age that the offer serves, in years: 0 to 150.
    ///
    /// # Example: adults
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").min_age(18).build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "ages": {"min": 18}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn min_age(self, years: u8) -> Self {
        self.set(&["ages", "min"], u64::from(years).into())
    }

    /// Sets the highest age that the offer serves, in years: 0 to 150.
    ///
    /// # Example: minors
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").max_age(17).build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "ages": {"max": 17}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn max_age(self, years: u8) -> Self {
        self.set(&["ages", "max"], u64::from(years).into())
    }

    /// Adds a format.
    ///
    /// # Example: by telephone
    ///
    /// ```
    /// use lotse::{DeliveryFormat, Offer};
    /// let offer = Offer::builder("o-1").format(DeliveryFormat::Phone).build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "formats": ["phone"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn format(self, format: DeliveryFormat) -> Self {
        self.push(&["formats"], format.as_str().into())
    }

    /// Adds an accessibility feature.
    ///
    /// # Example: for wheelchairs
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").access("wheelchair").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "access": ["wheelchair"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn access(self, code: &str) -> Self {
        self.push(&["access"], code.into())
    }

    /// Adds an accessibility feature that the offer definitely lacks.
    ///
    /// # Example: stairs only
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").no_access("wheelchair").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "no_access": ["wheelchair"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn no_access(self, code: &str) -> Self {
        self.push(&["no_access"], code.into())
    }

    /// Sets the telephone number.
    ///
    /// # Example: a number
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").phone("0351 000000").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "contact": {"phone": "0351 000000"}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn phone(self, number: &str) -> Self {
        self.set(&["contact", "phone"], number.into())
    }

    /// Sets the e-mail address.
    ///
    /// # Example: an address
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").email("info@example.org").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "contact": {"email": "info@example.org"}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn email(self, address: &str) -> Self {
        self.set(&["contact", "email"], address.into())
    }

    /// Sets the web address, which is not validated.
    ///
    /// # Example: a page
    ///
    /// ```
    /// use lotse::Offer;
    /// let offer = Offer::builder("o-1").url("https://example.org").build()?;
    /// assert_eq!(offer, Offer::from_json(r#"{"id": "o-1", "contact": {"url": "https://example.org"}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn url(self, address: &str) -> Self {
        self.set(&["contact", "url"], address.into())
    }

    /// Validates all values and builds the offer.
    ///
    /// # Errors
    ///
    /// All errors, with paths that begin with `offer`. Language tags and region codes are resolved later, by a matcher, because it
    /// has the vocabulary.
    ///
    /// # Example: the ends of a range swapped
    ///
    /// ```
    /// let error = lotse::Offer::builder("o-1").min_age(60).max_age(18).build().unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("offer.ages.reversed", "offer.ages"));
    /// ```
    pub fn build(self) -> Result<Offer, Error> {
        Offer::from_value(&self.draft.into_value())
    }

    fn set(mut self, path: &[&'static str], value: Value<'_>) -> Self {
        self.draft.set(path, value);
        self
    }

    fn push(mut self, path: &[&'static str], value: Value<'_>) -> Self {
        self.draft.push(path, value);
        self
    }
}
