//! What a person should look at. It changes no record.

use crate::{
    decode::value::Value,
    import::{
        notes::{Notes, Section},
        position::Position,
        record_kind::RecordKind,
    },
    util::{geo::Coordinates, ordered_map::OrderedMap},
    vocabulary::{Vocabulary, region_extent::RegionExtents},
};

/// The number of records from which on equal values are suspicious.
const MIN_RECORDS: u64 = 10;
/// The share of equal values that is suspicious, in hundredths.
const SHARE: u64 = 95;
/// The number of distinct values of a field from which on no value is that of almost all.
const MAX_DISTINCT: usize = 4_096;

/// The fields of which a value that all records share is suspicious. All needs of an incident have one crime and often one region,
/// and all offers of a list one organisation.
fn compared(records: RecordKind) -> &'static [&'static str] {
    match records {
        RecordKind::Offers => {
            &["help", "languages", "area", "crimes", "roles", "genders", "ages", "formats", "access", "no_access"]
        }
        RecordKind::Needs => &["priority", "help", "languages", "roles", "gender", "age", "formats", "access"],
    }
}

/// Values of records, counted while they are produced.
pub(crate) struct Suspicions {
    records: RecordKind,
    extents: Option<RegionExtents>,
    produced: u64,
    /// For each compared field, its values in JSON.
    values: Vec<Option<OrderedMap<String, u64>>>,
    ages: Ages,
    days: OrderedMap<String, u64>,
    /// Positions by the country of a telephone number.
    countries: OrderedMap<String, Vec<Position>>,
    groups: OrderedMap<String, Group>,
}

#[derive(Debug, Default)]
struct Ages {
    stated: u64,
    open: u64,
}

#[derive(Debug, Default)]
struct Group {
    rows: Vec<Position>,
    people: Vec<i64>,
}

impl Suspicions {
    pub(crate) fn new(records: RecordKind) -> Self {
        Self {
            records,
            extents: None,
            produced: 0,
            values: compared(records).iter().map(|_| Some(OrderedMap::default())).collect(),
            ages: Ages::default(),
            days: OrderedMap::default(),
            countries: OrderedMap::default(),
            groups: OrderedMap::default(),
        }
    }

    /// Looks at a record.
    pub(crate) fn look_at(&mut self, record: &Value<'_>, at: Position, vocabulary: &Vocabulary, notes: &mut Notes) {
        self.produced = self.produced.saturating_add(1);
        for (field, values) in compared(self.records).iter().zip(&mut self.values) {
            let Some(value) = get(record, field) else { continue };
            if let Some(map) = values.as_mut() {
                let json = serde_json::to_string(value).unwrap_or_default();
                let count = map.entry(json).or_default();
                *count = count.saturating_add(1);
                if map.len() > MAX_DISTINCT {
                    *values = None;
                }
            }
        }
        match self.records {
            RecordKind::Offers => self.look_at_offer(record, at, vocabulary, notes),
            RecordKind::Needs => self.look_at_need(record, at),
        }
    }

    fn look_at_offer(&mut self, record: &Value<'_>, at: Position, vocabulary: &Vocabulary, notes: &mut Notes) {
        if let Some(ages) = get(record, "ages") {
            self.ages.stated = self.ages.stated.saturating_add(1);
            let is_open = integer(ages, "min").unwrap_or(0) == 0 && integer(ages, "max").is_none();
            self.ages.open = self.ages.open.saturating_add(u64::from(is_open));
        }
        let day = get(record, "capacity").and_then(|capacity| text(capacity, "updated"));
        if let Some(day) = day {
            let count = self.days.entry(day.to_owned()).or_default();
            *count = count.saturating_add(1);
        }
        if let Some(country) = get(record, "contact").and_then(|contact| country(text(contact, "phone")?)) {
            self.countries.entry(country).or_default().push(at);
        }
        if self.is_swapped(record, vocabulary) {
            notes.add(Section::Suspicions, "place.swapped", (None, Some("place")), Some(at));
        }
    }

