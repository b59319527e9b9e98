//! A sign-in while it goes on.

use std::time::Duration;

use secrecy::SecretString;

use super::{NextStep, SignInPage, jobs::Job, request::Reply};
use crate::{
    account::AccountId,
    azure_app::AzureApp,
    commit::Commit,
    device::DeviceCode,
    error::Error,
    loopback::{Arrival, Ending},
    run::Run,
    sign_in_method::SignInMethod,
    status::{SigningIn, Storage},
};

pub(super) struct SignIn {
    pub(super) way: SignInMethod,
    pub(super) app: AzureApp,
    pub(super) who: Who,
    pub(super) kept: Storage,
    pub(super) stage: Stage,
    /// Whether what it prepares is still wanted.
    pub(super) preparing: Commit,
    pub(super) run: Run,
    pub(super) job: Option<Job>,
    /// The person's browser, which waits to be told how it ended.
    pub(super) arrival: Option<Arrival>,
}

/// Who is to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Whoever comes.
    Anybody,
    /// The person of this account, and nobody else.
    Again(AccountId),
}

pub(super) enum Stage {
    /// The vault and the network are looked at.
    Preparing(Goal),
    /// A person is at Microsoft's page.
    AtPage(Box<AtPage>),
    /// A person is to type in a code on another device; there is none yet, or this one.
    Phone(Option<Code>),
    /// The chain runs.
    Chain { id: AccountId, commit: Commit },
}

/// A code to be typed in on another device.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) code: DeviceCode,
    /// How far this computer's clock is ahead of the services', in milliseconds.
    pub(super) clock_error_ms: i64,
}

/// What belongs to one visit of Microsoft's page.
pub(super) struct AtPage {
    pub(super) page: SignInPage,
    pub(super) verifier: SecretString,
    /// When it was opened, or went somewhere last, by the clock that nobody sets.
    pub(super) since: Duration,
    /// What was told of it.
    pub(super) problem: Option<Box<Error>>,
}

/// What is prepared for.
pub(super) enum Goal {
    /// A person, at Microsoft's page or with a code.
    Person(Reply<NextStep>),
    /// The chain, with a refresh token that was brought along.
    Chain(SecretString),
}

impl SignIn {
    pub(super) fn new(way: SignInMethod, app: AzureApp, who: Who, kept: Storage, goal: Goal) -> SignIn {
        let (stage, preparing, run) = (Stage::Preparing(goal), Commit::default(), Run::default());
        SignIn { way, app, who, kept, stage, preparing, run, job: None, arrival: None }
    }

    /// Cancels it if it still can, and returns whether it did; then pending work no longer keeps anything.
    pub(super) fn may_be_cancelled(&self) -> bool {
        match &self.stage {
            Stage::Chain { commit, .. } => commit.cancel(),
            Stage::Preparing(_) => self.preparing.cancel(),
            Stage::AtPage(_) | Stage::Phone(_) => true,
        }
    }

    /// Stops what goes on for it.
    pub(super) fn end(self) {
        if let Stage::Chain { commit, .. } = &self.stage {
            commit.cancel();
        }
        self.job.into_iter().for_each(Job::stop);
        tell(self.arrival, Ending::Failed);
    }
}

/// Lets the person's browser say how it ended.
pub(super) fn tell(arrival: Option<Arrival>, ending: Ending) {
    if let Some(arrival) = arrival {
        arrival.end(ending);
    }
}

impl Stage {
    pub(super) fn status(&self) -> SigningIn {
        match self {
            Stage::Preparing(_) | Stage::Phone(None) => SigningIn::Preparing,
            Stage::AtPage(at) => SigningIn::AtPage { problem: at.problem.clone() },
            Stage::Phone(Some(Code { code, clock_error_ms })) => SigningIn::Code {
                user_code: code.user_code.clone(),
                page: code.page.clone(),
                expires_at: code.expires_at,
                clock_error_ms: *clock_error_ms,
            },
            Stage::Chain { .. } => SigningIn::Chain,
        }
    }
}
