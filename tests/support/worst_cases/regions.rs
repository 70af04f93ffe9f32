//! Additions to the tree of regions, aliases of many regions, and long areas.

use super::{Request, WorstCase, Writer, array, length, repeated, text};

/// The region of a number, whose parent is the region before it.
fn link(i: usize) -> String {
    match i.checked_sub(1) {
        Some(parent) => text(r#"{"code":"q$","kind":"gemeinde","parent":"q$"}"#, &[&i, &parent]),
        None => text(r#"{"code":"q$","kind":"gemeinde"}"#, &[&i]),
    }
}

fn kreis(i: usize) -> String {
    text(r#"{"code":"q$","kind":"kreis"}"#, &[&i])
}

fn gemeinde(i: usize) -> String {
    text(r#"{"code":"q$","kind":"gemeinde"}"#, &[&i])
}

/// Returns about the number of regions in a chain that fills half of the bytes.
fn chain_length(bytes: usize) -> usize {
    (bytes / 2 / 45).max(2)
}

/// Offers whose area has one value many times.
fn offer_of_area(bytes: usize, value: &str) -> impl FnMut(usize) -> String {
    let area = repeated(value, (bytes / 24).clamp(1, 20_000));
    move |i| text(r#"{"id":"o$","area":$}"#, &[&i, &area])
}

/// A vocabulary with an alias Z of `count` Kreise, not closed.
fn alias_of_kreise(bytes: usize, count: usize) -> Writer {
    let list: Vec<String> = (0..count).map(kreis).collect();
    let members = text(r#""regions":[$],"region_aliases":{"Z":$}"#, &[&list.join(","), &array(r#""q$""#, 0..count)]);
    Writer::new(bytes).open("vocabulary").members(&members)
}

fn alias_of_chain(bytes: usize) -> Writer {
    let (count, targets) = (chain_length(bytes), length(bytes, 50));
    let deepest = array(r#""q$""#, count.saturating_sub(targets)..count);
    let chain: Vec<String> = (0..count).map(link).collect();
    let members = text(r#""regions":[$],"region_aliases":{"Z":$}"#, &[&chain.join(","), &deepest]);
    Writer::new(bytes).open("vocabulary").members(&members).close()
}

/// Kreise of which each has all others of its thousand as neighbours.
fn neighbours_of_each_other(bytes: usize) -> Request {
    let count = ((bytes / 6) as f64).sqrt() as usize;
    let count = count.clamp(2, 1_000);
    let region = |i: usize| {
        let first = i / count * count;
        text(r#"{"code":"q$","kind":"kreis","neighbours":$}"#, &[&i, &array(r#""q$""#, first..first + count)])
    };
    let regions: Vec<String> = (0..count * (bytes / (count * count * 8)).max(1)).map(region).collect();
    Writer::new(bytes).open("vocabulary").members(&text(r#""regions":[$]"#, &[&regions.join(",")])).close().end()
}

/// A vocabulary with aliases A of levels, each of a hundred Kreise that all have the Kreise of all levels as neighbours; not closed.
fn aliases_of_levels_with_neighbours(bytes: usize, percent: usize) -> Writer {
    let levels = (bytes / 50_000).clamp(1, 20);
    let all: Vec<String> = (0..levels).map(|level| text(r#""$""#, &[&(900 + level)])).collect();
    let kreis = |i: usize| {
        let neighbours = if i < 100 { all.join(",") } else { String::new() };
        text(r#"{"code":"$","kind":"kreis","neighbours":[$]}"#, &[&(90_000 + i), &neighbours])
    };
    let regions: Vec<String> = (0..levels * 100).map(kreis).collect();
    let alias = |i: usize| text(r#""A$":["900","14612"]"#, &[&i]);
    let writer = Writer::new(bytes).open("vocabulary").members(&text(r#""regions":[$]"#, &[&regions.join(",")]));
    writer.object("region_aliases", percent, alias).close()
}

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::linear("region-chain", "check", |bytes| {
        Writer::new(bytes).open("vocabulary").list("regions", 95, link).close().end()
    }),
    WorstCase::linear("region-chain-from-its-end", "check", |bytes| {
        let count = chain_length(bytes) * 2;
        let region = |i: usize| link(count.saturating_sub(i + 1));
        let chain: Vec<String> = (0..count).map(region).collect();
        Writer::new(bytes).open("vocabulary").members(&text(r#""regions":[$]"#, &[&chain.join(",")])).close().end()
    }),
    WorstCase::linear("regions-of-one-parent", "check", |bytes| {
        let region = |i| text(r#"{"code":"q$","kind":"gemeinde","parent":"14612"}"#, &[&i]);
        Writer::new(bytes).open("vocabulary").list("regions", 95, region).close().end()
    }),
    WorstCase::linear("regions-of-one-neighbour", "check", |bytes| {
        let region = |i| text(r#"{"code":"q$","kind":"kreis","neighbours":["q0"]}"#, &[&i]);
        Writer::new(bytes).open("vocabulary").list("regions", 95, region).close().end()
    }),
    WorstCase::linear("regions-all-neighbours", "check", neighbours_of_each_other),
    WorstCase::error("regions-moved", "check", "vocabulary.region.contradiction", |bytes| {
        // A region that is listed again under another parent contradicts the first.
        let region =
            |i: usize| text(r#"{"code":"q$","kind":"gemeinde","parent":"$"}"#, &[&(i / 2), &["14612", "14628"][i % 2]]);
        Writer::new(bytes).open("vocabulary").list("regions", 95, region).close().end()
    }),
    WorstCase::linear("regions-of-one-name", "resolve", |bytes| {
        let region = |i| text(r#"{"code":"q$","kind":"kreis","parent":"14","name":"Ort"}"#, &[&i]);
        let writer = Writer::new(bytes).open("vocabulary").list("regions", 90, region).close();
        writer.members(r#""words":[{"text":"Ort (Sachsen)","kind":"region"}]"#).end()
    }),
    WorstCase::linear("prefixes-of-needs", "check", |bytes| {
        // Only the shortest prefix matches, after a look-up for each letter.
        let prefix = |i: usize| match i {
            0 => r#""Z*":{"to":"14612","kind":"postcode"}"#.to_owned(),
            _ => text(r#""Z$*":{"to":"14612","kind":"postcode"}"#, &[&i]),
        };
        let writer = Writer::new(bytes).open("vocabulary").object("region_aliases", 45, prefix).close();
        let rest = "A".repeat(240);
        writer.needs(50, |i| text(r#"{"id":"n$","region":"Z$"}"#, &[&i, &rest])).end()
    }),
    WorstCase::linear("region-level-in-areas", "check", |bytes| {
        let writer = Writer::new(bytes).open("vocabulary").list("regions", 45, gemeinde).close();
        writer.offers(50, offer_of_area(bytes, r#""145""#)).end()
    }),
    WorstCase::linear("region-level-of-needs", "rank", |bytes| {
        let writer = Writer::new(bytes).open("vocabulary").list("regions", 45, gemeinde).close();
        writer.needs(50, |i| text(r#"{"id":"n$","region":"145"}"#, &[&i])).members(r#""offers":[{"id":"o"}]"#).end()
    }),
    WorstCase::linear("padded-keys-in-areas", "check", |bytes| {
        let writer = Writer::new(bytes).open("vocabulary").list("regions", 45, gemeinde).close();
        writer.offers(50, offer_of_area(bytes, r#""145000000000""#)).end()
    }),
    WorstCase::linear("land-that-is-its-kreis-in-areas", "check", |bytes| {
        let land = |i| if i == 0 { r#"{"code":"Z","kind":"land","kreisfrei":true}"#.to_owned() } else { gemeinde(i) };
        let writer = Writer::new(bytes).open("vocabulary").list("regions", 45, land).close();
        writer.offers(50, offer_of_area(bytes, r#""Z""#)).end()
    }),
    WorstCase::linear("alias-of-a-thousand-in-areas", "rank", |bytes| {
        let writer = alias_of_kreise(bytes, length(bytes, 120)).close();
        writer.offers(60, offer_of_area(bytes, r#""Z""#)).members(r#""needs":[{"id":"n","region":"14612"}]"#).end()
    }),
    WorstCase::linear("alias-of-a-thousand-of-needs", "rank", |bytes| {
        let writer = alias_of_kreise(bytes, length(bytes, 120)).close();
        writer
            .needs(60, |i| text(r#"{"id":"n$","region":"Z"}"#, &[&i]))
            .members(r#""offers":[{"id":"o","area":["14612"]},{"id":"p","area":["q0"]},{"id":"r","area":["Z"]}]"#)
            .end()
    }),
    WorstCase::pairs("alias-of-a-thousand-and-areas", "rank", |bytes| {
        // Each need is in another set of Kreise, each offer has another area of a thousand.
        let count = length(bytes, 200);
        let alias = |i: usize| text(r#""Z$":$"#, &[&i, &array(r#""q$""#, i % 7..count + i % 7)]);
        let writer = Writer::new(bytes).open("vocabulary");
        let regions: Vec<String> = (0..count + 7).map(kreis).collect();
        let writer =
            writer.members(&text(r#""regions":[$]"#, &[&regions.join(",")])).object("region_aliases", 40, alias);
        let aliases = (bytes * 2 / 5 / (alias(10).len() + 1)).max(1);
        writer
            .close()
            .needs(5, |i| text(r#"{"id":"n$","region":"Z$"}"#, &[&i, &(i % aliases)]))
            .offers(30, |i| text(r#"{"id":"o$","area":$}"#, &[&i, &array(r#""q$""#, i % 7..count + i % 7)]))
            .end()
    }),
    WorstCase::linear("alias-of-a-chain-of-needs", "rank", |bytes| {
        let need = |i| text(r#"{"id":"n$","region":"Z"}"#, &[&i]);
        alias_of_chain(bytes).needs(40, need).members(r#""offers":[{"id":"o"}]"#).end()
    }),
    WorstCase::linear("alias-of-a-chain-in-areas", "check", |bytes| {
        alias_of_chain(bytes).offers(40, offer_of_area(bytes, r#""Z""#)).end()
    }),
    WorstCase::error("alias-of-alias", "check", "vocabulary.alias.unknown_target", |bytes| {
        let alias = |i: usize| match i.checked_sub(1) {
            Some(earlier) => text(r#""A$":"A$""#, &[&i, &earlier]),
            None => r#""A0":"14612""#.to_owned(),
        };
        Writer::new(bytes).open("vocabulary").object("region_aliases", 95, alias).close().end()
    }),
    WorstCase::error("alias-of-alias-of-lists", "check", "vocabulary.alias.unknown_target", |bytes| {
        let count = length(bytes, 100);
        let alias = |i: usize| match i.checked_sub(1) {
            Some(earlier) => text(r#""A$":$"#, &[&i, &repeated(&text(r#""A$""#, &[&earlier]), count)]),
            None => r#""A0":["14612","14628"]"#.to_owned(),
        };
        Writer::new(bytes).open("vocabulary").object("region_aliases", 95, alias).close().end()
    }),
    WorstCase::linear("aliases-of-one-region", "check", |bytes| {
        let alias = |i: usize| text(r#""A$":"14612""#, &[&i]);
        Writer::new(bytes).open("vocabulary").object("region_aliases", 95, alias).close().end()
    }),
    WorstCase::linear("aliases-of-all-levels", "check", |bytes| {
        let alias = |i: usize| text(r#""A$":["145","146","147","DE","14"]"#, &[&i]);
        Writer::new(bytes).open("vocabulary").object("region_aliases", 95, alias).close().end()
    }),
    WorstCase::linear("aliases-of-levels-with-neighbours", "check", |bytes| {
        aliases_of_levels_with_neighbours(bytes, 80).end()
    }),
    WorstCase::linear("aliases-of-levels-with-neighbours-of-needs", "rank", |bytes| {
        let offers = r#""offers":[{"id":"o","area":["90050"]},{"id":"p","area":["14612"]}]"#;
        let writer = aliases_of_levels_with_neighbours(bytes, 40);
        writer
            .needs(45, |i| text(r#"{"id":"n$","region":"A$"}"#, &[&i, &(i % (bytes / 70).max(1))]))
            .members(offers)
            .end()
    }),
    WorstCase::linear("needs-at-the-end-of-a-chain", "rank", |bytes| {
        let last = chain_length(bytes) - 1;
        let chain: Vec<String> = (0..=last).map(link).collect();
        Writer::new(bytes)
            .open("vocabulary")
            .members(&text(r#""regions":[$]"#, &[&chain.join(",")]))
            .close()
            .needs(45, |i| text(r#"{"id":"n$","region":"q$"}"#, &[&i, &last]))
            .members(r#""offers":[{"id":"o","area":["q1"]}]"#)
            .end()
    }),
    WorstCase::linear("needs-along-a-chain", "report", |bytes| {
        let last = chain_length(bytes) - 1;
        let chain: Vec<String> = (0..=last).map(link).collect();
        Writer::new(bytes)
            .open("vocabulary")
            .members(&text(r#""regions":[$]"#, &[&chain.join(",")]))
            .close()
            .needs(45, |i| text(r#"{"id":"n$","region":"q$"}"#, &[&i, &(last - i % last)]))
            .members(r#""offers":[]"#)
            .end()
    }),
    WorstCase::linear("regions-with-names-of-twins", "rank", |bytes| {
        let region = |i: usize| text(r#"{"code":"q$","kind":"kreis","name":"x$"}"#, &[&i, &(i / 2)]);
        Writer::new(bytes)
            .open("vocabulary")
            .list("regions", 55, region)
            .close()
            .needs(35, |i| text(r#"{"id":"n$","region":"q0"}"#, &[&i]))
            .members(r#""offers":[{"id":"o","area":["q0"]},{"id":"p","area":["q1"]},{"id":"r","area":["q0","q1"]}]"#)
            .end()
    }),
    WorstCase::linear("regions-with-one-name", "report", |bytes| {
        let region = |i: usize| text(r#"{"code":"q$","kind":"kreis","name":"x"}"#, &[&i]);
        Writer::new(bytes)
            .open("vocabulary")
            .list("regions", 55, region)
            .close()
            .needs(35, |i| text(r#"{"id":"n$","region":"q$"}"#, &[&i, &i]))
            .members(r#""offers":[]"#)
            .end()
    }),
    WorstCase::error("areas-of-unknown-regions", "check", "offer.region.unknown", |bytes| {
        let count = (bytes / 20).clamp(1, 20_000);
        Writer::new(bytes)
            .offers(95, |i| {
                let area = array(r#""Leibzigsdorf$""#, i * count..(i + 1) * count);
                text(r#"{"id":"o$","area":$}"#, &[&i, &area])
            })
            .end()
    }),
    WorstCase::pairs("areas-of-20-000-and-locations", "rank", |bytes| {
        let count = (bytes / 24).clamp(1, 20_000);
        let area = (0..count).map(|i| text(r#""14612$""#, &[&(100 + i % 900)])).collect::<Vec<_>>().join(",");
        Writer::new(bytes)
            .needs(25, |i| {
                let place = [100 + i % 900, 10_000 + i];
                text(r#"{"id":"n$","region":"14612$","place":{"lat":51.$,"lon":13}}"#, &[&i, &place[0], &place[1]])
            })
            .offers(70, |i| {
                text(r#"{"id":"o$","area":[$],"place":{"lat":51.$,"lon":13}}"#, &[&i, &area, &(10_000 + i)])
            })
            .end()
    }),
];