    fn look_at_need(&mut self, record: &Value<'_>, at: Position) {
        if let Some(group) = text(record, "group") {
            let group = self.groups.entry(group.to_owned()).or_default();
            // Several needs of one row are one person.
            if group.rows.last() != Some(&at) {
                group.rows.push(at);
                group.people.push(integer(record, "people").unwrap_or(1));
            }
        }
    }

    /// Returns `true` if an offer is outside of its region or areas, but would be within if latitude and longitude were exchanged.
    fn is_swapped(&mut self, record: &Value<'_>, vocabulary: &Vocabulary) -> bool {
        let Some(place) = get(record, "place") else { return false };
        let (Some(Value::Float(lat)), Some(Value::Float(lon))) = (get(place, "lat"), get(place, "lon")) else {
            return false;
        };
        let (Ok(there), Ok(swapped)) = (Coordinates::new(*lat, *lon), Coordinates::new(*lon, *lat)) else {
            return false;
        };
        let regions = vocabulary.regions();
        let extents = self.extents.get_or_insert_with(|| regions.extents());
        let codes: Vec<&str> = match text(place, "region") {
            Some(region) => vec![region],
            None => texts(record, "area").filter(|code| regions.is_known(code)).collect(),
        };
        let is_outside = |code: &str, at| regions.may_contain(extents, code, at) == Some(false);
        !codes.is_empty() && codes.iter().all(|code| is_outside(code, there) && !is_outside(code, swapped))
    }

    /// Notes what concerns many records.
    pub(crate) fn finish(self, notes: &mut Notes) {
        let is_almost_all =
            |count: u64, all: u64| all >= MIN_RECORDS && count.saturating_mul(100) >= all.saturating_mul(SHARE);
        for (field, values) in compared(self.records).iter().zip(&self.values) {
            let most = values.iter().flat_map(OrderedMap::values).copied().max().unwrap_or(0);
            if is_almost_all(most, self.produced) {
                notes.add_all(Section::Suspicions, "same_in_all", (None, Some(field)), most);
            }
        }
        if is_almost_all(self.ages.open, self.ages.stated) {
            notes.add_all(Section::Suspicions, "ages.all_open", (None, Some("ages")), self.ages.open);
        }
        let dated = self.days.values().copied().fold(0, u64::saturating_add);
        let most = self.days.values().copied().max().unwrap_or(0);
        if is_almost_all(most, dated) {
            notes.add_all(Section::Suspicions, "updated.one_day", (None, Some("capacity.updated")), most);
        }
        let usual = self.countries.iter().max_by_key(|(_, at)| at.len()).map(|(country, _)| country.clone());
        for (_, at) in self.countries.iter().filter(|(country, _)| Some(*country) != usual.as_ref()) {
            for at in at {
                notes.add(Section::Suspicions, "phone.two_countries", (None, Some("contact.phone")), Some(*at));
            }
        }
        for group in self.groups.values() {
            for at in group.rows.iter().filter(|_| group.is_counted_repeatedly()) {
                notes.add(Section::Suspicions, "people.repeated", (None, Some("people")), Some(*at));
            }
        }
    }
}

impl Group {
    /// Returns `true` if each of several rows states the same size, which is at least their number.
    fn is_counted_repeatedly(&self) -> bool {
        let size = self.people.first().copied().unwrap_or(1);
        let rows = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        rows > 1 && size >= rows && self.people.iter().all(|people| *people == size)
    }
}

/// Returns the country of an international telephone number: 1, 7, or its first two digits, which distinguish most countries.
fn country(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    let number = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00"))?;
    let digits = if number.starts_with(['1', '7']) { 1 } else { 2 };
    number.get(..digits).map(str::to_owned)
}

fn get<'v>(record: &'v Value<'v>, key: &str) -> Option<&'v Value<'v>> {
    let Value::Object(fields) = record else { return None };
    fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

