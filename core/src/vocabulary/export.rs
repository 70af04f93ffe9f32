//! The tables in force as data, in the form in which additions are read.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    decode::code_kind::CodeKind,
    util::{fixed::Ratio, geo::Coordinates, ordered_map::OrderedMap, sort::sort_by_key},
    vocabulary::{Vocabulary, additions::FIELDS, region::RegionKind},
};

impl Serialize for Vocabulary {
    /// The tables in force, in the form in which additions are read.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Region<'a> {
            code: &'a str,
            kind: RegionKind,
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            kreisfrei: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            parent: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            lat: Option<f64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            lon: Option<f64>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            neighbours: Vec<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            name: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct Row<'a> {
            from: String,
            to: String,
            degree: Ratio,
            source: &'a str,
        }
        #[derive(Serialize)]
        struct Name<'a> {
            kind: CodeKind,
            code: &'a str,
            lang: &'a str,
            text: &'a str,
        }
        #[derive(Serialize)]
        struct Word<'a> {
            kind: CodeKind,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            codes: &'a [Cow<'a, str>],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            context: &'a [Cow<'a, str>],
            lang: &'a str,
            text: &'a str,
        }
        /// One key as text, several as a list.
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Keys {
            One(String),
            Several(Vec<String>),
        }
        let regions: Vec<_> = self
            .regions()
            .entries()
            .map(|(entry, parent, neighbours)| Region {
                code: &entry.code,
                kind: entry.kind,
                kreisfrei: entry.kreisfrei,
                parent,
                lat: entry.centre.map(Coordinates::lat),
                lon: entry.centre.map(Coordinates::lon),
                neighbours,
                name: entry.name.as_deref(),
            })
            .collect();
        let comprehension: Vec<_> = self
            .languages()
            .comprehension_rows()
            .into_entries()
            .map(|((from, to), row)| Row { from, to, degree: row.degree, source: &row.source })
            .collect();
        let names: Vec<_> = CodeKind::all()
            .flat_map(|kind| self.labels().codes(kind).map(move |(code, names)| (kind, code, names)))
            .flat_map(|(kind, code, names)| {
                let mut names: Vec<_> = names.iter().map(|(lang, text)| Name { kind, code, lang, text }).collect();
                sort_by_key(&mut names, |name| name.lang);
                names
            })
            .collect();
        let mut words: Vec<_> = self
            .tables
            .words
            .all()
            .map(|(kind, meaning)| Word {
                kind,
                codes: &meaning.codes,
                context: &meaning.context,
                lang: &meaning.lang,
                text: &meaning.text,
            })
            .collect();
        sort_by_key(&mut words, |word| (word.kind, word.text));
        let region_aliases =
            OrderedMap::from_iter(self.regions().aliases().into_entries().map(|(from, mut to)| match to.pop() {
                Some(one) if to.is_empty() => (from, Keys::One(one)),
                last => (from, Keys::Several(to.into_iter().chain(last).collect())),
            }));
        let umbrellas = self.languages().umbrellas();
        let mut data = serializer.serialize_struct("Vocabulary", FIELDS.len())?;
        data.serialize_field("regions", &regions)?;
        data.serialize_field("region_aliases", &region_aliases)?;
        data.serialize_field("languages", self.languages().aliases())?;
        data.serialize_field("sign_languages", &self.languages().sign_languages())?;
        data.serialize_field("umbrellas", &umbrellas)?;
        data.serialize_field("comprehension", &comprehension)?;
        data.serialize_field("names", &names)?;
        data.serialize_field("words", &words)?;
        data.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_go_out_and_come_back() {
        let out = serde_json::to_string(&Vocabulary::default()).unwrap();
        let back = Vocabulary::from_json(&out).unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), out);
    }
}
