//! The arguments of the command.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use crate::{
    CodeKind, Date, Lang, MoveMode,
    import::{RecordKind, region_tree::RegionTable},
};
use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser, builder::TypedValueParser};
use clap_complete::Shell;

/// The arguments of the command. The catalogue has all of its texts.
#[derive(Debug, Parser)]
#[command(name = "lotse", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[arg(long)]
    pub(crate) licences: bool,
    // Before the command; behind it, it is an option of the command, from which clap copies it to here.
    #[arg(long, global = true, value_parser = lang())]
    pub(crate) lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(OutputArguments),
    Check(CheckArguments),
    Rank(RankArguments),
    Explain(ExplainArguments),
    Diagnose(DiagnoseArguments),
    Allocate(AllocateArguments),
    Report(AllocateArguments),
    Import(Box<ImportArguments>),
    Mapping(MappingArguments),
    Export(ExportArguments),
    Regions(RegionsArguments),
    Resolve(ResolveArguments),
    Vocabulary(VocabularyArguments),
    Schema(SchemaArguments),
    Template(TemplateArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
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
            Self::Import(arguments) => &arguments.output,
            Self::Export(arguments) => &arguments.output,
            Self::Resolve(arguments) => &arguments.output,
            Self::Vocabulary(arguments) => &arguments.output,
            Self::Schema(_) | Self::Mapping(_) | Self::Regions(_) => return Format::Json,
            Self::Template(arguments) => return arguments.format.into(),
            Self::Completions(_) | Self::Man(_) => return Format::Table,
        };
        output.format
    }
}

/// The form of the output.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OutputArguments {
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    #[arg(long, value_parser = lang())]
    pub(crate) lang: Option<Lang>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
    /// CSV as German spreadsheets write and read it.
    CsvDe,
}

/// The files that are read.
#[derive(Args, Debug)]
pub(crate) struct InputArguments {
    #[arg(long, value_name = "FILE")]
    pub(crate) offers: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) needs: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "offers")]
    pub(crate) offers_map: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "needs")]
    pub(crate) needs_map: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<Date>,
}

impl InputArguments {
    /// Returns the file of a list.
    pub(crate) fn list(&self, list: List) -> Option<&Path> {
        match list {
            List::Offers => self.offers.as_deref(),
            List::Needs => self.needs.as_deref(),
        }
    }

    /// Returns the mapping of a list in foreign columns.
    pub(crate) fn map_of(&self, list: List) -> Option<&Path> {
        match list {
            List::Offers => self.offers_map.as_deref(),
            List::Needs => self.needs_map.as_deref(),
        }
    }
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
    #[arg(long, value_name = "ID")]
    pub(crate) need: Vec<String>,
    #[arg(long, value_name = "N", value_parser = |text: &str| number(text, 1_000_000_u32))]
    pub(crate) top: Option<u32>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    #[arg(long, value_name = "ID")]
    pub(crate) need: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) offer: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct DiagnoseArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    #[arg(long, value_name = "ID")]
    pub(crate) need: Vec<String>,
    #[arg(long, value_name = "N", value_parser = |text: &str| number(text, 1_000_u32))]
    pub(crate) near_misses: Option<u32>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct AllocateArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    #[arg(long, value_name = "FILE")]
    pub(crate) fixed: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,
    #[arg(long, value_parser = moves())]
    pub(crate) moves: Option<MoveMode>,
    #[arg(long, value_name = "SCORE", value_parser = score)]
    pub(crate) min_score: Option<f64>,
    #[arg(long)]
    pub(crate) no_neighbours: bool,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("records").args(["offers", "needs"]).required(true)))]
pub(crate) struct ImportArguments {
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) offers: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) needs: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub(crate) delimiter: Option<char>,
    #[arg(long, value_name = "KEY")]
    pub(crate) within: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<Date>,
    #[arg(long, value_name = "FILE")]
    pub(crate) postcodes: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) prefix: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) update: Option<PathBuf>,
    #[arg(long)]
    pub(crate) sketch: bool,
    #[arg(long, conflicts_with_all = ["questions", "answers"])]
    pub(crate) ask: bool,
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    pub(crate) questions: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) save_map: Option<PathBuf>,
    #[arg(long)]
    pub(crate) strict: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) provenance: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct MappingArguments {
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("exported").args(["offers", "needs"]).required(true)))]
pub(crate) struct ExportArguments {
    #[arg(long, value_name = "FILE")]
    pub(crate) offers: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) needs: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) to: ExportFormat,
    #[arg(long)]
    pub(crate) package: bool,
    #[arg(long)]
    pub(crate) with_capacity: bool,
    #[arg(long, value_name = "TEXT")]
    pub(crate) licence: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<Date>,
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// The format of an export.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ExportFormat {
    Csv,
    Hsds3,
}

