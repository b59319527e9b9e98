//! The task that owns the account: one request, one report or one tick at a time, then one status.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::{mpsc, watch},
    task::{JoinError, JoinHandle},
};

use super::{
    HandedOut, Parts, Reply, Request,
    network::Trial,
    renewing::Running,
    state::{Held, State},
    work::{self, Ran, Report},
};
use crate::{
    account::{Account, Contents},
    azure_app::AzureApp,
    chain::Progress,
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Asked,
    random,
    schedule::Chance,
    settings::Settings,
    status::{SignedOut, Status},
    trouble::Trouble,
};

/// The longest sleep: deadlines are by the wall clock, and timers stand still while the computer sleeps.
pub(super) const STEP: Duration = Duration::from_secs(15);

pub(super) struct Task<I, C> {
    pub(super) parts: Arc<Parts<I, C>>,
    pub(super) publish: watch::Sender<Status>,
    pub(super) state: State,
    /// The app of the last sign-in or import.
    pub(super) known: Option<AzureApp>,
    /// Work that goes on beside the loop, at most one piece.
    pub(super) job: Option<Job>,
    /// Who waits for a token that is being renewed.
    pub(super) waiting: Vec<Reply<HandedOut>>,
    /// A connection that is tried, while nothing can be reached.
    pub(super) trial: Option<Trial>,
    /// What the clocks showed at the last tick.
    pub(super) ticked: Clocks,
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

pub(super) struct Job {
    handle: JoinHandle<Outcome>,
    reports: mpsc::UnboundedReceiver<Report>,
}

pub(super) enum Outcome {
    Opened(Result<Contents, Error>),
    Prepared(Result<(), Error>),
    SignedIn(Result<Ran, Error>),
    Renewed(Result<Ran, Error>),
}

enum Next {
    Request(Option<Request>),
    Report(Report),
    Outcome(Box<Outcome>),
    /// Whether a connection could be made.
    Tried(bool),
    Tick,
}

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn new(parts: Arc<Parts<I, C>>, publish: watch::Sender<Status>) -> Task<I, C> {
        // Settings that cannot be read are told once the vault is open.
        let known = Settings::read(&parts.places).ok().and_then(|settings| settings.app);
        let ticked = Clocks::of(&parts.clock);
        let state = State::Opening;
        Task { parts, publish, state, known, job: None, waiting: Vec::new(), trial: None, ticked }
    }

