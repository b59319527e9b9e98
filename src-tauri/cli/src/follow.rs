//! A sign-in as a terminal shows it: what to open, what to type in, how it ended.

use std::{pin::pin, time::Duration};

use spartan_auth::{
    error::Cause as AuthCause, import::ImportedCredentials, secrecy::ExposeSecret, sign_in_method::SignInMethod,
    url::Url,
};
use spartan_session::{
    error::{Cause, Error, Step},
    session::{Imported, NextStep, Session, SignInEnd, SignInRequest},
    status::{Renewal, SignedIn, SigningIn, Snapshot, Status, Storage},
};
use spartan_vault::{
    account::{AccountId, Contents},
    keyring::Interaction,
    vault::Vault,
};
use tokio::{sync::broadcast::Receiver, time::timeout};

use crate::{ask, exit::Exit, failure::Failure, interrupt, out, table::plain};

/// A sign-in that a terminal follows.
pub struct Follow {
    session: Session,
    vault: Vault,
    opens_browser: bool,
}

/// How long a cancelled sign-in may take to clean up.
const TIDYING: Duration = Duration::from_secs(5);
/// How long other accounts' renewals that have started meanwhile may continue.
const OTHERS: Duration = Duration::from_secs(30);

/// What has been printed about a pending sign-in.
#[derive(Debug, Default)]
struct Said {
    /// The last code printed.
    code: Option<String>,
    /// Whether the chain's start has been printed.
    chain: bool,
}

impl Follow {
    /// Follows what `session` does; `opens_browser` says whether Microsoft's page may be opened here.
    pub const fn new(session: Session, vault: Vault, opens_browser: bool) -> Follow {
        Follow { session, vault, opens_browser }
    }

    /// Signs in until it ends, or until Ctrl-C, which leaves nothing unless it ended first. With `again`, only that account's
    /// person is accepted.
    pub async fn sign_in(self, wish: SignInRequest, again: Option<AccountId>) -> Result<(), Failure> {
        let (method, ends) = (wish.method, self.session.sign_in_ends());
        let signing_in = async {
            self.opened().await;
            if let Some(account) = again {
                let Snapshot { shown, accounts } = self.session.snapshot().borrow().clone();
                if !matches!(shown, Status::Shut { .. }) && accounts.iter().all(|line| line.id != account) {
                    return Err(Error::signed_out_elsewhere(None).into());
                }
                self.session.show(account).await;
            }
            let opens = self.session.sign_in(wish).await?;
            self.open(&opens, method).await?;
            let paste = async {
                if method == Some(SignInMethod::Paste) { self.paste().await } else { std::future::pending().await }
            };
            tokio::select! {
                ended = self.ended(ends, "Microsoft accepted the sign-in. Getting the tokens…") => ended,
                failed = paste => failed,
            }
        };
        self.or_cancelled(signing_in).await
    }

    /// Signs in with what was imported; returns the app if there was nothing else.
    pub async fn import(self, brought: ImportedCredentials) -> Result<Option<Imported>, Failure> {
        let ends = self.session.sign_in_ends();
        let importing = async {
            self.opened().await;
            match self.session.import(brought, Storage::Vault).await? {
                Imported::SigningIn => self.ended(ends, "Getting the tokens…").await.map(|()| None),
                app @ Imported::App(_) => Ok(Some(app)),
            }
        };
        self.or_cancelled(importing).await
    }

    async fn opened(&self) {
        // The task lives as long as the handle.
        let _ = self.session.snapshot().wait_for(|snapshot| snapshot.shown != Status::Opening).await;
    }

