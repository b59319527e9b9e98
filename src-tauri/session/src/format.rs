//! The output formats of a player's tokens, in one table for window, tray and command line. Does no I/O.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, Unit};
use program::Language;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use spartan_auth::{
    halo::{CLEARANCE_HEADER, SPARTAN_HEADER},
    player::Player,
};
pub use variables::{Shell, With, variables};
pub(crate) use {
    settings::{JSON, UNTIL},
    variables::ALL as VARIABLES,
};

mod program;
mod quoted;
mod settings;
mod variables;

/// A format in which tokens are copied, printed or stored in files; none includes the refresh token.
/// ```
/// use spartan_session::format::Format;
///
/// assert_eq!("dotenv-spnkr".parse(), Ok(Format::DotenvSpnkr));
/// assert_eq!(Format::ClearanceHeader.name(), "clearance-header");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The Spartan token.
    Token,
    /// The header in which every Halo service expects the Spartan token.
    Header,
    /// The clearance.
    Clearance,
    /// The header in which some Halo services expect the clearance.
    ClearanceHeader,
    /// The `Authorization` header for Xbox Live's services.
    XblHeader,
    /// The XUID, a decimal number.
    Xuid,
    /// A JSON object: both of Halo's tokens, the Spartan token's expiry, and the player.
    Json,
    /// Lines of a `.env` file: `HALO_SPARTAN_TOKEN`, `HALO_CLEARANCE_TOKEN`.
    Dotenv,
    /// The same with SPNKr's names: `SPNKR_SPARTAN_TOKEN`, `SPNKR_CLEARANCE_TOKEN`.
    DotenvSpnkr,
    /// Bash commands that get the tokens from `spartan` and run curl.
    Curl,
    /// The same for PowerShell, in its own syntax.
    CurlPowershell,
    /// A Python program with SPNKr that gets the tokens from `spartan`.
    Python,
    /// A Node program that gets the tokens from `spartan`.
    Javascript,
    /// A .NET program that gets the tokens from `spartan`.
    Csharp,
    /// Bash commands that run curl and contain the tokens.
    CurlWithToken,
    /// The same for PowerShell.
    CurlPowershellWithToken,
    /// A Python program with SPNKr that contains the tokens.
    PythonWithToken,
    /// A Node program that contains the tokens.
    JavascriptWithToken,
    /// A .NET program that contains the tokens.
    CsharpWithToken,
}

/// Whose tokens are written.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The player, with the tokens.
    pub player: &'a Player,
    /// The value of `spartan --account`, for programs that run it; `None` for the default account.
    pub account: Option<&'a str>,
}

/// A format's purpose, by which menus are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "FormatGroup"))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// A bare value or header.
    Values,
    /// Settings that programs read when they start.
    Settings,
    /// Programs that run `spartan` each time they run.
    Asking,
    /// Programs that contain the tokens.
    Holding,
}

impl Group {
    /// All groups, in menu order.
    pub const ALL: [Group; 4] = [Group::Values, Group::Settings, Group::Asking, Group::Holding];
}

/// The format is the clearance or its header, and there's no clearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Halo has given no clearance for this account yet. The next renewal asks for it again.")]
pub struct NoClearance;

/// An unknown format name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("There is no format \"{0}\". There are: {names}.", names = Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat(pub String);