    pub(super) async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        self.open(Asked::Unasked);
        loop {
            match self.next(&mut requests).await {
                Next::Request(Some(request)) => self.request(request).await,
                Next::Request(None) => return,
                Next::Report(report) => self.report(report),
                Next::Outcome(outcome) => self.outcome(*outcome).await,
                Next::Tried(connected) => self.tried(connected),
                Next::Tick => self.tick(),
            }
            let status = self.state.status();
            self.publish.send_if_modified(|last| {
                let changed = *last != status;
                *last = status;
                changed
            });
        }
    }

    async fn next(&mut self, requests: &mut mpsc::Receiver<Request>) -> Next {
        let sleep = self.parts.clock.sleep(self.until_due().min(STEP));
        let Some(job) = &mut self.job else {
            let trial = &mut self.trial;
            let tried = async {
                match trial {
                    Some(handle) => handle.await,
                    None => std::future::pending().await,
                }
            };
            let tried = tokio::select! {
                request = requests.recv() => return Next::Request(request),
                tried = tried => tried,
                () = sleep => return Next::Tick,
            };
            self.trial = None;
            return Next::Tried(matches!(tried, Ok(Ok(()))));
        };
        tokio::select! {
            biased;
            Some(report) = job.reports.recv() => Next::Report(report),
            outcome = &mut job.handle => {
                self.job = None;
                ended(outcome)
            }
            request = requests.recv() => Next::Request(request),
        }
    }

    async fn request(&mut self, request: Request) {
        match request {
            Request::SignIn { through, reply } => self.sign_in(through, reply),
            Request::Navigated => self.navigated(),
            Request::Redirected(said) => self.redirected(said).await,
            Request::Import { brought, reply } => self.import(brought, reply).await,
            Request::Cancel => self.cancel(SignedOut::Cancelled).await,
            Request::Renew => self.renew(Asked::Unasked),
            Request::HandOut(reply) => self.hand_out(reply),
            Request::SignOut(reply) => self.sign_out(reply).await,
            Request::Unlock => self.unlock(),
            Request::StartAfresh(reply) => self.start_afresh(reply).await,
        }
    }

    fn report(&mut self, report: Report) {
        let run = match &mut self.state {
            State::SigningIn(sign_in) => &mut sign_in.run,
            State::SignedIn(held) => &mut held.run,
            State::Opening | State::Shut(_) | State::SignedOut(_) => return,
        };
        match report {
            Report::Progress(Progress::Began(leg)) => run.began(leg),
            Report::Progress(Progress::Ended(leg, time)) => {
                run.ended(leg, u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
            }
            Report::Progress(Progress::Failed(leg)) => run.failed(leg),
            Report::Saved(account) => self.saved(*account),
        }
    }

    /// A renewed Spartan token is handed out before the clearance is in.
    fn saved(&mut self, account: Account) {
        if let State::SignedIn(held) = &mut self.state {
            held.account = account;
            self.answer_waiting(&Running::Still);
        }
    }

    async fn outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Opened(Ok(contents)) => {
                self.state = self.opened(contents);
                self.renew_if_due();
            }
            Outcome::Opened(Err(error)) => self.state = State::Shut(told(&error)),
            Outcome::Prepared(result) => self.prepared(result).await,
            Outcome::SignedIn(Ok(ran)) => {
                self.known = Some(ran.account.app.clone());
                let marks = self.marks();
                self.state = State::SignedIn(Box::new(Held { run: marks, ..*self.held(ran, 0) }));
            }
            Outcome::SignedIn(Err(error)) => self.sign_in_failed(&error),
            Outcome::Renewed(result) => self.renewed(result),
        }
    }

    fn opened(&mut self, contents: Contents) -> State {
        if let Some(account) = contents.accounts.into_iter().next() {
            self.known = Some(account.app.clone());
            return State::SignedIn(self.restored(account));
        }
        State::SignedOut(match Settings::read(&self.parts.places) {
            Ok(_) => SignedOut::Never,
            Err(error) => SignedOut::Failed { trouble: told(&error) },
        })
    }

    pub(super) fn open(&mut self, asked: Asked) {
        let parts = self.parts.clone();
        self.begin(|_| async move { Outcome::Opened(work::open(&parts, asked).await) });
    }

    fn unlock(&mut self) {
        match self.state {
            State::Shut(_) | State::SignedOut(_) => {
                self.stop_job();
                self.state = State::Opening;
                self.open(Asked::ByPerson);
            }
            State::SignedIn(_) => self.renew(Asked::ByPerson),
            State::Opening | State::SigningIn(_) => {}
        }
    }

    async fn start_afresh(&mut self, reply: Reply<()>) {
        let State::Shut(_) = self.state else { return answer(reply, Err(self.not_open())) };
        let result = self.parts.vault.start_afresh().await;
        match &result {
            Ok(Some(_)) => self.state = State::SignedOut(SignedOut::Never),
            // It opens after all: somebody has put a good one back.
            Ok(None) => self.unlock(),
            Err(error) => self.state = State::Shut(told(error)),
        }
        answer(reply, result.map(|_| ()).map_err(|error| told(&error)));
    }

    async fn sign_out(&mut self, reply: Reply<()>) {
        let State::SignedIn(held) = &self.state else { return answer(reply, Err(self.not_open())) };
        let gone = held.signed_out(self.parts.clock.now());
        self.stop_job();
        let result = work::sign_out(&self.parts.vault).await;
        match &result {
            Ok(()) => self.state = gone,
            Err(error) => self.back_to_fresh(error),
        }
        answer(reply, result.map_err(|error| told(&error)));
    }

    /// A sign-out that could not delete leaves everything as it was, but for a renewal that it stopped.
    fn back_to_fresh(&mut self, error: &Error) {
        tracing::warn!(%error, "signing out did not delete");
        if let State::SignedIn(held) = std::mem::replace(&mut self.state, State::Opening) {
            self.state = State::SignedIn(self.restored(held.account));
        }
    }

    pub(super) fn not_open(&self) -> Trouble {
        match &self.state {
            State::Shut(trouble) => trouble.clone(),
            State::Opening | State::SignedOut(_) | State::SigningIn(_) | State::SignedIn(_) => {
                told(&Error::new(Step::Vault, Cause::NotSignedIn))
            }
        }
    }

    pub(super) fn begin<F: Future<Output = Outcome> + Send + 'static>(
        &mut self,
        work: impl FnOnce(mpsc::UnboundedSender<Report>) -> F,
    ) {
        let (reports, received) = mpsc::unbounded_channel();
        self.job = Some(Job { handle: tokio::spawn(work(reports)), reports: received });
    }

    /// Lets work go on that nobody waits for any more, and does something when it is done.
    pub(super) fn leave_job(&mut self, then: impl Future<Output = ()> + Send + 'static) {
        let job = self.job.take();
        tokio::spawn(async move {
            if let Some(job) = job {
                // What it came to is nobody's business now.
                let _ = job.handle.await;
            }
            then.await;
        });
    }

    pub(super) fn stop_job(&mut self) {
        if let Some(job) = self.job.take() {
            job.handle.abort();
        }
        self.answer_waiting(&Running::Over(None));
    }
}

fn ended(outcome: Result<Outcome, JoinError>) -> Next {
    match outcome.map_err(JoinError::try_into_panic) {
        Ok(outcome) => Next::Outcome(Box::new(outcome)),
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // A job is taken out of the loop before it is aborted: only a runtime that is shutting down cancels.
        Err(Err(_)) => Next::Request(None),
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
