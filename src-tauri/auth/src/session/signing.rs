//! Signing in: look first, then the page, then the chain; and the ways back.

use std::sync::atomic::Ordering;

use super::{
    Imported, Reply, SignInPage, Through,
    state::{Goal, Held, SignIn, Stage, State},
    task::{Outcome, Task, answer, told},
    work::{self, Cancelled, SigningIn},
};
use crate::{
    account::AccountId,
    azure_app::AzureApp,
    chain::Start,
    clock::Clock,
    error::{Cause, Error, Remedy, Step},
    issuer::Issuer,
    lines::Brought,
    oauth::Pending,
    random,
    redirect::Redirect,
    run::Run,
    settings::Settings,
    status::{Renewal, SignedOut, Way},
    token::Tokens,
    trouble::{Act, Button, Trouble},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn sign_in(&mut self, through: Through, reply: Reply<SignInPage>) {
        let known = match self.may_sign_in() {
            Ok(known) => known,
            Err(trouble) => return answer(reply, Err(trouble)),
        };
        let app = match through {
            Through::App(app) => Some(app),
            Through::Known => known,
        };
        match app {
            Some(app) => self.prepare(Way::Window, app, Goal::Page(reply)),
            None => answer(reply, Err(told(&Error::new(Step::App, Cause::NoApp)))),
        }
    }

    pub(super) async fn import(&mut self, brought: Brought, reply: Reply<Imported>) {
        if let Err(trouble) = self.may_sign_in() {
            return answer(reply, Err(trouble));
        }
        self.remember(&brought.app).await;
        match brought.refresh {
            Some(refresh) => {
                self.prepare(Way::Import, brought.app, Goal::Chain(refresh));
                answer(reply, Ok(Imported::SigningIn));
            }
            None => answer(reply, Ok(Imported::App(brought.app))),
        }
    }

    /// The app that is meant where none is named; or why nobody can sign in now.
    fn may_sign_in(&self) -> Result<Option<AzureApp>, Trouble> {
        match &self.state {
            // A renewal is not stopped for it: its answer may carry the only refresh token that still works.
            _ if self.job.is_some() => Err(told(&Error::new(Step::Page, Cause::Busy))),
            State::SigningIn(_) => Err(told(&Error::new(Step::Page, Cause::Busy))),
            State::Opening | State::Shut(_) => Err(self.not_open()),
            State::SignedOut(_) => Ok(self.known.clone()),
            State::SignedIn(held) => Ok(Some(held.account.app.clone())),
        }
    }

    /// Looks first whether what comes can be kept: a refresh token that was used and not kept is lost.
    fn prepare(&mut self, way: Way, app: AzureApp, goal: Goal) {
        self.known = Some(app.clone());
        let (parts, platform) = (self.parts.clone(), app.platform);
        self.begin(|_| async move { Outcome::Prepared(work::prepare(&parts, platform).await) });
        self.enter(way, app, Stage::Preparing(goal));
    }

    pub(super) async fn prepared(&mut self, result: Result<(), Error>) {
        let State::SigningIn(sign_in) = &mut self.state else { return };
        if let Err(error) = result {
            work::clean(self.parts.vault.clone(), None).await;
            return self.sign_in_failed(&error);
        }
        let pending = Pending::random();
        let page = SignInPage {
            url: self.parts.issuer.authorize_url(&sign_in.app, &pending),
            redirect_uri: sign_in.app.redirect_uri.clone(),
            state: pending.state.clone(),
        };
        let (way, app) = (sign_in.way, sign_in.app.clone());
        match std::mem::replace(&mut sign_in.stage, Stage::AtPage(pending)) {
            Stage::Preparing(Goal::Page(reply)) => answer(reply, Ok(page)),
            Stage::Preparing(Goal::Chain(refresh)) => {
                let tokens = Tokens { refresh: Some(refresh), ..Tokens::default() };
                self.run_chain(way, app, Start::Refresh, tokens);
            }
            Stage::AtPage(_) | Stage::Chain { .. } => {}
        }
    }

    pub(super) fn navigated(&self) {
        if let State::SigningIn(sign_in) = &self.state
            && matches!(sign_in.stage, Stage::AtPage(_))
        {
            work::keep_open(&self.parts, sign_in.app.platform);
        }
    }

    pub(super) async fn redirected(&mut self, said: Redirect) {
        let State::SigningIn(sign_in) = &self.state else { return };
        let Stage::AtPage(pending) = &sign_in.stage else { return };
        match said {
            Redirect::NotOurs => {}
            Redirect::Code(code) => {
                work::keep_open_beyond(&self.parts, sign_in.app.platform);
                let start = Start::Code { code, verifier: pending.verifier.clone() };
                let (way, app) = (sign_in.way, sign_in.app.clone());
                self.remember(&app).await;
                self.run_chain(way, app, start, Tokens::default());
            }
            Redirect::Ended(Error { cause: Cause::Cancelled, .. }) => self.cancel(SignedOut::Cancelled).await,
            Redirect::Ended(error) => self.cancel(SignedOut::Failed { trouble: trouble(&error) }).await,
        }
    }

    fn run_chain(&mut self, way: Way, app: AzureApp, start: Start, tokens: Tokens) {
        self.stop_job();
        let (id, cancelled) = (AccountId(uuid::Uuid::from_bytes(random::bytes())), Cancelled::default());
        self.enter(way, app.clone(), Stage::Chain { id, cancelled: cancelled.clone() });
        let expected = self.before().map(|held| held.account.clone());
        let signing_in = SigningIn { id, app, start, tokens, expected, cancelled };
        let parts = self.parts.clone();
        self.begin(|reports| async move { Outcome::SignedIn(work::sign_in(&parts, signing_in, reports).await) });
    }

    /// Goes to a stage of a sign-in, and remembers what was before the first one.
    fn enter(&mut self, way: Way, app: AzureApp, stage: Stage) {
        let before = match std::mem::replace(&mut self.state, State::Opening) {
            State::SigningIn(sign_in) => sign_in.before,
            before => before,
        };
        self.state = State::SigningIn(Box::new(SignIn { way, app, stage, run: Run::default(), before }));
    }

    /// Whose sign-in is being repeated.
    pub(super) fn before(&self) -> Option<&Held> {
        let State::SigningIn(sign_in) = &self.state else { return None };
        match &sign_in.before {
            State::SignedIn(held) => Some(held),
            State::Opening | State::Shut(_) | State::SignedOut(_) | State::SigningIn(_) => None,
        }
    }

    /// Ends a sign-in; nothing of it is kept, and who was signed in before still is.
    pub(super) async fn cancel(&mut self, why: SignedOut) {
        if !matches!(self.state, State::SigningIn(_)) {
            return;
        }
        let State::SigningIn(sign_in) = std::mem::replace(&mut self.state, State::Opening) else { return };
        match &sign_in.stage {
            // The keyring's question may still be open: nobody waits for it, but what its answer leaves goes.
            Stage::Preparing(_) => self.leave_job(work::clean(self.parts.vault.clone(), None)),
            Stage::AtPage(_) => work::clean(self.parts.vault.clone(), None).await,
            Stage::Chain { id, cancelled } => {
                self.stop_job();
                cancelled.store(true, Ordering::SeqCst);
                work::clean(self.parts.vault.clone(), Some(*id)).await;
            }
        }
        self.back(sign_in.before, why);
    }

    pub(super) fn sign_in_failed(&mut self, error: &Error) {
        let State::SigningIn(sign_in) = std::mem::replace(&mut self.state, State::Opening) else { return };
        if error.remedy() == Remedy::StartAfresh {
            self.state = State::Shut(told(error));
            return;
        }
        let trouble = trouble(error);
        let why = match (sign_in.stage, &sign_in.before) {
            // Who asked is told, and whoever is signed in has no trouble.
            (Stage::Preparing(Goal::Page(reply)), State::SignedIn(_)) => {
                answer(reply, Err(trouble));
                SignedOut::Cancelled
            }
            (Stage::Preparing(Goal::Page(reply)), _) => {
                answer(reply, Err(trouble.clone()));
                SignedOut::Failed { trouble }
            }
            (Stage::Preparing(Goal::Chain(_)) | Stage::AtPage(_) | Stage::Chain { .. }, _) => {
                SignedOut::Failed { trouble }
            }
        };
        self.back(sign_in.before, why);
    }

    fn back(&mut self, before: State, why: SignedOut) {
        self.state = match before {
            State::SignedIn(held) => State::SignedIn(resumed(held, why)),
            State::Opening | State::Shut(_) | State::SignedOut(_) | State::SigningIn(_) => State::SignedOut(why),
        };
    }

    /// The app of the last sign-in comes back as a suggestion. One with a secret does not: settings hold none, and without
    /// it the suggestion would lead through Microsoft's page into a refusal.
    async fn remember(&mut self, app: &AzureApp) {
        self.known = Some(app.clone());
        let settings = Settings { app: self.known.clone().filter(|app| app.secret.is_none()) };
        if let Err(error) = settings.write(&self.parts.places).await {
            tracing::warn!(%error, "the app is not remembered");
        }
    }
}

/// Whoever was signed in before still is, and still renews: what went wrong is told, and nothing else changes.
fn resumed(mut held: Box<Held>, why: SignedOut) -> Box<Held> {
    if let SignedOut::Failed { trouble } = why {
        held.renewal = match held.renewal {
            Renewal::Fresh { renews_at: tries_at } | Renewal::Stale { tries_at, .. } => {
                Renewal::Stale { trouble, tries_at }
            }
            Renewal::NeedsSignIn { .. } => Renewal::NeedsSignIn { trouble },
            Renewal::Renewing => Renewal::Renewing,
        };
    }
    held
}

/// What went wrong with a sign-in: there is nothing to renew or to open yet, so trying again means signing in again.
fn trouble(error: &Error) -> Trouble {
    let mut trouble = told(error);
    let again = |button: &&mut Button| matches!(button.act, Act::Renew | Act::Retry | Act::Unlock);
    if let Some(button) = trouble.button.as_mut().filter(again) {
        *button = Button { act: Act::SignIn, label: "Try again".into(), link: None };
    }
    trouble
}