fn text<'v>(record: &'v Value<'v>, key: &str) -> Option<&'v str> {
    match get(record, key)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn texts<'v>(record: &'v Value<'v>, key: &str) -> impl Iterator<Item = &'v str> {
    let items = match get(record, key) {
        Some(Value::Array(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| match item {
        Value::String(text) => Some(&**text),
        _ => None,
    })
}

fn integer(record: &Value<'_>, key: &str) -> Option<i64> {
    match get(record, key)? {
        Value::Int(number) => Some(*number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Suspicions;
    use crate::{
        decode::value::Value,
        import::{
            notes::{Notes, Section},
            position::{Position, Step},
            record_kind::RecordKind,
        },
        vocabulary::Vocabulary,
    };

    fn suspicions(records: RecordKind, values: impl IntoIterator<Item = String>) -> Vec<String> {
        let (mut suspicions, mut notes) = (Suspicions::new(records), Notes::default());
        let vocabulary = Vocabulary::default();
        for (row, json) in (2..).zip(values) {
            let at = Position { file: 0, step: Step::Row(row) };
            suspicions.look_at(&Value::from_json(&json).unwrap(), at, &vocabulary, &mut notes);
        }
        suspicions.finish(&mut notes);
        notes.of(Section::Suspicions).map(|(key, count)| format!("{} {}", key.code, count.count)).collect()
    }

    fn repeat(count: usize, json: &str) -> impl Iterator<Item = String> {
        std::iter::repeat_n(json.to_owned(), count)
    }

    #[test]
    fn a_value_of_almost_all_records_is_suspicious() {
        let same = || repeat(19, r#"{"languages": ["en"]}"#);
        assert_eq!(suspicions(RecordKind::Offers, same().chain(repeat(1, "{}"))), ["same_in_all 19"]);
        assert_eq!(suspicions(RecordKind::Offers, same().chain(repeat(2, "{}"))), <[&str; 0]>::default());
        assert_eq!(suspicions(RecordKind::Offers, same().take(9)), <[&str; 0]>::default());
        assert_eq!(suspicions(RecordKind::Offers, same().take(10)), ["same_in_all 10"]);
        // All needs of an incident have one crime.
        assert_eq!(suspicions(RecordKind::Needs, repeat(20, r#"{"crime": "0102"}"#)), <[&str; 0]>::default());
    }

    #[test]
    fn ages_that_are_all_open_are_suspicious() {
        let ages = (0..10).map(|_| r#"{"ages": {"min": 0}}"#.to_owned());
        assert_eq!(suspicions(RecordKind::Offers, ages), ["ages.all_open 10", "same_in_all 10"]);
    }

    #[test]
    fn places_of_one_day_are_suspicious() {
        let days = repeat(10, r#"{"capacity": {"updated": "2026-11-01"}}"#);
        assert_eq!(suspicions(RecordKind::Offers, days), ["updated.one_day 10"]);
    }

    #[test]
    fn numbers_of_another_country_are_suspicious() {
        let phones = ["+49 341 1", "0049 341 2", "0341 3", "+44 1"];
        let offers = phones.map(|phone| format!(r#"{{"contact": {{"phone": "{phone}"}}}}"#));
        assert_eq!(suspicions(RecordKind::Offers, offers), ["phone.two_countries 1"]);
    }

    #[test]
    fn exchanged_coordinates_are_suspicious() {
        let offers = [
            r#"{"area": ["14612"], "place": {"lat": 13.74, "lon": 51.05}}"#,
            r#"{"place": {"region": "14612", "lat": 51.05, "lon": 13.74}}"#,
            r#"{"place": {"lat": 13.74, "lon": 51.05}}"#,
        ];
        assert_eq!(suspicions(RecordKind::Offers, offers.map(str::to_owned)), ["place.swapped 1"]);
    }

    #[test]
    fn a_size_in_each_row_of_a_group_is_suspicious() {
        let row = |group, people| format!(r#"{{"group": "{group}", "people": {people}}}"#);
        let rows =
            [row("a", 3), row("a", 3), row("a", 3), row("b", 1), row("b", 1), row("c", 4), row("d", 2), row("d", 1)];
        assert_eq!(suspicions(RecordKind::Needs, rows), ["people.repeated 3"]);
    }
}
