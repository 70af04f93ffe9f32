//! What is typed after `lotse`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser, builder::TypedValueParser};
use lotse::{CodeKind, Date, Lang, MoveMode};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  a file cannot be read or written
  2  the input or the usage is wrong; all errors are told on standard error, and nothing is written

Files hold one list of records, one record a line, or {\"offers\": [...]}; - is standard input.
lotse suggests, a person decides. `lotse demo` shows it on an invented incident.";

/// Ranks support offers for people harmed by crime, with a reason for every point.
#[derive(Debug, Parser)]
#[command(name = "lotse", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows what lotse does, on an invented incident
    Demo(Shown),
    /// Finds all errors of records, and what looks wrong
    Check(CheckArguments),
    /// Ranks offers for needs; needs without any offer come first
    Rank(RankArguments),
    /// Tells why offers fit needs, and why not
    Explain(ExplainArguments),
    /// Tells why so few offers match, and what would have to change; needs without any offer come first
    Diagnose(DiagnoseArguments),
    /// Gives needs to places in one best plan; needs without a place come first
    Allocate(AllocateArguments),
    /// Tells what a plan amounts to: who is served, what is short, what is missing
    Report(AllocateArguments),
    /// Finds the codes for words as people type them
    Resolve(ResolveArguments),
    /// Lists the codes and names in force
    Vocabulary(VocabularyArguments),
}

impl Command {
    pub(crate) fn shown(&self) -> &Shown {
        match self {
            Self::Demo(shown) => shown,
            Self::Check(arguments) => &arguments.shown,
            Self::Rank(arguments) => &arguments.shown,
            Self::Explain(arguments) => &arguments.shown,
            Self::Diagnose(arguments) => &arguments.shown,
            Self::Allocate(arguments) | Self::Report(arguments) => &arguments.shown,
            Self::Resolve(arguments) => &arguments.shown,
            Self::Vocabulary(arguments) => &arguments.shown,
        }
    }
}

/// How an answer is shown.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Shown {
    /// How the answer is written; json is the wire response
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Language of names and sentences [default: that of the request, or of the environment]
    #[arg(long, value_parser = lang())]
    pub(crate) lang: Option<Lang>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For reading
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// What is read.
#[derive(Args, Debug)]
pub(crate) struct Dataset {
    /// Offers: a JSON list, one record a line, or {"offers": [...]}
    #[arg(long, value_name = "FILE")]
    pub(crate) offers: Option<PathBuf>,
    /// Needs: a JSON list, one record a line, or {"needs": [...]}
    #[arg(long, value_name = "FILE")]
    pub(crate) needs: Option<PathBuf>,
    /// One wire request; other options go before what it says
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// Weights, rules and tables
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// Additions to the vocabulary
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    /// The day on which places are judged [default: that of the request, or today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,
}

#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) records: Dataset,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Args, Debug)]
pub(crate) struct RankArguments {
    #[command(flatten)]
    pub(crate) records: Dataset,
    /// Only this need; may stand several times
    #[arg(long, value_name = "ID")]
    pub(crate) need: Vec<String>,
    /// How many offers for each need [default: that of the request, or 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) top: Option<u32>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    pub(crate) records: Dataset,
    /// Only this need
    #[arg(long, value_name = "ID")]
    pub(crate) need: Option<String>,
    /// Only this offer
    #[arg(long, value_name = "ID")]
    pub(crate) offer: Option<String>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Args, Debug)]
pub(crate) struct DiagnoseArguments {
    #[command(flatten)]
    pub(crate) records: Dataset,
    /// Only this need; may stand several times
    #[arg(long, value_name = "ID")]
    pub(crate) need: Vec<String>,
    /// How many of the nearest excluded offers for each need [default: that of the request, or 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000))]
    pub(crate) near_misses: Option<u32>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Args, Debug)]
pub(crate) struct AllocateArguments {
    #[command(flatten)]
    pub(crate) records: Dataset,
    /// Referrals that people agreed on: a JSON list of {"need", "offer", "counted"}
    #[arg(long, value_name = "FILE")]
    pub(crate) fixed: Option<PathBuf>,
    /// Referrals of an earlier plan: a JSON list of {"need", "offer"}
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,
    /// What may be done with the earlier ones [default: that of the request, or few]
    #[arg(long, value_parser = moves())]
    pub(crate) moves: Option<MoveMode>,
    /// Least score of a referral, 0 to 1
    #[arg(long, value_name = "SCORE")]
    pub(crate) min_score: Option<f64>,
    /// An offer serves nobody of the neighbouring Kreis
    #[arg(long)]
    pub(crate) no_neighbours: bool,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Args, Debug)]
pub(crate) struct ResolveArguments {
    /// Words as people type them; one with blanks in quotes
    #[arg(value_name = "WORD")]
    pub(crate) text: Vec<String>,
    /// More words, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) words: Option<PathBuf>,
    /// One wire request; words that are given otherwise come after its own
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// Only codes of this kind, for words that are not in a request
    #[arg(long, value_parser = kind())]
    pub(crate) kind: Option<CodeKind>,
    /// Suggests so many codes of each kind for words that are only begun, 0 to 100
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) suggest: Option<u8>,
    /// Additions to the vocabulary, instead of those of the request
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Args, Debug)]
pub(crate) struct VocabularyArguments {
    /// Additions to the vocabulary
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    /// Only codes of this kind
    #[arg(long, value_parser = kind())]
    pub(crate) kind: Option<CodeKind>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::all().map(Lang::as_str)).try_map(|word| word.parse::<Lang>())
}

fn moves() -> impl TypedValueParser<Value = MoveMode> {
    PossibleValuesParser::new(MoveMode::all().map(MoveMode::as_str)).try_map(|word| word.parse::<MoveMode>())
}

fn kind() -> impl TypedValueParser<Value = CodeKind> {
    PossibleValuesParser::new(CodeKind::all().map(CodeKind::as_str)).try_map(|word| word.parse::<CodeKind>())
}

fn day(text: &str) -> Result<Date, lotse::Error> {
    text.parse()
}

/// The language of the environment: German where it says so, else English.
pub(crate) fn lang_of_environment() -> Lang {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    let german = said.is_some_and(|said| said == "de" || said.starts_with("de_") || said.starts_with("de."));
    if german { Lang::De } else { Lang::En }
}

/// Today, where this computer stands.
pub(crate) fn today() -> String {
    jiff::ZonedDateTime::now().date().to_string()
}
