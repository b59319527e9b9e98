//! A player to write, and texts that try to be more than text.

use jiff::Timestamp;
use proptest::prelude::*;
use secrecy::ExposeSecret;
use spartan_auth::{
    claims::Claims,
    player::Player,
    raw::Raw,
    token::{Clearance, SpartanToken, Validity, XstsToken},
};
use spartan_session::format::{Format, Subject};

/// Returns a player with this Spartan token and clearance, valid until that time.
pub fn player(token: &str, clearance: &str, expires_at: Timestamp) -> Player {
    let life = Validity { issued_at: Timestamp::UNIX_EPOCH, expires_at };
    Player {
        xuid: "2533274855333605".into(),
        gamertag: "aCurtis X89".into(),
        spartan: SpartanToken { token: token.into(), life, raw: Raw::default() },
        clearance: Some(Clearance { id: clearance.into(), fetched_at: Timestamp::UNIX_EPOCH, raw: Raw::default() }),
        xbox: XstsToken { token: "xsts".into(), claims: Claims::default(), life, raw: Raw::default() },
    }
}

/// Returns the text of a format for a player, and for an account by name.
pub fn text(format: Format, player: &Player, account: Option<&str>) -> String {
    format.write(&Subject { player, account }).unwrap().expose_secret().to_owned()
}

/// Returns the text of a format that contains this Spartan token.
pub fn holding(format: Format, token: &str) -> String {
    text(format, &player(token, "clear-1", Timestamp::UNIX_EPOCH), None)
}

/// Returns the text of a format that requests this account's tokens.
pub fn asking(format: Format, account: &str) -> String {
    text(format, &player("v4=token", "clear-1", Timestamp::UNIX_EPOCH), Some(account))
}

#[cfg(target_os = "linux")]
/// Returns a program that calls `spartan`, with `own` instead of the example at its end.
pub fn without_example(format: Format, own: &str) -> String {
    let program = asking(format, "Nadia");
    let example = match format {
        Format::Python => "if __name__ ==",
        _ => "main().catch(",
    };
    format!("{}{own}", program.rsplit_once(example).unwrap().0)
}

/// Names and values that have broken quoting in other programs.
pub const HOSTILE: &[&str] = &[
    "plain",
    "aCurtis X89",
    "it's",
    "'; echo owned; '",
    "\"; echo owned; \"",
    "$(echo owned)",
    "`echo owned`",
    "${HOME} $HOME $0",
    "%PATH% %25 %s %n",
    "ends with \\",
    "\\",
    "\\' \\\" \\n \\u0041",
    "two\nlines",
    "two\r\nlines",
    " blank at both ends ",
    "-x",
    "--account",
    "#no comment",
    "!history !!",
    "~ ~root a:~",
    "* ? [a-z] {a,b}",
    "a=b&c|d;e<f>g",
    "«account»",
    "’‘‚‛ “”",
    "é ß 日本語 😀 \u{301}",
    "\u{2028}\u{2029}\u{85}\u{202e}\u{feff}",
    "",
];

/// Returns a text without NUL, which arguments and variables can't contain.
pub fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(HOSTILE), 0..4).prop_map(|pieces| pieces.concat());
    prop_oneof![pieces, "[^\\x00]{0,12}", "['\"\\\\$`!%@\n ’a]{0,12}"]
}
