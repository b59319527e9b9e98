//! What keeps an account while its chain runs.

use std::sync::{Mutex, PoisonError, atomic::Ordering};

use super::{
    Parts,
    arriving::Cancelled,
    jobs::Reports,
    work::{Ran, Report, gone, milliseconds, services_now},
};
use crate::{
    account::{Account, Contents, Person},
    azure_app::AzureApp,
    chain::{Chain, Progress, Save, Start},
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Asked,
    token::{Tokens, XstsToken},
    trouble::Trouble,
    vault::Vault,
};

/// How the first save meets the vault.
pub(super) enum First {
    /// The account is new: it is put there, unless the person cancelled meanwhile.
    Insert(Cancelled),
    /// The account must still be there: one that was signed out meanwhile does not come back.
    Replace,
    /// It does not: the account is in memory alone.
    Never,
}

/// Keeps an account while its chain runs.
pub(super) struct Keep {
    vault: Vault,
    first: First,
    reports: Reports,
    account: Mutex<Account>,
}

impl Keep {
    pub(super) fn new<I, C>(parts: &Parts<I, C>, account: Account, first: First, reports: Reports) -> Keep {
        Keep { vault: parts.vault.clone(), first, reports, account: Mutex::new(account) }
    }

    /// Runs the chain through `app`.
    pub(super) async fn run<I: Issuer, C: Clock>(&self, parts: &Parts<I, C>, app: &AzureApp, start: Start) -> Ran {
        let (mut tokens, known_error) = self.with(|account| (account.tokens.clone(), account.clock_error_ms));
        let clock_error_ms = parts.issuer.clock_error().map_or(known_error, milliseconds);
        let watch = |progress| self.watch(progress);
        let chain = Chain {
            issuer: &parts.issuer,
            save: self,
            watch: &watch,
            app,
            now: services_now(parts.clock.now(), clock_error_ms),
        };
        let error = chain.run(start, &mut tokens).await.err();
        let clock_error = parts.issuer.clock_error();
        self.with(|account| {
            take(account, tokens);
            account.last_trouble = error.as_ref().map(Trouble::from);
            if let Some(measured) = clock_error {
                account.clock_error_ms = milliseconds(measured);
            }
            Ran { account: account.clone(), error }
        })
    }

    /// The app that issued the refresh token, and what the person has made of it since.
    pub(super) fn apps(&self) -> (AzureApp, Option<AzureApp>) {
        self.with(|account| (account.app.clone(), account.edited.clone()))
    }

    /// Goes on with another app from here.
    pub(super) fn go_on_with(&self, app: AzureApp) {
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
        self.report(Report::Progress(progress));
    }

    fn report(&self, report: Report) {
        self.reports.send(report);
    }

    fn with<R>(&self, look: impl FnOnce(&mut Account) -> R) -> R {
        look(&mut self.account.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Save for Keep {
    async fn save(&self, tokens: &Tokens) -> Result<(), Error> {
        let account = self.with(|account| {
            take(account, tokens.clone());
            account.clone()
        });
        let (mut kept, cancelled) = match &self.first {
            First::Insert(cancelled) => (account.clone(), Some(cancelled.clone())),
            First::Replace => (account.clone(), None),
            First::Never => {
                self.report(Report::Saved(Box::new(account)));
                return Ok(());
            }
        };
        let change = move |contents: &mut Contents| match cancelled {
            // Looked at under the vault's lock: a cancel removes the account under it too.
            Some(cancelled) if cancelled.load(Ordering::SeqCst) => Err(Error::new(Step::Page, Cause::Cancelled)),
            Some(_) => {
                contents.put(kept);
                Ok(())
            }
            None => {
                kept.heed(contents.account(kept.id).ok_or_else(gone)?);
                contents.put(kept);
                Ok(())
            }
        };
        self.vault.change(Asked::Unasked, change).await?.1?;
        self.report(Report::Saved(Box::new(account)));
        Ok(())
    }
}

fn take(account: &mut Account, tokens: Tokens) {
    if let Some(person) = tokens.xsts_xbox.as_ref().and_then(person) {
        account.person = Some(person);
    }
    account.tokens = tokens;
}

fn person(xsts: &XstsToken) -> Option<Person> {
    let (gamertag, xuid) = (xsts.claims.gamertag.clone()?, xsts.claims.xuid.clone()?);
    Some(Person { gamertag, xuid })
}
