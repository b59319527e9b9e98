//! Why Xbox refuses an account.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An `XErr` number in an Xbox response.
///
/// ```
/// use spartan_auth::error::XErr;
///
/// let child = XErr(2_148_916_238);
/// println!("{child}: {:?}", child.remedy());
/// assert_eq!(child.to_string(), "2148916238 (0x8015DC0E)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XErr(pub u32);

impl XErr {
    /// Whether Xbox refused the token inside the request, not the account; a new token helps.
    #[must_use]
    pub const fn is_about_inner_token(self) -> bool {
        matches!(self.0, 2_148_916_255..=2_148_916_263)
    }

    /// Whether the account is in a developer sandbox that doesn't fit; changing that and trying again helps.
    #[must_use]
    pub const fn is_about_sandbox(self) -> bool {
        matches!(self.0, 2_148_916_242 | 2_148_916_248 | 2_148_916_249)
    }
}

impl fmt::Display for XErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (0x{:08X})", self.0, self.0)
    }
}
