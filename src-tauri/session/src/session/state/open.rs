//! The accounts and the sign-in of a session.

use std::collections::BTreeMap;

use spartan_auth::{clock::Moment, sign_in_method::methods};
use spartan_vault::account::{Account, AccountId, choice::name_among};

use super::{held::Held, waiting::Waiting};
use crate::{
    error::Error,
    session::{
        changes::change::Other,
        sign_in::{SignIn, Who},
    },
    status::{AppLine, SignedIn, SignedOut, Status, Storage},
};

/// What a session has once opening the vault has succeeded or failed.
pub(crate) struct Open {
    /// Why the vault doesn't open, if it doesn't; then all accounts are only in memory.
    pub(crate) shut: Option<Error>,
    /// In the person's order.
    pub(crate) accounts: Vec<Held>,
    /// The shown account; one is shown if there are any.
    pub(crate) shown: Option<AccountId>,
    pub(crate) sign_in: Option<Box<SignIn>>,
    /// Why nobody is signed in, if nobody is.
    pub(crate) why: SignedOut,
    /// What ended the last sign-in while somebody was signed in, until they do something else.
    pub(crate) failed: Option<Box<Error>>,
    /// The account that came instead of the expected one; only in memory.
    pub(crate) other: Option<Box<Other>>,
    /// Why a token file isn't fresh, for each account that has such a file.
    pub(crate) unwritten: BTreeMap<AccountId, Error>,
}

impl Open {
    /// Returns a session in which nobody is signed in.
    pub(crate) const fn empty(why: SignedOut) -> Open {
        Open {
            shut: None,
            accounts: Vec::new(),
            shown: None,
            sign_in: None,
            why,
            failed: None,
            other: None,
            unwritten: BTreeMap::new(),
        }
    }

    /// Fails if a service has asked any account to wait at `now`.
    pub(crate) fn may_ask(&self, now: Moment) -> Result<(), Error> {
        let waits = self.accounts.iter().filter_map(|held| {
            let left = held.account.must_wait(now)?;
            Some(Error::from(held.account.last_error.clone()?).until(left))
        });
        waits.into_iter().next().map_or(Ok(()), Err)
    }

    /// Whether there are no accounts, and nobody is signing in.
    pub(crate) const fn is_idle(&self) -> bool {
        self.accounts.is_empty() && self.sign_in.is_none()
    }

    pub(crate) fn shown(&self) -> Option<&Held> {
        self.shown.and_then(|id| self.account(id))
    }

    /// Returns the shown account, unless it's being signed out.
    pub(crate) fn usable(&self) -> Option<&Held> {
        self.shown().filter(|held| !held.is_leaving)
    }

    pub(crate) fn account(&self, id: AccountId) -> Option<&Held> {
        self.accounts.iter().find(|held| held.account.id == id)
    }

    pub(crate) fn account_mut(&mut self, id: AccountId) -> Option<&mut Held> {
        self.accounts.iter_mut().find(|held| held.account.id == id)
    }

    /// If the person of a vault's account has since signed in for this session only, lets that account replace the vault's
    /// at its next renewal. Returns whether that's so.
    pub(crate) fn seal_newer(&mut self, account: &Account) -> bool {
        // One that's being signed out isn't kept.
        let is_newer = |held: &&mut Held| {
            !held.is_leaving && held.account.is_same_person(account) && account.was_used_before(&held.account)
        };
        let Some(held) = self.accounts.iter_mut().find(is_newer) else { return false };
        let shown = self.shown == Some(held.account.id);
        held.account.takes_place_of(account);
        held.account.unsaved_over.clone_from(&account.tokens.refresh);
        held.storage = Storage::Vault;
        if shown {
            self.shown = Some(account.id);
        }
        true
    }

