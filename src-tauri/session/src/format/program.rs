//! Complete, ready-to-run programs that call Halo. Some get each token from `spartan`, the others contain the tokens.

use secrecy::{ExposeSecret, SecretString};
use spartan_auth::{
    halo::{CLEARANCE_HEADER, SPARTAN_HEADER},
    player::Player,
};

use super::{Subject, quoted, written};

/// A program's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Runs curl.
    Bash,
    Powershell,
    /// Uses SPNKr.
    Python,
    /// For Node.
    Javascript,
    /// For .NET.
    Csharp,
}

/// Returns a program that contains no token and runs `spartan` to get one.
pub(super) fn asking(language: Language, subject: &Subject<'_>) -> SecretString {
    let account = subject.account.map(|name| language.argument(name, &subject.player.xuid)).unwrap_or_default();
    fill(language.asking(), &[("account", &account)]).into()
}

/// Returns a program that contains the tokens, and states when they expire.
pub(super) fn holding(language: Language, player: &Player) -> SecretString {
    let token = player.spartan.token.expose_secret();
    let clearance = player.clearance.as_ref().map(|clearance| clearance.id.as_str());
    let headers = [(SPARTAN_HEADER, Some(token)), (CLEARANCE_HEADER, clearance)];
    let headers = headers.into_iter().filter_map(|(name, value)| Some(quoted::posix(&format!("{name}: {}", value?))));
    let missing = if clearance.is_some() { String::new() } else { language.comment(NO_CLEARANCE) };
    let values = [
        ("until", written(player.expires_at())),
        ("missing", missing),
        ("headers", headers.collect::<Vec<_>>().join(" ")),
        ("token", language.literal(token)),
        ("clearance", language.literal(clearance.unwrap_or_default())),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    fill(language.holding(), &values).into()
}

const NO_CLEARANCE: &str = "No clearance is included: Halo has issued none yet.";

impl Language {
    fn asking(self) -> &'static str {
        match self {
            Language::Bash => include_str!("programs/asking/curl.sh"),
            Language::Powershell => include_str!("programs/asking/powershell.ps1"),
            Language::Python => include_str!("programs/asking/python.py"),
            Language::Javascript => include_str!("programs/asking/javascript.mjs"),
            Language::Csharp => include_str!("programs/asking/csharp.cs"),
        }
    }

    fn holding(self) -> &'static str {
        match self {
            Language::Bash => include_str!("programs/holding/curl.sh"),
            Language::Powershell => include_str!("programs/holding/powershell.ps1"),
            Language::Python => include_str!("programs/holding/python.py"),
            Language::Javascript => include_str!("programs/holding/javascript.mjs"),
            Language::Csharp => include_str!("programs/holding/csharp.cs"),
        }
    }

    /// Returns the argument that selects this account. It's a single word with `=`, so that no name is parsed as an
    /// option.
    fn argument(self, name: &str, xuid: &str) -> String {
        match self {
            Language::Bash => format!(" --account={}", quoted::posix_if_needed(name)),
            Language::Powershell => {
                let name = if passes_through_powershell(name) { name } else { xuid };
                format!(" {}", quoted::powershell(&format!("--account={name}")))
            }
            Language::Python | Language::Javascript | Language::Csharp => {
                format!(", {}", self.literal(&format!("--account={name}")))
            }
        }
    }

    fn literal(self, text: &str) -> String {
        match self {
            Language::Bash => quoted::posix(text),
            Language::Powershell => quoted::powershell(text),
            Language::Python => quoted::python(text),
            Language::Javascript | Language::Csharp => quoted::javascript_or_csharp(text),
        }
    }

    fn comment(self, words: &str) -> String {
        match self {
            Language::Bash | Language::Powershell | Language::Python => format!("# {words}\n"),
            Language::Javascript | Language::Csharp => format!("// {words}\n"),
        }
    }
}

/// Whether every PowerShell version passes the text to a program unchanged. Windows PowerShell breaks words that
/// contain a double quote or end with a backslash, and reads a script as Latin-only text.
fn passes_through_powershell(name: &str) -> bool {
    name.chars().all(|c| matches!(c, ' '..='~') && c != '"') && !name.ends_with('\\')
}

/// Replaces each name between `«` and `»` with its value. Values aren't expanded again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut pieces = template.trim_end().split('«');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, after) = piece.split_once('»').unwrap_or((piece, ""));
        let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        filled.extend([value, after]);
    }
    filled
}
