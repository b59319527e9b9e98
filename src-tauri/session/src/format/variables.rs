//! Tokens as environment variables, and the lines that set them.

use secrecy::{ExposeSecret, SecretString};
use spartan_auth::player::Player;

use super::{Subject, quoted};

/// The syntax for setting variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// `NAME=value`, as programs read it from a `.env` file; bash and sh can also source it.
    Dotenv,
    /// `export NAME='value'`, for sh, bash, zsh and similar shells.
    Posix,
    /// `$env:NAME = 'value'`.
    Powershell,
}

/// The tokens to include.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// Only Halo's.
    HaloAlone,
    /// Halo's, and the `Authorization` header value for Xbox Live's services; included only on request.
    Xbl,
}

/// The variable names of Halo's two tokens.
pub(super) struct Names {
    pub(super) spartan: &'static str,
    pub(super) clearance: &'static str,
}

pub(super) const HALO: Names = Names { spartan: "HALO_SPARTAN_TOKEN", clearance: "HALO_CLEARANCE_TOKEN" };
pub(super) const SPNKR: Names = Names { spartan: "SPNKR_SPARTAN_TOKEN", clearance: "SPNKR_CLEARANCE_TOKEN" };
const XBL: &str = "XBL_AUTHORIZATION";
/// Every variable that [`variables`] can return.
pub(crate) const ALL: [&str; 3] = [HALO.spartan, HALO.clearance, XBL];

/// Returns the variables of a player's tokens: `HALO_SPARTAN_TOKEN`, `HALO_CLEARANCE_TOKEN` if there's a clearance, and
/// `XBL_AUTHORIZATION` if requested.
#[must_use]
pub fn variables(subject: &Subject<'_>, with: With) -> Vec<(&'static str, SecretString)> {
    let xbl = (with == With::Xbl).then(|| (XBL, subject.player.xbl_authorization()));
    named(subject.player, &HALO).into_iter().chain(xbl).collect()
}

/// Returns Halo's tokens under these names; the clearance only if there is one.
pub(super) fn named(player: &Player, names: &Names) -> Vec<(&'static str, SecretString)> {
    let spartan = (names.spartan, player.spartan.token.clone());
    let clearance = player.clearance.as_ref().map(|clearance| (names.clearance, clearance.id.as_str().into()));
    [Some(spartan), clearance].into_iter().flatten().collect()
}

impl Shell {
    /// Returns one line per variable, without a trailing newline. The names are written unescaped.
    #[must_use]
    pub fn write(self, variables: &[(&'static str, SecretString)]) -> SecretString {
        let lines: Vec<String> = variables.iter().map(|(name, value)| self.line(name, value.expose_secret())).collect();
        lines.join("\n").into()
    }

    fn line(self, name: &str, value: &str) -> String {
        let value = match self {
            // Without quotes if the value is the same, because not every program that reads these files removes quotes.
            Shell::Dotenv => quoted::posix_if_needed(value),
            Shell::Posix => quoted::posix(value),
            Shell::Powershell => quoted::powershell(value),
        };
        self.beginning(name) + &value
    }

    /// Whether a line sets this variable.
    pub(crate) fn sets(self, line: &str, name: &str) -> bool {
        line.starts_with(&self.beginning(name))
    }

    fn beginning(self, name: &str) -> String {
        match self {
            Shell::Dotenv => format!("{name}="),
            Shell::Posix => format!("export {name}="),
            Shell::Powershell => format!("$env:{name} = "),
        }
    }
}
