//! Every operation with data as its input and output: the wire format, and the interface of the bindings.
//!
//! Each operation is a function from a request to a response, and has a twin ending in `_json` from JSON text to JSON text.
//! All errors of a request are reported at once.
//!
//! # Example: JSON text in both directions
//!
//! ```
//! let response = lotse::wire::rank_json(
//!     r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}], "reasons": false}"#,
//! )?;
//! assert_eq!(
//!     response,
//!     r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","score":0.82955,"to_check":["capacity"]}]}]}"#
//! );
//! # Ok::<(), lotse::Error>(())
//! ```

mod allocate;
mod allocation_data;
mod check;
mod dataset;
mod diagnose;
mod explain;
mod limits;
mod pair;
mod rank;
mod report;
mod resolve;
mod response;
mod table_layout;
mod warn_capacity;
mod warn_code;
mod warn_land;
mod warn_place;

pub use self::{
    allocate::{AllocateRequest, allocate, allocate_json, allocate_json_on, allocate_value_on, allocate_with},
    allocation_data::{
        AllocateResponse, CertificateData, ObjectiveData, OfferUsageData, PriceData, ReferralData, UnmetFacts,
        UnmetNeedData,
    },
    check::{CheckReport, CheckRequest, check, check_json, check_json_on, check_value_on, check_with},
    dataset::{Dataset, decode_needs},
    diagnose::{
        BlockedOffersData, DiagnoseRequest, DiagnoseResponse, DiagnosisData, NearMissData, RequiredChangeData,
        diagnose, diagnose_json, diagnose_json_on, diagnose_value_on, diagnose_with,
    },
    explain::{
        ExplainRequest, ExplainResponse, ExplanationData, explain, explain_json, explain_json_on, explain_value_on,
        explain_with,
    },
    pair::Pair,
    rank::{
        MatchData, RankRequest, RankResponse, RankingData, rank, rank_json, rank_json_on, rank_value_on, rank_with,
    },
    report::{
        BottleneckData, MissingOfferData, NamedCode, ReportResponse, ReportRowData, TallyData, report, report_json,
        report_json_on, report_value_on, report_with,
    },
    resolve::{
        ResolveQuery, ResolveRequest, ResolveResponse, ResolvedWord, resolve, resolve_json, resolve_value, resolve_with,
    },
    response::FindingData,
    table_layout::TableLayout,
};
pub use crate::decode::value::Value;
