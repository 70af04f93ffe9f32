/// A code of at most eight bytes as one number, which is quicker to look up than text; codes that differ have numbers that differ.
pub(crate) fn short(code: &str) -> Option<u64> {
    // A byte of 0 fills up, so that a code must have none.
    let fits = code.len() <= 8 && !code.as_bytes().contains(&0);
    fits.then(|| code.bytes().fold(0, |number: u64, byte| number.rotate_left(8) | u64::from(byte)))
}

/// Numbers by short codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByShort(Vec<(u64, u32)>); // INVARIANT: sorted, no code twice

impl ByShort {
    fn find(&self, short: u64) -> Result<usize, usize> {
        self.0.binary_search_by_key(&short, |(other, _)| *other)
    }

    pub(crate) fn get(&self, short: u64) -> Option<u32> {
        self.0.get(self.find(short).ok()?).map(|(_, number)| *number)
    }

    /// Gives a code that has none yet its number.
    pub(crate) fn add(&mut self, short: u64, number: u32) {
        if let Err(place) = self.find(short) {
            self.0.insert(place, (short, number));
        }
    }

    pub(crate) fn remove(&mut self, short: u64) {
        if let Ok(place) = self.find(short) {
            self.0.remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn codes_that_differ_have_numbers_that_differ() {
        let codes = ["", "d", "de", "ed", "DE", "14", "014", "14612", "14612000", "ü"];
        for one in codes {
            for other in codes {
                assert_eq!(short(one) == short(other), one == other, "{one} {other}");
            }
        }
        assert_eq!(short("146120000"), None);
        assert_eq!(short("\0de"), None);
    }
}