    async fn or_cancelled<T: Default>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let (ends, mut interrupted) = (self.session.sign_in_ends(), pin!(interrupt::told_to_end()));
        let done = tokio::select! {
            biased;
            done = work => done,
            exit = &mut interrupted => return self.interrupted(exit, ends).await.map(|()| T::default()),
        };
        if done.is_err() {
            let _ = timeout(TIDYING, self.leave_nothing()).await;
            return done;
        }
        let mut snapshot = self.session.snapshot();
        let quiet =
            snapshot.wait_for(|snapshot| snapshot.accounts.iter().all(|line| line.renewal != Renewal::Renewing));
        tokio::select! {
            // After Ctrl-C, don't wait.
            _ = interrupted => {}
            _ = timeout(OTHERS, quiet) => {}
        }
        done
    }

    /// Cancels the pending sign-in, and reports how it ended: it may have ended first.
    async fn interrupted(&self, exit: Exit, mut ends: Receiver<SignInEnd>) -> Result<(), Failure> {
        if timeout(TIDYING, self.leave_nothing()).await.is_err() {
            let what = "The sign-in may not have been cancelled in time.";
            return Err(Failure::new(exit, what, "See who is signed in: spartan accounts"));
        }
        match ends.try_recv() {
            Ok(SignInEnd::Cancelled) | Err(_) => Err(interrupt::failure(exit)),
            Ok(end @ (SignInEnd::SignedIn { .. } | SignInEnd::Failed { .. })) => told(end),
        }
    }

    /// Stops what's in progress, and removes an empty vault that it may have left.
    async fn leave_nothing(&self) {
        self.session.cancel().await;
        // An empty vault is deleted with its key; one that doesn't open stays as it is.
        if self.vault.read(Interaction::Forbidden).await.is_ok_and(|contents| contents.is_empty()) {
            let _ = self.vault.change(Interaction::Forbidden, |_: &mut Contents| ()).await;
        }
    }

    async fn open(&self, opens: &NextStep, method: Option<SignInMethod>) -> Result<(), Failure> {
        let NextStep::Browser(page) = opens else { return Ok(()) };
        let is_open = self.opens_browser && browser(page).await;
        match (is_open, method) {
            (true, _) => {
                out::say(&format!("Microsoft's page opens in your browser. If it doesn't, open:\n\n  {page}\n"));
            }
            (false, Some(SignInMethod::Paste)) => out::say(&format!(
                "Open this page in any browser and sign in:\n\n  {page}\n\nAt the end the browser cannot open an address that \
                 begins with the app's redirect URI. Copy that whole address and paste it here:"
            )),
            (false, _) => out::say(&format!("Open this page in a browser on this computer and sign in:\n\n  {page}\n")),
        }
        Ok(())
    }

    /// Reads addresses until one is right. A script gets one try, because it won't send another address.
    async fn paste(&self) -> Result<(), Failure> {
        let mut lines = ask::Lines::begin();
        loop {
            let address = lines.pasted().await?;
            if address.expose_secret().trim().is_empty() {
                continue;
            }
            match self.session.paste(address).await {
                Ok(()) => return std::future::pending().await,
                Err(error) if out::is_attended() => out::say(&format!("spartan: {}", Failure::from(error).line())),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Prints what to do until the sign-in has ended; prints `chain` once its chain runs.
    async fn ended(&self, mut ends: Receiver<SignInEnd>, chain: &str) -> Result<(), Failure> {
        let (mut snapshot, mut said) = (self.session.snapshot(), Said::default());
        loop {
            said.go_on(&snapshot.borrow_and_update().shown, chain);
            tokio::select! {
                biased;
                end = ends.recv() => return end.map_or_else(|_| Err(unknown()), told),
                Ok(()) = snapshot.changed() => {}
            }
        }
    }
}

impl Said {
    /// Prints what's new.
    fn go_on(&mut self, status: &Status, chain: &str) {
        match status {
            Status::SigningIn { stage: SigningIn::Code { user_code, page, .. }, .. } => {
                if self.code.replace(user_code.clone()).as_ref() != Some(user_code) {
                    out::say(&format!("On any device, open {page} and enter:\n\n  {user_code}\n"));
                }
            }
            Status::SigningIn { stage: SigningIn::Chain, .. } if !self.chain => {
                self.chain = true;
                out::say(chain);
            }
            Status::SigningIn { .. } | Status::Opening | Status::Unlocking => {}
            Status::Shut { .. } | Status::SignedOut { .. } | Status::SignedIn(_) => {}
        }
    }
}

/// Reports how a sign-in ended.
fn told(end: SignInEnd) -> Result<(), Failure> {
    match end {
        SignInEnd::SignedIn { account } => {
            out::say(&welcome(&account));
            Ok(())
        }
        SignInEnd::Cancelled => Err(Error::new(Step::Page, Cause::Auth(AuthCause::Cancelled)).into()),
        SignInEnd::Failed { problem } => Err((*problem).into()),
    }
}

fn unknown() -> Failure {
    Failure::new(Exit::Failed, "It isn't known how the sign-in ended.", "See who is signed in: spartan accounts")
}

fn welcome(signed_in: &SignedIn) -> String {
    let who = signed_in.gamertag.as_deref().map(plain);
    match (&signed_in.renewal, who) {
        (Renewal::Stale { problem, .. } | Renewal::NeedsAction { problem }, _) => {
            format!("Signed in, but some tokens aren't available yet: {}", Failure::from(problem).line())
        }
        (Renewal::Fresh { .. } | Renewal::Renewing, Some(who)) => format!("Signed in as {who}. Next: spartan token"),
        (Renewal::Fresh { .. } | Renewal::Renewing, None) => "Signed in. Next: spartan token".into(),
    }
}

/// Whether the system opened the page in a browser.
async fn browser(page: &Url) -> bool {
    let page = page.to_string();
    let opened = tokio::task::spawn_blocking(move || open::that_detached(page)).await;
    opened.is_ok_and(|opened| opened.is_ok())
}
