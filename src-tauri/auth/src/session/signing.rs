//! Signing in: look first, then a person, then the chain; and the ways back.

use std::time::Duration;

use super::{
    Imported, NextStep, SignInEnd, SignInRequest, Through, Wanted,
    arriving::{self, Ready, SignedUp, SigningIn},
    jobs::Job,
    request::Reply,
    sign_in::{Goal, SignIn, Stage, Who, tell},
    state::{Held, Open, Other},
    task::{Task, answer, told},
    work::{self, Outcome},
};
use crate::{
    account::{Account, AccountId},
    azure_app::AzureApp,
    chain::Start,
    clock::Clock,
    commit::Commit,
    error::{Cause, Error, Remedy, Step},
    import::ImportedCredentials,
    issuer::Issuer,
    loopback::Ending,
    random,
    settings::Settings,
    sign_in_method::{SignInMethod, ways},
    status::{SignedOut, Storage},
    token::Tokens,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn sign_in(&mut self, wish: SignInRequest, reply: Reply<NextStep>) {
        if let Err(error) = self.may_sign_in(wish.kept) {
            return answer(reply, Err(error));
        }
        let shown = self.state.open().and_then(Open::shown);
        let of_shown = || shown.map(|held| held.account.next_app().clone());
        let app = match (wish.through, wish.who) {
            (Through::App(app), _) => Some(app),
            (Through::Known, Wanted::Shown) => of_shown().or_else(|| self.known.clone()),
            // The app may have been brought along a moment ago.
            (Through::Known, Wanted::Another) => self.known.clone().or_else(of_shown),
        };
        let Some(app) = app else { return answer(reply, Err(told(Error::new(Step::App, Cause::NoApp)))) };
        let again = shown.filter(|_| wish.who == Wanted::Shown);
        let allowed = ways(&app);
        let usual = again.map(|held| held.account.way).filter(|way| allowed.contains(way));
        let way = wish.way.or(usual).or(allowed.first().copied()).unwrap_or_default();
        if !allowed.contains(&way) {
            return answer(reply, Err(told(Error::new(Step::App, Cause::NotThisWay))));
        }
        let (who, kept) = match again {
            Some(held) => (Who::Again(held.account.id), held.kept),
            None => (Who::Anybody, wish.kept),
        };
        self.prepare(SignIn::new(way, app, who, kept, Goal::Person(reply)));
    }

    /// Goes on another way, with nothing of the first one left.
    pub(super) fn another_way(&mut self, way: SignInMethod, reply: Reply<NextStep>) {
        let Some(open) = self.state.open_mut() else { return answer(reply, Err(self.not_open())) };
        let is_open = |sign_in: &SignIn| !matches!(sign_in.stage, Stage::Chain { .. });
        match open.sign_in.take_if(|sign_in| is_open(sign_in)) {
            Some(before) if ways(&before.app).contains(&way) => {
                let next = SignIn::new(way, before.app.clone(), before.who, before.kept, Goal::Person(reply));
                before.end();
                self.prepare(next);
            }
            before => {
                open.sign_in = before.or(open.sign_in.take());
                answer(reply, Err(told(Error::new(Step::App, Cause::NotThisWay))));
            }
        }
    }

    pub(super) async fn import(&mut self, brought: ImportedCredentials, kept: Storage, reply: Reply<Imported>) {
        if let Err(error) = self.may_sign_in(kept) {
            return answer(reply, Err(error));
        }
        self.remember(&brought.app, kept).await;
        match brought.refresh {
            Some(refresh) => {
                let goal = Goal::Chain(refresh);
                self.prepare(SignIn::new(SignInMethod::Import, brought.app, Who::Anybody, kept, goal));
                answer(reply, Ok(Imported::SigningIn));
            }
            None => answer(reply, Ok(Imported::App(brought.app))),
        }
    }

    /// Why nobody can sign in now.
    fn may_sign_in(&self, kept: Storage) -> Result<(), Error> {
        let now = self.parts.clock.moment();
        match self.state.open() {
            None => Err(self.not_open()),
            Some(Open { sign_in: Some(_), .. }) => Err(told(Error::new(Step::Page, Cause::Busy))),
            // Without a vault nothing can be kept; a session needs none.
            Some(Open { shut: Some(error), .. }) if kept == Storage::Vault => Err(error.clone()),
            Some(open) => open.may_ask(now).and_then(|()| self.pace.may_sign_in(now)),
        }
    }

    /// Looks first whether what comes can be kept: a refresh token that was used and not kept is lost.
    fn prepare(&mut self, sign_in: SignIn) {
        self.known = Some(sign_in.app.clone());
        let Some(open) = self.state.open_mut() else { return };
        let parts = self.parts.clone();
        let (way, app, kept, commit) = (sign_in.way, sign_in.app.clone(), sign_in.kept, sign_in.preparing.clone());
        let job =
            self.jobs.begin(async move |_| Outcome::Prepared(arriving::prepare(&parts, way, &app, kept, commit).await));
        open.failed = None;
        open.other = None;
        open.sign_in = Some(Box::new(SignIn { job: Some(job), ..sign_in }));
    }

    pub(super) async fn prepared(&mut self, result: Result<Ready, Error>) {
        let ready = match result {
            Ok(ready) => ready,
            Err(error) => {
                self.clean(None).await;
                return self.sign_in_failed(&error);
            }
        };
        let Some(sign_in) = self.sign_in_mut() else { return };
        sign_in.job = None;
        match std::mem::replace(&mut sign_in.stage, Stage::Phone(None)) {
            Stage::Preparing(Goal::Person(reply)) => self.open_way(ready, reply),
            Stage::Preparing(Goal::Chain(refresh)) => {
                let hold_back = self.pace.hold_back(self.parts.clock.moment());
                self.run_chain(Start::Refresh, None, Tokens::from_refresh(refresh), hold_back);
            }
            other @ (Stage::AtPage(_) | Stage::Phone(_) | Stage::Chain { .. }) => sign_in.stage = other,
        }
    }

    /// Runs the chain after `hold_back`; `there` is the app as it was at Microsoft's page, if that differs.
    pub(super) fn run_chain(&mut self, start: Start, there: Option<AzureApp>, tokens: Tokens, hold_back: Duration) {
        let (id, commit) = (AccountId(uuid::Uuid::from_bytes(random::bytes())), Commit::default());
        let Some(open) = self.state.open_mut() else { return };
        let Some(mut sign_in) = open.sign_in.take() else { return };
        let expected = open.wanted(sign_in.who).map(|held| held.account.clone());
        let (parts, app, kept, way) = (self.parts.clone(), sign_in.app.clone(), sign_in.kept, sign_in.way);
        let there = there.unwrap_or_else(|| app.clone());
        let signing_in = SigningIn { id, app, there, way, start, tokens, expected, kept, commit: commit.clone() };
        let work = async move |reports| {
            tokio::time::sleep(hold_back).await;
            Outcome::SignedIn(arriving::sign_in(&parts, signing_in, reports).await)
        };
        sign_in.job.replace(self.jobs.begin(work)).into_iter().for_each(Job::stop);
        sign_in.stage = Stage::Chain { id, commit };
        open.sign_in = Some(sign_in);
    }

    pub(super) fn signed_in(&mut self, result: Result<SignedUp, Error>) {
        let (ran, kept) = match result {
            Ok(SignedUp::As(ran, kept)) => (ran, kept),
            Ok(SignedUp::Other(account, error)) => {
                let kept = self.sign_in_mut().map_or(Storage::default(), |sign_in| sign_in.kept);
                self.sign_in_failed(&error);
                let other = Some(Box::new(Other { account: *account, kept }));
                if let Some(open) = self.state.open_mut() {
                    open.other = other;
                }
                return;
            }
            Err(error) => return self.sign_in_failed(&error),
        };
        self.known = Some(ran.account.app.clone());
        let Some(mut sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take()) else { return };
        sign_in.run.over();
        tell(sign_in.arrival, self.ending(&ran.account));
        let id = ran.account.id;
        tracing::info!(way = ?sign_in.way, ?kept, "signed in");
        self.replace(Held { run: sign_in.run, kept, ..self.held(*ran, 0) });
        if let Some(open) = self.state.open_mut() {
            open.shown = Some(id);
        }
        let account = self.state.status(self.parts.clock.moment()).signed_in().cloned().map(Box::new);
        self.ended = account.map(|account| SignInEnd::SignedIn { account });
        self.keep_files();
    }

    /// What the person's browser says of an account that has come.
    fn ending(&self, account: &Account) -> Ending {
        match &account.person {
            Some(_) if Settings::read(&self.parts.places).choices.streaming => Ending::SignedIn { gamertag: None },
            Some(person) => Ending::SignedIn { gamertag: person.gamertag.clone() },
            // Without a name it met a passing error, which the program's own window tells.
            None => Ending::GoesOn,
        }
    }

    pub(super) fn sign_in_mut(&mut self) -> Option<&mut SignIn> {
        self.state.open_mut().and_then(|open| open.sign_in.as_deref_mut())
    }

    /// Ends a sign-in, unless it has ended already; nothing is kept, and whoever was signed in before still is.
    pub(super) async fn cancel(&mut self, why: SignedOut) {
        let is_open = |sign_in: &mut Box<SignIn>| sign_in.may_be_cancelled();
        let Some(sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take_if(is_open)) else { return };
        self.ended = Some(match &why {
            SignedOut::Failed { problem } => SignInEnd::Failed { problem: Box::new(problem.clone()) },
            SignedOut::Never | SignedOut::Cancelled | SignedOut::ByPerson { .. } => SignInEnd::Cancelled,
        });
        let (kept, left) = match &sign_in.stage {
            // The keyring's question may still be open: nobody waits for it, but what its answer leaves goes.
            Stage::Preparing(_) => (Storage::Memory, None),
            Stage::AtPage(_) | Stage::Phone(_) => (sign_in.kept, None),
            Stage::Chain { id, .. } => (sign_in.kept, Some(*id)),
        };
        match sign_in.stage {
            // Its job goes on, so that what it comes to is cleared away.
            Stage::Preparing(_) => {}
            Stage::AtPage(_) | Stage::Phone(_) | Stage::Chain { .. } => sign_in.end(),
        }
        if kept == Storage::Vault {
            work::clean(self.parts.vault.clone(), left).await;
        }
        self.back(why);
    }

    /// Clears away what a preparation left that nobody waited for any more; another sign-in may need it by now.
    pub(super) fn clean_up(&self) {
        let needs_it = |open: &Open| open.sign_in.as_ref().is_some_and(|sign_in| sign_in.kept == Storage::Vault);
        if self.state.open().is_some_and(needs_it) {
            return;
        }
        tokio::spawn(work::clean(self.parts.vault.clone(), None));
    }

    async fn clean(&mut self, left: Option<AccountId>) {
        if self.sign_in_mut().is_some_and(|sign_in| sign_in.kept == Storage::Vault) {
            work::clean(self.parts.vault.clone(), left).await;
        }
    }

    pub(super) fn sign_in_failed(&mut self, error: &Error) {
        let Some(open) = self.state.open_mut() else { return };
        let Some(sign_in) = open.sign_in.take() else { return };
        let problem = told(error.clone().of_sign_in());
        self.pace.sign_in_failed(error, self.parts.clock.moment());
        tell(sign_in.arrival, Ending::Failed);
        self.ended = Some(SignInEnd::Failed { problem: Box::new(problem.clone()) });
        if error.remedy() == Remedy::StartAfresh {
            if let Stage::Preparing(Goal::Person(reply)) = sign_in.stage {
                answer(reply, Err(problem));
            }
            return self.shut(error);
        }
        let why = match (sign_in.stage, open.shown) {
            // Who asked is told, and whoever is signed in has no problem.
            (Stage::Preparing(Goal::Person(reply)), Some(_)) => {
                answer(reply, Err(problem));
                SignedOut::Cancelled
            }
            (Stage::Preparing(Goal::Person(reply)), None) => {
                answer(reply, Err(problem.clone()));
                SignedOut::Failed { problem }
            }
            (Stage::Preparing(Goal::Chain(_)) | Stage::AtPage(_) | Stage::Phone(_) | Stage::Chain { .. }, _) => {
                SignedOut::Failed { problem }
            }
        };
        self.back(why);
    }

    /// Whoever was signed in before still is, and still renews: what went wrong is told, and nothing else changes.
    fn back(&mut self, why: SignedOut) {
        let Some(open) = self.state.open_mut() else { return };
        match (open.shown, why) {
            (Some(_), SignedOut::Failed { problem }) => open.failed = Some(Box::new(problem)),
            (Some(_), _) => {}
            (None, why) => open.why = why,
        }
    }

    /// The app of the last sign-in comes back as a suggestion. One with a secret does not: settings hold none, and without
    /// it the suggestion would lead through Microsoft's page into a refusal. Neither does one for this session only.
    pub(super) async fn remember(&mut self, app: &AzureApp, kept: Storage) {
        self.known = Some(app.clone());
        if kept == Storage::Memory {
            return;
        }
        if let Err(error) = Settings::remember(&self.parts.places, app).await {
            tracing::warn!(%error, "the app is not remembered");
        }
    }
}
