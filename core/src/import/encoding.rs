//! Bytes as text: Unicode, and five encodings with one byte for each character.
//!
//! The tables are those of the [Encoding Standard](https://encoding.spec.whatwg.org/) and, for code page 850, of Unicode; a byte
//! that a table leaves out is a control character. They are here because the crate `encoding_rs` is larger than the whole reader.

use std::{borrow::Cow, str};

use crate::{
    error::{Error, ErrorKind, message},
    import::fault::{self, Place},
};

/// Text, and how it was read.
#[derive(Debug)]
pub(super) struct Decoded<'f> {
    pub(super) text: Cow<'f, str>,
    /// The name of the encoding, or `mixed`.
    pub(super) encoding: &'static str,
    /// The code of the assumption, if the encoding is one.
    pub(super) assumed: Option<&'static str>,
    /// The positions in the text of the lines that were read as windows-1252, if the encoding is mixed.
    pub(super) legacy_lines: Vec<usize>,
}

impl<'f> Decoded<'f> {
    fn certain(text: impl Into<Cow<'f, str>>, encoding: &'static str) -> Self {
        Self { text: text.into(), encoding, assumed: None, legacy_lines: Vec::new() }
    }
}

/// Decodes a file by the given encoding, or by the first of these that holds: a byte order mark, valid UTF-8, UTF-8 in some lines
/// and windows-1252 in the others, windows-1252.
///
/// # Errors
///
/// `import.encoding` if the name is not known, or with the row of the first bytes that are not of this encoding.
pub(super) fn decode<'f>(bytes: &'f [u8], encoding: Option<&str>, file: &str) -> Result<Decoded<'f>, Error> {
    match (encoding, bytes) {
        (Some(name), _) => decode_as(bytes, name, file),
        (None, [0xef, 0xbb, 0xbf, ..]) => unicode(bytes, file),
        (None, [0xff, 0xfe, ..]) => utf_16(bytes, ("utf-16le", u16::from_le_bytes), file),
        (None, [0xfe, 0xff, ..]) => utf_16(bytes, ("utf-16be", u16::from_be_bytes), file),
        (None, _) => match str::from_utf8(bytes) {
            Ok(text) if has_interleaved_nulls(bytes) => Err(undeclared_utf_16(text, file)),
            Ok(text) => Ok(Decoded::certain(text, "utf-8")),
            Err(_) => Ok(legacy(bytes)),
        },
    }
}

/// Decodes bytes that are owned, such as those of a member of an archive.
///
/// # Errors
///
/// Those of [`decode`].
pub(super) fn decode_owned(bytes: Vec<u8>, encoding: Option<&str>, file: &str) -> Result<Decoded<'static>, Error> {
    let Decoded { text, encoding, assumed, legacy_lines } = decode(&bytes, encoding, file)?;
    let text = text.into_owned().into();
    Ok(Decoded { text, encoding, assumed, legacy_lines })
}

fn decode_as<'f>(bytes: &'f [u8], name: &str, file: &str) -> Result<Decoded<'f>, Error> {
    match name.to_ascii_lowercase().as_str() {
        "utf-8" => unicode(bytes, file),
        "utf-16le" => utf_16(bytes, ("utf-16le", u16::from_le_bytes), file),
        "utf-16be" => utf_16(bytes, ("utf-16be", u16::from_be_bytes), file),
        name => match SINGLE_BYTE.iter().find(|(other, _)| *other == name) {
            Some((name, table)) => Ok(Decoded::certain(single_byte(bytes, table), name)),
            None => {
                let hint = message!("import.encoding.name.hint");
                let error = fault::at(
                    &Place::file(file),
                    (ErrorKind::Unknown, "import.encoding"),
                    message!("import.encoding.name"),
                );
                Err(Error::new(error.with_hint(hint)))
            }
        },
    }
}

fn unicode<'f>(bytes: &'f [u8], file: &str) -> Result<Decoded<'f>, Error> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded::certain(text, "utf-8")),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(malformed(&String::from_utf8_lossy(valid), file))
        }
    }
}

fn utf_16(
    bytes: &[u8],
    (name, unit): (&'static str, fn([u8; 2]) -> u16),
    file: &str,
) -> Result<Decoded<'static>, Error> {
    let pairs = bytes.chunks_exact(2);
    let has_half_unit = !pairs.remainder().is_empty();
    let units = pairs.filter_map(|pair| Some(unit(*pair.first_chunk()?)));
    let mut text = String::with_capacity(bytes.len());
    for character in char::decode_utf16(units) {
        match character {
            Ok('\u{feff}') if text.is_empty() => {}
            Ok(character) => text.push(character),
            Err(_) => return Err(malformed(&text, file)),
        }
    }
    if has_half_unit { Err(malformed(&text, file)) } else { Ok(Decoded::certain(text, name)) }
}

