//! Masked tokens: others can see a screen too, so it shows only a token's beginning.

use spartan_auth::secrecy::{ExposeSecret, SecretString};
use spartan_vault::account::Account;

use crate::{failure::Failure, out};

/// How much of a token is shown.
const SHOWN: usize = 6;

/// Writes what was requested. On a terminal, the account's tokens in it are masked unless they're to be shown.
pub fn answer(text: &str, account: &Account, show: bool) -> Result<(), Failure> {
    answer_without(text, &secrets(account), show)
}

/// The same for a text that contains one token.
pub fn answer_one(text: &str, secret: &str, show: bool) -> Result<(), Failure> {
    answer_without(text, &[secret], show)
}

fn answer_without(text: &str, secrets: &[&str], show: bool) -> Result<(), Failure> {
    if show || !out::is_seen() {
        return out::answer(text);
    }
    let masked = masked(text, secrets);
    out::answer(&masked)?;
    if masked != text {
        out::say("spartan: masked on a terminal. Add --show to see it; a pipe or $(…) gets it in full.");
    }
    Ok(())
}

/// Returns the text with only the beginning and the length of each secret.
fn masked(text: &str, secrets: &[&str]) -> String {
    let secrets = secrets.iter().filter(|secret| !secret.is_empty());
    secrets.fold(text.to_owned(), |text, secret| text.replace(secret, &short(secret)))
}

fn short(secret: &str) -> String {
    let shown: String = secret.chars().take(SHOWN).collect();
    format!("{shown}…({} characters)", secret.chars().count())
}

fn secrets(account: &Account) -> Vec<&str> {
    let tokens = &account.tokens;
    let spartan = tokens.spartan.as_ref().map(|spartan| &spartan.token);
    let xsts = [&tokens.xsts_xbox, &tokens.xsts_halo].into_iter().flatten().chain(tokens.xsts_others.values());
    let all = spartan.into_iter().chain(xsts.map(|xsts| &xsts.token));
    all.map(SecretString::expose_secret).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_shows_its_beginning_and_length_wherever_it_stands() {
        let text = "TOKEN='v4=eyJabcdef'\n# v4=eyJabcdef and x";
        assert_eq!(
            masked(text, &["v4=eyJabcdef", ""]),
            "TOKEN='v4=eyJ…(12 characters)'\n# v4=eyJ…(12 characters) and x"
        );
        assert_eq!(masked("nothing", &["v4=eyJabcdef"]), "nothing");
    }
}
