//! Every operation as data in and data out: the interface of other languages, and the wire format.
//!
//! Each operation is `f(Request) -> Result<Response, Error>`, and `f_json` the same on JSON text. Reading a request finds
//! all its errors, not the first.
//!
//! # Example: text in, text out
//!
//! ```
//! let answer = lotse::wire::rank_json(
//!     r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}], "reasons": false}"#,
//! )?;
//! assert_eq!(
//!     answer,
//!     r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","score":0.85,"to_check":["capacity"]}]}]}"#
//! );
//! # Ok::<(), lotse::Error>(())
//! ```

mod allocate;
mod check;
mod dataset;
mod diagnose;
mod explain;
mod other_land;
mod rank;
mod report;
mod resolve;
mod table_layout;

use serde::{Serialize, Serializer};

use crate::{
    error::{Error, ErrorDetail, ErrorKind},
    matcher::Finding,
    model::{
        criterion::Criterion,
        enums::{Lang, Rule},
        reason::Fact,
    },
    util::fixed::{Fit, Score, Weight},
    vocabulary::Vocabulary,
};

pub use self::{
    allocate::{
        AllocateRequest, AllocateResponse, CertificateData, GroupPartData, ObjectiveData, OfferUsageData, PriceData,
        ReferralData, UnmetFacts, UnmetNeedData, allocate, allocate_json, allocate_json_on, allocate_tree_on,
        allocate_with,
    },
    check::{CheckRequest, CheckResponse, Warning, check, check_json, check_json_on, check_tree_on},
    dataset::{Dataset, decode_needs},
    diagnose::{
        BlockedOffersData, DiagnoseRequest, DiagnoseResponse, DiagnosisData, NearMissData, RequiredChangeData,
        diagnose, diagnose_json, diagnose_json_on, diagnose_tree_on, diagnose_with,
    },
    explain::{
        ExplainRequest, ExplainResponse, ExplanationData, Pair, explain, explain_json, explain_json_on, explain_tree_on,
    },
    rank::{MatchData, RankRequest, RankResponse, RankingData, rank, rank_json, rank_json_on, rank_tree_on, rank_with},
    report::{
        BottleneckData, MissingOfferData, NamedCode, ReportResponse, ReportRowData, TallyData, report, report_json,
        report_json_on, report_tree_on, report_with,
    },
    resolve::{ResolveQuery, ResolveRequest, ResolveResponse, ResolvedWord, resolve, resolve_json, resolve_tree},
    table_layout::TableLayout,
};
pub use crate::decode::value::Value;

/// One criterion of a match: the finding as data, and its reason as a sentence.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FindingData {
    /// The criterion.
    pub criterion: Criterion,
    /// The fit as it counts; nothing where the criterion was not asked.
    pub fit: Option<Fit>,
    /// False where the fit is unknown.
    pub known: bool,
    /// The share of the criterion.
    pub weight: Weight,
    /// Weight × fit.
    pub contribution: Score,
    /// The rule in force.
    pub rule: Rule,
    /// Whether it excludes the offer.
    pub blocks: bool,
    /// The reason's stable code.
    pub code: String,
    /// Whether the need asks it.
    pub asked: bool,
    /// The reason's facts.
    #[serde(serialize_with = "as_map")]
    pub facts: Vec<(&'static str, Fact)>,
    /// The reason as a sentence.
    pub text: String,
}

impl FindingData {
    /// A finding as data, with its reason as a sentence in one language.
    pub fn of(finding: Finding<'_>, lang: Lang, vocabulary: &Vocabulary) -> Self {
        Self {
            criterion: finding.criterion(),
            fit: finding.fit(),
            known: finding.is_known(),
            weight: finding.weight(),
            contribution: finding.contribution(),
            rule: finding.rule(),
            blocks: finding.is_blocking(),
            code: finding.reason().code().to_owned(),
            asked: finding.is_requested(),
            facts: finding.reason().facts().map(|(name, fact)| (name, fact.clone())).collect(),
            text: finding.text(lang, vocabulary),
        }
    }
}

fn as_map<S: Serializer>(facts: &[(&'static str, Fact)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().map(|(name, fact)| (name, fact)))
}

/// A response as JSON text.
fn answer(response: impl Serialize) -> Result<String, Error> {
    // Responses are made of texts and finite numbers, so this does not fail; if it did, nothing may be half written.
    serde_json::to_string(&response).map_err(|_| {
        Error::new(ErrorDetail {
            kind: ErrorKind::Internal,
            code: "response.json".into(),
            path: String::new(),
            message: "the answer cannot be written as JSON".into(),
            hint: None,
        })
    })
}
