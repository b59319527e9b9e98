//! What jobs report while they run, and what they come to.

use spartan_auth::{chain::Progress, clock::Clock, issuer::Issuer};

use super::Task;
use crate::{
    renewal::account_writer::Event,
    session::{
        sign_in::Stage,
        state::{Whose, handing_out::answer_ready},
        work::{JobOutcome, Report, job::Number},
    },
    status::run::Run,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn report(&mut self, number: Number, report: Report) {
        let Some(whose) = self.state.whose(number) else { return };
        match (report, whose) {
            (Report::Chain(Event::Progress(progress)), Whose::SignIn(sign_in)) => note(&mut sign_in.run, progress),
            (Report::Chain(Event::Progress(progress)), Whose::Account(held)) => note(&mut held.run, progress),
            (Report::Code(code), Whose::SignIn(sign_in)) => sign_in.stage = Stage::Phone(Some(code)),
            (Report::Chain(Event::Saved(_)), Whose::SignIn(_)) | (Report::Code(_), Whose::Account(_)) => {}
            (Report::Chain(Event::Saved(account)), Whose::Account(held)) => {
                let mut account = *account;
                account.stay(&held.account);
                held.account = account;
                // A renewed Spartan token is handed out before the clearance is in.
                answer_ready(held, self.parts.clock.moment());
            }
        }
    }

    pub(super) fn outcome(&mut self, number: Number, outcome: JobOutcome) {
        match outcome {
            JobOutcome::Opened(result) if self.is_opening(number) => {
                self.opening = None;
                self.opened(result);
                self.answer_askers();
            }
            JobOutcome::Looked if self.is_opening(number) => {
                self.opening = None;
                self.answer_askers();
            }
            JobOutcome::Opened(_) | JobOutcome::Looked => {}
            JobOutcome::Prepared(result) => match self.state.whose(number) {
                Some(Whose::SignIn(_)) => self.prepared(result),
                _ => self.clean_up(),
            },
            JobOutcome::Arrived(arrival) => {
                if let Some(Whose::SignIn(_)) = self.state.whose(number) {
                    self.arrived(arrival);
                }
            }
            JobOutcome::Granted(result) => {
                if let Some(Whose::SignIn(_)) = self.state.whose(number) {
                    self.granted(result);
                }
            }
            JobOutcome::SignedIn(result, choices) => {
                if let Some(Whose::SignIn(_)) = self.state.whose(number) {
                    self.signed_in(result, &choices);
                }
            }
            JobOutcome::Renewed(result) => {
                // Its account may have another id by now.
                let id = match self.state.whose(number) {
                    Some(Whose::Account(held)) => held.account.id,
                    Some(Whose::SignIn(_)) => return,
                    None => return self.stranded_renewed(number, *result),
                };
                self.renewed(id, *result);
            }
            JobOutcome::TokenFilesWritten(came) => self.token_files_written(came),
            JobOutcome::Cleaned => self.cleaned(),
            JobOutcome::Changed(ticket, changed) => {
                self.changed(ticket, *changed);
                self.begin_changes();
            }
            JobOutcome::Tried(id, leg, connected) => {
                if let Some(Whose::Account(_)) = self.state.whose(number) {
                    self.tried(id, leg, connected);
                }
            }
        }
    }

    fn is_opening(&self, number: Number) -> bool {
        self.opening.as_ref().is_some_and(|job| job.number == number)
    }
}

fn note(run: &mut Run, progress: Progress) {
    match progress {
        Progress::Began(leg) => run.began(leg),
        Progress::Ended(leg, time) => run.ended(leg, u64::try_from(time.as_millis()).unwrap_or(u64::MAX)),
        Progress::Failed(leg) => run.failed(leg),
    }
}
