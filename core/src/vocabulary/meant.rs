//! "Did you mean": what a person may have meant by a code that nobody knows.

use crate::vocabulary::Vocabulary;
use crate::{
    decode::{code_kind::CodeKind, suggest::Suggest},
    model::enums::Lang,
};

/// Most codes that are proposed.
const MOST: usize = 3;

impl Suggest for Vocabulary {
    fn did_you_mean(&self, kind: CodeKind, text: &str) -> Option<String> {
        let found = self.resolve(text, kind, Lang::En);
        let proposals: Vec<String> = found
            .iter()
            .take(MOST)
            .map(|candidate| match candidate.name() {
                name if name == candidate.code() => format!("`{name}`"),
                name => format!("`{}` ({name})", candidate.code()),
            })
            .collect();
        let (last, others) = proposals.split_last()?;
        let last = if found.len() > MOST { format!("{last}, or another") } else { last.clone() };
        Some(match others {
            [] => format!("did you mean {last}?"),
            _ if found.len() > MOST => format!("did you mean {}, {last}?", others.join(", ")),
            _ => format!("did you mean {} or {last}?", others.join(", ")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_codes_are_proposed_and_never_more_than_a_few() {
        let vocabulary = Vocabulary::default();
        let meant = |text, kind| vocabulary.did_you_mean(kind, text);
        assert_eq!(
            meant("legal.frist_advice", CodeKind::Help).unwrap(),
            "did you mean `legal.first_advice` (first legal consultation)?"
        );
        assert_eq!(
            meant("Sorbisch", CodeKind::Language).unwrap(),
            "did you mean `hsb` (Upper Sorbian) or `dsb` (Lower Sorbian)?"
        );
        assert_eq!(
            meant("Kurdisch", CodeKind::Language).unwrap(),
            "did you mean `kmr` (Kurmanji), `ckb` (Sorani), `sdh` (Southern Kurdish), or another?"
        );
        assert_eq!(meant("Xyzzy", CodeKind::Help), None);
    }
}
