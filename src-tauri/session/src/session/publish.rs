//! What the session publishes, and where.

use spartan_auth::clock::Moment;
use tokio::sync::{broadcast, watch};

use super::{sign_in::end::SignInEnd, state::State};
use crate::{
    settings::token_file::TokenFile,
    status::{AccountLine, Status},
};

/// The channels to which the session publishes.
pub(super) struct Publish {
    pub(super) status: watch::Sender<Status>,
    pub(super) accounts: watch::Sender<Vec<AccountLine>>,
    pub(super) written: broadcast::Sender<TokenFile>,
    pub(super) ends: broadcast::Sender<SignInEnd>,
}

impl Publish {
    /// Publishes the state at `now`, and then how a sign-in ended.
    pub(super) fn all(&self, state: &State, now: Moment, ended: Option<SignInEnd>) {
        publish(&self.status, state.status(now));
        publish(&self.accounts, state.lines());
        if let Some(end) = ended {
            // After the status, so that listeners find it there; there may be none.
            let _ = self.ends.send(end);
        }
    }
}

fn publish<T: PartialEq>(to: &watch::Sender<T>, new: T) {
    to.send_if_modified(|last| {
        let changed = *last != new;
        *last = new;
        changed
    });
}
