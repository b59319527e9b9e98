//! What renewals and sign-ins work with.

use std::fmt;

use spartan_auth::loopback::{Ending, Page};
use spartan_vault::{fs::paths::Paths, vault::Vault};

/// What a session is made of.
pub struct Parts<I, C> {
    /// The issuer of tokens.
    pub issuer: I,
    /// The time.
    pub clock: C,
    /// The vault that accounts are saved in.
    pub vault: Vault,
    /// The locations of the settings and the other files.
    pub paths: Paths,
    /// What the user's browser shows after a sign-in.
    pub browser_page: fn(&Ending) -> Page,
}

/// Omits the issuer and the clock.
impl<I, C> fmt::Debug for Parts<I, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("vault", &self.vault).field("places", &self.paths).finish_non_exhaustive()
    }
}
