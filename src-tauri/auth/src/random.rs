//! The system's random bytes.

/// Returns unpredictable bytes.
///
/// # Panics
/// If the system has none, because nothing secret is then possible.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap_or_else(|error| panic!("the system's random source failed: {error}"));
    bytes
}
