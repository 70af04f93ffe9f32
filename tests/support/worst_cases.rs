//! Requests that cost an operation the most for their size, as text of any number of bytes.
//!
//! Each case attacks one place in which time or memory could grow faster than the request: lists that are compared with lists,
//! chains, names shared by many codes, answers that repeat what a request states once. A case is a table row with a function from
//! bytes to text. The text is written directly, so that a request of 10 MB costs hardly more than its 10 MB.

#[path = "worst_cases/allocation.rs"]
mod allocation;
#[path = "worst_cases/answers.rs"]
mod answers;
#[path = "worst_cases/codes.rs"]
mod codes;
#[path = "worst_cases/json.rs"]
mod json;
#[path = "worst_cases/languages.rs"]
mod languages;
#[path = "worst_cases/pairs.rs"]
mod pairs;
#[path = "worst_cases/regions.rs"]
mod regions;
#[path = "worst_cases/resolver.rs"]
mod resolver;
#[path = "worst_cases/vocabulary.rs"]
mod vocabulary;

/// A family of requests.
pub(crate) struct WorstCase {
    pub(crate) name: &'static str,
    /// The operation that it attacks: the name of a function of `wire`.
    pub(crate) operation: &'static str,
    pub(crate) growth: Growth,
    /// The code of the error that the request is, or `None` if it has an answer.
    pub(crate) error: Option<&'static str>,
    /// Writes a request of about this number of bytes, and at least one item of each of its lists.
    pub(crate) write: fn(usize) -> Request,
}

/// How the work may grow with the bytes of a request.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Growth {
    /// About as the bytes.
    Linear,
    /// As needs × offers, because each pair has its own score or its own edge.
    Pairs,
    /// As the answer or the search for a plan, which a limit bounds, so that a small request can take as long as a large one.
    Bounded,
}

/// The text of a request, and the numbers of its records.
pub(crate) struct Request {
    pub(crate) text: String,
    pub(crate) needs: usize,
    pub(crate) offers: usize,
    /// The number of parts of a pair that have an outcome of their own, such as the languages of an offer with a row each.
    pub(crate) per_pair: usize,
}

impl WorstCase {
    const fn linear(name: &'static str, operation: &'static str, write: fn(usize) -> Request) -> Self {
        Self { name, operation, growth: Growth::Linear, error: None, write }
    }

    const fn pairs(name: &'static str, operation: &'static str, write: fn(usize) -> Request) -> Self {
        Self { name, operation, growth: Growth::Pairs, error: None, write }
    }

    const fn bounded(name: &'static str, operation: &'static str, write: fn(usize) -> Request) -> Self {
        Self { name, operation, growth: Growth::Bounded, error: None, write }
    }

    /// A request that is an error, whose code the answer has.
    const fn error(
        name: &'static str,
        operation: &'static str,
        code: &'static str,
        write: fn(usize) -> Request,
    ) -> Self {
        Self { name, operation, growth: Growth::Linear, error: Some(code), write }
    }
}

/// Returns every case, grouped by subject.
pub(crate) fn all() -> impl Iterator<Item = &'static WorstCase> {
    let subjects = [
        vocabulary::CASES,
        regions::CASES,
        languages::CASES,
        resolver::CASES,
        codes::CASES,
        answers::CASES,
        pairs::CASES,
        allocation::CASES,
        json::CASES,
    ];
    subjects.into_iter().flatten()
}

/// Writes a request member by member.
struct Writer {
    text: String,
    bytes: usize,
    needs: usize,
    offers: usize,
    per_pair: usize,
}

impl Writer {
    fn new(bytes: usize) -> Self {
        let mut text = String::with_capacity(bytes + bytes / 8 + 100_000);
        text.push('{');
        Self { text, bytes, needs: 0, offers: 0, per_pair: 1 }
    }

    /// Sets the number of parts of a pair that have an outcome of their own.
    fn per_pair(self, per_pair: usize) -> Self {
        Self { per_pair, ..self }
    }

    /// Writes a list that fills `percent` of the bytes, with at least one item.
    fn list(mut self, name: &str, percent: usize, item: impl FnMut(usize) -> String) -> Self {
        self.fill(name, ['[', ']'], percent, item);
        self
    }

    /// Writes an object that fills `percent` of the bytes; an entry is a key and a value.
    fn object(mut self, name: &str, percent: usize, entry: impl FnMut(usize) -> String) -> Self {
        self.fill(name, ['{', '}'], percent, entry);
        self
    }

    fn needs(mut self, percent: usize, need: impl FnMut(usize) -> String) -> Self {
        self.needs = self.fill("needs", ['[', ']'], percent, need);
        self
    }

    fn offers(mut self, percent: usize, offer: impl FnMut(usize) -> String) -> Self {
        self.offers = self.fill("offers", ['[', ']'], percent, offer);
        self
    }

    /// Writes members as they are.
    fn members(mut self, text: &str) -> Self {
        self.separate();
        self.text.push_str(text);
        self
    }

    /// Begins an object, which [`Self::close`] ends.
    fn open(mut self, name: &str) -> Self {
        self.separate();
        self.text.push_str(&text(r#""$":{"#, &[&name]));
        self
    }

    fn close(mut self) -> Self {
        self.text.push('}');
        self
    }

    fn end(mut self) -> Request {
        self.text.push('}');
        Request { text: self.text, needs: self.needs, offers: self.offers, per_pair: self.per_pair }
    }

    fn fill(
        &mut self,
        name: &str,
        [begin, end]: [char; 2],
        percent: usize,
        mut item: impl FnMut(usize) -> String,
    ) -> usize {
        self.separate();
        self.text.push_str(&text(r#""$":"#, &[&name]));
        self.text.push(begin);
        let full = self.text.len() + self.bytes * percent / 100;
        let mut count = 0;
        while count == 0 || self.text.len() < full {
            if count > 0 {
                self.text.push(',');
            }
            self.text.push_str(&item(count));
            count += 1;
        }
        self.text.push(end);
        count
    }

    fn separate(&mut self) {
        if !self.text.ends_with('{') {
            self.text.push(',');
        }
    }
}

/// Returns the template with each `$` replaced by the next value. JSON is full of the braces of `format!`.
fn text(template: &str, values: &[&dyn std::fmt::Display]) -> String {
    use std::fmt::Write;
    let mut values = values.iter();
    let mut text = String::with_capacity(template.len() + 16);
    let mut parts = template.split('$');
    text.push_str(parts.next().unwrap());
    for part in parts {
        write!(text, "{}{part}", values.next().unwrap()).unwrap();
    }
    assert!(values.next().is_none(), "a value without a place in {template}");
    text
}

/// Returns an array of the template with each number of a range.
fn array(template: &str, range: std::ops::Range<usize>) -> String {
    let items: Vec<String> = range.map(|number| text(template, &[&number])).collect();
    format!("[{}]", items.join(","))
}

/// Returns an array of a value as often as this.
fn repeated(value: &str, count: usize) -> String {
    format!("[{}]", vec![value; count].join(","))
}

/// Returns the length of a list that takes `divisor` bytes for each item, at most 1 000.
///
/// Lists of small requests are shorter, so that there are always several of them.
fn length(bytes: usize, divisor: usize) -> usize {
    (bytes / divisor).clamp(1, 1_000)
}

/// Returns a word of `width` letters that differs for each number.
fn letters(mut number: usize, width: usize) -> String {
    let mut word = vec![b'a'; width];
    for letter in word.iter_mut().rev() {
        *letter += u8::try_from(number % 26).unwrap();
        number /= 26;
    }
    String::from_utf8(word).unwrap()
}
