//! Plans: parties, groups, fixed and previous referrals, unmet needs.

use super::{Request, WorstCase, Writer, text};

const PRIORITIES: [&str; 4] = ["stat", "asap", "urgent", "routine"];

fn digits(i: usize, factor: usize, modulus: usize) -> usize {
    10_000 + i * factor % modulus
}

/// Needs at different locations, and offers that come to them; `need` and `offer` are further fields.
fn located(bytes: usize, need: impl Fn(usize) -> String, offer: impl Fn(usize) -> String) -> Request {
    Writer::new(bytes)
        .needs(47, |i| {
            let template = r#"{"id":"n$",$"region":"14612","place":{"lat":51.$,"lon":13}}"#;
            text(template, &[&i, &need(i), &digits(i, 7_919, 9_973)])
        })
        .offers(47, |i| {
            let template =
                r#"{"id":"o$",$"area":["any"],"formats":["on_site"],"place":{"region":"14612","lat":51.$,"lon":13}}"#;
            text(template, &[&i, &offer(i), &digits(i, 104_729, 9_973)])
        })
        .end()
}

fn records(bytes: usize, [need, offer]: [&str; 2], members: &str) -> Request {
    Writer::new(bytes).members(members).needs(47, |i| text(need, &[&i])).offers(47, |i| text(offer, &[&i])).end()
}