/// A format's name and its group.
#[derive(Clone, Copy)]
struct Row(Format, &'static str, Group);

const TABLE: [Row; 19] = [
    Row(Format::Token, "token", Group::Values),
    Row(Format::Header, "header", Group::Values),
    Row(Format::Clearance, "clearance", Group::Values),
    Row(Format::ClearanceHeader, "clearance-header", Group::Values),
    Row(Format::XblHeader, "xbl-header", Group::Values),
    Row(Format::Xuid, "xuid", Group::Values),
    Row(Format::Json, "json", Group::Settings),
    Row(Format::Dotenv, "dotenv", Group::Settings),
    Row(Format::DotenvSpnkr, "dotenv-spnkr", Group::Settings),
    Row(Format::Curl, "curl", Group::Asking),
    Row(Format::CurlPowershell, "curl-powershell", Group::Asking),
    Row(Format::Python, "python", Group::Asking),
    Row(Format::Javascript, "javascript", Group::Asking),
    Row(Format::Csharp, "csharp", Group::Asking),
    Row(Format::CurlWithToken, "curl-with-token", Group::Holding),
    Row(Format::CurlPowershellWithToken, "curl-powershell-with-token", Group::Holding),
    Row(Format::PythonWithToken, "python-with-token", Group::Holding),
    Row(Format::JavascriptWithToken, "javascript-with-token", Group::Holding),
    Row(Format::CsharpWithToken, "csharp-with-token", Group::Holding),
];

impl Format {
    /// All formats, in menu order.
    pub const ALL: [Format; 19] = {
        let mut all = [Format::Token; 19];
        let mut at = 0;
        while at < all.len() {
            all[at] = TABLE[at].0;
            at += 1;
        }
        all
    };

    /// Its name on the command line and in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().1
    }

    /// Its group.
    #[must_use]
    pub const fn group(self) -> Group {
        self.row().2
    }

    /// Whether the output contains a secret. A clearance and an XUID aren't secret, and programs that run `spartan`
    /// contain none.
    #[must_use]
    pub const fn holds_secret(self) -> bool {
        !matches!(self, Format::Clearance | Format::ClearanceHeader | Format::Xuid)
            && !matches!(self.group(), Group::Asking)
    }

    /// Whether the output contains the clearance, so that the caller should wait for one.
    #[must_use]
    pub const fn holds_clearance(self) -> bool {
        match self {
            Format::Token | Format::Header | Format::XblHeader | Format::Xuid => false,
            Format::Clearance | Format::ClearanceHeader => true,
            _ => !matches!(self.group(), Group::Asking),
        }
    }

    /// Returns when the output expires, UTC, by the services' clock; `None` if it doesn't.
    #[must_use]
    pub const fn expires_at(self, player: &Player) -> Option<Timestamp> {
        match self {
            Format::XblHeader => Some(player.xbox.life.expires_at),
            _ if self.holds_secret() => Some(player.expires_at()),
            _ => None,
        }
    }

    /// Returns the names of the Spartan token and the clearance, if the format is lines of a `.env` file.
    pub(crate) const fn variables(self) -> Option<[&'static str; 2]> {
        match self {
            Format::Dotenv => Some([variables::HALO.spartan, variables::HALO.clearance]),
            Format::DotenvSpnkr => Some([variables::SPNKR.spartan, variables::SPNKR.clearance]),
            _ => None,
        }
    }

    /// Returns the output, without a trailing newline. Fails if it's the clearance or its header, and there's no
    /// clearance. Other formats omit a missing clearance and, if they have comments, say so.
    pub fn write(self, subject: &Subject<'_>) -> Result<SecretString, NoClearance> {
        let player = subject.player;
        let clearance = || player.clearance.as_ref().map(|clearance| clearance.id.as_str()).ok_or(NoClearance);
        Ok(match self {
            Format::Token => player.spartan.token.clone(),
            Format::Header => header(SPARTAN_HEADER, player.spartan.token.expose_secret()),
            Format::Clearance => clearance()?.into(),
            Format::ClearanceHeader => header(CLEARANCE_HEADER, clearance()?),
            Format::XblHeader => header("Authorization", player.xbl_authorization().expose_secret()),
            Format::Xuid => player.xuid.as_str().into(),
            Format::Json => settings::json(player),
            Format::Dotenv => settings::dotenv(player, &variables::HALO),
            Format::DotenvSpnkr => settings::dotenv(player, &variables::SPNKR),
            Format::Curl => program::asking(Language::Bash, subject),
            Format::CurlPowershell => program::asking(Language::Powershell, subject),
            Format::Python => program::asking(Language::Python, subject),
            Format::Javascript => program::asking(Language::Javascript, subject),
            Format::Csharp => program::asking(Language::Csharp, subject),
            Format::CurlWithToken => program::holding(Language::Bash, player),
            Format::CurlPowershellWithToken => program::holding(Language::Powershell, player),
            Format::PythonWithToken => program::holding(Language::Python, player),
            Format::JavascriptWithToken => program::holding(Language::Javascript, player),
            Format::CsharpWithToken => program::holding(Language::Csharp, player),
        })
    }

    const fn row(self) -> Row {
        TABLE[self as usize]
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        let known = Format::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn header(name: &str, value: &str) -> SecretString {
    format!("{name}: {value}").into()
}

/// Formats a time for output: RFC 3339, UTC, in whole seconds, which every language can parse; rounded down, never up.
fn written(time: Timestamp) -> String {
    let rounding = jiff::TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Floor);
    time.round(rounding).unwrap_or(time).to_string()
}

#[cfg(test)]
mod tests;
