//! What runs beside the session's loop: its reports and its outcomes.

pub(super) mod job;
pub(super) mod jobs;
pub(super) mod save;
pub(super) mod vault;

use jiff::SignedDuration;
use spartan_auth::{
    clock::Moment,
    device::DeviceCode,
    leg::Leg,
    loopback::{Arrival, Loopback},
    token::OauthToken,
};
use spartan_vault::account::{Account, AccountId, Contents};

use super::changes::{Ticket, change::Changed};
use crate::{
    error::Error,
    renewal::account_writer::{Event, Outcome},
    settings::{Choices, token_file::TokenFile},
    status::Storage,
    token_files::Written,
};

/// What a job reports while it runs.
#[derive(Debug)]
pub(super) enum Report {
    /// Of a chain that runs.
    Chain(Event),
    /// There is a code for another device.
    Code(Box<Code>),
}

/// The outcome of a job.
#[derive(Debug)]
pub(super) enum JobOutcome {
    Opened(Result<Contents, Error>),
    /// What another program had written was read, if that was possible.
    Looked,
    Prepared(Result<Ready, Error>),
    /// The person's browser came back.
    Arrived(Option<Arrival>),
    /// Somebody entered a code.
    Granted(Result<OauthToken, Error>),
    /// With the settings at that time.
    SignedIn(Result<SignedUp, Error>, Choices),
    Renewed(Box<Result<Outcome, Error>>),
    TokenFilesWritten(TokenFilesWritten),
    /// What a sign-in left was removed.
    Cleaned,
    Changed(Ticket, Box<Changed>),
    /// Whether a connection for that account succeeded.
    Tried(AccountId, Leg, bool),
}

/// A code to enter on another device.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) device: DeviceCode,
    /// How far this computer's clock was ahead of the services' when it came.
    pub(super) ahead: SignedDuration,
    /// When it came.
    pub(super) came: Moment,
}

impl Code {
    /// Returns how far this computer's clock is ahead of the services' at `now`, in milliseconds, even if it was set since
    /// the code came.
    pub(super) fn clock_error_ms(&self, now: Moment) -> i64 {
        // Whole seconds: clocks that drift apart a little must not change the status.
        let set = now.set_since(self.came).map_or(0, |set| set.as_secs());
        let ahead = self.ahead.saturating_add(SignedDuration::from_secs(set));
        i64::try_from(ahead.as_millis()).unwrap_or_default()
    }
}

/// What is ready for a person.
#[derive(Debug)]
pub(super) struct Ready {
    /// The port to which their browser returns, if it does.
    pub(super) port: Option<Loopback>,
}

/// The outcome of a sign-in that succeeded.
#[derive(Debug)]
pub(super) enum SignedUp {
    /// An account, kept there.
    As(Box<Outcome>, Storage),
    /// The account of another person than the one who was to sign in again.
    Other(Box<Account>, Error),
}

/// The result for each token file.
pub(super) type TokenFilesWritten = Result<Vec<(TokenFile, Result<Written, Error>)>, Error>;
