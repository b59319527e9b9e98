//! Signing in: look first, then the page, then the chain; and the ways back.

use std::sync::atomic::Ordering;

use super::{
    Imported, Reply, SignInPage, Through, Wanted,
    jobs::Job,
    state::{Goal, Held, Open, SignIn, Stage, Who},
    task::{Task, answer, told},
    work::{self, Cancelled, Outcome, Ran, SigningIn},
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
    status::{SignedOut, Way},
    token::Tokens,
    trouble::{Act, Button, Trouble},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn sign_in(&mut self, through: Through, wanted: Wanted, reply: Reply<SignInPage>) {
        let known = match self.may_sign_in() {
            Ok(known) => known,
            Err(trouble) => return answer(reply, Err(trouble)),
        };
        let app = match through {
            Through::App(app) => Some(app),
            Through::Known => known,
        };
        let shown = self.state.open().and_then(|open| open.shown);
        let who = match (wanted, shown) {
            (Wanted::Shown, Some(id)) => Who::Again(id),
            (Wanted::Shown, None) | (Wanted::Another, _) => Who::Anybody,
        };
        match app {
            Some(app) => self.prepare(Way::Window, app, who, Goal::Page(reply)),
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
                self.prepare(Way::Import, brought.app, Who::Anybody, Goal::Chain(refresh));
                answer(reply, Ok(Imported::SigningIn));
            }
            None => answer(reply, Ok(Imported::App(brought.app))),
        }
    }

    /// The app that is meant where none is named; or why nobody can sign in now.
    fn may_sign_in(&self) -> Result<Option<AzureApp>, Trouble> {
        match self.state.open() {
            None => Err(self.not_open()),
            Some(Open { sign_in: Some(_), .. }) => Err(told(&Error::new(Step::Page, Cause::Busy))),
            Some(open) => Ok(open.shown().map(|held| held.account.app.clone()).or_else(|| self.known.clone())),
        }
    }

    /// Looks first whether what comes can be kept: a refresh token that was used and not kept is lost.
    fn prepare(&mut self, way: Way, app: AzureApp, who: Who, goal: Goal) {
        self.known = Some(app.clone());
        let Some(open) = self.state.open_mut() else { return };
        let (parts, platform) = (self.parts.clone(), app.platform);
        let job = self.jobs.begin(async move |_| Outcome::Prepared(work::prepare(&parts, platform).await));
        let (stage, run) = (Stage::Preparing(goal), Run::default());
        open.failed = None;
        open.sign_in = Some(Box::new(SignIn { way, app, who, stage, run, job: Some(job) }));
    }

    pub(super) async fn prepared(&mut self, result: Result<(), Error>) {
        if let Err(error) = result {
            work::clean(self.parts.vault.clone(), None).await;
            return self.sign_in_failed(&error);
        }
        let Some(sign_in) = self.sign_in_mut() else { return };
        sign_in.job = None;
        let pending = Pending::random();
        let (app, state) = (sign_in.app.clone(), pending.state.clone());
        match std::mem::replace(&mut sign_in.stage, Stage::AtPage(pending.clone())) {
            Stage::Preparing(Goal::Page(reply)) => {
                let url = self.parts.issuer.authorize_url(&app, &pending);
                answer(reply, Ok(SignInPage { url, redirect_uri: app.redirect_uri, state }));
            }
            Stage::Preparing(Goal::Chain(refresh)) => self.run_chain(Start::Refresh, Tokens::from_refresh(refresh)),
            Stage::AtPage(_) | Stage::Chain { .. } => {}
        }
    }

    pub(super) fn navigated(&self) {
        let sign_in = self.state.open().and_then(|open| open.sign_in.as_deref());
        if let Some(sign_in) = sign_in.filter(|sign_in| matches!(sign_in.stage, Stage::AtPage(_))) {
            work::keep_open(&self.parts, sign_in.app.platform);
        }
    }

    pub(super) async fn redirected(&mut self, said: Redirect) {
        let Some(sign_in) = self.sign_in_mut() else { return };
        let Stage::AtPage(pending) = &sign_in.stage else { return };
        match said {
            Redirect::NotOurs => {}
            Redirect::Code(code) => {
                let start = Start::Code { code, verifier: pending.verifier.clone() };
                let app = sign_in.app.clone();
                work::keep_open_beyond(&self.parts, app.platform);
                self.remember(&app).await;
                self.run_chain(start, Tokens::default());
            }
            Redirect::Ended(Error { cause: Cause::Cancelled, .. }) => self.cancel(SignedOut::Cancelled).await,
            Redirect::Ended(error) => self.cancel(SignedOut::Failed { trouble: trouble(&error) }).await,
        }
    }

    fn run_chain(&mut self, start: Start, tokens: Tokens) {
        let (id, cancelled) = (AccountId(uuid::Uuid::from_bytes(random::bytes())), Cancelled::default());
        let Some(open) = self.state.open_mut() else { return };
        let Some(mut sign_in) = open.sign_in.take() else { return };
        let expected = match sign_in.who {
            Who::Again(id) => open.account(id).map(|held| held.account.clone()),
            Who::Anybody => None,
        };
        let (parts, app) = (self.parts.clone(), sign_in.app.clone());
        let signing_in = SigningIn { id, app, start, tokens, expected, cancelled: cancelled.clone() };
        let work = async move |reports| Outcome::SignedIn(work::sign_in(&parts, signing_in, reports).await);
        sign_in.job = Some(self.jobs.begin(work));
        sign_in.stage = Stage::Chain { id, cancelled };
        open.sign_in = Some(sign_in);
    }

    pub(super) fn signed_in(&mut self, result: Result<Ran, Error>) {
        let ran = match result {
            Ok(ran) => ran,
            Err(error) => return self.sign_in_failed(&error),
        };
        self.known = Some(ran.account.app.clone());
        let Some(mut sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take()) else { return };
        sign_in.run.over();
        let id = ran.account.id;
        self.replace(Held { run: sign_in.run, ..self.held(ran, 0) });
        if let Some(open) = self.state.open_mut() {
            open.shown = Some(id);
        }
    }

    fn sign_in_mut(&mut self) -> Option<&mut SignIn> {
        self.state.open_mut().and_then(|open| open.sign_in.as_deref_mut())
    }

    /// Ends a sign-in; nothing of it is kept, and who was signed in before still is.
    pub(super) async fn cancel(&mut self, why: SignedOut) {
        let Some(sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take()) else { return };
        match sign_in.stage {
            // The keyring's question may still be open: nobody waits for it, but what its answer leaves goes.
            Stage::Preparing(_) => {}
            Stage::AtPage(_) => work::clean(self.parts.vault.clone(), None).await,
            Stage::Chain { id, cancelled } => {
                sign_in.job.into_iter().for_each(Job::stop);
                cancelled.store(true, Ordering::SeqCst);
                work::clean(self.parts.vault.clone(), Some(id)).await;
            }
        }
        self.back(why);
    }

    /// Clears away what a preparation left that nobody waited for any more; another sign-in may need it by now.
    pub(super) fn clean_up(&self) {
        if self.state.open().is_some_and(|open| open.sign_in.is_some()) {
            return;
        }
        tokio::spawn(work::clean(self.parts.vault.clone(), None));
    }

    fn sign_in_failed(&mut self, error: &Error) {
        let Some(open) = self.state.open_mut() else { return };
        let Some(sign_in) = open.sign_in.take() else { return };
        if error.remedy() == Remedy::StartAfresh {
            return self.shut(error);
        }
        let trouble = trouble(error);
        let why = match (sign_in.stage, open.shown) {
            // Who asked is told, and whoever is signed in has no trouble.
            (Stage::Preparing(Goal::Page(reply)), Some(_)) => {
                answer(reply, Err(trouble));
                SignedOut::Cancelled
            }
            (Stage::Preparing(Goal::Page(reply)), None) => {
                answer(reply, Err(trouble.clone()));
                SignedOut::Failed { trouble }
            }
            (Stage::Preparing(Goal::Chain(_)) | Stage::AtPage(_) | Stage::Chain { .. }, _) => {
                SignedOut::Failed { trouble }
            }
        };
        self.back(why);
    }

    /// Whoever was signed in before still is, and still renews: what went wrong is told, and nothing else changes.
    fn back(&mut self, why: SignedOut) {
        let Some(open) = self.state.open_mut() else { return };
        match (open.shown, why) {
            (Some(_), SignedOut::Failed { trouble }) => open.failed = Some(Box::new(trouble)),
            (Some(_), _) => {}
            (None, why) => open.why = why,
        }
    }

    /// The app of the last sign-in comes back as a suggestion. One with a secret does not: settings hold none, and without
    /// it the suggestion would lead through Microsoft's page into a refusal.
    async fn remember(&mut self, app: &AzureApp) {
        self.known = Some(app.clone());
        if let Err(error) = Settings::remember(&self.parts.places, app).await {
            tracing::warn!(%error, "the app is not remembered");
        }
    }
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
