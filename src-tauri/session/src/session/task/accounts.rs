//! Changes to the accounts: which one is shown, their names and order, sign-outs and additions.

use spartan_auth::{clock::Clock, issuer::Issuer, plain};
use spartan_vault::{
    account::{Account, AccountId},
    keyring::Interaction,
};

use super::{Task, chance};
use crate::{
    error::{Cause, Error, Step},
    operations::leaving,
    session::{
        changes::{
            Subject, Ticket,
            change::{Add, Change, Changed, Move, Rename, SignOut},
        },
        request::reply::{Reply, answer, told},
        sign_in::arriving,
        state::{due::restored, handing_out::answer_all, held::Held},
        work::save,
    },
    status::{SignedOut, Storage},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn show(&mut self, id: AccountId) {
        if let Some(open) = self.state.open_mut().filter(|open| open.account(id).is_some()) {
            open.shown = Some(id);
        }
    }

    pub(super) fn sign_out(&mut self, reply: Reply<()>) {
        let shown = self.state.open().filter(|open| open.sign_in.is_none()).and_then(|open| open.usable());
        let Some(id) = shown.map(|held| held.account.id) else { return answer(reply, Err(self.not_open())) };
        self.sign_out_these(vec![id], reply);
    }

    pub(super) fn sign_out_all(&mut self, reply: Reply<()>) {
        let ids = self.ids(|held| !held.is_leaving);
        if ids.is_empty() || self.state.open().is_none_or(|open| open.sign_in.is_some()) {
            return answer(reply, Err(self.not_open()));
        }
        self.sign_out_these(ids, reply);
    }

    /// Deletes accounts, of which nothing is handed out from now on. A renewal that's running goes on until then: if the
    /// account can't be deleted, only that renewal may have its next refresh token.
    fn sign_out_these(&mut self, ids: Vec<AccountId>, reply: Reply<()>) {
        let now = self.parts.clock.moment();
        let accounts = self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts);
        let mut last = None;
        for held in accounts.filter(|held| ids.contains(&held.account.id)) {
            held.is_leaving = true;
            answer_all(std::mem::take(&mut held.waiting), held, now, None);
            last = last.into_iter().chain([held.signed_out(now)]).max_by_key(copied_until);
        }
        let why = last.unwrap_or(SignedOut::ByPerson { copied_until: None, clock_error_ms: 0 });
        let subjects = ids.iter().copied().map(Subject::Account).collect();
        self.change(subjects, Change::SignOut(SignOut { ids, why, reply }));
    }

    pub(super) fn begin_sign_out(&mut self, ticket: Ticket, sign_out: SignOut) {
        let sealed = self.ids(|held| held.storage == Storage::Vault && sign_out.ids.contains(&held.account.id));
        if sealed.is_empty() {
            return self.changed(ticket, Changed::SignedOut(sign_out, Ok(())));
        }
        let parts = self.parts.clone();
        self.save(ticket, async move {
            let result = leaving::sign_out(&parts.vault, &sealed, Interaction::Allowed).await;
            Changed::SignedOut(sign_out, result)
        });
    }

    pub(super) fn not_signed_out(&mut self, sign_out: SignOut, error: Error) {
        let SignOut { ids, reply, .. } = sign_out;
        tracing::warn!(%error, "signing out did not delete");
        let accounts = self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts);
        accounts
            .chain(&mut self.stranded)
            .filter(|held| ids.contains(&held.account.id))
            .for_each(|held| held.is_leaving = false);
        let error = told(error);
        self.failed_sign_out = Some(error.clone());
        answer(reply, Err(error));
    }

    pub(super) fn signed_out(&mut self, ticket: Ticket, sign_out: SignOut) {
        let SignOut { ids, why, reply } = sign_out;
        for id in &ids {
            let held = self.state.open().and_then(|open| open.account(*id));
            // Its person may have signed in again meanwhile.
            if held.is_none_or(|held| held.is_leaving) {
                self.gone(*id, why.clone());
            }
        }
        self.let_go_of(ticket, ids, reply);
    }

    pub(super) fn add_other(&mut self, reply: Reply<()>) {
        let Some((other, shown)) = self.state.open_mut().and_then(|open| Some((open.other.take()?, open.shown))) else {
            return answer(reply, Err(told(Error::new(Step::Vault, Cause::NotSignedIn))));
        };
        let of_the_same = self.ids(|held| held.account.is_same_person(&other.account));
        let subjects = of_the_same.into_iter().chain([other.account.id]).map(Subject::Account).collect();
        self.change(subjects, Change::Add(Box::new(Add { other: *other, shown, reply })));
    }

    pub(super) fn begin_add(&mut self, ticket: Ticket, add: Box<Add>) {
        let (parts, mut account) = (self.parts.clone(), add.other.account.clone());
        self.save(ticket, async move {
            let storage = arriving::add(&parts, &mut account, add.other.storage).await;
            Changed::Added(add, Box::new(storage.map(|storage| (account, storage))))
        });
    }

    pub(super) fn added(&mut self, add: Add, result: Result<(Account, Storage), Error>) {
        let Add { other, shown, reply } = add;
        let Some(open) = self.state.open_mut() else { return answer(reply, result.map(|_| ())) };
        let (account, storage) = match result {
            Ok(added) => added,
            Err(error) => {
                if open.sign_in.is_none() && open.other.is_none() {
                    open.other = Some(Box::new(other));
                }
                return answer(reply, Err(told(error)));
            }
        };
        let (id, is_still_shown) = (account.id, open.shown == shown);
        open.failed = None;
        // What the vault has of it may have been adopted, and may even renew already.
        if open.account(id).is_none_or(|held| held.storage != storage || held.account.is_behind(&account)) {
            let held = restored(account, self.parts.clock.moment(), chance());
            self.replace(Held { storage, ..held });
        }
        if is_still_shown {
            self.show(id);
        }
        self.write_token_files();
        answer(reply, Ok(()));
    }

    pub(super) fn rename(&mut self, id: AccountId, name: &str, reply: Reply<()>) {
        let rename = Rename { id, name: plain::name(name), reply };
        self.change(vec![Subject::Account(id)], Change::Rename(rename));
    }

    pub(super) fn begin_rename(&mut self, ticket: Ticket, rename: Rename) {
        match self.storage(rename.id) {
            None => self.changed(ticket, Changed::Renamed(rename, Ok(false))),
            Some(Storage::Memory) => self.changed(ticket, Changed::Renamed(rename, Ok(true))),
            Some(Storage::Vault) => {
                let (vault, id, name) = (self.parts.vault.clone(), rename.id, rename.name.clone());
                let set_name = move |account: &mut Account| account.name.clone_from(&name);
                self.save(ticket, async move {
                    let count = save::edit(&vault, move |account| account.id == id, set_name).await;
                    Changed::Renamed(rename, count.map(|count| count > 0))
                });
            }
        }
    }

    pub(super) fn renamed(&mut self, rename: Rename, result: Result<bool, Error>) {
        let Rename { id, name, reply } = rename;
        let held = self.state.open_mut().and_then(|open| open.account_mut(id));
        // A name in the vault was adopted from there.
        if let (Ok(true), Some(held)) = (&result, held.filter(|held| held.storage == Storage::Memory)) {
            held.account.name = name;
        }
        answer(reply, self.found(id, result));
    }

    pub(super) fn move_to(&mut self, id: AccountId, place: usize, reply: Reply<()>) {
        let subjects = vec![Subject::Order, Subject::Account(id)];
        self.change(subjects, Change::Move(Move { id, place, reply }));
    }

    pub(super) fn begin_move(&mut self, ticket: Ticket, to: Move) {
        let before = self.others_before(&to);
        match self.storage(to.id) {
            None => self.changed(ticket, Changed::Moved(to, Ok(false))),
            Some(Storage::Memory) => self.changed(ticket, Changed::Moved(to, Ok(true))),
            Some(Storage::Vault) => {
                let vault = self.parts.vault.clone();
                self.save(ticket, async move {
                    let is_there = save::move_behind(&vault, to.id, before).await;
                    Changed::Moved(to, is_there)
                });
            }
        }
    }

    pub(super) fn moved(&mut self, to: Move, result: Result<bool, Error>) {
        let order: Vec<AccountId> = self.others_before(&to).into_iter().chain([to.id]).collect();
        let result = self.found(to.id, result);
        if let (Ok(()), Some(open)) = (&result, self.state.open_mut()) {
            open.arrange(&order);
        }
        answer(to.reply, result);
    }

    /// Returns the accounts that come before the moved one.
    fn others_before(&self, to: &Move) -> Vec<AccountId> {
        self.ids(|held| held.account.id != to.id).into_iter().take(to.place).collect()
    }

    fn storage(&self, id: AccountId) -> Option<Storage> {
        self.state.open().and_then(|open| open.account(id)).map(|held| held.storage)
    }

    /// Returns the result of a change to one account, which may have been signed out meanwhile.
    fn found(&self, id: AccountId, is_there: Result<bool, Error>) -> Result<(), Error> {
        match is_there {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.why_gone(id)),
            Err(error) => Err(told(error)),
        }
    }
}

const fn copied_until(why: &SignedOut) -> Option<jiff::Timestamp> {
    match why {
        SignedOut::ByPerson { copied_until, .. } => *copied_until,
        SignedOut::Never | SignedOut::Cancelled | SignedOut::Failed { .. } => None,
    }
}