/// Returns the error of bytes after valid text that are not of the encoding.
fn malformed(valid: &str, file: &str) -> Error {
    let row = valid.bytes().filter(|byte| *byte == b'\n').count().saturating_add(1);
    let error = fault::at(&Place::row(file, row), (ErrorKind::Syntax, "import.encoding"), message!("import.encoding"));
    Error::new(error.with_hint(message!("import.encoding.hint")))
}

/// Returns `true` if every second byte at the beginning is null: UTF-16 without a byte order mark, which is valid UTF-8 too.
fn has_interleaved_nulls(bytes: &[u8]) -> bool {
    let begin = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    begin.len() >= 4
        && begin.iter().filter(|byte| **byte == 0).count().saturating_mul(5) >= begin.len().saturating_mul(2)
}

fn undeclared_utf_16(text: &str, file: &str) -> Error {
    let hint = if text.starts_with('\0') {
        message!("import.encoding.utf_16be.hint")
    } else {
        message!("import.encoding.utf_16le.hint")
    };
    let error = fault::at(&Place::row(file, 1), (ErrorKind::Syntax, "import.encoding"), message!("import.encoding"));
    Error::new(error.with_hint(hint))
}

/// Decodes bytes that are not UTF-8 as a whole.
fn legacy(bytes: &[u8]) -> Decoded<'static> {
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    if !lines().any(|line| !line.is_ascii() && str::from_utf8(line).is_ok()) {
        let text = single_byte(bytes, WINDOWS_1252).into();
        let assumed = Some("encoding.windows_1252");
        return Decoded { text, encoding: "windows-1252", assumed, legacy_lines: Vec::new() };
    }
    let mut text = String::with_capacity(bytes.len());
    let mut legacy_lines = Vec::new();
    for line in lines() {
        match str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => {
                legacy_lines.push(text.len());
                text.push_str(&single_byte(line, WINDOWS_1252));
            }
        }
    }
    Decoded { text: text.into(), encoding: "mixed", assumed: Some("encoding.mixed"), legacy_lines }
}

fn single_byte(bytes: &[u8], table: &str) -> String {
    let upper: Vec<char> = table.chars().collect();
    let mut text = String::with_capacity(bytes.len().saturating_add(bytes.len() / 8));
    for byte in bytes {
        let character = byte.checked_sub(0x80).and_then(|index| upper.get(usize::from(index)));
        text.push(character.copied().unwrap_or(char::from(*byte)));
    }
    text
}

/// Returns the byte of a character in windows-1252.
fn to_windows_1252(character: char) -> Option<u8> {
    match u8::try_from(character) {
        Ok(byte) if !(0x80..0xa0).contains(&byte) => Some(byte),
        _ => {
            let index = WINDOWS_1252.chars().take(32).position(|other| other == character)?;
            u8::try_from(index).ok()?.checked_add(0x80)
        }
    }
}

/// Returns the text whose UTF-8 was read as windows-1252, as in `MÃ¼nchen`, or `None` if that cannot have happened.
pub(super) fn undo_second_encoding(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(to_windows_1252).collect();
    String::from_utf8(bytes?).ok()
}

/// Returns up to three words with a letter that is not ASCII, in which a person sees whether the encoding is right.
pub(super) fn sample_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|character: char| !character.is_alphabetic()) {
        if !word.is_ascii() && word.len() <= 60 && !words.iter().any(|other| other == word) {
            words.push(word.to_owned());
        }
        if words.len() == 3 {
            break;
        }
    }
    words
}

/// The encodings with one byte for each character: their names, and their characters from 128 on.
const SINGLE_BYTE: &[(&str, &str)] = &[
    ("windows-1252", WINDOWS_1252),
    ("iso-8859-15", ISO_8859_15),
    ("windows-1250", WINDOWS_1250),
    ("macintosh", MACINTOSH),
    ("cp850", CP850),
];

const WINDOWS_1252: &str = "\
    €\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\
    \u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\
    \u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯\
    °±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ\
    ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîï\
    ðñòóôõö÷øùúûüýþÿ";

const ISO_8859_15: &str = "\
    \u{80}\u{81}\u{82}\u{83}\u{84}\u{85}\u{86}\u{87}\u{88}\u{89}\u{8a}\u{8b}\u{8c}\u{8d}\u{8e}\u{8f}\
    \u{90}\u{91}\u{92}\u{93}\u{94}\u{95}\u{96}\u{97}\u{98}\u{99}\u{9a}\u{9b}\u{9c}\u{9d}\u{9e}\u{9f}\
    \u{a0}¡¢£€¥Š§š©ª«¬\u{ad}®¯\
    °±²³Žµ¶·ž¹º»ŒœŸ¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ\
    ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîï\
    ðñòóôõö÷øùúûüýþÿ";

const WINDOWS_1250: &str = "\
    €\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\
    \u{90}‘’“”•–—\u{98}™š›śťžź\
    \u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż\
    °±˛ł´µ¶·¸ąş»Ľ˝ľż\
    ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎ\
    ĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß\
    ŕáâăäĺćçčéęëěíîď\
    đńňóôőö÷řůúűüýţ˙";

