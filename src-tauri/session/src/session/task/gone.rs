//! Accounts that aren't there anymore, and the answer to requests for one.

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::account::AccountId;

use super::Task;
use crate::{
    error::{Cause, Error, Step},
    session::request::reply::{answer, told},
    status::SignedOut,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Removes an account that isn't in the vault anymore.
    pub(super) fn gone(&mut self, id: AccountId, why: SignedOut) {
        let Some(open) = self.state.open_mut() else { return };
        if let Some(held) = open.account(id).filter(|held| !held.is_leaving) {
            self.elsewhere.insert(id, held.account.called().map(str::to_owned));
        }
        let waiting = open.remove(id);
        open.why = why;
        let error = self.why_gone(id);
        for waiting in waiting {
            answer(waiting.reply, Err(error.clone()));
        }
        let askers = [&mut self.askers, &mut self.next_askers].into_iter();
        for asker in askers.flat_map(|askers| askers.extract_if(.., |asker| asker.account == id)) {
            asker.refuse(error.clone());
        }
    }

    /// Returns why an account can't be used.
    pub(super) fn why_gone(&self, id: AccountId) -> Error {
        let elsewhere = self.elsewhere.get(&id).filter(|_| self.state.shut().is_none());
        elsewhere.map_or_else(|| self.not_open(), |name| told(Error::signed_out_elsewhere(name.clone())))
    }

    /// Returns why no account can be used.
    pub(super) fn not_open(&self) -> Error {
        self.state.shut().cloned().unwrap_or_else(|| told(Error::new(Step::Vault, Cause::NotSignedIn)))
    }
}
