//! Signing in: first a check, then a person, then the chain.

use std::time::Duration;

use spartan_auth::{
    azure_app::AzureApp,
    chain::Start,
    clock::Clock,
    import::ImportedCredentials,
    issuer::Issuer,
    leg::Leg,
    loopback::Ending,
    random,
    sign_in_method::{SignInMethod, methods},
    token::Tokens,
};
use spartan_vault::account::{Account, AccountId};

use super::{Task, chance};
use crate::{
    error::{Cause, Error, Step},
    renewal::commit::Commit,
    session::{
        changes::{
            Subject,
            change::{Change, Import, Other},
        },
        request::{
            answers::Imported,
            reply::{Reply, answer, told},
            sign_in_request::{NextStep, SignInRequest, Through, Wanted},
        },
        sign_in::{
            Goal, SignIn, Stage, Who,
            arriving::{self, SigningIn},
            end::SignInEnd,
            prepare, tell,
        },
        state::{due::after_run, held::Held, open::Open},
        work::{JobOutcome, Ready, SignedUp, job::Job, save},
    },
    settings::{Choices, Settings},
    status::Storage,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn sign_in(&mut self, request: SignInRequest, reply: Reply<NextStep>) {
        if let Err(error) = self.may_sign_in(request.storage) {
            return answer(reply, Err(error));
        }
        let shown = self.state.open().and_then(Open::usable);
        let of_shown = || shown.map(|held| held.account.next_app().clone());
        let app = match (request.through, request.who) {
            (Through::App(app), _) => Some(app),
            (Through::Known, Wanted::Shown) => of_shown().or_else(|| self.known.clone()),
            // The app may have been brought along a moment ago.
            (Through::Known, Wanted::Another) => self.known.clone().or_else(of_shown),
        };
        let Some(app) = app else { return answer(reply, Err(told(Error::new(Step::App, Cause::NoApp)))) };
        let again = shown.filter(|_| request.who == Wanted::Shown);
        let allowed = methods(&app);
        let usual = again.map(|held| held.account.method).filter(|method| allowed.contains(method));
        let method = request.method.or(usual).or(allowed.first().copied()).unwrap_or_default();
        if !allowed.contains(&method) {
            return answer(reply, Err(told(Error::new(Step::App, Cause::NotThisWay))));
        }
        let (who, storage) = match again {
            Some(held) => (Who::Again(held.account.id), held.storage),
            None => (Who::Anybody, request.storage),
        };
        self.prepare(SignIn::new(method, app, who, storage, Goal::Person(reply)));
    }

    /// Continues with another method, with nothing left of the first one.
    pub(super) fn another_way(&mut self, method: SignInMethod, reply: Reply<NextStep>) {
        if let Err(error) = self.may_ask() {
            return answer(reply, Err(error));
        }
        let Some(open) = self.state.open_mut() else { return answer(reply, Err(self.not_open())) };
        let is_open = |sign_in: &SignIn| !matches!(sign_in.stage, Stage::Chain { .. });
        match open.sign_in.take_if(|sign_in| is_open(sign_in)) {
            Some(mut before) if methods(&before.app).contains(&method) => {
                let next = SignIn::new(method, before.app.clone(), before.who, before.storage, Goal::Person(reply));
                before.stop();
                self.prepare(next);
            }
            before => {
                open.sign_in = before.or(open.sign_in.take());
                answer(reply, Err(told(Error::new(Step::App, Cause::NotThisWay))));
            }
        }
    }

    pub(super) fn import(&mut self, brought: ImportedCredentials, storage: Storage, reply: Reply<Imported>) {
        if let Err(error) = self.may_sign_in(storage) {
            return answer(reply, Err(error));
        }
        let app = brought.app;
        if let Some(refresh) = brought.refresh {
            self.prepare(SignIn::new(SignInMethod::Import, app, Who::Anybody, storage, Goal::Chain(refresh)));
            return answer(reply, Ok(Imported::SigningIn));
        }
        self.known = Some(app.clone());
        let imported = Imported::App(app.clone());
        match storage {
            Storage::Vault => {
                let import = Import { imported, reply };
                self.change(vec![Subject::App(app.client_id)], Change::RememberApp(Box::new(app), import));
            }
            Storage::Memory => answer(reply, Ok(imported)),
        }
    }

    /// Fails if nobody can sign in now.
    fn may_sign_in(&self, storage: Storage) -> Result<(), Error> {
        match self.state.open() {
            None => Err(self.not_open()),
            Some(Open { sign_in: Some(_), .. }) => Err(told(Error::new(Step::Page, Cause::Busy))),
            // Without a vault nothing can be saved; signing in for this session only needs none.
            Some(Open { shut: Some(error), .. }) if storage == Storage::Vault => Err(error.clone()),
            Some(_) => self.may_ask(),
        }
    }

    /// Fails if a service asked for a wait that isn't over.
    fn may_ask(&self) -> Result<(), Error> {
        let now = self.parts.clock.moment();
        let accounts = self.state.open().map_or(Ok(()), |open| open.may_ask(now));
        accounts.and_then(|()| self.pace.may_sign_in(now))
    }

    /// Checks first that what comes can be saved: a refresh token that was used and not saved is lost.
    fn prepare(&mut self, sign_in: SignIn) {
        self.known = Some(sign_in.app.clone());
        let Some(open) = self.state.open_mut() else { return };
        let parts = self.parts.clone();
        let (method, app, storage, commit) =
            (sign_in.method, sign_in.app.clone(), sign_in.storage, sign_in.preparing.clone());
        let job = self
            .jobs
            .begin(async move |_| JobOutcome::Prepared(prepare::prepare(&parts, method, &app, storage, commit).await));
        open.failed = None;
        open.other = None;
        open.sign_in = Some(Box::new(SignIn { job: Some(job), ..sign_in }));
    }

    pub(super) fn prepared(&mut self, result: Result<Ready, Error>) {
        let ready = match result {
            Ok(ready) => ready,
            Err(error) => return self.cannot_be_prepared(error),
        };
        let Some(sign_in) = self.sign_in_mut() else { return };
        sign_in.job = None;
        match std::mem::replace(&mut sign_in.stage, Stage::Phone(None)) {
            Stage::Preparing(Goal::Person(reply)) => self.open_way(ready, reply),
            Stage::Preparing(Goal::Chain(refresh)) => {
                let hold_back = self.pace.hold_back(self.parts.clock.moment());
                self.run_chain(Start::Refresh, None, Tokens::from_refresh(refresh), hold_back);
            }
            other @ (Stage::AtPage(_) | Stage::Phone(_) | Stage::Chain { .. } | Stage::Ending(_)) => {
                sign_in.stage = other;
            }
        }
    }

    /// Runs the chain after `hold_back`; `there` is the app as it was at Microsoft's page, if that differs.
    pub(super) fn run_chain(&mut self, start: Start, there: Option<AzureApp>, tokens: Tokens, hold_back: Duration) {
        let (id, commit) = (AccountId(uuid::Uuid::from_bytes(random::bytes())), Commit::default());
        let Some(open) = self.state.open_mut() else { return };
        let Some(mut sign_in) = open.sign_in.take() else { return };
        let expected = open.wanted(sign_in.who).map(|held| held.account.clone());
        let (parts, app, storage, method) = (self.parts.clone(), sign_in.app.clone(), sign_in.storage, sign_in.method);
        let there = there.unwrap_or_else(|| app.clone());
        let signing_in = SigningIn { id, app, there, method, start, tokens, expected, storage, commit: commit.clone() };
        let remembered = (storage == Storage::Vault).then(|| sign_in.app.clone());
        let work = async move |reports| {
            tokio::time::sleep(hold_back).await;
            let signed_in = arriving::sign_in(&parts, signing_in, reports).await;
            let was_refused = signed_in.as_ref().is_err_and(|error| error.step == Step::Leg(Leg::Microsoft));
            // One that Microsoft refused isn't suggested.
            if let Some(app) = remembered.filter(|_| !was_refused) {
                save::remember_app(parts.paths.clone(), app).await;
            }
            JobOutcome::SignedIn(signed_in, Settings::read_beside(&parts.paths).await.choices)
        };
        sign_in.job.replace(self.jobs.begin(work)).into_iter().for_each(Job::stop);
        sign_in.stage = Stage::Chain { id, commit };
        open.sign_in = Some(sign_in);
    }

    pub(super) fn signed_in(&mut self, result: Result<SignedUp, Error>, choices: &Choices) {
        let (ran, storage) = match result {
            Ok(SignedUp::As(ran, storage)) => (ran, storage),
            Ok(SignedUp::Other(account, error)) => {
                let storage = self.sign_in_mut().map_or(Storage::default(), |sign_in| sign_in.storage);
                self.sign_in_failed(error);
                let other = Some(Box::new(Other { account: *account, storage }));
                if let Some(open) = self.state.open_mut() {
                    open.other = other;
                }
                return;
            }
            Err(error) => return self.sign_in_failed(error),
        };
        self.known = Some(ran.account.app.clone());
        let Some(mut sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take()) else { return };
        sign_in.run.over();
        tell(sign_in.arrival, ending(&ran.account, choices));
        let id = ran.account.id;
        tracing::info!(method = ?sign_in.method, ?storage, "signed in");
        self.replace(Held { run: sign_in.run, storage, ..after_run(*ran, 0, self.parts.clock.moment(), chance()) });
        if let Some(open) = self.state.open_mut() {
            open.shown = Some(id);
        }
        let account = self.state.status(self.parts.clock.moment()).signed_in().cloned().map(Box::new);
        self.ended = account.map(|account| SignInEnd::SignedIn { account });
        self.write_token_files();
    }

    pub(super) fn sign_in_mut(&mut self) -> Option<&mut SignIn> {
        self.state.open_mut().and_then(|open| open.sign_in.as_deref_mut())
    }
}

/// Returns what the person's browser shows about an account that has signed in.
fn ending(account: &Account, choices: &Choices) -> Ending {
    match &account.person {
        Some(_) if choices.streaming => Ending::SignedIn { gamertag: None },
        Some(person) => Ending::SignedIn { gamertag: person.gamertag.clone() },
        // Without a name, it met a passing error, which the program's own window shows.
        None => Ending::GoesOn,
    }
}
