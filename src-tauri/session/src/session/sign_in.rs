//! A sign-in that is under way.

pub(super) mod arriving;
pub(super) mod end;
pub(super) mod phone;
pub(super) mod prepare;

use std::time::Duration;

use secrecy::SecretString;
use spartan_auth::{
    azure_app::AzureApp,
    clock::Moment,
    loopback::{Arrival, Ending},
    sign_in_method::SignInMethod,
};
use spartan_vault::account::AccountId;

use super::{
    request::{
        reply::Reply,
        sign_in_request::{NextStep, SignInPage},
    },
    work::{Code, job::Job},
};
use crate::{
    error::Error,
    renewal::commit::Commit,
    status::{SignedOut, SigningIn, Storage, run::Run},
};

/// A sign-in that is under way.
pub(super) struct SignIn {
    pub(super) method: SignInMethod,
    pub(super) app: AzureApp,
    pub(super) who: Who,
    pub(super) storage: Storage,
    pub(super) stage: Stage,
    /// Whether its preparation is still wanted.
    pub(super) preparing: Commit,
    pub(super) run: Run,
    pub(super) job: Option<Job>,
    /// The person's browser, which waits to show how it ended.
    pub(super) arrival: Option<Arrival>,
}

/// The person who is to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Anybody.
    Anybody,
    /// The person of this account, and nobody else.
    Again(AccountId),
}

/// How far a sign-in is.
pub(super) enum Stage {
    /// The vault and the network are checked.
    Preparing(Goal),
    /// A person is at Microsoft's page.
    AtPage(Box<AtPage>),
    /// A person enters a code on another device, once there is one.
    Phone(Option<Box<Code>>),
    /// The chain runs.
    Chain { id: AccountId, commit: Commit },
    /// It has ended, and what it left is being removed.
    Ending(Box<Ended>),
}

/// A visit to Microsoft's page.
pub(super) struct AtPage {
    pub(super) page: SignInPage,
    pub(super) verifier: SecretString,
    /// When it was opened or last navigated, by the clock that can't be set.
    pub(super) since: Duration,
    /// What was reported about it.
    pub(super) problem: Option<Box<Error>>,
}

/// A sign-in that has ended, while what it left is being removed.
pub(super) struct Ended {
    /// What is published until that's done.
    pub(super) shows: SigningIn,
    /// Its account, which may still be in the vault.
    pub(super) account: Option<AccountId>,
    pub(super) unreported: Unreported,
}

/// How a sign-in ended that isn't kept, before that's reported.
pub(super) enum Unreported {
    /// It was cancelled, or a person's answer ended it.
    Cancelled(SignedOut),
    /// It failed; the caller gets the error if it still waits.
    Failed(Error, Option<Reply<NextStep>>),
}

/// What a sign-in is prepared for.
pub(super) enum Goal {
    /// A person, at Microsoft's page or with a code.
    Person(Reply<NextStep>),
    /// The chain, with an imported refresh token.
    Chain(SecretString),
}

impl SignIn {
    pub(super) fn new(method: SignInMethod, app: AzureApp, who: Who, storage: Storage, goal: Goal) -> SignIn {
        let (stage, preparing, run) = (Stage::Preparing(goal), Commit::default(), Run::default());
        SignIn { method, app, who, storage, stage, preparing, run, job: None, arrival: None }
    }

    /// Cancels it if it still can, and returns whether it did; then pending work no longer keeps anything.
    pub(super) fn may_be_cancelled(&self) -> bool {
        match &self.stage {
            Stage::Chain { commit, .. } => commit.cancel(),
            Stage::Preparing(_) => self.preparing.cancel(),
            Stage::AtPage(_) | Stage::Phone(_) => true,
            Stage::Ending(_) => false,
        }
    }

    /// Stops its job, and reports the failure in the person's browser.
    pub(super) fn stop(&mut self) {
        if let Stage::Chain { commit, .. } = &self.stage {
            commit.cancel();
        }
        self.job.take().into_iter().for_each(Job::stop);
        tell(self.arrival.take(), Ending::Failed);
    }

    /// Takes the caller's reply out, if the caller still waits for the preparation.
    pub(super) fn take_reply(&mut self) -> Option<Reply<NextStep>> {
        match std::mem::replace(&mut self.stage, Stage::Phone(None)) {
            Stage::Preparing(Goal::Person(reply)) => Some(reply),
            Stage::Preparing(Goal::Chain(_)) => None,
            other @ (Stage::AtPage(_) | Stage::Phone(_) | Stage::Chain { .. } | Stage::Ending(_)) => {
                self.stage = other;
                None
            }
        }
    }

    /// Whether it has ended, and what it left is still being removed.
    pub(super) const fn is_ending(&self) -> bool {
        matches!(self.stage, Stage::Ending(_))
    }
}

/// Lets the person's browser show how it ended.
pub(super) fn tell(arrival: Option<Arrival>, ending: Ending) {
    if let Some(arrival) = arrival {
        arrival.end(ending);
    }
}

impl Stage {
    /// Returns what is published about it at `now`.
    pub(super) fn status(&self, now: Moment) -> SigningIn {
        match self {
            Stage::Preparing(_) | Stage::Phone(None) => SigningIn::Preparing,
            Stage::AtPage(at) => SigningIn::AtPage { problem: at.problem.clone() },
            Stage::Phone(Some(shown)) => SigningIn::Code {
                user_code: shown.device.user_code.clone(),
                page: shown.device.page.clone(),
                expires_at: shown.device.expires_at,
                clock_error_ms: shown.clock_error_ms(now),
            },
            Stage::Chain { .. } => SigningIn::Chain,
            Stage::Ending(ended) => ended.shows.clone(),
        }
    }

    /// Returns the ID of its account, which may be in the vault before it's known whether it stays.
    pub(super) fn account(&self) -> Option<AccountId> {
        match self {
            Stage::Chain { id, .. } => Some(*id),
            Stage::Ending(ended) => ended.account,
            Stage::Preparing(_) | Stage::AtPage(_) | Stage::Phone(_) => None,
        }
    }
}
