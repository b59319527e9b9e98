//! Random bytes of the system's.

/// Bytes that nobody can guess; a system that has none is one on which nothing secret can be done.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap_or_else(|error| panic!("the system gives no random bytes: {error}"));
    bytes
}
