//! The task that owns the accounts: one request, one report or one tick at a time, then one status.

mod accounts;
mod adopt;
mod apps;
mod changes;
mod ending;
mod gone;
mod handing_out;
mod network;
mod opening;
mod outcomes;
mod page;
mod phone;
mod renewing;
mod signing;
mod token_files;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use spartan_auth::{
    azure_app::AzureApp,
    clock::{Clock, Moment},
    issuer::Issuer,
    random,
    token::Validity,
};
use spartan_vault::{
    account::{AccountId, Contents},
    keyring::Interaction,
};
use tokio::sync::{mpsc, watch};

use super::{
    changes::{Queue, Subject, change::Change},
    pace::Pace,
    publish::Publish,
    request::{
        Request,
        answers::HandedOut,
        reply::{Reply, answer},
    },
    sign_in::end::SignInEnd,
    state::{State, due::STEP, handing_out::answer_all, held::Held},
    work::{
        job::Job,
        jobs::{Came, Jobs},
    },
    writing::Writing,
};
use crate::{error::Error, format::Format, parts::Parts, renewal::schedule::Chance, settings::Settings};

/// The task that owns the accounts.
pub(super) struct Task<I, C> {
    parts: Arc<Parts<I, C>>,
    publish: Publish,
    /// The only account that renews by itself; `None` means every account.
    only: Option<AccountId>,
    state: State,
    /// The job that opens or reads the vault.
    opening: Option<Job>,
    /// The vault's contents, while some of them couldn't be adopted.
    unadopted: Option<Contents>,
    /// The accounts of a vault that no longer opens, if they have or may get refresh tokens that it doesn't have.
    stranded: Vec<Held>,
    /// The requests that wait until the running read has shown what another program wrote.
    askers: Vec<Asker>,
    /// Those that were made during that read, and wait for the next one.
    next_askers: Vec<Asker>,
    /// The app of the last sign-in or import.
    known: Option<AzureApp>,
    jobs: Jobs,
    /// What is saved beside the loop.
    changes: Queue<Change>,
    /// The names of the accounts that another program signed out.
    elsewhere: BTreeMap<AccountId, Option<String>>,
    /// Why the last sign-out failed, since somebody began to wait for every change.
    failed_sign_out: Option<Error>,
    /// The requests that wait until nothing is left of a sign-in that has ended.
    deferred: Vec<Request>,
    /// How the last sign-in ended, until that's published.
    ended: Option<SignInEnd>,
    writing: Writing,
    pace: Pace,
    /// What the clocks showed at the last tick.
    ticked: Moment,
    /// Whether this computer's clock was set, and no answer has shown its error since.
    unmeasured: bool,
    /// When it was last measured for that reason, by the clock that can't be set.
    measured_at: Option<Duration>,
    /// Whether anybody can see a sign-in's progress.
    watched: watch::Receiver<bool>,
}

/// A request about an account that waits until another program's write has been read.
struct Asker {
    account: AccountId,
    query: Query,
}

