//! The contents of a token file: what's allowed in it, which parts this program wrote, and its updated contents.

use std::borrow::Cow;

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use spartan_auth::{
    clock::Moment,
    halo::{CLEARANCE_HEADER, SPARTAN_HEADER},
    token::SpartanToken,
};
use spartan_vault::account::Account;

use super::{
    TokenFile,
    dotenv::{self, COMMENT, Ours},
};
use crate::{
    error::TokenFileCause,
    format::{Format, Subject},
    settings::token_file::FORMATS,
};

/// Tokens in the form written to a file.
pub(super) struct Fresh {
    format: Format,
    text: SecretString,
    expires_at: Timestamp,
}

impl TokenFile {
    /// Returns the content to write the tokens into. Fails if the file may not be written. `before` is the file's
    /// previous setup: if the format has changed, what was written under it is removed.
    pub(super) fn accepts<'a>(
        &self,
        text: &'a [u8],
        before: Option<&TokenFile>,
    ) -> Result<Cow<'a, [u8]>, TokenFileCause> {
        let text = match before {
            Some(before) if before.format != self.format => before.rest(text)?.unwrap_or_default().into(),
            Some(_) | None => Cow::Borrowed(text),
        };
        let file = || self.file.clone();
        let is_known = before.is_some_and(|before| before.format == self.format);
        match self.format.variables() {
            Some(_) if is_no_text(&text) => Err(TokenFileCause::NotText { file: file() }),
            Some(_) => Ok(text),
            None if text.is_empty() || (is_known && is_ours(self.format, &text)) => Ok(text),
            None => Err(TokenFileCause::Foreign { file: file() }),
        }
    }

    /// Returns an account's tokens in the form written to the file; `None` if there are none for this format yet.
    pub(super) fn fresh(&self, account: &Account) -> Option<Fresh> {
        // A token that a service has refused isn't written anywhere; a new one is coming.
        let player = account.tokens.player().filter(|player| !player.spartan.is_refused())?;
        let subject = Subject { player: &player, account: account.name.as_deref() };
        let text = self.format.write(&subject).ok()?;
        Some(Fresh { format: self.format, text, expires_at: player.expires_at() })
    }

    /// Whether a service has refused the Spartan token that the file may still have.
    pub(super) fn is_refused(&self, account: &Account) -> bool {
        let holds_it = !matches!(self.format, Format::Clearance | Format::ClearanceHeader);
        holds_it && account.tokens.spartan.as_ref().is_some_and(SpartanToken::is_refused)
    }

    /// Whether the Spartan token in the file has expired at `now`. `false` for a clearance, which has no known expiry.
    pub(super) fn is_over(&self, account: &Account, now: Moment) -> bool {
        let holds_it = !matches!(self.format, Format::Clearance | Format::ClearanceHeader);
        let spartan = account.tokens.spartan.as_ref().filter(|_| holds_it);
        spartan.is_some_and(|spartan| !account.is_valid(spartan.life, now))
    }

    /// Returns the content without what this program wrote; `None` if nothing remains.
    pub(super) fn rest(&self, text: &[u8]) -> Result<Option<Vec<u8>>, TokenFileCause> {
        match self.format.variables() {
            Some(_) if is_no_text(text) => Err(TokenFileCause::NotText { file: self.file.clone() }),
            Some(names) => Ok(Some(dotenv::without(text, &names)).filter(|rest| !dotenv::is_empty(rest))),
            None if text.is_empty() || is_ours(self.format, text) => Ok(None),
            None => Err(TokenFileCause::Foreign { file: self.file.clone() }),
        }
    }
}

impl Fresh {
    /// Returns the whole file, with the tokens inserted into the other content.
    pub(super) fn beside(&self, others: &[u8]) -> Vec<u8> {
        let text = self.text.expose_secret().as_bytes();
        match self.format.variables() {
            Some(names) => {
                let until = TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Floor);
                let until = self.expires_at.round(until).unwrap_or(self.expires_at);
                let comment = Some(format!("{COMMENT}: the Spartan token is good until {until}."));
                dotenv::with(others, &Ours { names: &names, values: dotenv::values(text, &names), comment })
            }
            None if self.format == Format::Json => [text, b"\n"].concat(),
            // Programs that read a bare value rarely expect a trailing newline.
            None => text.to_vec(),
        }
    }
}

/// What a file contains of this program's. Its settings entry isn't understood, so the tokens are recognized only by
/// their shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing.
    Nothing,
    /// Tokens in the form that this program writes. Contains the content without them, or `None` if the file becomes
    /// empty.
    Ours(Option<Vec<u8>>),
    /// A possible token, but not in the form that this program writes.
    Perhaps,
}

/// The whole-file formats that can be recognized by their shape. A clearance can't, because it can be any word.
const KNOWN_BY_SHAPE: [Format; 4] = [Format::Json, Format::Token, Format::Header, Format::ClearanceHeader];

