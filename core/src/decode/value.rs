use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::error::{Detail, Error, ErrorKind};

/// Data as it came in, before anyone asked whether it is right: what JSON has, from JSON or from anything like it.
///
/// Records are read from this tree and not by derived code, because that stops at the first problem, repeats values in its
/// messages, and takes the last of two equal keys without a word. Text may be borrowed from where it came from. `Debug` shows no
/// values, since needs may be among them.
///
/// # Example: a need from data of another format
///
/// ```
/// use lotse::{Need, wire::Tree};
/// let data = Tree::Map(vec![("id".into(), "n-1".into()), ("age".into(), Tree::Whole(34))]);
/// assert_eq!(Need::from_tree(&data)?, Need::builder("n-1").age(34).build()?);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub enum Tree<'a> {
    /// Nothing; a field that is null is absent.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number. One that is not finite fits nowhere.
    Float(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Tree<'a>>),
    /// Names and values, in their order; a name that stands twice is an error wherever it is read.
    Map(Vec<(Cow<'a, str>, Tree<'a>)>),
}

/// Room for so many fields at once instead of in steps: most objects have fewer, and in a browser more would be no small piece
/// of memory any more, which takes longer to get and to give back.
const FIELDS: usize = 6;

impl<'a> Tree<'a> {
    /// Reads JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, with line and column and nothing of the text.
    pub fn from_json(text: &'a str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|error| not_json(&error))
    }

    /// Reads a file of records: a JSON list, an object such as `{"needs": […]}` with only this field, or one JSON object after
    /// another (NDJSON). A byte order mark is left out.
    ///
    /// # Errors
    ///
    /// `json.syntax`, with line and column and nothing of the text.
    ///
    /// # Example: a line for each need
    ///
    /// ```
    /// use lotse::wire::Tree;
    /// let lines = Tree::records_from_json("{\"id\": \"n-1\"}\n{\"id\": \"n-2\"}\n", "needs")?;
    /// assert_eq!(lines, Tree::from_json(r#"[{"id": "n-1"}, {"id": "n-2"}]"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn records_from_json(text: &'a str, name: &str) -> Result<Self, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let values = serde_json::Deserializer::from_str(text).into_iter::<Self>();
        let mut values = values.collect::<Result<Vec<Self>, _>>().map_err(|error| not_json(&error))?;
        match values.as_mut_slice() {
            [Self::List(list)] => return Ok(Self::List(std::mem::take(list))),
            [Self::Map(entries)] => {
                if let [(field, Self::List(list))] = entries.as_mut_slice() {
                    if field == name {
                        return Ok(Self::List(std::mem::take(list)));
                    }
                }
            }
            _ => {}
        }
        Ok(Self::List(values))
    }

    /// The same data, borrowed from nowhere.
    pub fn into_owned(self) -> Tree<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Tree::Null,
            Self::Bool(truth) => Tree::Bool(truth),
            Self::Whole(number) => Tree::Whole(number),
            Self::Float(number) => Tree::Float(number),
            Self::Text(text) => Tree::Text(owned(text)),
            Self::List(items) => Tree::List(items.into_iter().map(Tree::into_owned).collect()),
            Self::Map(fields) => {
                Tree::Map(fields.into_iter().map(|(name, value)| (owned(name), value.into_owned())).collect())
            }
        }
    }

    /// Empty and null fields count as absent.
    pub(crate) fn is_absent(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(entries) => entries.is_empty(),
            Self::Bool(_) | Self::Whole(_) | Self::Float(_) => false,
        }
    }
}

fn not_json(error: &serde_json::Error) -> Error {
    let message = if error.is_eof() {
        "the text ends too early".to_owned()
    } else if error.line() == 0 {
        "not JSON".to_owned()
    } else {
        format!("not JSON at line {}, column {}", error.line(), error.column())
    };
    Error::new(Detail {
        kind: ErrorKind::Syntax,
        code: "json.syntax".into(),
        path: String::new(),
        message: message.into(),
        hint: None,
    })
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Bool(_) => "Bool(..)",
            Self::Whole(_) => "Whole(..)",
            Self::Float(_) => "Float(..)",
            Self::Text(_) => "Text(..)",
            Self::List(_) => "List(..)",
            Self::Map(_) => "Map(..)",
        })
    }
}

impl<'a> From<&'a str> for Tree<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Tree<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u64> for Tree<'_> {
    fn from(number: u64) -> Self {
        // Above the largest whole number of the tree no field takes a number anyway.
        i64::try_from(number).map_or(Self::Float(f64::MAX), Self::Whole)
    }
}

/// A record in the making: builders write the tree that is then read as if it had come in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    fields: Vec<(Cow<'static, str>, Tree<'static>)>,
}

impl Draft {
    /// Puts a value at a path of field names.
    pub(crate) fn set(&mut self, path: &[&'static str], value: Tree<'_>) {
        if let Some(place) = Self::place(&mut self.fields, path) {
            *place = value.into_owned();
        }
    }

    /// Puts a value at the end of the list at a path.
    pub(crate) fn push(&mut self, path: &[&'static str], value: Tree<'_>) {
        let value = value.into_owned();
        match Self::place(&mut self.fields, path) {
            Some(Tree::List(items)) => items.push(value),
            Some(place) => *place = Tree::List(vec![value]),
            None => {}
        }
    }

    pub(crate) fn into_tree(self) -> Tree<'static> {
        Tree::Map(self.fields)
    }

    fn place<'t>(
        fields: &'t mut Vec<(Cow<'static, str>, Tree<'static>)>,
        path: &[&'static str],
    ) -> Option<&'t mut Tree<'static>> {
        let (first, rest) = path.split_first()?;
        if !fields.iter().any(|(name, _)| name == first) {
            fields.push((Cow::Borrowed(*first), Tree::Map(Vec::new())));
        }
        let (_, place) = fields.iter_mut().find(|(name, _)| name == first)?;
        if rest.is_empty() {
            return Some(place);
        }
        match place {
            Tree::Map(fields) => Self::place(fields, rest),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data")
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree<'de>, E> {
        Ok(Tree::Float(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::from(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::from(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree<'de>, E> {
        Ok(Tree::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree<'de>, A::Error> {
        let mut map = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            if map.is_empty() {
                map.reserve(FIELDS);
            }
            map.push((key, entries.next_value()?));
        }
        Ok(Tree::Map(map))
    }
}

/// The name of a field; anything but text is an error of the format.
struct Key<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn equal_keys_are_kept_so_that_they_can_be_refused() {
        let Tree::Map(entries) = Tree::from_json(r#"{"a": 1, "a": 2}"#).unwrap() else { panic!("a map") };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn an_error_tells_the_place_and_nothing_else() {
        let error = Tree::from_json("{\"age\": secret}").unwrap_err();
        assert_eq!(error.code(), "json.syntax");
        assert_eq!(error.message(), "not JSON at line 1, column 9");
        assert_eq!(Tree::from_json("[1,").unwrap_err().message(), "the text ends too early");
    }

    #[test]
    fn a_tower_of_brackets_is_refused() {
        assert_eq!(Tree::from_json(&"[".repeat(1_000_000)).unwrap_err().code(), "json.syntax");
    }
}
