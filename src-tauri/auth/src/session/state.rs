//! How the session stands, with what belongs to each state.

use jiff::Timestamp;
use secrecy::SecretString;

use super::{
    Reply, SignInPage,
    network::Reach,
    work::{Cancelled, services_now},
};
use crate::{
    account::{Account, AccountId},
    azure_app::AzureApp,
    oauth::Pending,
    run::Run,
    status::{Renewal, SignedIn, SignedOut, SigningIn, Status, Way},
    trouble::Trouble,
};

pub(super) enum State {
    Opening,
    Shut(Trouble),
    SignedOut(SignedOut),
    SigningIn(Box<SignIn>),
    SignedIn(Box<Held>),
}

pub(super) struct SignIn {
    pub(super) way: Way,
    pub(super) app: AzureApp,
    pub(super) stage: Stage,
    pub(super) run: Run,
    /// Where a cancel leads back to.
    pub(super) before: State,
}

pub(super) enum Stage {
    /// The vault and the network are looked at.
    Preparing(Goal),
    /// A person is at Microsoft's page.
    AtPage(Pending),
    /// The chain runs.
    Chain { id: AccountId, cancelled: Cancelled },
}

/// What is prepared for.
pub(super) enum Goal {
    /// Microsoft's page.
    Page(Reply<SignInPage>),
    /// The chain, with a refresh token that was brought along.
    Chain(SecretString),
}

pub(super) struct Held {
    pub(super) account: Account,
    pub(super) renewal: Renewal,
    pub(super) failures: u32,
    pub(super) reach: Reach,
    pub(super) run: Run,
}

impl State {
    /// What is published of it.
    pub(super) fn status(&self) -> Status {
        match self {
            State::Opening => Status::Opening,
            State::Shut(trouble) => Status::Shut { trouble: trouble.clone() },
            State::SignedOut(why) => Status::SignedOut { why: why.clone() },
            State::SigningIn(sign_in) => {
                Status::SigningIn { way: sign_in.way, stage: sign_in.stage.status(), legs: sign_in.run.legs(None) }
            }
            State::SignedIn(held) => Status::SignedIn(SignedIn::new(&held.account, held.renewal.clone(), &held.run)),
        }
    }
}

impl Stage {
    const fn status(&self) -> SigningIn {
        match self {
            Stage::Preparing(_) => SigningIn::Preparing,
            Stage::AtPage(_) => SigningIn::AtPage,
            Stage::Chain { .. } => SigningIn::Chain,
        }
    }
}

impl Held {
    /// How things stand once it is deleted here; `now` is by this computer's clock.
    pub(super) fn signed_out(&self, now: Timestamp) -> State {
        let expiry = self.account.tokens.spartan.as_ref().map(|spartan| spartan.life.expires_at);
        let now = self.now(now);
        State::SignedOut(SignedOut::ByPerson { copied_until: expiry.filter(|expiry| *expiry > now) })
    }

    /// The services' time, by what is known of this computer's clock.
    pub(super) fn now(&self, now: Timestamp) -> Timestamp {
        services_now(now, self.account.clock_error_ms)
    }
}
