//! The wire form of rankings, explanations and diagnoses.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{
    matcher::{
        assessment::{Assessment, Finding},
        diagnosis::{BlockedOffers, Diagnosis, NearMiss, RequiredChange},
        explain::Explanation,
        ranking::{Match, Ranking, ScoredOffer},
    },
    model::{criterion::Criterion, enums::Lang},
    text::localized::{Facts, Localized, localizable},
    vocabulary::Vocabulary,
};

localizable! {
    /// Returns the ranking with sentences in a display language, to be serialized.
    ///
    /// # Example: the best offer in German
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let need = Need::builder("n-1").language("de").build()?;
    /// let ranking = matcher.rank(&need, 1)?;
    /// let json = serde_json::to_string(&ranking.localized(Lang::De, matcher.vocabulary())).unwrap();
    /// assert!(json.starts_with(r#"{"need":"n-1","matches":[{"offer":"o-1","#) && json.contains("Spricht Deutsch."));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    Ranking,
    /// Returns the match with sentences in a display language, to be serialized.
    ///
    /// # Example: one match
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let need = Need::builder("n-1").language("de").build()?;
    /// let ranking = matcher.rank(&need, 1)?;
    /// let json = serde_json::to_string(&ranking.matches()[0].localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.contains(r#""text":"Speaks German.""#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    Match,
    /// Returns the explanation with sentences in a display language, to be serialized.
    ///
    /// # Example: an excluded offer
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let need = Need::builder("n-1").language("ti").build()?;
    /// let explanation = matcher.explain(&need, "o-1")?;
    /// let json = serde_json::to_string(&explanation.localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.starts_with(r#"{"need":"n-1","offer":"o-1","matches":false,"#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    Explanation,
    /// Returns the diagnosis with sentences in a display language, to be serialized.
    ///
    /// # Example: no offer speaks the language
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let need = Need::builder("n-1").language("ti").build()?;
    /// let diagnosis = matcher.diagnose(&need, 3)?;
    /// let json = serde_json::to_string(&diagnosis.localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.contains(r#""blocked":[{"criterion":"language","offers":1,"only":1}]"#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    Diagnosis,
    /// Returns the near miss with sentences in a display language, to be serialized.
    ///
    /// # Example: the required change
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let need = Need::builder("n-1").language("ti").build()?;
    /// let diagnosis = matcher.diagnose(&need, 3)?;
    /// let json = serde_json::to_string(&diagnosis.near_misses()[0].localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.contains(r#""blockers":["language"]"#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    NearMiss,
}

impl Serialize for Localized<'_, &Ranking> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Ranking", 2)?;
        data.serialize_field("need", self.result().need())?;
        data.serialize_field("matches", &self.parts(self.result().matches()))?;
        data.end()
    }
}

impl Serialize for Localized<'_, &Match> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let found = self.result();
        let mut data = serializer.serialize_struct("Match", 4)?;
        data.serialize_field("offer", found.offer())?;
        data.serialize_field("score", &found.score())?;
        data.serialize_field("to_check", &found.to_check().collect::<Vec<_>>())?;
        data.serialize_field("reasons", &self.parts(found.requested()))?;
        data.end()
    }
}

impl Serialize for ScoredOffer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("ScoredOffer", 3)?;
        data.serialize_field("offer", self.offer())?;
        data.serialize_field("score", &self.score())?;
        data.serialize_field("to_check", &self.to_check().collect::<Vec<_>>())?;
        data.end()
    }
}

impl Serialize for Localized<'_, &Explanation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let assessment: &Assessment = self.result().assessment();
        let mut data = serializer.serialize_struct("Explanation", 6)?;
        data.serialize_field("need", self.result().need())?;
        data.serialize_field("offer", assessment.offer())?;
        data.serialize_field("matches", &assessment.is_match())?;
        data.serialize_field("score", &assessment.score())?;
        data.serialize_field("to_check", &assessment.to_check().collect::<Vec<_>>())?;
        data.serialize_field("reasons", &self.parts(assessment.findings()))?;
        data.end()
    }
}

impl<'m> Finding<'m> {
    /// Returns the finding with its reason as a sentence in a display language, to be serialized.
    ///
    /// # Example: the language
    ///
    /// ```
    /// use lotse::{Criterion, Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let explanation = matcher.explain(&Need::builder("n-1").language("de").build()?, "o-1")?;
    /// let finding = explanation.assessment().finding(Criterion::Language).unwrap();
    /// let json = serde_json::to_string(&finding.localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.contains(r#""code":"language.spoken""#) && json.contains("Speaks German."));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn localized<'a>(self, lang: Lang, vocabulary: &'a Vocabulary) -> Localized<'a, Finding<'m>> {
        Localized::new(self, lang, vocabulary)
    }
}

impl Serialize for Finding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Localized::codes_only(*self).serialize(serializer)
    }
}

impl Serialize for Localized<'_, Finding<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.result();
        let mut data = serializer.serialize_struct("Finding", 11)?;
        data.serialize_field("criterion", &finding.criterion())?;
        data.serialize_field("fit", &finding.fit())?;
        data.serialize_field("known", &finding.is_known())?;
        data.serialize_field("weight", &finding.weight())?;
        data.serialize_field("contribution", &finding.contribution())?;
        data.serialize_field("rule", &finding.rule())?;
        data.serialize_field("blocks", &finding.is_blocking())?;
        data.serialize_field("code", finding.reason().code())?;
        data.serialize_field("asked", &finding.is_requested())?;
        data.serialize_field("facts", &Facts(finding.reason()))?;
        if let Some(text) = self.sentence(finding.reason()) {
            data.serialize_field("text", &text)?;
        }
        data.end()
    }
}

impl Serialize for Localized<'_, &Diagnosis> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let diagnosis = self.result();
        let mut data = serializer.serialize_struct("Diagnosis", 5)?;
        data.serialize_field("need", diagnosis.need())?;
        data.serialize_field("offers", &diagnosis.offers())?;
        data.serialize_field("matching", &diagnosis.matching())?;
        data.serialize_field("blocked", diagnosis.blocked())?;
        data.serialize_field("near_misses", &self.parts(diagnosis.near_misses()))?;
        data.end()
    }
}

impl Serialize for BlockedOffers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("BlockedOffers", 3)?;
        data.serialize_field("criterion", &self.criterion())?;
        data.serialize_field("offers", &self.offers())?;
        data.serialize_field("only", &self.only())?;
        data.end()
    }
}

impl Serialize for Localized<'_, &NearMiss> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let miss = self.result();
        let mut data = serializer.serialize_struct("NearMiss", 5)?;
        data.serialize_field("offer", miss.assessment().offer())?;
        data.serialize_field("score", &miss.assessment().score())?;
        data.serialize_field("to_check", &miss.assessment().to_check().collect::<Vec<Criterion>>())?;
        data.serialize_field("blockers", &miss.blockers().collect::<Vec<Criterion>>())?;
        data.serialize_field("changes", &self.parts(miss.changes()))?;
        data.end()
    }
}

impl Serialize for Localized<'_, &RequiredChange> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let change = self.result();
        let mut data = serializer.serialize_struct("RequiredChange", 4)?;
        data.serialize_field("criterion", &change.criterion())?;
        data.serialize_field("code", change.reason().code())?;
        data.serialize_field("facts", &Facts(change.reason()))?;
        if let Some(text) = self.sentence(change.reason()) {
            data.serialize_field("text", &text)?;
        }
        data.end()
    }
}
