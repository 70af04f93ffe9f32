//! The library on JSON text, as the bindings call it: text in, text out.

use std::{fs, path::Path, time::Instant};

use lotse::{
    AllocateOptions, Lang, Matcher, Need,
    wire::{self, CallOptions, Dataset, RankRequest, decode_needs},
};
use serde_json::{Value, json};

use crate::data::TOP;

/// The files that `write-records` writes.
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

    /// Returns the seconds of each way to rank.
    pub(crate) fn rank(&self) -> Value {
        let (build, matcher) = timed(|| self.matcher());
        let needs = self.decode_needs(&matcher);
        let (records, _) = timed(|| matcher.rank_all(&needs, TOP).unwrap());
        let (with_reasons, _) = timed(|| self.rank_to_text(&matcher, true));
        let (without_reasons, _) = timed(|| self.rank_to_text(&matcher, false));
        let request = self.request();
        let (whole, _) = timed(|| wire::call_json("rank", &request, &CallOptions::new()).unwrap());
        json!({
            "build": build,
            "records": records,
            "with_reasons": with_reasons,
            "without_reasons": without_reasons,
            "whole": whole,
        })
    }

    /// Returns the seconds of a plan, from records and from text.
    pub(crate) fn allocate(&self) -> Value {
        let matcher = self.matcher();
        let needs = self.decode_needs(&matcher);
        let (records, _) = timed(|| matcher.allocate(&needs, &AllocateOptions::new()).unwrap());
        let (text, _) = timed(|| {
            let plan = matcher.allocate(&self.decode_needs(&matcher), &AllocateOptions::new()).unwrap();
            wire::to_json(&plan.localized(Lang::En, matcher.vocabulary()), &CallOptions::new()).unwrap()
        });
        json!({"records": records, "text": text})
    }

    /// Returns a request with needs and offers.
    fn request(&self) -> String {
        let Self { needs, offers, policy, as_of } = self;
        format!(r#"{{"needs":{needs},"offers":{offers},"policy":{policy},"as_of":"{as_of}","top":{TOP}}}"#)
    }

    fn matcher(&self) -> Matcher {
        let Self { offers, policy, as_of, .. } = self;
        let setup = format!(r#"{{"offers":{offers},"policy":{policy},"as_of":"{as_of}"}}"#);
        Dataset::from_value(&wire::Value::from_json(&setup).unwrap()).unwrap().into_matcher().unwrap().0
    }

    fn decode_needs(&self, matcher: &Matcher) -> Vec<Need> {
        let wire::Value::Array(needs) = wire::Value::from_json(&self.needs).unwrap() else { return Vec::new() };
        decode_needs(matcher, needs.len(), |number| &needs[number]).unwrap()
    }

    fn rank_to_text(&self, matcher: &Matcher, reasons: bool) -> String {
        let options = RankRequest { top: TOP, reasons, ..RankRequest::default() };
        let response = options.run_on(matcher, &self.decode_needs(matcher), &CallOptions::new()).unwrap();
        wire::to_json(&response, &CallOptions::new()).unwrap()
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}
