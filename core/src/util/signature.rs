/// One of 64 bits for a number. A set of such bits tells most numbers apart that are not in a list; the few others must be looked up.
pub(crate) fn bit(number: u32) -> u64 {
    1_u64.rotate_left(number)
}
