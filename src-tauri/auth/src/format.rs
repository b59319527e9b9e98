//! The forms in which a player's tokens leave for a person's programs: one table for window, tray and command line. Pure.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, Unit};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::{
    halo::{CLEARANCE_HEADER, SPARTAN_HEADER},
    player::Player,
};
use program::Language;
pub use variables::{Shell, With, variables};
#[cfg(feature = "vault")]
pub(crate) use {
    settings::{JSON, UNTIL},
    variables::ALL as VARIABLES,
};

mod program;
mod quoted;
mod settings;
mod variables;

/// A form in which tokens are copied, printed or kept; none of them ever holds the refresh token.
///
/// ```
/// use spartan_auth::format::Format;
///
/// assert_eq!("dotenv-spnkr".parse(), Ok(Format::DotenvSpnkr));
/// assert_eq!(Format::ClearanceHeader.name(), "clearance-header");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The Spartan token.
    Token,
    /// The header in which Halo's services expect it.
    Header,
    /// The clearance.
    Clearance,
    /// The header in which some of Halo's services expect it.
    ClearanceHeader,
    /// The header `Authorization` for Xbox Live's services.
    XblHeader,
    /// The XUID, a decimal number.
    Xuid,
    /// One object: both of Halo's tokens, when the Spartan token expires, and whose they are.
    Json,
    /// Lines of a `.env` file: `HALO_SPARTAN_TOKEN`, `HALO_CLEARANCE_TOKEN`.
    Dotenv,
    /// The same under SPNKr's names: `SPNKR_SPARTAN_TOKEN`, `SPNKR_CLEARANCE_TOKEN`.
    DotenvSpnkr,
    /// Lines for bash that ask `spartan` and call curl.
    Curl,
    /// The same for PowerShell, with its own way to call.
    CurlPowershell,
    /// A program with SPNKr that asks `spartan`.
    Python,
    /// A program for Node that asks `spartan`.
    Javascript,
    /// A program for .NET that asks `spartan`.
    Csharp,
    /// Lines for bash that call curl, with the tokens inside.
    CurlWithToken,
    /// The same for PowerShell.
    CurlPowershellWithToken,
    /// A program with SPNKr and the tokens inside.
    PythonWithToken,
    /// A program for Node with the tokens inside.
    JavascriptWithToken,
    /// A program for .NET with the tokens inside.
    CsharpWithToken,
}

/// Whose tokens are written.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The player, with the tokens.
    pub player: &'a Player,
    /// What `spartan --account` takes, for programs that ask; `None` for the default account.
    pub account: Option<&'a str>,
}

/// What a format is good for; menus part by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// A bare value or header.
    Values,
    /// What programs read when they start.
    Settings,
    /// Programs that ask `spartan` each time they run.
    Asking,
    /// Programs with the tokens inside.
    Holding,
}

impl Group {
    /// All of them, in the order of menus.
    pub const ALL: [Group; 4] = [Group::Values, Group::Settings, Group::Asking, Group::Holding];

    /// The words above its formats in a menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Group::Values => "Values",
            Group::Settings => "For a program's settings",
            Group::Asking => "Programs that ask each time",
            Group::Holding => "Programs with the token inside",
        }
    }
}

/// The formats of a group, as a menu elsewhere is told of them.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    group: Group,
    label: &'static str,
    formats: Vec<Line>,
}

#[derive(Clone, Debug, Serialize)]
struct Line {
    name: Format,
    label: &'static str,
}

/// Every format in its group, as a menu elsewhere is told of them.
#[must_use]
pub fn sections() -> [Section; 4] {
    let lines =
        |group| TABLE.into_iter().filter(move |row| row.3 == group).map(|Row(name, _, label, _)| Line { name, label });
    Group::ALL.map(|group| Section { group, label: group.label(), formats: lines(group).collect() })
}

/// The format is the clearance, or its header, and there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Halo has given no clearance for this account yet. The next renewal asks for it again.")]
pub struct NoClearance;

/// A name that no format has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("There is no format \"{0}\". There are: {names}.", names = Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat(pub String);

/// A format's name, its words in a menu, and what it is good for.
#[derive(Clone, Copy)]
struct Row(Format, &'static str, &'static str, Group);

