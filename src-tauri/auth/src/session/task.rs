//! The task that owns the accounts: one request, one report or one tick at a time, then one status.

use std::{sync::Arc, time::Duration};

use tokio::sync::{broadcast, mpsc, watch};

use super::{
    Parts, SignInEnd,
    adopt::Asker,
    handing_out,
    jobs::{Came, Job, Jobs, Number},
    kept::Keeping,
    pace::Pace,
    request::{Reply, Request},
    sign_in::Stage,
    state::{Held, State, Whose},
    work::{Outcome, Report},
};
use crate::{
    account::{AccountId, Contents},
    azure_app::AzureApp,
    chain::Progress,
    clock::{Clock, Moment},
    error::{Cause, Error, Step},
    issuer::Issuer,
    keep::Told,
    keyring::Interaction,
    random,
    schedule::Chance,
    settings::Settings,
    status::{AccountLine, SignedOut, Status},
    token_file::TokenFile,
};

/// The longest sleep: deadlines are by the wall clock, and timers stand still while the computer sleeps.
pub(super) const STEP: Duration = Duration::from_secs(15);

pub(super) struct Task<I, C> {
    pub(super) parts: Arc<Parts<I, C>>,
    pub(super) publish: Publish,
    /// The one account that renews by itself; `None` is every one.
    pub(super) only: Option<AccountId>,
    pub(super) state: State,
    /// The vault's opening, while it goes on.
    pub(super) opening: Option<Job>,
    /// The vault's contents, while some of them couldn't be adopted.
    pub(super) unadopted: Option<Contents>,
    /// The requests that wait until another program's write is read.
    pub(super) askers: Vec<Asker>,
    /// The app of the last sign-in or import.
    pub(super) known: Option<AzureApp>,
    pub(super) jobs: Jobs,
    /// How the last sign-in ended, until that's published.
    pub(super) ended: Option<SignInEnd>,
    pub(super) keeping: Keeping,
    pub(super) pace: Pace,
    /// What the clocks showed at the last tick.
    pub(super) ticked: Moment,
    /// Whether this computer's clock was set, and no answer has told its error since.
    pub(super) unmeasured: bool,
    /// When it was last measured for that reason, by the clock that nobody sets.
    pub(super) measured_at: Option<Duration>,
    /// Whether anybody can see how a sign-in goes.
    pub(super) watched: watch::Receiver<bool>,
}

/// Where a status goes out.
pub(super) struct Publish {
    pub(super) status: watch::Sender<Status>,
    pub(super) accounts: watch::Sender<Vec<AccountLine>>,
    pub(super) written: broadcast::Sender<TokenFile>,
    pub(super) ends: broadcast::Sender<SignInEnd>,
}

