//! Begins changes in their turn, and applies what each comes to.

use spartan_auth::{clock::Clock, issuer::Issuer};

use super::Task;
use crate::session::{
    changes::{
        Subject, Ticket,
        change::{Change, Changed},
    },
    request::reply::{answer, told},
    work::JobOutcome,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Saves a change beside the loop, after the earlier ones that concern the same subjects.
    pub(super) fn change(&mut self, subjects: Vec<Subject>, change: Change) {
        self.changes.add(subjects, change);
        self.begin_changes();
    }

    pub(super) fn begin_changes(&mut self) {
        while let Some((ticket, change)) = self.changes.next() {
            match change {
                Change::SignOut(sign_out) => self.begin_sign_out(ticket, sign_out),
                Change::Add(add) => self.begin_add(ticket, add),
                Change::Rename(rename) => self.begin_rename(ticket, rename),
                Change::Move(to) => self.begin_move(ticket, to),
                Change::EditApp(app, secret, reply) => self.begin_edit_app(ticket, *app, secret, reply),
                Change::ForgetApp(client_id, reply) => self.begin_forget_app(ticket, client_id, reply),
                Change::RememberApp(app, import) => self.begin_remember_app(ticket, *app, import),
                Change::StartAfresh(reply) => self.begin_start_afresh(ticket, reply),
                Change::Finish(reply) => self.changed(ticket, Changed::Finished(reply)),
            }
        }
    }

    /// Begins a job that saves a change. Nothing stops it.
    pub(super) fn save(&mut self, ticket: Ticket, work: impl Future<Output = Changed> + Send + 'static) {
        self.jobs.begin(async move |_| JobOutcome::Changed(ticket, Box::new(work.await)));
    }

    /// Applies what a change came to.
    pub(super) fn changed(&mut self, ticket: Ticket, changed: Changed) {
        // What the change wrote, so that it's in memory when the request is answered.
        self.adopt();
        match changed {
            // It isn't done before its token files are released.
            Changed::SignedOut(sign_out, Ok(())) => return self.signed_out(ticket, sign_out),
            Changed::SignedOut(sign_out, Err(error)) => self.not_signed_out(sign_out, error),
            Changed::Released(reply, result) => {
                let result = result.map_err(told);
                self.failed_sign_out = result.as_ref().err().cloned().or(self.failed_sign_out.take());
                answer(reply, result);
            }
            Changed::Added(add, result) => self.added(*add, *result),
            Changed::Renamed(rename, result) => self.renamed(rename, result),
            Changed::Moved(to, result) => self.moved(to, result),
            Changed::AppEdited(edited) => self.app_edited(*edited),
            Changed::AppForgotten(reply, result) => Self::app_forgotten(reply, result),
            Changed::AppRemembered(import) => Self::app_remembered(import),
            Changed::StartedAfresh(reply, result) => self.started_afresh(reply, result),
            Changed::Finished(reply) => answer(reply, self.failed_sign_out.take().map_or(Ok(()), Err)),
        }
        self.changes.done(ticket);
    }
}