/// Fixed or previous referrals of each need to an offer: of the same number, or mixed.
fn referrals(bytes: usize, key: &str, members: &str, factor: usize) -> Request {
    let mut writer = Writer::new(bytes)
        .members(members)
        .needs(23, |i| text(r#"{"id":"n$","age":$}"#, &[&i, &(i % 150)]))
        .offers(27, |i| text(r#"{"id":"o$","capacity":1}"#, &[&i]));
    let (needs, offers) = (writer.needs, writer.offers);
    let referral = |i: usize| text(r#"{"need":"n$","offer":"o$"}"#, &[&i, &(i * factor % offers)]);
    let list: Vec<String> = (0..needs.min(offers)).map(referral).collect();
    writer = writer.members(&text(r#""$":[$]"#, &[&key, &list.join(",")]));
    writer.end()
}

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::linear("capacities-unknown", "allocate", |bytes| {
        records(bytes, [r#"{"id":"n$"}"#, r#"{"id":"o$"}"#], r#""policy":{"capacity":{"assume":0}}"#)
    }),
    WorstCase::linear("capacities-full", "allocate", |bytes| {
        records(bytes, [r#"{"id":"n$"}"#, r#"{"id":"o$","capacity":0}"#], r#""lang":"de""#)
    }),
    WorstCase::pairs("capacities-full-and-profiles", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(47, |i| text(r#"{"id":"n$","age":$,"priority":"$"}"#, &[&i, &(i % 150), &PRIORITIES[i % 4]]))
            .offers(47, |i| text(r#"{"id":"o$","capacity":0,"ages":{"min":$}}"#, &[&i, &(i % 150)]))
            .end()
    }),
    WorstCase::linear("needs-alike-one-place-each", "allocate", |bytes| {
        records(bytes, [r#"{"id":"n$"}"#, r#"{"id":"o$","capacity":1}"#], r#""lang":"de""#)
    }),
    WorstCase::linear("needs-without-offer", "allocate", |bytes| {
        records(bytes, [r#"{"id":"n$","help":"z"}"#, r#"{"id":"o$","help":["k"]}"#], r#""lang":"de""#)
    }),
    WorstCase::linear("needs-without-offer", "report", |bytes| {
        records(bytes, [r#"{"id":"n$","help":"z"}"#, r#"{"id":"o$","help":["k"]}"#], r#""lang":"de""#)
    }),
    WorstCase::linear("needs-below-the-score", "allocate", |bytes| {
        records(bytes, [r#"{"id":"n$"}"#, r#"{"id":"o$"}"#], r#""min_score":1,"neighbour_serves":false"#)
    }),
    WorstCase::pairs("scores-all-different", "allocate", |bytes| {
        located(bytes, |i| text(r#""age":$,"#, &[&(i % 150)]), |_| r#""capacity":1,"#.to_owned())
    }),
    WorstCase::pairs("scores-all-different", "report", |bytes| {
        located(bytes, |i| text(r#""age":$,"#, &[&(i % 150)]), |_| r#""capacity":1,"#.to_owned())
    }),
    WorstCase::pairs("scores-equal", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(47, |i| text(r#"{"id":"n$","age":$}"#, &[&i, &(i % 150)]))
            .offers(47, |i| text(r#"{"id":"o$","capacity":1,"ages":{"min":$}}"#, &[&i, &(i % 100)]))
            .end()
    }),
    WorstCase::bounded("priorities-and-levels", "allocate", |bytes| {
        let levels = ["A1", "A2", "B1", "B2", "C1"];
        Writer::new(bytes)
            .needs(47, |i| {
                let template = r#"{"id":"n$","people":$,"priority":"$","languages":["de",{"tag":"en","level":"$"}]}"#;
                text(template, &[&i, &(1 + i % 3), &PRIORITIES[i % 4], &levels[i % 5]])
            })
            .offers(47, |i| {
                let language = if i % 3 == 0 { "de" } else { "en" };
                text(r#"{"id":"o$","capacity":$,"languages":["$"]}"#, &[&i, &(i % 4), &language])
            })
            .end()
    }),
    WorstCase::bounded("parties", "allocate", |bytes| {
        located(bytes, |i| text(r#""people":$,"#, &[&(1 + i % 7)]), |i| text(r#""capacity":$,"#, &[&(3 + i % 5)]))
    }),
    WorstCase::bounded("parties-and-few-offers", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(85, |i| {
                let template = r#"{"id":"n$","people":$,"priority":"$","age":$}"#;
                text(template, &[&i, &(1 + i * 7_919 % 97), &PRIORITIES[i % 4], &(i % 150)])
            })
            .offers(9, |i| text(r#"{"id":"o$","capacity":$,"ages":{"min":$}}"#, &[&i, &(500 + i), &(i % 100)]))
            .end()
    }),
    WorstCase::bounded("parties-larger-than-places", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(47, |i| text(r#"{"id":"n$","people":$}"#, &[&i, &(2 + i % 3)]))
            .offers(47, |i| text(r#"{"id":"o$","capacity":1}"#, &[&i]))
            .end()
    }),
    WorstCase::bounded("parties-of-100-000", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(47, |i| {
                let people = 100_000 - i % 99_000;
                text(r#"{"id":"n$","people":$,"priority":"$"}"#, &[&i, &people, &PRIORITIES[i % 4]])
            })
            .offers(47, |i| text(r#"{"id":"o$","capacity":$}"#, &[&i, &(100_000 + i)]))
            .end()
    }),
    WorstCase::linear("group-of-all", "allocate", |bytes| {
        let mut writer = Writer::new(bytes).needs(76, |i| text(r#"{"id":"n$","group":"g"}"#, &[&i]));
        let places = writer.needs.saturating_sub(1);
        writer = writer.offers(19, |i| text(r#"{"id":"o$","capacity":$}"#, &[&i, &places]));
        writer.end()
    }),
    WorstCase::linear("group-of-all-that-fits", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(76, |i| text(r#"{"id":"n$","group":"g","age":$}"#, &[&i, &(i % 150)]))
            .offers(19, |i| text(r#"{"id":"o$","capacity":1000000}"#, &[&i]))
            .end()
    }),
    WorstCase::linear("group-of-all-fixed", "allocate", |bytes| {
        let writer = Writer::new(bytes)
            .needs(35, |i| text(r#"{"id":"n$","group":"g"}"#, &[&i]))
            .offers(20, |i| text(r#"{"id":"o$","capacity":1000000}"#, &[&i]));
        let fixed: Vec<String> = (0..writer.needs).map(|i| text(r#"{"need":"n$","offer":"o0"}"#, &[&i])).collect();
        writer.members(&text(r#""fixed":[$]"#, &[&fixed.join(",")])).end()
    }),
    WorstCase::pairs("group-without-common-offer", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(50, |i| text(r#"{"id":"n$","group":"g","help":"k$"}"#, &[&i, &i]))
            .offers(45, |i| text(r#"{"id":"o$","help":["k$"]}"#, &[&i, &i]))
            .end()
    }),
    WorstCase::bounded("groups-of-two-without-common-offer", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(50, |i| text(r#"{"id":"n$","group":"g$","help":"k$"}"#, &[&i, &(i / 2), &(i % 2)]))
            .offers(45, |i| text(r#"{"id":"o$","help":["k$"]}"#, &[&i, &(i % 2)]))
            .end()
    }),
    WorstCase::bounded("groups-of-two", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(50, |i| text(r#"{"id":"n$","group":"g$","age":$}"#, &[&i, &(i / 2), &(i % 150)]))
            .offers(45, |i| text(r#"{"id":"o$","capacity":$}"#, &[&i, &(1 + i % 3)]))
            .end()
    }),
    WorstCase::bounded("groups-of-three-and-locations", "allocate", |bytes| {
        located(bytes, |i| text(r#""group":"g$","#, &[&(i / 3)]), |i| text(r#""capacity":$,"#, &[&(3 + i % 5)]))
    }),
    WorstCase::bounded("groups-of-unequal-parties", "allocate", |bytes| {
        Writer::new(bytes)
            .needs(85, |i| {
                let (people, priority) = if i % 2 == 0 { (5_000, "urgent") } else { (4_999, "stat") };
                text(r#"{"id":"n$","group":"g$","people":$,"priority":"$"}"#, &[&i, &(i / 2), &people, &priority])
            })
            .offers(10, |i| text(r#"{"id":"o$","capacity":20000}"#, &[&i]))
            .end()
    }),
    WorstCase::linear("groups-fixed-and-counted", "allocate", |bytes| {
        let writer = Writer::new(bytes).needs(60, |i| {
            let (people, priority) = if i % 2 == 0 { (9_999, "urgent") } else { (3_333, "stat") };
            text(r#"{"id":"n$","group":"g$","people":$,"priority":"$"}"#, &[&i, &(i / 2), &people, &priority])
        });
        let fixed: Vec<String> =
            (0..writer.needs).step_by(2).map(|i| text(r#"{"need":"n$","offer":"o0","counted":true}"#, &[&i])).collect();
        let offers: Vec<String> = (0..20).map(|i| text(r#"{"id":"o$","capacity":500000000}"#, &[&i])).collect();
        writer.members(&text(r#""fixed":[$],"offers":[$]"#, &[&fixed.join(","), &offers.join(",")])).end()
    }),
    WorstCase::linear("fixed-of-all", "allocate", |bytes| referrals(bytes, "fixed", r#""lang":"de""#, 1)),
    WorstCase::error("fixed-beyond-places", "allocate", "request.fixed.over_places", |bytes| {
        referrals(bytes, "fixed", r#""lang":"de""#, 0)
    }),
    WorstCase::linear("previous-of-all", "allocate", |bytes| referrals(bytes, "previous", r#""lang":"de""#, 1)),
    WorstCase::linear("previous-mixed", "allocate", |bytes| referrals(bytes, "previous", r#""lang":"de""#, 7_919)),
    WorstCase::linear("previous-to-one-offer", "allocate", |bytes| referrals(bytes, "previous", r#""lang":"de""#, 0)),
    WorstCase::linear("previous-that-stay", "allocate", |bytes| {
        referrals(bytes, "previous", r#""moves":"none""#, 7_919)
    }),
    WorstCase::linear("previous-that-stay-beyond-places", "allocate", |bytes| {
        referrals(bytes, "previous", r#""moves":"none""#, 0)
    }),
    WorstCase::linear("previous-ignored", "allocate", |bytes| referrals(bytes, "previous", r#""moves":"free""#, 7_919)),
    WorstCase::bounded("previous-of-parties", "allocate", |bytes| {
        let writer = Writer::new(bytes)
            .needs(27, |i| text(r#"{"id":"n$","group":"g$","people":$}"#, &[&i, &(i / 2), &(1 + i % 2)]))
            .offers(23, |i| text(r#"{"id":"o$","capacity":3}"#, &[&i]));
        let offers = writer.offers;
        let referral = |i: usize| text(r#"{"need":"n$","offer":"o$"}"#, &[&i, &(i * 31 % offers)]);
        let list: Vec<String> = (0..writer.needs).map(referral).collect();
        writer.members(&text(r#""moves":"none","previous":[$]"#, &[&list.join(",")])).end()
    }),
    WorstCase::linear("previous-of-ids-that-are-gone", "allocate", |bytes| {
        Writer::new(bytes)
            .members(r#""needs":[{"id":"n"}],"offers":[{"id":"o"}]"#)
            .list("previous", 90, |i| text(r#"{"need":"m$","offer":"p$"}"#, &[&i, &i]))
            .end()
    }),
];