enum Next {
    Request(Option<Request>),
    Came(Came),
    Tick,
}

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn new(
        parts: Arc<Parts<I, C>>,
        publish: Publish,
        only: Option<AccountId>,
        watched: watch::Receiver<bool>,
    ) -> Task<I, C> {
        let known = Settings::read(&parts.places).last_app().cloned();
        let ticked = parts.clock.moment();
        let (state, jobs, keeping) = (State::Opening(Interaction::Forbidden), Jobs::new(), Keeping::default());
        Task {
            parts,
            publish,
            only,
            state,
            opening: None,
            unadopted: None,
            askers: Vec::new(),
            known,
            jobs,
            ended: None,
            keeping,
            pace: Pace::default(),
            ticked,
            unmeasured: false,
            measured_at: None,
            watched,
        }
    }

    pub(super) async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        self.open(Interaction::Forbidden);
        loop {
            match self.next(&mut requests).await {
                Next::Request(Some(request)) => {
                    self.adopt();
                    self.request(request).await;
                }
                Next::Request(None) => return,
                Next::Came(Came::Report(number, report)) => self.report(number, report),
                Next::Came(Came::Outcome(number, outcome)) => self.outcome(number, *outcome).await,
                Next::Came(Came::Nothing) => {}
                Next::Tick => self.tick(),
            }
            self.adopt();
            publish(&self.publish.status, self.state.status(self.parts.clock.moment()));
            publish(&self.publish.accounts, self.state.lines());
            if let Some(end) = self.ended.take() {
                // After the status, so that listeners find it there; there may be none.
                let _ = self.publish.ends.send(end);
            }
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
            open.other = None;
        }
        match request {
            Request::SignIn(wish, reply) => self.sign_in(wish, reply),
            Request::AnotherWay(way, reply) => self.another_way(way, reply),
            Request::Import(brought, kept, reply) => self.import(brought, kept, reply).await,
            Request::AtPage(seen) => self.at_page(seen).await,
            Request::Paste(text, reply) => self.paste(text, reply).await,
            Request::Link(reply) => self.link(reply),
            Request::Cancel(reply) => {
                let is_under_way = self.sign_in_mut().is_some();
                self.cancel(SignedOut::Cancelled).await;
                // The caller may be gone.
                let _ = reply.send(is_under_way);
            }
            Request::Show(id) => self.show(id),
            Request::Renew(reply) => self.renew_on_request(Interaction::Forbidden, reply),
            Request::HandOut(format, reply) => self.look_and_hand_out(format, reply),
            Request::Unlock => self.unlock(),
            Request::StartAfresh(reply) => self.start_afresh(reply).await,
            Request::SignOut(reply) => self.sign_out(reply).await,
            Request::SignOutAll(reply) => self.sign_out_all(reply).await,
            Request::AddOther(reply) => self.add_other(reply).await,
            Request::Rename(id, name, reply) => self.rename(id, &name, reply).await,
            Request::Move(id, place, reply) => self.move_to(id, place, reply).await,
            Request::Apps(reply) => self.apps(reply),
            Request::EditApp(app, secret, reply) => self.edit_app(*app, secret, reply).await,
            Request::ForgetApp(client_id, reply) => self.forget_app(client_id, reply).await,
        }
    }

    pub(super) fn report(&mut self, number: Number, report: Report) {
        let Some(whose) = self.state.whose(number) else { return };
        match (report, whose) {
            (Report::Chain(Told::Progress(progress)), Whose::SignIn(sign_in)) => note(&mut sign_in.run, progress),
            (Report::Chain(Told::Progress(progress)), Whose::Account(held)) => note(&mut held.run, progress),
            (Report::Code(code), Whose::SignIn(sign_in)) => sign_in.stage = Stage::Phone(Some(*code)),
            (Report::Chain(Told::Saved(_)), Whose::SignIn(_)) | (Report::Code(_), Whose::Account(_)) => {}
            (Report::Chain(Told::Saved(account)), Whose::Account(held)) => {
                let mut account = *account;
                account.stay(&held.account);
                held.account = account;
                // A renewed Spartan token is handed out before the clearance is in.
                handing_out::answer_ready(held, self.parts.clock.moment());
            }
        }
    }

    async fn outcome(&mut self, number: Number, outcome: Outcome) {
        match outcome {
            Outcome::Opened(result) if self.opening.as_ref().is_some_and(|job| job.number == number) => {
                self.opening = None;
                self.opened(result);
                self.answer_askers();
            }
            Outcome::Opened(_) => {}
            Outcome::Prepared(result) => match self.state.whose(number) {
                Some(Whose::SignIn(_)) => self.prepared(result).await,
                _ => self.clean_up(),
            },
            Outcome::Arrived(arrival) => {
                if let Some(Whose::SignIn(_)) = self.state.whose(number) {
                    self.arrived(arrival).await;
                }
            }
            Outcome::Granted(result) => {
                if let Some(Whose::SignIn(_)) = self.state.whose(number) {
                    self.granted(result).await;
                }
            }
            Outcome::SignedIn(result) => {
                if let Some(Whose::SignIn(_)) = self.state.whose(number) {
                    self.signed_in(result);
                }
            }
            Outcome::Renewed(result) => {
                // Its account may have another id by now.
                let id = match self.state.whose(number) {
                    Some(Whose::Account(held)) => held.account.id,
                    Some(Whose::SignIn(_)) | None => return,
                };
                self.renewed(id, *result);
            }
            Outcome::FilesKept(came) => self.files_kept(came),
            Outcome::Tried(id, leg, connected) => {
                if let Some(Whose::Account(_)) = self.state.whose(number) {
                    self.tried(id, leg, connected);
                }
            }
        }
    }

    /// Puts an account in its place; whoever waited for its token gets what there is.
    pub(super) fn replace(&mut self, held: Held) {
        let now = self.parts.clock.moment();
        let Some(open) = self.state.open_mut() else { return };
        let id = held.account.id;
        let waiting = open.put(held);
        if let Some(held) = open.account(id) {
            handing_out::answer_all(waiting, held, now, None);
        }
    }

    /// Takes an account out that is not in the vault any more.
    pub(super) fn gone(&mut self, id: AccountId, why: SignedOut) {
        let Some(open) = self.state.open_mut() else { return };
        let waiting = open.remove(id);
        open.why = why;
        for waiting in waiting {
            answer(waiting.reply, Err(self.not_open()));
        }
    }

    /// Why nobody can be told anything of an account.
    pub(super) fn not_open(&self) -> Error {
        self.state.shut().cloned().unwrap_or_else(|| told(Error::new(Step::Vault, Cause::NotSignedIn)))
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

/// Logs an error that somebody is told.
pub(super) fn told(error: Error) -> Error {
    tracing::info!(%error, trail = ?error.trail, "an error is told");
    error
}

pub(super) fn answer<T>(reply: Reply<T>, result: Result<T, Error>) {
    // Who asked may have gone; the status says the same.
    let _ = reply.send(result);
}