/// Searches for this program's tokens; `format` is the entry's.
pub(super) fn holds(text: &[u8], format: Option<Format>) -> Holds {
    let by_shape = KNOWN_BY_SHAPE.into_iter().filter(|format| *format != Format::Json || is_json_of_ours(text));
    let whole = by_shape.chain(format.filter(|format| format.variables().is_none()));
    if text.is_empty() {
        return Holds::Nothing;
    }
    if whole.into_iter().any(|format| is_ours(format, text)) {
        return Holds::Ours(None);
    }
    let names: Vec<&str> = FORMATS.into_iter().filter_map(Format::variables).flatten().collect();
    let is_marked = dotenv::is_marked(text) || format.is_some_and(|format| format.variables().is_some());
    let has_names = dotenv::is_marked(text) || !dotenv::values(text, &names).is_empty();
    if is_marked && has_names && !is_no_text(text) {
        return Holds::Ours(Some(dotenv::without(text, &names)).filter(|rest| !dotenv::is_empty(rest)));
    }
    let has_token = without_zeros(text).windows(3).any(|letters| letters == b"v4=");
    let is_word = is_ours(Format::Clearance, text) && !text.contains(&b'=');
    if has_names || has_token || is_word { Holds::Perhaps } else { Holds::Nothing }
}

/// Whether the object has only fields that this program writes, so that deleting it loses no others.
fn is_json_of_ours(text: &[u8]) -> bool {
    const FIELDS: [&str; 5] = ["spartan_token", "expires_at", "clearance", "xuid", "gamertag"];
    let Ok(Value::Object(fields)) = serde_json::from_slice(text) else { return false };
    fields.keys().all(|field| FIELDS.contains(&field.as_str()))
}

/// Removes zero bytes: in a two-byte encoding, each ASCII letter is next to one.
fn without_zeros(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|byte| *byte != 0).collect()
}

/// Whether the content is in a two-byte encoding, or isn't text.
pub(super) fn is_no_text(text: &[u8]) -> bool {
    text.contains(&0) || text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF")
}

/// Whether the content as a whole has the shape of this format, so that replacing it loses nothing that the user wrote.
pub(super) fn is_ours(format: Format, text: &[u8]) -> bool {
    let line = std::str::from_utf8(text).ok().map(str::trim_end).filter(|line| line.lines().count() == 1);
    let is_header = |name: &str| line.is_some_and(|line| line.starts_with(&format!("{name}: ")));
    match format {
        Format::Token => line.is_some_and(|line| line.starts_with("v4=")),
        Format::Header => is_header(SPARTAN_HEADER),
        Format::Clearance => line.is_some_and(|line| line.len() <= 128 && line.bytes().all(|c| c.is_ascii_graphic())),
        Format::ClearanceHeader => is_header(CLEARANCE_HEADER),
        Format::XblHeader => is_header("Authorization"),
        Format::Json => serde_json::from_slice(text).is_ok_and(|value: Value| value.get("spartan_token").is_some()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_wrote_is_known_by_its_shape_and_what_may_be_a_token_is_told() {
        let lines = "A=1\n# Kept fresh by Spartan Tray: x.\nHALO_SPARTAN_TOKEN=v4=a\nSPNKR_CLEARANCE_TOKEN=c\n";
        let json = r#"{"spartan_token": "v4=a", "expires_at": "x", "clearance": null, "xuid": "1", "gamertag": "g"}"#;
        let (dotenv, clearance) = (Some(Format::Dotenv), Some(Format::Clearance));
        let others = || Holds::Ours(Some(b"A=1\n".to_vec()));
        for (text, format, expected) in [
            ("", None, Holds::Nothing),
            ("A=1\n", None, Holds::Nothing),
            ("A=1\n", dotenv, Holds::Nothing),
            ("# a poem\nof two lines", clearance, Holds::Nothing),
            (lines, None, others()),
            (lines, dotenv, others()),
            (lines, Some(Format::Token), others()),
            ("HALO_SPARTAN_TOKEN=v4=a\n", dotenv, Holds::Ours(None)),
            ("HALO_SPARTAN_TOKEN=v4=a\n", None, Holds::Perhaps),
            ("HALO_CLEARANCE_TOKEN=c\n", None, Holds::Perhaps),
            (json, None, Holds::Ours(None)),
            (json, dotenv, Holds::Ours(None)),
            (&json.replace("xuid", "mine"), None, Holds::Perhaps),
            ("v4=abc", None, Holds::Ours(None)),
            ("x-343-authorization-spartan: v4=abc\n", None, Holds::Ours(None)),
            ("343-clearance: c", None, Holds::Ours(None)),
            ("c0ffee", clearance, Holds::Ours(None)),
            ("c0ffee", None, Holds::Perhaps),
            ("my token is v4=abc", None, Holds::Perhaps),
        ] {
            assert_eq!(holds(text.as_bytes(), format), expected, "{text} {format:?}");
        }
        let two_bytes: Vec<u8> = "T=v4=a".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(holds(&two_bytes, dotenv), Holds::Perhaps);
    }
}
