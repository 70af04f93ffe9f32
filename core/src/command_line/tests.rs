//! Tests of the texts of the command: each is in both languages, and none is left over.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use clap::error::ErrorKind;

use crate::{
    Lang,
    command_line::{
        error::{Error, ErrorStyle},
        help,
        texts::{CATALOGUE, find},
    },
};

/// Returns the rows of the catalogue: key, English, German and plain German.
fn rows() -> Vec<[&'static str; 4]> {
    let lines = CATALOGUE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap()).collect()
}

/// Returns the command and all of its commands.
fn commands(lang: Lang) -> Vec<clap::Command> {
    let mut root = help::command(lang);
    root.build();
    let commands: Vec<_> = root.get_subcommands().cloned().collect();
    [vec![root], commands].concat()
}

/// Returns the keys of the texts that help looks up by a name.
fn keys_of_help() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for command in commands(Lang::En) {
        let name = command.get_name();
        keys.insert(format!("about.{name}"));
        for arg in command.get_arguments() {
            let own = format!("help.{name}.{}", arg.get_id());
            keys.insert(if find(&own, Lang::En).is_some() { own } else { format!("help.{}", arg.get_id()) });
            let names = arg.get_value_names().unwrap_or_default();
            keys.extend(names.iter().map(|name| format!("value.{name}")));
        }
    }
    keys
}

fn sources() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/command_line");
    let files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.iter().filter(|path| !path.ends_with("tests.rs")).map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn every_key_of_the_sources_has_a_text_and_no_text_is_left_over() {
    let keys: BTreeSet<&str> = rows().iter().map(|[key, ..]| *key).collect();
    let (sources, of_help) = (sources(), keys_of_help());
    let is_used = |key: &&&str| sources.contains(&format!("\"{key}\"")) || of_help.contains(**key);
    assert_eq!(keys.iter().find(|key| !is_used(key)), None, "a text that nothing shows");
    for opening in ["text(\"", ".format(\"", "Message::new(\"", "key: \"", "=> \"os."] {
        let prefix = opening.rsplit('"').next().unwrap();
        for literal in sources.split(opening).skip(1) {
            let key = format!("{prefix}{}", literal.split('"').next().unwrap());
            assert!(keys.contains(&*key), "{key}");
        }
    }
}

#[test]
fn help_is_complete_and_narrow_in_each_language() {
    let english: Vec<&str> = rows().into_iter().filter(|[_, en, ..]| en.contains(' ')).map(|[_, en, ..]| en).collect();
    for lang in Lang::all() {
        for mut command in commands(lang) {
            let name = command.get_name().to_owned();
            assert!(command.get_about().is_some(), "{lang} {name}");
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(help.len() > 5, "{lang} {name} {}", arg.get_id());
            }
            let help = command.render_help().to_string();
            assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
            if lang != Lang::En {
                let on_one_line = help.split_whitespace().collect::<Vec<_>>().join(" ");
                let left = english.iter().find(|text| on_one_line.contains(**text));
                assert_eq!(left, None, "{help}");
                for word in ["Usage", "Options", "Commands", "Arguments", "default", "possible", "OPTIONS", "FILE"] {
                    assert!(!help.contains(word), "{word}: {help}");
                }
            }
        }
    }
}

/// Returns the kind of the error of these arguments, and its text.
fn usage_error(arguments: &[OsString], lang: Lang) -> (ErrorKind, String) {
    let error = help::command(lang).try_get_matches_from(arguments).unwrap_err();
    let style = ErrorStyle { format: crate::command_line::args::Format::Table, lang: Some(lang), command: None };
    (error.kind(), Error::from(&error).render(&style))
}

#[test]
fn every_error_of_usage_is_in_both_languages() {
    let cases = [
        ("--ofers x", "there is no option --ofers here|--offers", "die Option --ofers gibt es hier nicht|--offers"),
        ("x", "x is one argument too many|", "x ist eine Angabe zu viel|"),
        ("--top", "a value is missing after --top <N>|", "nach --top <ZAHL> fehlt ein Wert|"),
        ("--top x", "--top <N> cannot be x|a whole number", "x geht nicht bei --top <ZAHL>|eine ganze Zahl"),
        ("--as-of x", "--as-of <DATE> cannot be x|write it as", "x geht nicht bei --as-of <TAG>|so schreiben"),
        (
            "--format xml",
            "--format <FORMAT> cannot be xml|one of table",
            "xml geht nicht bei --format <FORMAT>|möglich",
        ),
        (
            "--format jsno",
            "--format <FORMAT> cannot be jsno|did you mean json",
            "jsno geht nicht|gemeint ist vielleicht json",
        ),
        ("--top 1 --top 2", "--top <N> is given twice|", "--top <ZAHL> steht zweimal da|"),
        ("--help=x", "--help takes no value|", "--help hat keinen Wert|"),
    ];
    let mut kinds = BTreeSet::new();
    let mut assert_texts = |arguments: Vec<OsString>, english: &str, german: &str| {
        for (lang, texts) in [(Lang::En, english), (Lang::De, german)] {
            let (kind, text) = usage_error(&arguments, lang);
            assert!(texts.split('|').all(|part| text.contains(part)), "{lang} {texts}: {text}");
            kinds.insert(format!("{kind:?}"));
        }
    };
    let split = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
    for (arguments, english, german) in cases {
        assert_texts(split(&format!("lotse rank {arguments}")), english, german);
    }
    assert_texts(split("lotse ranck"), "no command ranck|mean rank", "Befehl ranck gibt es nicht|vielleicht rank");
    assert_texts(split("lotse template"), "missing: <LIST>", "es fehlt: <LISTE>");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        let bytes = OsString::from_vec(vec![b'x', 0xff]);
        let arguments = vec!["lotse".into(), "rank".into(), "--need".into(), bytes];
        assert_texts(arguments, "not text in UTF-8", "kein Text in UTF-8");
        kinds.remove("InvalidUtf8");
    }
    // Of the others, the command has no argument that clap could report, or they are no errors.
    let expected = [
        "ArgumentConflict",
        "InvalidSubcommand",
        "InvalidValue",
        "MissingRequiredArgument",
        "TooManyValues",
        "UnknownArgument",
        "ValueValidation",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}
