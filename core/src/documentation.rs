//! The chapters of the manual, which are modules without items, so that their links and examples are checked.

pub mod _documentation {
    //! The chapters of the manual.
    //!
    //! | chapter | contents |
    //! |---|---|
    //! | [`records`] | every field of a need and of an offer |
    //! | [`policy`] | every key of a policy, with its default and its effect |
    //! | [`scoring`] | how a score arises, ten formulas, an example by hand, every reason |
    //! | [`vocabulary`] | codes and their sources, additions, from words to codes |
    //! | [`allocation`] | one plan for many needs, its proof, prices, what is missing |
    //! | `import` | spreadsheets and directories as records, with the feature `import` |
    //! | `export` | records as spreadsheets and directories, regions of other countries, with the feature `import` |
    //! | [`errors`] | the design of errors, privacy, every code with its remedy |
    //! | [`wire`] | every operation as request and response, tables, the command line |
    //! | [`service`] | how a service holds a matcher |
    //! | [`python`] | records, tables, notebooks |
    //! | [`javascript`] | the browser, Node, and the page |
    //! | [`changelog`] | what has changed, by release |

    #[doc = include_str!("../docs/allocation.md")]
    #[doc(alias(
        "network simplex",
        "lexicographic",
        "dual",
        "shadow price",
        "certificate",
        "column generation",
        "branch and bound",
        "fixed",
        "previous",
        "moves",
        "counted",
        "progress"
    ))]
    pub mod allocation {}
    #[doc = include_str!("../CHANGELOG.md")]
    pub mod changelog {}
    #[doc = include_str!("../docs/errors.md")]
    #[doc(alias("code", "path", "hint", "privacy"))]
    pub mod errors {}
    #[cfg(feature = "import")]
    #[doc = include_str!("../docs/export.md")]
    #[doc(alias("Frictionless", "datapackage.json", "HSDS", "provenance", "etalab", "us-atlas"))]
    pub mod export {}
    #[cfg(feature = "import")]
    #[doc = include_str!("../docs/import.md")]
    #[doc(alias("mapping", "spreadsheet", "Excel", "xlsx", "HSDS", "questions", "sketch"))]
    pub mod import {}
    #[doc = include_str!("../docs/javascript.md")]
    #[doc(alias("TypeScript", "wasm", "worker", "bundler"))]
    pub mod javascript {}
    #[cfg(feature = "import")]
    #[doc = include_str!("../docs/mapping.md")]
    #[doc(alias("rule", "column", "crosswalk", "answer", "words"))]
    pub mod mapping {}
    #[doc = include_str!("../docs/policy.md")]
    #[doc(alias(
        "weights",
        "prefer",
        "rules",
        "minimum",
        "unknown",
        "unknown_fit",
        "levels",
        "how",
        "order_step",
        "related",
        "comprehension",
        "near_km",
        "far_km",
        "far_fit",
        "neighbour",
        "remote",
        "any",
        "covered",
        "part",
        "general",
        "vague",
        "context_open",
        "enough",
        "comfortable",
        "waitlist",
        "assessment",
        "stale_days",
        "assume",
        "priority_weights"
    ))]
    pub mod policy {}
    #[doc = include_str!("../docs/python.md")]
    #[doc(alias("pandas", "polars", "Arrow", "notebook", "Spark"))]
    pub mod python {}
    #[doc = include_str!("../docs/records.md")]
    #[doc(alias("json", "languages", "area", "capacity", "ages", "formats", "access", "contact"))]
    pub mod records {}
    #[doc = include_str!("../docs/scoring.md")]
    #[doc(alias("interning", "memo table", "pruning", "top-k", "weight", "fit", "to_check", "reason", "progress"))]
    pub mod scoring {}
    #[doc = include_str!("../docs/service.md")]
    pub mod service {}
    #[doc = include_str!("../docs/vocabulary.md")]
    #[doc(alias(
        "AGS",
        "ARS",
        "NUTS",
        "BCP 47",
        "ISO 639",
        "ICCS",
        "resolve",
        "suggest",
        "region_aliases",
        "umbrella"
    ))]
    pub mod vocabulary {}
    #[doc = include_str!("../docs/wire.md")]
    #[doc(alias("call", "request", "response", "command line", "NDJSON", "CSV", "exit code"))]
    pub mod wire {}
}
