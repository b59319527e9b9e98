//! Signing in: look first, then the page, then the chain; and the ways back.

use std::sync::atomic::Ordering;

use super::{
    Reply, SignInPage, Through,
    state::{Held, SignIn, Stage, State},
    task::{Outcome, Task, answer, random, told},
    work::{self, Cancelled, SigningIn},
};
use crate::{
    account::AccountId,
    azure_app::AzureApp,
    chain::Start,
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Asked,
    oauth::Pending,
    redirect::Redirect,
    settings::Settings,
    status::{Renewal, Run, SignedOut, Way},
    token::Tokens,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn sign_in(&mut self, through: Through, reply: Reply<SignInPage>) {
        let own = match &self.state {
            State::SignedIn(held) => Some(held.account.app.clone()),
            State::Opening | State::Shut(_) => return answer(reply, Err(self.not_open())),
            State::SigningIn(_) => return answer(reply, Err(told(&Error::new(Step::Page, Cause::Cancelled)))),
            State::SignedOut(_) => None,
        };
        let app = match through {
            Through::App(app) => Some(app),
            Through::Known => own.or_else(|| self.known.clone()),
        };
        let Some(app) = app else {
            return answer(reply, Err(told(&Error::new(Step::App, Cause::NothingFound))));
        };
        self.stop_job();
        let (parts, platform) = (self.parts.clone(), app.platform);
        self.begin(|_| async move { Outcome::Prepared(work::prepare(&parts, platform).await) });
        self.enter(Way::Window, app, Stage::Preparing(reply));
    }

    pub(super) fn prepared(&mut self, result: Result<(), Error>) {
        let State::SigningIn(sign_in) = &mut self.state else { return };
        if let Err(error) = result {
            return self.sign_in_failed(&error);
        }
        let pending = Pending::new(random());
        let page = SignInPage {
            url: self.parts.issuer.authorize_url(&sign_in.app, &pending),
            redirect_uri: sign_in.app.redirect_uri.clone(),
            state: pending.state.clone(),
        };
        if let Stage::Preparing(reply) = std::mem::replace(&mut sign_in.stage, Stage::AtPage(pending)) {
            answer(reply, Ok(page));
        }
    }

    pub(super) async fn redirected(&mut self, said: Redirect) {
        let State::SigningIn(sign_in) = &self.state else { return };
        let Stage::AtPage(pending) = &sign_in.stage else { return };
        match said {
            Redirect::NotOurs => {}
            Redirect::Code(code) => {
                let start = Start::Code { code, verifier: pending.verifier.clone() };
                let (way, app) = (sign_in.way, sign_in.app.clone());
                self.remember(&app).await;
                self.run_chain(way, app, start, Tokens::default());
            }
            Redirect::Ended(Error { cause: Cause::Cancelled, .. }) => self.cancel(SignedOut::Cancelled).await,
            Redirect::Ended(error) => self.cancel(SignedOut::Failed { trouble: told(&error) }).await,
        }
    }

    pub(super) fn run_chain(&mut self, way: Way, app: AzureApp, start: Start, tokens: Tokens) {
        self.stop_job();
        let (id, cancelled) = (AccountId(uuid::Uuid::from_bytes(random())), Cancelled::default());
        self.enter(way, app.clone(), Stage::Chain { id, cancelled: cancelled.clone() });
        let expected = self.before().map(|held| held.account.clone());
        let signing_in = SigningIn { id, app, start, tokens, expected, cancelled };
        let parts = self.parts.clone();
        self.begin(|reports| async move { Outcome::SignedIn(work::sign_in(&parts, signing_in, reports).await) });
    }

    /// Goes to a stage of a sign-in, and remembers what was before the first one.
    pub(super) fn enter(&mut self, way: Way, app: AzureApp, stage: Stage) {
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
        self.stop_job();
        let State::SigningIn(sign_in) = std::mem::replace(&mut self.state, State::Opening) else { return };
        let mut kept = None;
        if let Stage::Chain { id, cancelled } = &sign_in.stage {
            cancelled.store(true, Ordering::SeqCst);
            kept = Some(*id);
        }
        let clean = self.parts.vault.change(Asked::Unasked, move |contents| {
            if let Some(id) = kept {
                contents.remove(id);
            }
        });
        if let Err(error) = clean.await {
            tracing::warn!(%error, "what a cancelled sign-in left could not be removed");
        }
        self.back(sign_in.before, why);
    }

    pub(super) fn sign_in_failed(&mut self, error: &Error) {
        let State::SigningIn(sign_in) = std::mem::replace(&mut self.state, State::Opening) else { return };
        let trouble = told(error);
        if let Stage::Preparing(reply) = sign_in.stage {
            answer(reply, Err(trouble.clone()));
        }
        self.back(sign_in.before, SignedOut::Failed { trouble });
    }

    pub(super) fn back(&mut self, before: State, why: SignedOut) {
        self.state = match (before, why) {
            (State::SignedIn(mut held), SignedOut::Failed { trouble }) => {
                held.renewal = Renewal::NeedsSignIn { trouble };
                State::SignedIn(held)
            }
            (State::SignedIn(held), _) => State::SignedIn(held),
            (_, why) => State::SignedOut(why),
        };
    }

    /// The app of the last sign-in comes back as a suggestion; its secret is the vault's business alone.
    pub(super) async fn remember(&mut self, app: &AzureApp) {
        self.known = Some(app.clone());
        let settings = Settings { app: self.known.clone() };
        if let Err(error) = settings.write(&self.parts.places).await {
            tracing::warn!(%error, "the app is not remembered");
        }
    }
}
