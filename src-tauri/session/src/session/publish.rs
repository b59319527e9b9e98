//! What the session publishes, and where.

use spartan_auth::clock::Moment;
use tokio::sync::{broadcast, watch};

use super::{sign_in::end::SignInEnd, state::State};
use crate::{settings::token_file::TokenFile, status::Snapshot};

/// The channels to which the session publishes.
pub(super) struct Publish {
    pub(super) snapshot: watch::Sender<Snapshot>,
    pub(super) written: broadcast::Sender<TokenFile>,
    pub(super) ends: broadcast::Sender<SignInEnd>,
}

impl Publish {
    /// Publishes the state at `now`, and then how a sign-in ended.
    pub(super) fn all(&self, state: &State, now: Moment, ended: Option<SignInEnd>) {
        let new = Snapshot { shown: state.status(now), accounts: state.lines(now) };
        self.snapshot.send_if_modified(|last| {
            let changed = *last != new;
            *last = new;
            changed
        });
        if let Some(end) = ended {
            // After the snapshot, so that listeners find it there; there may be none.
            let _ = self.ends.send(end);
        }
    }
}
