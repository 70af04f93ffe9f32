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
    /// Sets out an offer with this id.
    pub fn builder(id: impl Into<String>) -> OfferBuilder {
        OfferBuilder { draft: Draft::default() }.set(&["id"], Value::from(Into::<String>::into(id)))
    }
}

/// Builds an [`Offer`]; everything is checked once, in [`build`](Self::build), so the order of calls never matters.
#[derive(Clone, Debug)]
pub struct OfferBuilder {
    draft: Draft,
}

impl OfferBuilder {
    /// The name to show.
    pub fn name(self, name: &str) -> Self {
        self.set(&["name"], name.into())
    }

    /// Who provides it.
    pub fn organisation(self, name: &str) -> Self {
        self.set(&["organisation"], name.into())
    }

    /// One more kind of help, or `any`.
    pub fn help(self, code: &str) -> Self {
        self.push(&["help"], code.into())
    }

    /// One more language that staff speak; `mul` for every spoken one.
    pub fn language(self, tag: &str) -> Self {
        self.push(&["languages"], tag.into())
    }

    /// One more language, and how it is provided.
    pub fn language_with_mode(self, tag: &str, how: LanguageMode) -> Self {
        let language = [("tag", tag), ("how", how.as_str())];
        self.push(
            &["languages"],
            Value::Object(language.map(|(name, text)| (name.into(), text.to_owned().into())).into()),
        )
    }

    /// One more region that is served, or `any`.
    pub fn area(self, code: &str) -> Self {
        self.push(&["area"], code.into())
    }

    /// The region in which the offer is.
    pub fn place_region(self, code: &str) -> Self {
        self.set(&["place", "region"], code.into())
    }

    /// Where the offer is, in degrees.
    pub fn place(self, lat: f64, lon: f64) -> Self {
        self.set(&["place", "lat"], Value::Float(lat)).set(&["place", "lon"], Value::Float(lon))
    }

    /// One more crime that is in scope: an ICCS code, or `any`.
    pub fn crime(self, code: &str) -> Self {
        self.push(&["crimes"], code.into())
    }

    /// One more scope: a crime, if one is given, in these settings.
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

    /// One more role that is served, or `any`.
    pub fn role(self, code: &str) -> Self {
        self.push(&["roles"], code.into())
    }

    /// One more gender that is served.
    pub fn gender(self, gender: Gender) -> Self {
        self.push(&["genders"], gender.as_str().into())
    }

    /// For every gender.
    pub fn any_gender(self) -> Self {
        self.push(&["genders"], "any".into())
    }

    /// The youngest age served, in years.
    pub fn min_age(self, years: u8) -> Self {
        self.set(&["ages", "min"], u64::from(years).into())
    }

    /// The oldest age served, in years.
    pub fn max_age(self, years: u8) -> Self {
        self.set(&["ages", "max"], u64::from(years).into())
    }

    /// One more format.
    pub fn format(self, format: DeliveryFormat) -> Self {
        self.push(&["formats"], format.as_str().into())
    }

    /// One more thing that is offered, such as `wheelchair`.
    pub fn access(self, code: &str) -> Self {
        self.push(&["access"], code.into())
    }

    /// One more thing that the offer surely lacks.
    pub fn no_access(self, code: &str) -> Self {
        self.push(&["no_access"], code.into())
    }

    /// Telephone number.
    pub fn phone(self, number: &str) -> Self {
        self.set(&["contact", "phone"], number.into())
    }

    /// E-mail address.
    pub fn email(self, address: &str) -> Self {
        self.set(&["contact", "email"], address.into())
    }

    /// Web address.
    pub fn url(self, address: &str) -> Self {
        self.set(&["contact", "url"], address.into())
    }

    /// Checks and builds.
    ///
    /// # Errors
    ///
    /// Every problem, with paths that begin with `offer`. Tags and keys are looked up later, by a matcher, because only
    /// that knows the vocabulary.
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
