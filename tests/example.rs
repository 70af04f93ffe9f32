//! The example incident: it decodes without errors, and all its findings render as sentences.

use lotse::{
    Lang, Matcher, example,
    wire::{CallOptions, Operation as _, Value, op},
};

#[test]
fn the_incident_has_no_errors_and_only_expected_warnings() {
    let (offers, needs, day) = (example::OFFERS, example::NEEDS, example::AS_OF);
    let request = format!(r#"{{"offers": {offers}, "needs": {needs}, "as_of": "{day}"}}"#);
    let options = CallOptions::new();
    let report =
        op::Check::run(op::Check::decode(&Value::from_json(&request).unwrap(), &options).unwrap(), &options).unwrap();
    assert_eq!(report.errors, []);
    // Some capacities are stale, and some people and offers are in another Land, as after a real incident.
    let expected = ["offer.capacity.stale", "offer.region.other_land", "need.region.other_land"];
    let unexpected = report.warnings.iter().find(|warning| !expected.contains(&warning.code()));
    assert_eq!(unexpected, None);
    assert!(report.offers >= 60 && report.needs >= 300);
}

#[test]
fn every_finding_of_the_incident_renders_as_a_sentence() {
    let offers = example::offers().unwrap();
    let ids: Vec<String> = offers.iter().map(|offer| offer.id().to_owned()).collect();
    let matcher = Matcher::builder().offers(offers).as_of(example::AS_OF.parse().unwrap()).build().unwrap();
    for need in example::needs().unwrap().into_iter().step_by(10) {
        for id in &ids {
            let explanation = matcher.explain(&need, id).unwrap();
            for finding in explanation.assessment().findings() {
                for lang in Lang::all() {
                    let text = finding.text(lang, matcher.vocabulary());
                    assert!(text.ends_with('.'), "{lang} {:?}: {text}", finding.reason());
                }
            }
        }
    }
}
