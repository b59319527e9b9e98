//! The task that owns the accounts: one request, one report or one tick at a time, then one status.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use super::{
    Parts, Reply, Request,
    jobs::{Came, Job, Jobs, Number},
    renewing,
    state::{Held, Open, State, Whose},
    work::{self, Outcome, Report},
};
use crate::{
    account::AccountId,
    azure_app::AzureApp,
    chain::Progress,
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Asked,
    random,
    schedule::Chance,
    settings::Settings,
    status::{AccountLine, SignedOut, Status},
    trouble::Trouble,
};

/// The longest sleep: deadlines are by the wall clock, and timers stand still while the computer sleeps.
pub(super) const STEP: Duration = Duration::from_secs(15);

pub(super) struct Task<I, C> {
    pub(super) parts: Arc<Parts<I, C>>,
    pub(super) publish: Publish,
    pub(super) state: State,
    /// The vault's opening, while it goes on.
    pub(super) opening: Option<Job>,
    /// The app of the last sign-in or import.
    pub(super) known: Option<AzureApp>,
    pub(super) jobs: Jobs,
    /// What the clocks showed at the last tick.
    pub(super) ticked: Clocks,
    /// Whether this computer's clock was set, and no answer has told its error since.
    pub(super) unmeasured: bool,
    /// When it was last measured for that reason, by the clock that nobody sets.
    pub(super) measured_at: Option<Duration>,
}

/// Where a status goes out.
pub(super) struct Publish {
    pub(super) status: watch::Sender<Status>,
    pub(super) accounts: watch::Sender<Vec<AccountLine>>,
}

/// This computer's clock, and the one that nobody sets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clocks {
    pub(super) shown: Timestamp,
    pub(super) elapsed: Duration,
}

impl Clocks {
    pub(super) fn of(clock: &impl Clock) -> Clocks {
        Clocks { shown: clock.now(), elapsed: clock.elapsed() }
    }
}