const TABLE: [Row; 19] = [
    Row(Format::Token, "token", "Spartan token", Group::Values),
    Row(Format::Header, "header", "Header", Group::Values),
    Row(Format::Clearance, "clearance", "Clearance", Group::Values),
    Row(Format::ClearanceHeader, "clearance-header", "Clearance header", Group::Values),
    Row(Format::XblHeader, "xbl-header", "XBL3.0 header", Group::Values),
    Row(Format::Xuid, "xuid", "XUID", Group::Values),
    Row(Format::Json, "json", "JSON", Group::Settings),
    Row(Format::Dotenv, "dotenv", ".env lines", Group::Settings),
    Row(Format::DotenvSpnkr, "dotenv-spnkr", ".env lines for SPNKr", Group::Settings),
    Row(Format::Curl, "curl", "curl", Group::Asking),
    Row(Format::CurlPowershell, "curl-powershell", "PowerShell", Group::Asking),
    Row(Format::Python, "python", "Python with SPNKr", Group::Asking),
    Row(Format::Javascript, "javascript", "JavaScript", Group::Asking),
    Row(Format::Csharp, "csharp", "C#", Group::Asking),
    Row(Format::CurlWithToken, "curl-with-token", "curl", Group::Holding),
    Row(Format::CurlPowershellWithToken, "curl-powershell-with-token", "PowerShell", Group::Holding),
    Row(Format::PythonWithToken, "python-with-token", "Python with SPNKr", Group::Holding),
    Row(Format::JavascriptWithToken, "javascript-with-token", "JavaScript", Group::Holding),
    Row(Format::CsharpWithToken, "csharp-with-token", "C#", Group::Holding),
];

impl Format {
    /// All of them, in the order of menus.
    pub const ALL: [Format; 19] = {
        let mut all = [Format::Token; 19];
        let mut at = 0;
        while at < all.len() {
            all[at] = TABLE[at].0;
            at += 1;
        }
        all
    };

    /// Its name on a command line and in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().1
    }

    /// Its words in a menu, below those of its group.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.row().2
    }

    /// What it is good for.
    #[must_use]
    pub const fn group(self) -> Group {
        self.row().3
    }

    /// Whether a secret is in what it writes. A clearance and an XUID are none, and programs that ask hold nothing.
    #[must_use]
    pub const fn holds_secret(self) -> bool {
        !matches!(self, Format::Clearance | Format::ClearanceHeader | Format::Xuid)
            && !matches!(self.group(), Group::Asking)
    }

    /// Whether the clearance is in what it writes, so that whoever hands it out had better wait for one.
    #[must_use]
    pub const fn holds_clearance(self) -> bool {
        match self {
            Format::Token | Format::Header | Format::XblHeader | Format::Xuid => false,
            Format::Clearance | Format::ClearanceHeader => true,
            _ => !matches!(self.group(), Group::Asking),
        }
    }

    /// When what it writes stops working, UTC, by the services' clock; `None` for what does not.
    #[must_use]
    pub const fn expires_at(self, player: &Player) -> Option<Timestamp> {
        match self {
            Format::XblHeader => Some(player.xbox.life.expires_at),
            _ if self.holds_secret() => Some(player.expires_at()),
            _ => None,
        }
    }

    /// Under which names the Spartan token and the clearance stand in it, where it is lines of a `.env` file.
    #[cfg(feature = "vault")]
    pub(crate) const fn variables(self) -> Option<[&'static str; 2]> {
        match self {
            Format::Dotenv => Some([variables::HALO.spartan, variables::HALO.clearance]),
            Format::DotenvSpnkr => Some([variables::SPNKR.spartan, variables::SPNKR.clearance]),
            _ => None,
        }
    }

    /// Writes it, without a newline at the end. What holds a clearance beside other things goes without where there is none
    /// and says so, where it has comments.
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

/// A time as it is written everywhere: RFC 3339, UTC, in whole seconds, so that every language reads it; never too late.
fn written(time: Timestamp) -> String {
    let rounding = jiff::TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Floor);
    time.round(rounding).unwrap_or(time).to_string()
}

#[cfg(test)]
mod tests;