#[derive(Args, Debug)]
pub(crate) struct RegionsArguments {
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long, value_name = "FORMAT", value_parser = region_table())]
    pub(crate) from: RegionTable,
    #[arg(long, value_name = "TEXT")]
    pub(crate) prefix: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ResolveArguments {
    #[arg(value_name = "WORD")]
    pub(crate) text: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) words: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    #[arg(long, value_parser = kind())]
    pub(crate) kind: Option<CodeKind>,
    #[arg(long, value_name = "N", value_parser = |text: &str| number(text, 100_u8))]
    pub(crate) suggest: Option<u8>,
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct TemplateArguments {
    #[arg(value_name = "LIST", value_enum)]
    pub(crate) list: List,
    #[arg(long, value_enum, default_value_t = TemplateFormat::Csv)]
    pub(crate) format: TemplateFormat,
    #[arg(long)]
    pub(crate) rules: bool,
    #[arg(long)]
    pub(crate) example: bool,
}

/// A list of records.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum List {
    Offers,
    Needs,
}

impl List {
    /// Returns the list that a field of a request has, if any.
    pub(crate) fn of(field: &str) -> Option<Self> {
        [Self::Offers, Self::Needs].into_iter().find(|list| list.as_str() == field)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Offers => "offers",
            Self::Needs => "needs",
        }
    }

    /// Returns the kind of records that an import produces.
    pub(crate) fn records(self) -> RecordKind {
        match self {
            Self::Offers => RecordKind::Offers,
            Self::Needs => RecordKind::Needs,
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Offers => Self::Needs,
            Self::Needs => Self::Offers,
        }
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The format of a template.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum TemplateFormat {
    Csv,
    CsvDe,
    Json,
}

impl From<TemplateFormat> for Format {
    fn from(format: TemplateFormat) -> Self {
        match format {
            TemplateFormat::Csv => Self::Csv,
            TemplateFormat::CsvDe => Self::CsvDe,
            TemplateFormat::Json => Self::Json,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct CompletionsArguments {
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Args, Debug)]
pub(crate) struct ManArguments {
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct SchemaArguments {
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(crate::wire::schemas()))]
    pub(crate) name: String,
}

#[derive(Args, Debug)]
pub(crate) struct VocabularyArguments {
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
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

fn region_table() -> impl TypedValueParser<Value = RegionTable> {
    PossibleValuesParser::new(RegionTable::all().map(RegionTable::as_str)).try_map(|text| text.parse::<RegionTable>())
}

fn kind() -> impl TypedValueParser<Value = CodeKind> {
    PossibleValuesParser::new(CodeKind::all().map(CodeKind::as_str)).try_map(|text| text.parse::<CodeKind>())
}

/// Parses a kind of which the vocabulary has names.
fn open_kind() -> impl TypedValueParser<Value = CodeKind> {
    let open = CodeKind::all().filter(|kind| !kind.is_closed());
    PossibleValuesParser::new(open.map(CodeKind::as_str)).try_map(|text| text.parse::<CodeKind>())
}

/// The error of a text that is not a number in its range. The key is that of a text with the range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberError {
    pub(crate) key: &'static str,
    pub(crate) min: u32,
    pub(crate) max: u32,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}

impl std::error::Error for NumberError {}

/// Parses a whole number from 0 to `max`.
fn number<T: FromStr + PartialOrd + Copy + Into<u32>>(text: &str, max: T) -> Result<T, NumberError> {
    let number = text.parse().ok().filter(|number| *number <= max);
    number.ok_or(NumberError { key: "usage.whole_number", min: 0, max: max.into() })
}

/// Parses a number from 0 to 1, with a point or a comma.
fn score(text: &str) -> Result<f64, NumberError> {
    let number = text.replace(',', ".").parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or(NumberError { key: "usage.number", min: 0, max: 1 })
}

/// The error of a delimiter of more than one letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DelimiterError;

impl fmt::Display for DelimiterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("usage.delimiter")
    }
}

impl std::error::Error for DelimiterError {}

/// Parses one letter, or `tab`.
fn delimiter(text: &str) -> Result<char, DelimiterError> {
    let mut letters = text.chars();
    match (text, letters.next(), letters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(letter), None) => Ok(letter),
        _ => Err(DelimiterError),
    }
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
