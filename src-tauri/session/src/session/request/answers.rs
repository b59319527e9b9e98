//! What requests are answered with.

use jiff::Timestamp;
use secrecy::SecretString;
use spartan_auth::azure_app::AzureApp;
use spartan_vault::account::AccountId;

use crate::status::{AppLine, Storage, clock_check::ClockCheck};

/// Tokens in a format, for the clipboard.
#[derive(Clone, Debug)]
pub struct HandedOut {
    /// The account whose tokens they are.
    pub account: AccountId,
    /// Where that account is kept.
    pub storage: Storage,
    /// The text in that format.
    pub text: SecretString,
    /// When the text expires, by the services' clock; `None` if it doesn't.
    pub expires_at: Option<Timestamp>,
    /// Whether the clock by which that's told is confirmed.
    pub clock: ClockCheck,
}

/// The result of an import.
#[derive(Clone, Debug)]
pub enum Imported {
    /// A refresh token was included: the chain runs.
    SigningIn,
    /// Only an app was: [`Through::Known`](super::sign_in_request::Through::Known) now means that app.
    App(AzureApp),
}

/// An Azure app, and the accounts that sign in through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownApp {
    /// The app.
    pub app: AppLine,
    /// The accounts that sign in through it.
    pub used_by: Vec<AccountId>,
}
