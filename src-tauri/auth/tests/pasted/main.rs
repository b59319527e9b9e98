//! Pasted text, and what's used of it. `inputs` is condensed from public reports and files, without real data.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod blocks;
mod choices;
mod expressions;
mod inputs;
mod made_up;
mod notes;
mod others;
mod people;
mod refused;
mod secrets;
mod ways;

use secrecy::ExposeSecret;
use spartan_auth::{
    azure_app::AzureApp,
    error::{Cause, Error, PastedCause},
    import::{self, Hints, ImportedCredentials},
};

/// A public app.
pub(crate) const CLIENT: &str = "5ba3a4e1-0c1b-4b0e-9a44-5a7c6f0d2e11";
/// A refresh token issued to it.
pub(crate) const LIVE: &str = "M.C535_BL2.0.U.-CqL3v0*live!aB7cD9eF1gH2iJ4kL6mN8oP0qR$";
/// An app with a secret.
pub(crate) const CONFIDENTIAL: &str = "c0f1de47-91d2-4c55-8d3a-2b8e7f64a902";
/// Its secret.
pub(crate) const SECRET: &str = "stA8Q~standIn.Secret-Value_0123456789abcd";
/// A refresh token issued to it.
pub(crate) const CONFIDENTIAL_LIVE: &str = "M.C535_BL2.0.U.-CqL3v0*confidential!aB7cD9eF1gH2iJ4kL6m$";
/// A refresh token that Microsoft no longer accepts.
pub(crate) const DEAD: &str = "M.C500_BAY.0.U.-CqL3v0*dead!aB7cD9eF1gH2iJ4kL6mN8oP0qR$";

/// Fills the placeholders in.
pub(crate) fn filled(input: &str) -> String {
    [
        ("{CLIENT}", CLIENT),
        ("{LIVE}", LIVE),
        ("{LIVE_OF_ANOTHER}", "M.C500_BAY.0.U.-CqL3v0*another!aB7cD9eF1gH2iJ4kL6m$"),
        ("{CONFIDENTIAL}", CONFIDENTIAL),
        ("{SECRET}", SECRET),
        ("{CONFIDENTIAL_LIVE}", CONFIDENTIAL_LIVE),
        ("{DEAD}", DEAD),
    ]
    .into_iter()
    .fold(input.to_owned(), |text, (name, value)| text.replace(name, value))
}

/// Reads it as `spartan import` does, with `--client-id` if there is one.
pub(crate) fn read(input: &str, client_id: Option<&str>) -> Result<ImportedCredentials, Error> {
    let known = client_id.map(|id| AzureApp::parse(id, "http://localhost").unwrap());
    let hints = Hints { known: known.as_ref(), client_id: known.as_ref().map(|app| app.client_id), ..Hints::default() };
    import::read_with(&filled(input), &hints)
}

/// What would be sent to Microsoft: client ID, secret, refresh token.
pub(crate) fn sent(brought: &ImportedCredentials) -> (String, Option<&str>, Option<&str>) {
    let secret = brought.app.secret.as_ref().map(ExposeSecret::expose_secret);
    (brought.app.client_id.to_string(), secret, brought.refresh.as_ref().map(ExposeSecret::expose_secret))
}

/// The public app signs in.
pub(crate) fn is_public(input: &str, client_id: Option<&str>) {
    let brought = read(input, client_id).unwrap_or_else(|error| panic!("{error}\n{input}"));
    assert_eq!(sent(&brought), (CLIENT.into(), None, Some(LIVE)), "{input}");
}

/// The app with a secret signs in.
pub(crate) fn is_confidential(input: &str) {
    let brought = read(input, None).unwrap_or_else(|error| panic!("{error}\n{input}"));
    assert_eq!(sent(&brought), (CONFIDENTIAL.into(), Some(SECRET), Some(CONFIDENTIAL_LIVE)), "{input}");
}

/// Nothing is sent, and the message repeats nothing.
pub(crate) fn refused(input: &str, client_id: Option<&str>) -> Cause {
    let error = read(input, client_id).expect_err(input);
    let told = format!("{error} {error:?}");
    for secret in [LIVE, SECRET, CONFIDENTIAL_LIVE, DEAD, "d1sc0rd", "tw1tch"] {
        assert!(!told.contains(secret), "{told}");
    }
    error.cause
}

/// A person is asked, and nothing is sent.
pub(crate) fn is_asked(input: &str, client_id: Option<&str>) {
    let cause = refused(input, client_id);
    assert!(matches!(cause, Cause::Pasted(PastedCause::Several { .. })), "{cause:?}\n{input}");
}