enum Next {
    Request(Option<Request>),
    Came(Came),
    Tick,
}

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn new(parts: Arc<Parts<I, C>>, publish: Publish) -> Task<I, C> {
        let known = Settings::read(&parts.places).last_app().cloned();
        let ticked = Clocks::of(&parts.clock);
        let (state, jobs) = (State::Opening, Jobs::new());
        Task { parts, publish, state, opening: None, known, jobs, ticked, unmeasured: false, measured_at: None }
    }

    pub(super) async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        self.open(Asked::Unasked);
        loop {
            match self.next(&mut requests).await {
                Next::Request(Some(request)) => self.request(request).await,
                Next::Request(None) => return,
                Next::Came(Came::Report(number, report)) => self.report(number, report),
                Next::Came(Came::Outcome(number, outcome)) => self.outcome(number, *outcome).await,
                Next::Came(Came::Nothing) => {}
                Next::Tick => self.tick(),
            }
            publish(&self.publish.status, self.state.status());
            publish(&self.publish.accounts, self.state.lines());
        }
    }

    async fn next(&mut self, requests: &mut mpsc::Receiver<Request>) -> Next {
        let (idle, until_due) = (self.jobs.is_idle(), self.until_due().min(STEP));
        let sleep = async {
            if idle {
                self.parts.clock.sleep(until_due).await;
            } else {
                // While something goes on it is enough to look now and then.
                tokio::time::sleep(STEP).await;
            }
        };
        tokio::select! {
            biased;
            came = self.jobs.next() => Next::Came(came),
            request = requests.recv() => Next::Request(request),
            () = sleep => Next::Tick,
        }
    }

    async fn request(&mut self, request: Request) {
        if request.is_a_persons()
            && let Some(open) = self.state.open_mut()
        {
            open.failed = None;
        }
        match request {
            Request::SignIn { through, who, reply } => self.sign_in(through, who, reply),
            Request::Navigated => self.navigated(),
            Request::Redirected(said) => self.redirected(said).await,
            Request::Import { brought, reply } => self.import(brought, reply).await,
            Request::Cancel => self.cancel(SignedOut::Cancelled).await,
            Request::Show(id) => self.show(id),
            Request::Renew => self.renew_shown(Asked::Unasked),
            Request::HandOut(reply) => self.hand_out(reply),
            Request::SignOut(reply) => self.sign_out(reply).await,
            Request::Unlock => self.unlock(),
            Request::StartAfresh(reply) => self.start_afresh(reply).await,
        }
    }

    fn report(&mut self, number: Number, report: Report) {
        let Some(whose) = self.state.whose(number) else { return };
        match (report, whose) {
            (Report::Progress(progress), Whose::SignIn(sign_in)) => note(&mut sign_in.run, progress),
            (Report::Progress(progress), Whose::Account(held)) => note(&mut held.run, progress),
            (Report::Saved(_), Whose::SignIn(_)) => {}
            (Report::Saved(account), Whose::Account(held)) => {
                held.account = *account;
                // A renewed Spartan token is handed out before the clearance is in.
                renewing::answer_enough(held, self.parts.clock.now());
            }
        }
    }

    async fn outcome(&mut self, number: Number, outcome: Outcome) {
        match outcome {
            Outcome::Opened(result) if self.opening.as_ref().is_some_and(|job| job.number == number) => {
                self.opening = None;
                self.opened(result);
            }
            Outcome::Opened(_) => {}
            Outcome::Prepared(result) => match self.state.whose(number) {
                Some(Whose::SignIn(_)) => self.prepared(result).await,
                _ => self.clean_up(),
            },
            Outcome::SignedIn(result) => {
                if let Some(Whose::SignIn(_)) = self.state.whose(number) {
                    self.signed_in(result);
                }
            }
            Outcome::Renewed(id, result) => {
                if let Some(Whose::Account(_)) = self.state.whose(number) {
                    self.renewed(id, result);
                }
            }
            Outcome::Tried(id, leg, connected) => {
                if let Some(Whose::Account(_)) = self.state.whose(number) {
                    self.tried(id, leg, connected);
                }
            }
        }
    }

    fn show(&mut self, id: AccountId) {
        if let Some(open) = self.state.open_mut().filter(|open| open.account(id).is_some()) {
            open.shown = Some(id);
        }
    }

    async fn sign_out(&mut self, reply: Reply<()>) {
        let shown = self.state.open().filter(|open| open.sign_in.is_none()).and_then(Open::shown);
        let Some(held) = shown else { return answer(reply, Err(self.not_open())) };
        let (account, why) = (held.account.clone(), held.signed_out(self.parts.clock.now()));
        // Its renewal must not bring it back, and if it stays after all, it starts anew.
        self.replace(self.restored(account.clone()));
        let result = work::sign_out(&self.parts.vault, account.id).await;
        match &result {
            Ok(()) => self.gone(account.id, why),
            Err(error) => tracing::warn!(%error, "signing out did not delete"),
        }
        answer(reply, result.map_err(|error| told(&error)));
    }

    /// Puts an account in its place; whoever waited for its token gets what there is.
    pub(super) fn replace(&mut self, held: Held) {
        let now = self.parts.clock.now();
        let Some(open) = self.state.open_mut() else { return };
        let id = held.account.id;
        let waiting = open.put(held);
        if let Some(held) = open.account(id) {
            renewing::answer_all(waiting, held, now, None);
        }
    }

    /// Takes an account out that is not in the vault any more.
    pub(super) fn gone(&mut self, id: AccountId, why: SignedOut) {
        let Some(open) = self.state.open_mut() else { return };
        let waiting = open.remove(id);
        open.why = why;
        for reply in waiting {
            answer(reply, Err(self.not_open()));
        }
    }

    /// Why nobody can be told anything of an account.
    pub(super) fn not_open(&self) -> Trouble {
        match &self.state {
            State::Shut(trouble) => trouble.clone(),
            State::Opening | State::Open(_) => told(&Error::new(Step::Vault, Cause::NotSignedIn)),
        }
    }
}

fn publish<T: PartialEq>(to: &watch::Sender<T>, new: T) {
    to.send_if_modified(|last| {
        let changed = *last != new;
        *last = new;
        changed
    });
}

fn note(run: &mut crate::run::Run, progress: Progress) {
    match progress {
        Progress::Began(leg) => run.began(leg),
        Progress::Ended(leg, time) => run.ended(leg, u64::try_from(time.as_millis()).unwrap_or(u64::MAX)),
        Progress::Failed(leg) => run.failed(leg),
    }
}

pub(super) fn chance() -> Chance {
    Chance::new(u32::from_ne_bytes(random::bytes()))
}

pub(super) fn told(error: &Error) -> Trouble {
    let trouble = Trouble::from(error);
    // The details, not the sentence: that one may name a person.
    tracing::info!(details = trouble.details, "trouble");
    trouble
}

pub(super) fn answer<T>(reply: Reply<T>, result: Result<T, Trouble>) {
    // Who asked may have gone; the status says the same.
    let _ = reply.send(result);
}
