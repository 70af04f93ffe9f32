//! Files and a mapping, before the first record is read.

use crate::{
    error::Error,
    import::{
        detect::SourceOptions,
        facade::Options,
        file::ImportFile,
        mapping::Mapping,
        question::Question,
        report::{Recognized, RecognizedFile},
        rules::{IdRule, RuleSource, Rules, SameId, SourceRules, Terms, Test, WordOrColumn},
        run::Counted,
        source::{Source, SourcePart},
    },
};

/// A source with the mapping by which it is read.
#[derive(Debug)]
pub(crate) struct Prepared<'f> {
    pub(crate) source: Source<'f>,
    pub(crate) mapping: Mapping,
    /// The rules of the mapping, with numbers of columns bound to names.
    pub(crate) rules: Rules,
    /// Questions about columns whose meaning is unsure.
    pub(crate) unsure: Vec<Question>,
}

impl<'f> Prepared<'f> {
    /// Recognizes files, and chooses their mapping: that of the options, the built-in one of their format, or a sketch.
    ///
    /// # Errors
    ///
    /// Those of the files.
    pub(crate) fn new(options: &Options, files: &'f [ImportFile]) -> Result<Self, Error> {
        let given = options.mapping.as_ref();
        let mut source = read(options, files, given.map(|mapping| &mapping.rules))?;
        let built_in = source.format.mapping().filter(|_| given.is_none());
        let (mapping, unsure) = match (given, built_in) {
            (Some(mapping), _) => (mapping.clone(), Vec::new()),
            (None, Some(name)) => {
                let mapping = Mapping::built_in(name)?;
                // Which sheets are side tables is known only now.
                if !mapping.rules.join.is_empty() {
                    source = read(options, files, Some(&mapping.rules))?;
                }
                (mapping, Vec::new())
            }
            (None, None) => Mapping::built_in("hsds3").map(|mapping| (mapping, Vec::new()))?,
        };
        let mut rules = mapping.rules.clone();
        if let Some(part) = source.parts.first() {
            bind(&mut rules, part);
        }
        Ok(Self { source, mapping, rules, unsure })
    }
}

fn read<'f>(options: &Options, files: &'f [ImportFile], rules: Option<&Rules>) -> Result<Source<'f>, Error> {
    let none = SourceRules::default();
    let sides: Vec<String> = rules.iter().flat_map(|rules| &rules.join).flat_map(|join| join.files.clone()).collect();
    let rules = rules.map_or(&none, |rules| &rules.source);
    Source::read(files, SourceOptions { rules, records: options.records, sides: &sides })
}

/// Replaces numbers of columns by names.
fn bind(rules: &mut Rules, part: &SourcePart<'_>) {
    let headers: Vec<String> = (1..).map_while(|number| part.column_at(number).map(str::to_owned)).collect();
    let bind_test = |test: &mut Test| test.column.bind(&headers);
    match &mut rules.id {
        Some(IdRule::Column { column, part }) => {
            column.bind(&headers);
            part.iter_mut().for_each(|part| part.bind(&headers));
        }
        Some(IdRule::Join { columns, .. }) => columns.iter_mut().for_each(|column| column.bind(&headers)),
        Some(IdRule::Row) | None => {}
    }
    if let SameId::First { column, .. } = &mut rules.same_id {
        column.bind(&headers);
    }
    if let Some(tree) = &mut rules.tree {
        tree.id.bind(&headers);
        tree.parent.bind(&headers);
        tree.inherit.iter_mut().for_each(|column| column.bind(&headers));
    }
    rules.leave_out.iter_mut().for_each(bind_test);
    rules.hide.iter_mut().flat_map(|(_, tests)| tests).for_each(bind_test);
    for crosswalk in &mut rules.crosswalk {
        if let Terms::Column(columns) = &mut crosswalk.terms {
            columns.bind(&headers);
        }
    }
    for rule in rules.fields.iter_mut().flat_map(|(_, rules)| rules) {
        match &mut rule.source {
            RuleSource::Column(columns) => columns.bind(&headers),
            RuleSource::Marked(columns, _) => columns.iter_mut().for_each(|(column, _)| column.bind(&headers)),
            RuleSource::Constant(_) | RuleSource::From(_) => {}
        }
        rule.when.iter_mut().chain(&mut rule.unless).for_each(bind_test);
        rule.tag.iter_mut().for_each(|tag| tag.bind(&headers));
        for word in rule.how.iter_mut().chain(&mut rule.level) {
            if let WordOrColumn::Column(columns) = word {
                columns.bind(&headers);
            }
        }
    }
    rules.unit.iter_mut().for_each(|(columns, _)| columns.bind(&headers));
    let unused = rules.ignore.iter_mut().chain(&mut rules.never).chain(&mut rules.not_personal);
    unused.for_each(|columns| columns.bind(&headers));
}

/// Returns rules with the answers to withheld words of an earlier run as words.
pub(crate) fn with_withheld(rules: &Rules, earlier: &Counted) -> Rules {
    let mut rules = rules.clone();
    for (id, answer) in &rules.withheld.clone() {
        let question = earlier.questions.iter().find(|question| question.id == *id);
        let Some((question, text)) = question.zip(earlier.withheld.0.get(id)) else { continue };
        rules.words.push((question.kind, vec![(text.clone(), answer.clone())]));
    }
    rules
}

/// Returns what was recognized in files.
pub(crate) fn recognized(source: &Source<'_>, mapping: &Mapping) -> Recognized {
    let file = |part: &SourcePart<'_>| RecognizedFile {
        name: part.name.clone(),
        format: part.format.to_owned(),
        encoding: part.encoding.map(str::to_owned),
        delimiter: part.delimiter.map(|delimiter| delimiter.to_string()),
        sheet: part.sheet.clone(),
        header: part.header.first().copied(),
    };
    let files = source.parts.iter().map(file).collect();
    Recognized { files, mapping: mapping.origin.clone(), why: source.why.clone() }
}
