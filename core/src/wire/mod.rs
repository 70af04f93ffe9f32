//! Every operation with data as its input and output: the wire format, and the interface of the bindings.
//!
//! [`call`] runs an operation by its name, from a [`Value`] to JSON text. Each operation implements [`Operation`], for programs
//! that need its request or response as a type. All errors of a request are reported at once.
//!
//! # Example: JSON text in both directions
//!
//! ```
//! use lotse::wire::{self, CallOptions, Value};
//! let request = r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}], "reasons": false}"#;
//! let response = wire::call("rank", &Value::from_json(request)?, &CallOptions::new())?;
//! assert_eq!(
//!     response,
//!     r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","score":0.82955,"to_check":["capacity"]}]}]}"#
//! );
//! # Ok::<(), lotse::Error>(())
//! ```

mod allocate;
mod call;
mod call_options;
mod check;
mod dataset;
mod decoded;
mod diagnose;
mod explain;
#[cfg(feature = "import")]
mod export;
#[cfg(feature = "import")]
mod import;
mod json;
mod limits;
pub mod op;
mod operation;
mod pair;
mod plan;
mod rank;
mod report;
mod resolve;
mod schema;
#[cfg(feature = "import")]
mod sketch;
mod warn_capacity;
mod warn_code;
mod warn_land;
mod warn_place;

pub use self::{
    allocate::{AllocateRequest, AllocateResponse},
    call::{call, call_json, operations},
    call_options::CallOptions,
    check::{CheckReport, CheckRequest},
    dataset::{Dataset, decode_needs},
    decoded::Decoded,
    diagnose::{DiagnoseRequest, DiagnoseResponse},
    explain::{ExplainRequest, ExplainResponse},
    json::to_json,
    operation::Operation,
    pair::Pair,
    plan::{decode_plan, diff_plans},
    rank::{RankRequest, RankResponse},
    report::ReportResponse,
    resolve::{ResolveQuery, ResolveRequest, ResolveResponse, ResolvedWord},
    schema::{schema, schemas},
};
#[cfg(feature = "import")]
pub use self::{
    export::{ExportFormat, ExportRequest},
    import::{ImportRequest, ImportResponse},
};
pub use crate::{
    allocate::saved::{plan_proof, verify_plan},
    decode::{to_value::to_value, value::Value},
    model::table_layout::TableLayout,
};
