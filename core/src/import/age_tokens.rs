//! Cuts a text about ages into numbers and words that relate them.

/// A number or a word of a text about ages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token {
    Years(i64),
    Months(i64),
    From,
    To,
    /// Up to, but not including: "unter 18".
    Under,
    /// Before a year of life: "vollendetes".
    Completed,
    /// Up to the birthday of this age: "bis zum vollendeten 18. Lebensjahr".
    Until,
    Over,
    Between,
    Dash,
    And,
    AndOlder,
    AndYounger,
    /// A sign between ranges.
    Separator,
}

/// The longest text, in bytes.
const MAX_BYTES: usize = 128;
/// Most digits of a number.
const MAX_DIGITS: usize = 6;

/// Words that say nothing about a number. Groups of people count only next to one: "Adults 18+".
const NOISE: &[&str] = &[
    "alter",
    "age",
    "ages",
    "aged",
    "im",
    "der",
    "die",
    "den",
    "dem",
    "zum",
    "zur",
    "für",
    "for",
    "people",
    "personen",
    "menschen",
    "persons",
    "clients",
    "old",
    "alt",
    "adults",
    "adult",
    "erwachsene",
    "kinder",
    "kindern",
    "jugendliche",
    "jugendlichen",
    "children",
    "youth",
    "teens",
    "seniors",
    "senioren",
    "einschließlich",
    "einschl",
    "inkl",
    "inclusive",
    "of",
    "the",
    "leute",
];
const YEARS: [&str; 17] = [
    "jahre",
    "jahren",
    "jahr",
    "j",
    "jährige",
    "jährigen",
    "jähriger",
    "jährig",
    "years",
    "year",
    "yrs",
    "yr",
    "y",
    "yo",
    "ans",
    "lj",
    "jahrige",
];
const MONTHS: [&str; 8] = ["monate", "monaten", "monat", "mon", "months", "month", "mo", "mths"];
const WEEKS: [&str; 5] = ["wochen", "woche", "weeks", "week", "tage"];

/// Returns the tokens of a text, or `None` if it has a word that is none of them, or no number.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let words = words(text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut position = 0_usize;
    while let Some(rest) = words.get(position..).filter(|rest| !rest.is_empty()) {
        let (len, token) = token(rest)?;
        match token {
            Read::Token(token) => tokens.push(token),
            Read::Unit(unit) => {
                // "16-25-Jährige"
                if tokens.last() == Some(&Token::Dash) {
                    tokens.pop();
                }
                set_unit(&mut tokens, unit)?;
            }
            Read::Noise => {}
        }
        position = position.saturating_add(len);
    }
    let has_number = tokens.iter().any(|token| matches!(token, Token::Years(_) | Token::Months(_)));
    has_number.then(|| completed(tokens))
}

enum Read {
    Token(Token),
    Unit(Unit),
    Noise,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Unit {
    Years,
    Months,
    Weeks,
    /// The year of a life: that of an age of one less, unless it is completed.
    LifeYear,
    /// The day at which an age begins.
    Birthday,
}

/// Reads the first words: the number of words, and what they are.
fn token(words: &[String]) -> Option<(usize, Read)> {
    let word = |index: usize| words.get(index).map_or("", String::as_str);
    let found = |len, token| Some((len, Read::Token(token)));
    match (word(0), word(1), word(2)) {
        (
            "und" | "oder" | "and" | "or" | "&",
            "älter" | "older" | "over" | "up" | "above" | "mehr" | "more" | "aufwärts",
            _,
        ) => found(2, Token::AndOlder),
        ("und" | "oder" | "and" | "or", "jünger" | "younger" | "under" | "below", _) => found(2, Token::AndYounger),
        ("jünger" | "younger", "als" | "than", _) => found(2, Token::Under),
        ("älter" | "older", "als" | "than", _) => found(2, Token::Over),
        ("at", "least", _) => found(2, Token::From),
        ("at", "most", _) | ("up", "to", _) => found(2, Token::To),
        ("vollendetem" | "vollendeten" | "vollendete" | "vollendetes" | "vollendung" | "completed", ..) => {
            found(1, Token::Completed)
        }
        ("ab" | "from" | "mind" | "mindestens" | "min" | "≥" | "seit", ..) => found(1, Token::From),
        ("von" | "vom", ..) => Some((1, Read::Noise)),
        ("bis" | "to" | "until" | "max" | "maximal" | "höchstens" | "≤" | "till" | "through", ..) => {
            found(1, Token::To)
        }
        ("unter" | "under" | "below" | "u" | "<", ..) => found(1, Token::Under),
        ("über" | "ueber" | "over" | "above" | "ü" | ">", ..) => found(1, Token::Over),
        ("zwischen" | "between", ..) => found(1, Token::Between),
        ("-", ..) => found(1, Token::Dash),
        ("und" | "and" | "&" | "u." | "sowie", ..) => found(1, Token::And),
        ("+" | "plus" | "aufwärts", ..) => found(1, Token::AndOlder),
        ("," | ";" | "|" | "/", ..) => found(1, Token::Separator),
        (word, ..) => unit_or_number(word).map(|read| (1, read)),
    }
}

fn unit_or_number(word: &str) -> Option<Read> {
    if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        let whole = word.split(['.', ',']).next().unwrap_or_default();
        let number = whole.parse().ok().filter(|_| whole.len() <= MAX_DIGITS);
        return number.map(|number| Read::Token(Token::Years(number)));
    }
    let unit = match word {
        word if YEARS.contains(&word) => Some(Unit::Years),
        word if MONTHS.contains(&word) => Some(Unit::Months),
        word if WEEKS.contains(&word) => Some(Unit::Weeks),
        "lebensjahr" | "lebensjahres" => Some(Unit::LifeYear),
        "geburtstag" | "birthday" => Some(Unit::Birthday),
        _ => None,
    };
    unit.map(Read::Unit).or_else(|| NOISE.contains(&word).then_some(Read::Noise))
}