const MACINTOSH: &str = "\
    ÄÅÇÉÑÖÜáàâäãåçéè\
    êëíìîïñóòôöõúùûü\
    †°¢£§•¶ß®©™´¨≠ÆØ\
    ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ\
    –—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ\
    ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\
    \u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

const CP850: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»\
    ░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
    ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\
    \u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

#[cfg(test)]
mod tests {
    use super::{SINGLE_BYTE, decode, sample_words, undo_second_encoding};

    fn read(bytes: &[u8], encoding: Option<&str>) -> (String, &'static str) {
        let decoded = decode(bytes, encoding, "list.csv").unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    }

    #[test]
    fn a_byte_order_mark_decides() {
        assert_eq!(read(b"\xef\xbb\xbfa\xc3\xa4", None), ("aä".into(), "utf-8"));
        assert_eq!(read(b"\xff\xfea\0\xe4\0", None), ("aä".into(), "utf-16le"));
        assert_eq!(read(b"\xfe\xff\0a\0\xe4", None), ("aä".into(), "utf-16be"));
    }

    #[test]
    fn valid_utf_8_is_certain() {
        assert_eq!(read("Träger".as_bytes(), None), ("Träger".into(), "utf-8"));
        assert_eq!(decode(b"plain", None, "a").unwrap().assumed, None);
    }

    #[test]
    fn anything_else_is_windows_1252() {
        let decoded = decode(b"L\xf6wenzahn \x80\n", None, "list.csv").unwrap();
        assert_eq!((&*decoded.text, decoded.assumed), ("Löwenzahn €\n", Some("encoding.windows_1252")));
    }

    #[test]
    fn a_line_in_utf_8_among_others_is_mixed() {
        let decoded = decode(b"Tr\xc3\xa4ger\nL\xf6we\nascii\nBr\xfccke \xc3\xa4\n", None, "list.csv").unwrap();
        assert_eq!((&*decoded.text, decoded.encoding), ("Träger\nLöwe\nascii\nBrücke Ã¤\n", "mixed"));
        assert_eq!(decoded.legacy_lines, ["Träger\n".len(), "Träger\nLöwe\nascii\n".len()]);
    }

    #[test]
    fn other_encodings_are_an_option() {
        assert_eq!(read(b"\xa4 \xbd", Some("iso-8859-15")), ("€ œ".into(), "iso-8859-15"));
        assert_eq!(read(b"\xb3\xf3d\x9f", Some("windows-1250")), ("łódź".into(), "windows-1250"));
        assert_eq!(read(b"\x80\x9f\xdb", Some("macintosh")), ("Äü€".into(), "macintosh"));
        assert_eq!(read(b"\x84\x94\x81\xe1", Some("CP850")), ("äöüß".into(), "cp850"));
        assert_eq!(read(b"a\0\xe4\0", Some("utf-16le")), ("aä".into(), "utf-16le"));
        let error = decode(b"", Some("latin-9"), "list.csv").unwrap_err();
        assert_eq!((error.code(), error.path()), ("import.encoding", "list.csv"));
        assert!(error.hint().unwrap().contains("`iso-8859-15`"));
    }

    #[test]
    fn bytes_of_another_encoding_are_an_error_with_their_row() {
        let paths = [
            (&b"a\nb\n\xff"[..], "utf-8", "list.csv: row 3"),
            (b"\xef\xbb\xbf\xff", "utf-8", "list.csv: row 1"),
            (b"a\0\n\0\x00\xd8", "utf-16le", "list.csv: row 2"),
            (b"a\0b", "utf-16le", "list.csv: row 1"),
        ];
        for (bytes, encoding, path) in paths {
            let error = decode(bytes, Some(encoding), "list.csv").unwrap_err();
            assert_eq!((error.code(), error.path()), ("import.encoding", path));
        }
    }

    #[test]
    fn utf_16_without_a_mark_is_an_error_with_the_option() {
        let error = decode(b"N\0r\0;\0N\0", None, "list.csv").unwrap_err();
        assert!(error.hint().unwrap().contains("`utf-16le`"));
        let error = decode(b"\0N\0r\0;\0N", None, "list.csv").unwrap_err();
        assert!(error.hint().unwrap().contains("`utf-16be`"));
    }

    #[test]
    fn every_table_has_128_characters() {
        for (name, table) in SINGLE_BYTE {
            assert_eq!(table.chars().count(), 128, "{name}");
        }
    }

    #[test]
    fn a_second_encoding_is_undone() {
        assert_eq!(undo_second_encoding("MÃ¼nchen â€“ StraÃŸe").as_deref(), Some("München – Straße"));
        for text in ["München", "plain", "Espa+¦ol", "Łódź", ""] {
            assert_eq!(undo_second_encoding(text), None, "{text}");
        }
    }

    #[test]
    fn three_words_show_the_encoding() {
        assert_eq!(sample_words("Nr;Löwenzahn;für;für;Straße, Übergang"), ["Löwenzahn", "für", "Straße"]);
        assert_eq!(sample_words("plain"), Vec::<String>::new());
    }
}
