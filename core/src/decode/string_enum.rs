//! Closed sets of words: enums that JSON writes as one lower-case word.

use crate::error::{Error, ErrorDetail, ErrorKind};

/// An enum whose values are words of the wire format.
pub(crate) trait StringEnum: Copy + Eq + 'static {
    /// Every value with its word, in their fixed order.
    const ALL: &'static [(&'static str, Self)];

    fn from_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
    }
}

/// The error of `"word".parse()`.
pub(crate) fn unknown_variant<T: StringEnum>() -> Error {
    Error::new(ErrorDetail {
        kind: ErrorKind::Value,
        code: "value".into(),
        path: String::new(),
        message: "not one of the words allowed here".into(),
        hint: Some(one_of::<T>().into()),
    })
}

pub(crate) fn one_of<T: StringEnum>() -> String {
    let words: Vec<&str> = T::ALL.iter().map(|(word, _)| *word).collect();
    format!("one of {}", words.join(", "))
}

/// Defines such an enum: its words stand once, here.
macro_rules! string_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum $name { $($(#[$value_doc])* $value),+ }

        impl $name {
            /// The word of the wire format.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// Every value, in the order used everywhere.
            pub fn all() -> impl ExactSizeIterator<Item = Self> {
                <Self as $crate::decode::string_enum::StringEnum>::ALL.iter().map(|(_, value)| *value)
            }
        }

        impl $crate::decode::string_enum::StringEnum for $name {
            const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$value)),+];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                <Self as $crate::decode::string_enum::StringEnum>::from_code(text).ok_or_else(|| $crate::decode::string_enum::unknown_variant::<Self>())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use string_enum;