/// Gives the last number its unit; `None` if there is none, or a year of life is not completed.
fn set_unit(tokens: &mut Vec<Token>, unit: Unit) -> Option<()> {
    let is_completed = tokens.contains(&Token::Completed);
    let last = tokens.iter_mut().rev().find(|token| matches!(token, Token::Years(_) | Token::Months(_)))?;
    let Token::Years(number) = *last else { return Some(()) };
    match unit {
        Unit::Years => {}
        Unit::Months => *last = Token::Months(number),
        Unit::Weeks => *last = Token::Months(0),
        Unit::LifeYear if is_completed => {}
        Unit::LifeYear => return None,
        Unit::Birthday => tokens.push(Token::Completed),
    }
    Some(())
}

/// Makes "bis" before a completed year of life the end at the birthday.
fn completed(tokens: Vec<Token>) -> Vec<Token> {
    let is_completed = tokens.contains(&Token::Completed);
    let tokens = tokens.into_iter().filter(|token| *token != Token::Completed);
    tokens.map(|token| if is_completed && token == Token::To { Token::Until } else { token }).collect()
}

/// Cuts a text into numbers, words in lower case, and signs. All dashes are one; a soft hyphen is a dash.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in text.to_lowercase().chars() {
        let is_fraction = matches!(letter, '.' | ',') && last.is_ascii_digit();
        let continues = match letter {
            _ if letter.is_ascii_digit() => last.is_ascii_digit() || is_point(&words, last),
            _ => letter.is_alphabetic() && last.is_alphabetic(),
        };
        match letter {
            '‐' | '‑' | '‒' | '–' | '—' | '−' | '-' | '\u{ad}' => words.push("-".to_owned()),
            _ if letter.is_whitespace() => {}
            _ if continues || is_fraction => {
                if let Some(word) = words.last_mut() {
                    word.push(letter);
                }
            }
            _ if letter.is_alphanumeric()
                || matches!(letter, '+' | '<' | '>' | '≤' | '≥' | '&' | ',' | ';' | '|' | '/') =>
            {
                words.push(letter.to_string());
            }
            '=' => join_equal(&mut words),
            '(' | ')' | '.' | ':' | '*' | '’' | '\'' => {}
            _ => words.push("?".to_owned()),
        }
        last = letter;
    }
    words.into_iter().flat_map(without_point).collect()
}

/// Returns `true` if a number goes on behind a point or a comma.
fn is_point(words: &[String], last: char) -> bool {
    matches!(last, '.' | ',') && words.last().is_some_and(|word| word.starts_with(|digit: char| digit.is_ascii_digit()))
}

/// Makes `<` and `>` the signs with an equal sign.
fn join_equal(words: &mut [String]) {
    if let Some(word) = words.last_mut() {
        match word.as_str() {
            "<" => *word = "≤".to_owned(),
            ">" => *word = "≥".to_owned(),
            _ => {}
        }
    }
}

/// Removes the point of "16." and separates the comma of "16,"; only one digit behind either is a fraction.
fn without_point(word: String) -> Vec<String> {
    let is_number = word.starts_with(|digit: char| digit.is_ascii_digit());
    let Some(sign) = word.find(['.', ',']).filter(|_| is_number) else { return vec![word] };
    let (whole, rest) = word.split_at_checked(sign).unwrap_or((&word, ""));
    let (separator, fraction) = rest.split_at_checked(1).unwrap_or((rest, ""));
    match (separator, fraction) {
        (".", "") => vec![whole.to_owned()],
        (_, "0" | "00" | "5") => vec![word],
        (",", "") => vec![whole.to_owned(), ",".to_owned()],
        (",", rest) => vec![whole.to_owned(), ",".to_owned(), rest.to_owned()],
        _ => vec![word, "?".to_owned()],
    }
}
