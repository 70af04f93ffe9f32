//! The operations as types: implementations of [`Operation`](crate::wire::Operation).

/// Ranks the offers for each need.
///
/// # Example: the best offer
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}]}"#;
/// let response = wire::call_json(op::Rank::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Rank {}

/// Explains pairs of needs and offers.
///
/// # Example: an excluded offer
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#;
/// let response = wire::call_json(op::Explain::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"explanations":[{"need":"n-1","offer":"o-1","matches":false,"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Explain {}

/// Diagnoses why no more offers match a need.
///
/// # Example: no offers
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"needs": [{"id": "n-1"}]}"#;
/// let response = wire::call_json(op::Diagnose::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"diagnoses":[{"need":"n-1","offers":0,"matching":0,"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Diagnose {}

/// Allocates the places of offers to needs in one plan.
///
/// # Example: one place for two needs
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2", "priority": "stat"}]}"#;
/// let response = wire::call_json(op::Allocate::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"unmet":[{"need":"n-1","reason":"no_place","#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Allocate {}

/// Reports on the plan that [`Allocate`] computes.
///
/// # Example: one need without a place
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"needs": [{"id": "n-1"}]}"#;
/// let response = wire::call_json(op::Report::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"total":{"needs":1,"people":1,"cases":1,"met":0,"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Report {}

/// Checks records, and reports errors and warnings.
///
/// # Example: a code that no table lists
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"offers": [{"id": "o-1", "access": ["wheelchiar"]}]}"#;
/// let response = wire::call_json(op::Check::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"offers":1,"needs":0,"errors":[],"warnings":[{"code":"offer.access.unlisted","#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Check {}

/// Resolves words to candidates for codes.
///
/// # Example: an unknown word
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"words": [{"text": "Xyzzy"}]}"#;
/// let response = wire::call_json(op::Resolve::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"resolved":[{"text":"Xyzzy","candidates":[]}]}"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Resolve {}

/// Imports files in foreign formats as offers or needs.
///
/// # Example: a table of offers
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"records": "offers", "files": [{"name": "list.csv", "text": "id;Sprachen\n1;Dari\n"}]}"#;
/// let response = wire::call_json(op::Import::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"offers":[{"id":"1","languages":["prs"]}],"report":"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[cfg(feature = "import")]
#[derive(Clone, Copy, Debug)]
pub enum Import {}

/// Recognizes files and what their columns mean, without an import.
///
/// # Example: a table of needs
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"records": "needs", "files": [{"name": "list.csv", "text": "Nr;Sprache\n7;Dari\n"}]}"#;
/// let response = wire::call_json(op::Sketch::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"records":"needs","recognized":"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[cfg(feature = "import")]
#[derive(Clone, Copy, Debug)]
pub enum Sketch {}

/// Exports records in formats of others.
///
/// # Example: a table for spreadsheets
///
/// ```
/// use lotse::wire::{self, CallOptions, Operation, op};
/// let request = r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "to": "csv"}"#;
/// let response = wire::call_json(op::Export::NAME, request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"files":[{"name":"offers.csv","text":"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[cfg(feature = "import")]
#[derive(Clone, Copy, Debug)]
pub enum Export {}
