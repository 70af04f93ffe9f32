//! The library on records as JSON text, as the faces of other languages call it.

use std::{fs, ops::ControlFlow, path::Path, time::Instant};

use lotse::{
    Matcher, Need,
    wire::{RankRequest, RankResponse, Records, Tree, rank_json, read_needs},
};
use serde_json::{Value, json};

use crate::data::TOP;

/// Texts as `write-records` wrote them.
pub(crate) struct Texts {
    needs: String,
    offers: String,
    policy: String,
    as_of: String,
}

impl Texts {
    pub(crate) fn read(folder: &Path, as_of: &str) -> Self {
        let get = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let [needs, offers, policy] = ["needs.json", "offers.json", "policy.json"].map(get);
        Self { needs, offers, policy, as_of: as_of.to_owned() }
    }

    /// How long each step takes; answers are text as well.
    pub(crate) fn rank(&self) -> Value {
        let Self { needs, offers, policy, as_of } = self;
        let setup = format!(r#"{{"offers":{offers},"policy":{policy},"as_of":"{as_of}"}}"#);
        let whole = format!(r#"{{"needs":{needs},"offers":{offers},"policy":{policy},"as_of":"{as_of}","top":{TOP}}}"#);
        let (build, matcher) = timed(|| matcher(&setup));
        let records = read(&matcher, needs);
        let (records, _) = timed(|| matcher.rank_all(&records, TOP).unwrap());
        let (with_reasons, _) = timed(|| rank(&matcher, needs, true));
        let (without_reasons, _) = timed(|| rank(&matcher, needs, false));
        let (wire, _) = timed(|| rank_json(&whole).unwrap());
        json!({
            "build": build,
            "records": records,
            "with_reasons": with_reasons,
            "without_reasons": without_reasons,
            "wire": wire,
        })
    }
}

fn matcher(setup: &str) -> Matcher {
    Records::from_tree(&Tree::from_json(setup).unwrap()).unwrap().into_matcher().unwrap().0
}

fn read(matcher: &Matcher, needs: &str) -> Vec<Need> {
    let Tree::List(needs) = Tree::from_json(needs).unwrap() else { return Vec::new() };
    read_needs(matcher, needs.len(), |number| &needs[number]).unwrap()
}

fn rank(matcher: &Matcher, needs: &str, reasons: bool) -> String {
    let options = RankRequest { top: TOP, reasons, ..RankRequest::default() };
    let unwatched = |_, _| ControlFlow::Continue(());
    let ranked = RankResponse::by(matcher, &read(matcher, needs), &options, &unwatched).unwrap();
    serde_json::to_string(&ranked.rankings).unwrap()
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}