    /// Puts an account in the place of the one with its ID or of the same person, or at the end. Returns the requests that
    /// waited for its tokens.
    pub(crate) fn put(&mut self, held: Held) -> Vec<Waiting> {
        let is_same = |known: &Held| known.account.id == held.account.id || known.account.is_same_person(&held.account);
        let place = self.accounts.iter().position(is_same).unwrap_or(self.accounts.len());
        let shown = self.shown().is_none_or(is_same);
        let mut waiting = Vec::new();
        for gone in self.accounts.extract_if(.., |known| is_same(known)) {
            waiting.extend(gone.end());
        }
        if shown {
            self.shown = Some(held.account.id);
        }
        self.accounts.insert(place.min(self.accounts.len()), held);
        waiting
    }

    /// Sorts the accounts in the order of `ids`; others come last, in their previous order.
    pub(crate) fn arrange(&mut self, ids: &[AccountId]) {
        let place = |held: &Held| ids.iter().position(|id| *id == held.account.id).unwrap_or(ids.len());
        self.accounts.sort_by_key(place);
    }

    /// Sorts the vault's accounts in the order of `ids`, without moving the accounts of this session only.
    pub(crate) fn arrange_sealed(&mut self, ids: &[AccountId]) {
        let place = |held: &Held| ids.iter().position(|id| *id == held.account.id).unwrap_or(ids.len());
        let storage: Vec<Storage> = self.accounts.iter().map(|held| held.storage).collect();
        let (mut sealed, in_memory): (Vec<Held>, Vec<Held>) =
            self.accounts.drain(..).partition(|held| held.storage == Storage::Vault);
        sealed.sort_by_key(place);
        let (mut sealed, mut in_memory) = (sealed.into_iter(), in_memory.into_iter());
        let next = |storage| match storage {
            Storage::Vault => sealed.next(),
            Storage::Memory => in_memory.next(),
        };
        self.accounts = storage.into_iter().filter_map(next).collect();
    }

    /// Removes an account; another one is shown instead. Returns the requests that waited for its tokens.
    pub(crate) fn remove(&mut self, id: AccountId) -> Vec<Waiting> {
        let waiting = self.accounts.extract_if(.., |held| held.account.id == id).flat_map(Held::end).collect();
        if self.shown().is_none() {
            self.shown = self.accounts.first().map(|held| held.account.id);
        }
        waiting
    }

    /// Removes and returns the vault's accounts; one that's only in memory is shown instead.
    pub(crate) fn take_sealed(&mut self) -> Vec<Held> {
        let sealed = self.accounts.extract_if(.., |held| held.storage == Storage::Vault).collect();
        if self.shown().is_none() {
            self.shown = self.accounts.first().map(|held| held.account.id);
        }
        sealed
    }

    /// Returns what's published about it at `now`.
    pub(crate) fn status(&self, now: Moment) -> Status {
        match (&self.sign_in, self.shown()) {
            (Some(sign_in), _) => Status::SigningIn {
                method: sign_in.method,
                stage: sign_in.stage.status(now),
                legs: sign_in.run.legs(None),
                methods: methods(&sign_in.app),
                app: AppLine::from(&sign_in.app),
                again: self.wanted(sign_in.who).and_then(|held| held.account.called()).map(str::to_owned),
                storage: sign_in.storage,
            },
            (None, Some(held)) => Status::SignedIn(SignedIn {
                storage: held.storage,
                sign_in_problem: self.failed.clone(),
                keep_problem: self.unwritten.get(&held.account.id).cloned().map(Box::new),
                ..SignedIn::new(&held.account, held.renewal.clone(), &held.run, now)
            }),
            (None, None) => match &self.shut {
                Some(error) => Status::Shut { problem: error.clone() },
                None => Status::SignedOut { why: self.why.clone() },
            },
        }
    }

    /// Returns the name that `spartan --account` takes for an account; `None` if there is only one to take.
    pub(crate) fn name_at_the_command_line(&self, held: &Held) -> Option<String> {
        let sealed = self.accounts.iter().filter(|other| other.storage == Storage::Vault);
        let accounts: Vec<Account> = sealed.map(|other| other.account.clone()).collect();
        name_among(&accounts, &held.account)
    }

    /// Returns the account whose person is to sign in again.
    pub(crate) fn wanted(&self, who: Who) -> Option<&Held> {
        match who {
            Who::Again(id) => self.account(id),
            Who::Anybody => None,
        }
    }
}
