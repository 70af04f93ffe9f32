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
    //! | [`errors`] | the design of errors, privacy, every code with its remedy |
    //! | [`wire`] | every operation as request and response, tables, the command line |
    //! | [`service`] | how a service holds a matcher |
    //! | [`changelog`] | what has changed, by release |

    #[doc = include_str!("../docs/allocation.md")]
    pub mod allocation {}
    #[doc = include_str!("../CHANGELOG.md")]
    pub mod changelog {}
    #[doc = include_str!("../docs/errors.md")]
    pub mod errors {}
    #[doc = include_str!("../docs/policy.md")]
    pub mod policy {}
    #[doc = include_str!("../docs/records.md")]
    pub mod records {}
    #[doc = include_str!("../docs/scoring.md")]
    pub mod scoring {}
    #[doc = include_str!("../docs/service.md")]
    pub mod service {}
    #[doc = include_str!("../docs/vocabulary.md")]
    pub mod vocabulary {}
    #[doc = include_str!("../docs/wire.md")]
    pub mod wire {}
}
