//! String enums: closed sets of values, each of which JSON states as one string.

use crate::error::{Error, ErrorDetail, ErrorKind, Message, Template, message};

/// An enum whose variants are strings in JSON.
pub(crate) trait StringEnum: Copy + Eq + 'static {
    /// The variants with their strings, in the order of their declaration.
    const ALL: &'static [(&'static str, Self)];

    /// Returns the variant of a string, or `None` if there is none.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == code).map(|(_, variant)| *variant)
    }
}

/// Creates the error for a string that is no variant of `T`.
pub(crate) fn unknown_variant<T: StringEnum>() -> Error {
    Error::new(ErrorDetail::new(ErrorKind::Value, "value", UNKNOWN_VARIANT).with_hint(one_of::<T>()))
}

/// The message of the error for a string that is no variant of a string enum.
pub(crate) const UNKNOWN_VARIANT: Template = message!("value");

/// Returns a hint that lists the strings of `T`.
pub(crate) fn one_of<T: StringEnum>() -> Message {
    one_of_names(&mut T::ALL.iter().map(|(name, _)| *name))
}

/// The part of [`one_of`] that is the same for each string enum, compiled once.
fn one_of_names(names: &mut dyn Iterator<Item = &'static str>) -> Message {
    let names: Vec<&str> = names.collect();
    message!("value.hint").with(&[("names", &names.join(", "))])
}

/// Defines a string enum with its conversions: `as_str`, `all`, `Display`, `FromStr`, `Serialize` and [`StringEnum`].
macro_rules! string_enum {
    ($(#[$doc:meta])* $enum_name:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum $enum_name { $($(#[$variant_doc])* $variant),+ }

        impl $enum_name {
            /// Returns the string that stands for the value in JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Returns all values, in the order in which they are declared and sorted.
            pub fn all() -> impl ExactSizeIterator<Item = Self> {
                <Self as $crate::decode::string_enum::StringEnum>::ALL.iter().map(|(_, variant)| *variant)
            }
        }

        impl $crate::decode::string_enum::StringEnum for $enum_name {
            const ALL: &'static [(&'static str, Self)] = &[$(($name, Self::$variant)),+];
        }

        impl std::fmt::Display for $enum_name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $enum_name {
            type Err = $crate::error::Error;

            /// Parses the string that stands for the value in JSON.
            ///
            /// # Errors
            ///
            /// `value` if no value has this string.
            fn from_str(code: &str) -> Result<Self, Self::Err> {
                <Self as $crate::decode::string_enum::StringEnum>::from_code(code).ok_or_else(|| $crate::decode::string_enum::unknown_variant::<Self>())
            }
        }

        impl serde::Serialize for $enum_name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use string_enum;
