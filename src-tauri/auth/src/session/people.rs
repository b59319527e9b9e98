//! Accounts among each other: which one is shown, their names and order, who leaves and who comes beside.

use super::{
    arriving,
    request::Reply,
    state::{Held, Open},
    task::{Task, answer, told},
};
use crate::{
    account::{Account, AccountId, Contents},
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Interaction,
    leaving, plain,
    status::{SignedOut, Storage},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn show(&mut self, id: AccountId) {
        if let Some(open) = self.state.open_mut().filter(|open| open.account(id).is_some()) {
            open.shown = Some(id);
        }
    }

    pub(super) async fn sign_out(&mut self, reply: Reply<()>) {
        let shown = self.state.open().filter(|open| open.sign_in.is_none()).and_then(|open| open.shown);
        let Some(id) = shown else { return answer(reply, Err(self.not_open())) };
        self.sign_out_these(&[id], reply).await;
    }

    pub(super) async fn sign_out_all(&mut self, reply: Reply<()>) {
        if self.state.open().is_none_or(|open| open.sign_in.is_some() || open.accounts.is_empty()) {
            return answer(reply, Err(self.not_open()));
        }
        let ids = self.ids(|_| true);
        self.sign_out_these(&ids, reply).await;
    }

    async fn sign_out_these(&mut self, ids: &[AccountId], reply: Reply<()>) {
        let is_one = |held: &&Held| ids.contains(&held.account.id);
        let leaving: Vec<Held> = self.held_anew(is_one);
        let now = self.parts.clock.moment();
        let last = leaving.iter().map(|held| held.signed_out(now)).max_by_key(copied_until);
        // Their renewals must not bring them back, and if one stays after all, it starts anew.
        let sealed: Vec<AccountId> = sealed(&leaving).collect();
        for held in leaving {
            self.replace(held);
        }
        if !sealed.is_empty()
            && let Err(error) = leaving::sign_out(&self.parts.vault, &sealed, Interaction::Allowed).await
        {
            tracing::warn!(%error, "signing out did not delete");
            return answer(reply, Err(told(error)));
        }
        for id in ids {
            let nothing = SignedOut::ByPerson { copied_until: None, clock_error_ms: 0 };
            self.gone(*id, last.clone().unwrap_or(nothing));
        }
        self.let_go_of(ids.to_vec(), reply);
    }

    pub(super) async fn add_other(&mut self, reply: Reply<()>) {
        let Some(other) = self.state.open_mut().and_then(|open| open.other.take()) else {
            return answer(reply, Err(told(Error::new(Step::Vault, Cause::NotSignedIn))));
        };
        let mut account = other.account.clone();
        let kept = match arriving::add(&self.parts, &mut account, other.kept).await {
            Ok(kept) => kept,
            Err(error) => {
                self.state.open_mut().into_iter().for_each(|open| open.other = Some(other.clone()));
                return answer(reply, Err(told(error)));
            }
        };
        let (id, held) = (account.id, self.restored(account));
        self.replace(Held { kept, ..held });
        self.show(id);
        self.state.open_mut().into_iter().for_each(|open| open.failed = None);
        self.keep_files();
        answer(reply, Ok(()));
    }

    pub(super) async fn rename(&mut self, id: AccountId, name: &str, reply: Reply<()>) {
        let name = plain::name(name);
        let rename = move |account: &mut Account| account.name.clone_from(&name);
        let result = self.change_accounts(move |account| account.id == id, rename).await;
        answer(reply, self.found(result.map(|count| count > 0)));
    }

    pub(super) async fn move_to(&mut self, id: AccountId, place: usize, reply: Reply<()>) {
        let mut order = self.ids(|_| true);
        let Some(at) = order.iter().position(|other| *other == id) else { return answer(reply, Err(self.not_open())) };
        let moved = order.remove(at);
        let place = place.min(order.len());
        let before = order[..place].to_vec();
        order.insert(place, moved);
        let result = if self.ids(|held| held.kept == Storage::Vault).contains(&id) {
            let move_it = move |contents: &mut Contents| contents.move_behind(id, &before);
            self.parts.vault.change(Interaction::Allowed, move_it).await.map(|(_, is_there)| is_there)
        } else {
            Ok(true)
        };
        let result = self.found(result);
        if let (Ok(()), Some(open)) = (&result, self.state.open_mut()) {
            open.arrange(&order);
        }
        answer(reply, result);
    }

    /// Changes the matching accounts, in the vault and here. Returns how many there are.
    pub(super) async fn change_accounts(
        &mut self,
        which: impl Fn(&Account) -> bool + Clone + Send + 'static,
        change: impl Fn(&mut Account) + Clone + Send + 'static,
    ) -> Result<usize, Error> {
        let mut count = self.ids(|held| held.kept == Storage::Memory && which(&held.account)).len();
        if !self.ids(|held| held.kept == Storage::Vault && which(&held.account)).is_empty() {
            let (which, change) = (which.clone(), change.clone());
            // Those that the vault has now: another program may have signed one in or out.
            let change_all = move |contents: &mut Contents| {
                contents.accounts.iter_mut().filter(|account| which(account)).map(change).count()
            };
            count += self.parts.vault.change(Interaction::Allowed, change_all).await?.1;
        }
        let accounts = self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts);
        accounts.filter(|held| which(&held.account)).for_each(|held| change(&mut held.account));
        Ok(count)
    }

    /// Returns the result of a change to one account, which may have been signed out meanwhile.
    fn found(&self, is_there: Result<bool, Error>) -> Result<(), Error> {
        match is_there {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.not_open()),
            Err(error) => Err(told(error)),
        }
    }

    /// Accounts as they are kept, with nothing going on for them.
    fn held_anew(&self, wanted: impl Fn(&&Held) -> bool) -> Vec<Held> {
        let accounts = self.state.open().map(|open: &Open| open.accounts.as_slice()).unwrap_or_default();
        let anew = |held: &Held| Held { kept: held.kept, ..self.restored(held.account.clone()) };
        accounts.iter().filter(wanted).map(anew).collect()
    }
}

fn sealed(accounts: &[Held]) -> impl Iterator<Item = AccountId> + '_ {
    accounts.iter().filter(|held| held.kept == Storage::Vault).map(|held| held.account.id)
}

const fn copied_until(why: &SignedOut) -> Option<jiff::Timestamp> {
    match why {
        SignedOut::ByPerson { copied_until, .. } => *copied_until,
        SignedOut::Never | SignedOut::Cancelled | SignedOut::Failed { .. } => None,
    }
}
