//! Saves an account while its chain runs.

use std::sync::{Mutex, PoisonError};

use spartan_auth::{
    azure_app::AzureApp,
    chain::{Chain, Failure, Progress, Save, Start},
    clock::Clock,
    error::{self as auth, Cause as AuthCause},
    issuer::Issuer,
    relying_party::RelyingParty,
    token::{Tokens, XstsToken},
};
use spartan_vault::{
    account::{Account, Contents, Person},
    keyring::Interaction,
    vault::Vault,
    wait::Wait,
};

use crate::{
    error::{Cause, Error, Step},
    parts::Parts,
    renewal::commit::Commit,
};

/// What is reported while a chain runs.
#[derive(Debug)]
pub(crate) enum Event {
    /// A leg began, ended or failed.
    Progress(Progress),
    /// Tokens were saved.
    Saved(Box<Account>),
}

/// Where it's reported.
pub(crate) type Tell = Box<dyn Fn(Event) + Send + Sync>;

/// An account after its chain ran, with what stopped the chain, if anything did.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) account: Account,
    pub(crate) error: Option<Error>,
}

/// What saving requires of the vault.
pub(crate) enum First {
    /// The account is new: it's added, unless the person cancelled meanwhile.
    Insert(Commit),
    /// The account must still be there: one that was signed out meanwhile doesn't come back.
    Replace,
    /// Nothing: the account is only in memory.
    Never,
}

/// Saves an account while its chain runs.
pub(crate) struct AccountWriter {
    vault: Vault,
    first: First,
    tell: Tell,
    account: Mutex<Account>,
}

impl AccountWriter {
    pub(crate) fn new<I, C>(parts: &Parts<I, C>, account: Account, first: First, tell: Tell) -> AccountWriter {
        AccountWriter { vault: parts.vault.clone(), first, tell, account: Mutex::new(account) }
    }

    /// Runs the chain through `app`.
    pub(crate) async fn run<I: Issuer, C: Clock>(&self, parts: &Parts<I, C>, app: &AzureApp, start: Start) -> Outcome {
        let mut tokens = self.with(|account| account.tokens.clone());
        let watch = |progress| self.watch(progress);
        let error = self.chain(parts, app, &watch).run(start, &mut tokens).await.err();
        let (measured, now) = (parts.issuer.clock_error(), parts.clock.moment());
        self.with(|account| {
            take(account, tokens);
            account.last_error = error.as_ref().and_then(of_leg).cloned();
            account.tried = Some(now);
            account.learn(measured, now);
            if error.is_none() && measured.is_none() {
                account.forget_doubt(now);
            }
            let asked = account.last_error.as_ref().and_then(auth::Error::asked_to_wait);
            account.wait = asked.map(|lasts| Wait { since: now, lasts });
            Outcome { account: account.clone(), error: error.map(Error::from) }
        })
    }

    /// Returns the XSTS token for a relying party, through `app`: the saved one, or a new one.
    pub(crate) async fn xsts<I: Issuer, C: Clock>(
        &self,
        parts: &Parts<I, C>,
        app: &AzureApp,
        relying_party: &RelyingParty,
    ) -> Result<XstsToken, Failure<Error>> {
        let mut tokens = self.with(|account| account.tokens.clone());
        let watch = |progress| self.watch(progress);
        self.chain(parts, app, &watch).xsts(relying_party, &mut tokens).await
    }

    fn chain<'a, I: Issuer, C: Clock>(
        &'a self,
        parts: &'a Parts<I, C>,
        app: &'a AzureApp,
        watch: &'a (dyn Fn(Progress) + Send + Sync),
    ) -> Chain<'a, I, AccountWriter> {
        let moment = parts.clock.moment();
        let (now, is_in_doubt) =
            self.with(|account| (account.services_time(moment), account.is_clock_in_doubt(moment)));
        Chain { issuer: &parts.issuer, save: self, watch, app, now, is_in_doubt }
    }

    /// Returns the app that issued the refresh token, and the person's edited version, if there is one.
    pub(crate) fn apps(&self) -> (AzureApp, Option<AzureApp>) {
        self.with(|account| (account.app.clone(), account.edited.clone()))
    }

    /// Continues with another app.
    pub(crate) fn go_on_with(&self, app: AzureApp) {
        self.with(|account| {
            account.app = app;
            account.edited = None;
        });
    }

    fn watch(&self, progress: Progress) {
        if let Progress::Ended(leg, time) = progress {
            let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
            self.with(|account| account.leg_ms.insert(leg, ms));
        }
        (self.tell)(Event::Progress(progress));
    }

    fn with<R>(&self, look: impl FnOnce(&mut Account) -> R) -> R {
        look(&mut self.account.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Save for AccountWriter {
    type Error = Error;

    async fn save(&self, tokens: &Tokens) -> Result<(), Error> {
        let (account, before) = self.with(|account| {
            let before = account.tokens.refresh.clone();
            take(account, tokens.clone());
            (account.clone(), before)
        });
        let (mut kept, commit) = match &self.first {
            First::Insert(commit) => (account.clone(), Some(commit.clone())),
            First::Replace => (account.clone(), None),
            First::Never => {
                (self.tell)(Event::Saved(Box::new(account)));
                return Ok(());
            }
        };
        let change = move |contents: &mut Contents| match commit {
            // Checked under the vault's lock, under which a cancel removes the account, too.
            Some(commit) if commit.is_cancelled() => Err(Error::new(Step::Page, Cause::Auth(AuthCause::Cancelled))),
            Some(_) => {
                kept.revision += 1;
                contents.put(kept.clone());
                Ok(kept)
            }
            None => {
                let present = contents.account(kept.id).ok_or_else(|| gone(&kept))?;
                kept.heed(present);
                kept.revision = present.revision + 1;
                contents.put(kept.clone());
                Ok(kept)
            }
        };
        match self.vault.change(Interaction::Forbidden, change).await.map_err(Error::from).and_then(|(_, saved)| saved)
        {
            Ok(saved) => {
                let saved = Account { unsaved_over: None, ..saved };
                self.with(|account| (account.revision, account.unsaved_over) = (saved.revision, None));
                (self.tell)(Event::Saved(Box::new(saved)));
                Ok(())
            }
            Err(error) => {
                self.with(|account| account.is_not_saved_over(before));
                Err(error)
            }
        }
    }
}

/// Returns why a leg failed. That tokens couldn't be saved concerns nobody who reads the account.
pub(crate) const fn of_leg(failure: &Failure<Error>) -> Option<&auth::Error> {
    match failure {
        Failure::Leg(error) => Some(error),
        Failure::Save(_) => None,
    }
}

fn take(account: &mut Account, tokens: Tokens) {
    if let Some(told) = tokens.xsts_xbox.as_ref().and_then(person) {
        // If Xbox returned no gamertag this time, the previous one stays.
        let known = account.person.take().filter(|known| known.xuid == told.xuid).and_then(|known| known.gamertag);
        account.person = Some(Person { gamertag: told.gamertag.or(known), ..told });
    }
    account.tokens = tokens;
}

fn person(xsts: &XstsToken) -> Option<Person> {
    Some(Person { gamertag: xsts.claims.gamertag.clone(), xuid: xsts.claims.xuid.clone()? })
}

/// Returns that another program signed the account out.
pub(crate) fn gone(account: &Account) -> Error {
    Error::signed_out_elsewhere(account.called().map(str::to_owned))
}