enum Query {
    Tokens(Format, Reply<HandedOut>),
    /// A renewal, with the life of the Spartan token that it's to replace.
    Renewal(Option<Validity>, Reply<()>),
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
        let ticked = parts.clock.moment();
        let (state, jobs, writing) = (State::Opening(Interaction::Forbidden), Jobs::new(), Writing::default());
        Task {
            parts,
            publish,
            only,
            state,
            opening: None,
            unadopted: None,
            stranded: Vec::new(),
            askers: Vec::new(),
            next_askers: Vec::new(),
            known: None,
            jobs,
            changes: Queue::default(),
            elsewhere: BTreeMap::new(),
            failed_sign_out: None,
            deferred: Vec::new(),
            ended: None,
            writing,
            pace: Pace::default(),
            ticked,
            unmeasured: false,
            measured_at: None,
            watched,
        }
    }

    pub(super) async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        self.open(Interaction::Forbidden);
        self.known = Settings::read_beside(&self.parts.paths).await.last_app().cloned();
        loop {
            match self.next(&mut requests).await {
                Next::Request(Some(request)) => {
                    self.adopt();
                    self.request(request);
                }
                Next::Request(None) => return self.finish().await,
                Next::Came(Came::Report(number, report)) => self.report(number, report),
                Next::Came(Came::Outcome(number, outcome)) => self.outcome(number, *outcome),
                Next::Came(Came::Nothing) => {}
                Next::Tick => self.tick(),
            }
            self.adopt();
            self.publish();
        }
    }

    /// Finishes what was requested and must not be left half done.
    async fn finish(mut self) {
        while !self.changes.is_empty() || self.is_ending() {
            if let Came::Outcome(number, outcome) = self.jobs.next().await {
                self.outcome(number, *outcome);
            }
        }
    }

    fn publish(&mut self) {
        self.publish.all(&self.state, self.parts.clock.moment(), self.ended.take());
    }

    async fn next(&mut self, requests: &mut mpsc::Receiver<Request>) -> Next {
        // Counted from the last tick: requests in quick succession must not put the next one off.
        let since_tick = self.parts.clock.elapsed().saturating_sub(self.ticked.elapsed);
        let until_step = STEP.saturating_sub(since_tick);
        let (idle, until_due) = (self.jobs.is_idle(), self.until_due().min(until_step));
        let sleep = async {
            if idle {
                self.parts.clock.sleep(until_due).await;
            } else {
                // While a job is running, an occasional look is enough.
                tokio::time::sleep(until_step).await;
            }
        };
        tokio::select! {
            biased;
            came = self.jobs.next() => Next::Came(came),
            request = requests.recv() => Next::Request(request),
            () = sleep => Next::Tick,
        }
    }

    fn request(&mut self, request: Request) {
        let Some(request) = self.defer(request) else { return };
        if request.is_a_persons()
            && let Some(open) = self.state.open_mut()
        {
            open.failed = None;
            open.other = None;
        }
        match request {
            Request::SignIn(request, reply) => self.sign_in(request, reply),
            Request::AnotherWay(method, reply) => self.another_way(method, reply),
            Request::Import(brought, storage, reply) => self.import(brought, storage, reply),
            Request::AtPage(seen) => self.at_page(seen),
            Request::Paste(text, reply) => self.paste(&text, reply),
            Request::Link(reply) => self.link(reply),
            Request::Cancel(reply) => {
                // The caller may be gone.
                let _ = reply.send(self.cancel_on_request());
            }
            Request::Show(id) => self.show(id),
            Request::Renew(reply) => self.look_and_renew(reply),
            Request::HandOut(format, reply) => self.look_and_hand_out(format, reply),
            Request::Unlock => self.unlock(),
            Request::StartAfresh(reply) => self.start_afresh(reply),
            Request::SignOut(reply) => self.sign_out(reply),
            Request::SignOutAll(reply) => self.sign_out_all(reply),
            Request::AddOther(reply) => self.add_other(reply),
            Request::Rename(id, name, reply) => self.rename(id, &name, reply),
            Request::Move(id, place, reply) => self.move_to(id, place, reply),
            Request::Apps(reply) => self.apps(reply),
            Request::EditApp(app, secret, reply) => self.edit_app(app, secret, reply),
            Request::ForgetApp(client_id, reply) => self.forget_app(client_id, reply),
            Request::Finish(reply) => {
                self.failed_sign_out = None;
                self.change(vec![Subject::Everything], Change::Finish(reply));
            }
        }
    }

    /// Puts an account in its place, and answers the requests that waited for its tokens with what it has.
    fn replace(&mut self, held: Held) {
        let now = self.parts.clock.moment();
        let Some(open) = self.state.open_mut() else { return };
        let id = held.account.id;
        let waiting = open.put(held);
        if let Some(held) = open.account(id) {
            answer_all(waiting, held, now, None);
        }
    }
}

impl Asker {
    fn refuse(self, error: Error) {
        match self.query {
            Query::Tokens(_, reply) => answer(reply, Err(error)),
            Query::Renewal(_, reply) => answer(reply, Err(error)),
        }
    }
}

fn chance() -> Chance {
    Chance::new(u32::from_ne_bytes(random::bytes()))
}
