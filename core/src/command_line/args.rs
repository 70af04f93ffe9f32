//! The arguments of the command.

use std::path::PathBuf;

use crate::{CodeKind, Date, Lang, MoveMode};
use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser, builder::TypedValueParser};

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  a file cannot be read or written
  2  the input or the usage is wrong: all errors are on standard error, and standard output is empty

A file has one list of records, one record per line, or {\"offers\": [...]}; - is standard input.
lotse suggests, a person decides. `lotse demo` shows it on an invented incident.";

/// Ranks support offers for people harmed by crime, with a reason for every point.
#[derive(Debug, Parser)]
#[command(name = "lotse", version, after_help = EXIT_CODES, max_term_width = 100)]
#[command(arg_required_else_help = true, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    /// Print the licences of everything that is compiled into this command
    #[arg(long)]
    licences: bool,
    /// `None` is `--licences`.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows what lotse does, on an invented incident
    Demo(OutputArguments),
    /// Reports all errors of records, and warns of what may be wrong
    Check(CheckArguments),
    /// Ranks offers for needs; needs without any offer come first
    Rank(RankArguments),
    /// Explains why offers fit needs or do not
    Explain(ExplainArguments),
    /// Diagnoses why no more offers match, and what would have to change; needs without any offer come first
    Diagnose(DiagnoseArguments),
    /// Allocates places to needs in one optimal plan; needs without a place come first
    Allocate(AllocateArguments),
    /// Reports on a plan: who is served, which places are short, which offers are missing
    Report(AllocateArguments),
    /// Resolves words as people type them to codes
    Resolve(ResolveArguments),
    /// Lists all codes and names
    Vocabulary(VocabularyArguments),
    /// Print the JSON Schema of a record, a request or a response
    Schema(SchemaArguments),
    /// Print an empty list with all columns, to be filled in
    Template(TemplateArguments),
}

impl Command {
    /// Returns the format of the output, and of errors.
    pub(crate) fn format(&self) -> Format {
        let output = match self {
            Self::Demo(output) => output,
            Self::Check(arguments) => &arguments.output,
            Self::Rank(arguments) => &arguments.output,
            Self::Explain(arguments) => &arguments.output,
            Self::Diagnose(arguments) => &arguments.output,
            Self::Allocate(arguments) | Self::Report(arguments) => &arguments.output,
            Self::Resolve(arguments) => &arguments.output,
            Self::Vocabulary(arguments) => &arguments.output,
            Self::Schema(_) => return Format::Json,
            Self::Template(arguments) => return arguments.format.into(),
        };
        output.format
    }
}

/// The form of the output.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OutputArguments {
    /// Format of the output; json is the wire response
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

/// The files that are read.
#[derive(Args, Debug)]
pub(crate) struct InputArguments {
    /// Offers: a JSON list, one record per line, or {"offers": [...]}
    #[arg(long, value_name = "FILE")]
    pub(crate) offers: Option<PathBuf>,
    /// Needs: a JSON list, one record per line, or {"needs": [...]}
    #[arg(long, value_name = "FILE")]
    pub(crate) needs: Option<PathBuf>,
    /// One wire request; other options take precedence over its fields
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// Weights, rules and parameters
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// Additions to the vocabulary
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    /// Day on which capacities are assessed [default: that of the request, or today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<Date>,
}

#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct RankArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Only this need; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) need: Vec<String>,
    /// Number of offers for each need [default: that of the request, or 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) top: Option<u32>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Only this need
    #[arg(long, value_name = "ID")]
    pub(crate) need: Option<String>,
    /// Only this offer
    #[arg(long, value_name = "ID")]
    pub(crate) offer: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct DiagnoseArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Only this need; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) need: Vec<String>,
    /// Number of nearest excluded offers for each need [default: that of the request, or 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000))]
    pub(crate) near_misses: Option<u32>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct AllocateArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Fixed referrals: a JSON list of {"need", "offer", "counted"}, or the JSON of a plan
    #[arg(long, value_name = "FILE")]
    pub(crate) fixed: Option<PathBuf>,
    /// Referrals of the previous plan: a JSON list of {"need", "offer"}, or the JSON of the plan
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,
    /// Moves that previous referrals allow [default: that of the request, or few]
    #[arg(long, value_parser = moves())]
    pub(crate) moves: Option<MoveMode>,
    /// Smallest score of a referral, 0 to 1
    #[arg(long, value_name = "SCORE")]
    pub(crate) min_score: Option<f64>,
    /// No offer serves the neighbouring Kreis
    #[arg(long)]
    pub(crate) no_neighbours: bool,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct ResolveArguments {
    /// Words as people type them; a word with spaces in quotes
    #[arg(value_name = "WORD")]
    pub(crate) text: Vec<String>,
    /// More words, one per line; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) words: Option<PathBuf>,
    /// One wire request; other words follow its own
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// Only codes of this kind, for words that are not in a request; without it, of the first seven
    #[arg(long, value_parser = kind())]
    pub(crate) kind: Option<CodeKind>,
    /// Number of codes of each kind to suggest for incomplete words, 0 to 100
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) suggest: Option<u8>,
    /// Additions to the vocabulary, instead of those of the request
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct TemplateArguments {
    /// The list
    #[arg(value_name = "LIST", value_enum)]
    pub(crate) list: List,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TemplateFormat::Csv)]
    pub(crate) format: TemplateFormat,
}

/// A list of records.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum List {
    Offers,
    Needs,
}

/// The format of a template.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum TemplateFormat {
    /// The heading of a table for spreadsheets
    Csv,
    /// A list with one record, all of whose fields are null
    Json,
}

impl From<TemplateFormat> for Format {
    fn from(format: TemplateFormat) -> Self {
        match format {
            TemplateFormat::Csv => Self::Csv,
            TemplateFormat::Json => Self::Json,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct SchemaArguments {
    /// What to describe
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(crate::wire::schemas()))]
    pub(crate) name: String,
}

#[derive(Args, Debug)]
pub(crate) struct VocabularyArguments {
    /// Additions to the vocabulary
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    /// Only codes of this kind
    #[arg(long, value_parser = open_kind())]
    pub(crate) kind: Option<CodeKind>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::all().map(Lang::as_str)).try_map(|text| text.parse::<Lang>())
}

fn moves() -> impl TypedValueParser<Value = MoveMode> {
    PossibleValuesParser::new(MoveMode::all().map(MoveMode::as_str)).try_map(|text| text.parse::<MoveMode>())
}

fn kind() -> impl TypedValueParser<Value = CodeKind> {
    PossibleValuesParser::new(CodeKind::all().map(CodeKind::as_str)).try_map(|text| text.parse::<CodeKind>())
}

/// Parses a kind of which the vocabulary has names.
fn open_kind() -> impl TypedValueParser<Value = CodeKind> {
    let open = CodeKind::all().filter(|kind| !kind.is_closed());
    PossibleValuesParser::new(open.map(CodeKind::as_str)).try_map(|text| text.parse::<CodeKind>())
}

fn date(text: &str) -> Result<Date, crate::Error> {
    text.parse()
}

/// Returns the language of the environment: German if it states so, else English.
pub(crate) fn lang_of_environment() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    let is_german =
        locale.is_some_and(|locale| locale == "de" || locale.starts_with("de_") || locale.starts_with("de."));
    if is_german { Lang::De } else { Lang::En }
}

/// Returns the current date in the time zone of the computer.
pub(crate) fn today() -> String {
    jiff::ZonedDateTime::now().date().to_string()
}
