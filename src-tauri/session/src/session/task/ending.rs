//! The end of a sign-in that isn't kept.

use spartan_auth::{clock::Clock, issuer::Issuer};

use super::Task;
use crate::{
    error::{Error, Remedy},
    session::{
        request::{
            Request,
            reply::{Reply, answer, told},
            sign_in_request::NextStep,
        },
        sign_in::{Ended, SignIn, Stage, Unreported, end::SignInEnd},
        state::open::Open,
        work::{JobOutcome, vault},
    },
    status::{SignedOut, Storage},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Cancels a sign-in for a person, unless it has ended already. Returns whether one is under way, whose end is then
    /// reported.
    pub(super) fn cancel_on_request(&mut self) -> bool {
        // Whoever cancels means what they asked for since the last cancel, too.
        self.deferred.retain(|request| !request.begins_a_sign_in());
        let is_under_way = self.sign_in_mut().is_some();
        self.cancel(SignedOut::Cancelled);
        is_under_way
    }

    /// Ends a sign-in, unless it has ended already. Nothing is kept, and whoever was signed in before still is.
    pub(super) fn cancel(&mut self, why: SignedOut) {
        let is_open = |sign_in: &mut Box<SignIn>| sign_in.may_be_cancelled();
        let Some(sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take_if(is_open)) else { return };
        match sign_in.stage {
            // Its job continues, so that its outcome is removed. The keyring may still be asking: nobody waits for that.
            Stage::Preparing(_) => self.has_ended(Unreported::Cancelled(why)),
            Stage::AtPage(_) | Stage::Phone(_) | Stage::Chain { .. } | Stage::Ending(_) => {
                self.end(sign_in, Unreported::Cancelled(why));
            }
        }
    }

    pub(super) fn cannot_be_prepared(&mut self, error: Error) {
        let Some(mut sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take()) else { return };
        let reply = sign_in.take_reply();
        self.end(sign_in, Unreported::Failed(error, reply));
    }

    pub(super) fn sign_in_failed(&mut self, error: Error) {
        let Some(mut sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take()) else { return };
        sign_in.stop();
        self.has_ended(Unreported::Failed(error, None));
    }

    /// Stops a sign-in, and reports its end once nothing of it is left in the vault.
    fn end(&mut self, mut sign_in: Box<SignIn>, unreported: Unreported) {
        sign_in.stop();
        let account = sign_in.stage.account();
        // Without an account of its own, a sign-in leaves at most an empty vault.
        let leaves_nothing = account.is_none() && !self.ids(|held| held.storage == Storage::Vault).is_empty();
        if leaves_nothing || sign_in.storage == Storage::Memory {
            self.look_for_others();
            return self.has_ended(unreported);
        }
        let vault = self.parts.vault.clone();
        let clean = async move |_| {
            vault::clean(vault, account).await;
            JobOutcome::Cleaned
        };
        sign_in.job = Some(self.jobs.begin(clean));
        let shows = sign_in.stage.status(self.parts.clock.moment());
        sign_in.stage = Stage::Ending(Box::new(Ended { shows, account, unreported }));
        if let Some(open) = self.state.open_mut() {
            open.sign_in = Some(sign_in);
        }
    }

    /// Reports the end of a sign-in of which nothing is left, and then handles the requests that waited for that.
    pub(super) fn cleaned(&mut self) {
        let is_ending = |sign_in: &mut Box<SignIn>| sign_in.is_ending();
        let Some(sign_in) = self.state.open_mut().and_then(|open| open.sign_in.take_if(is_ending)) else { return };
        if let Stage::Ending(ended) = sign_in.stage {
            self.has_ended(ended.unreported);
        }
        self.adopt();
        self.publish();
        for request in std::mem::take(&mut self.deferred) {
            self.request(request);
        }
    }

    /// Defers a request that a sign-in's end may change the answer to, while that end is pending.
    pub(super) fn defer(&mut self, request: Request) -> Option<Request> {
        if !(self.is_ending() && request.waits_for_an_end()) {
            return Some(request);
        }
        self.deferred.push(request);
        None
    }

    /// Whether what a sign-in left is still being removed.
    pub(super) fn is_ending(&mut self) -> bool {
        self.sign_in_mut().is_some_and(|sign_in| sign_in.is_ending())
    }

    /// Removes what an abandoned preparation left, unless another sign-in needs it by now.
    pub(super) fn clean_up(&self) {
        let needs_it = |open: &Open| open.sign_in.as_ref().is_some_and(|sign_in| sign_in.storage == Storage::Vault);
        if self.state.open().is_some_and(needs_it) {
            return;
        }
        tokio::spawn(vault::clean(self.parts.vault.clone(), None));
    }

    fn has_ended(&mut self, unreported: Unreported) {
        match unreported {
            Unreported::Failed(error, reply) => self.has_failed(&error, reply),
            Unreported::Cancelled(why) => {
                self.ended = Some(match &why {
                    SignedOut::Failed { problem } => SignInEnd::Failed { problem: Box::new(problem.clone()) },
                    SignedOut::Never | SignedOut::Cancelled | SignedOut::ByPerson { .. } => SignInEnd::Cancelled,
                });
                self.back(why);
            }
        }
    }

    fn has_failed(&mut self, error: &Error, reply: Option<Reply<NextStep>>) {
        self.pace.sign_in_failed(error, self.parts.clock.moment());
        let problem = told(error.clone().of_sign_in());
        self.ended = Some(SignInEnd::Failed { problem: Box::new(problem.clone()) });
        let is_anybody_shown = self.state.open().is_some_and(|open| open.shown.is_some());
        let is_answered = reply.is_some();
        if let Some(reply) = reply {
            answer(reply, Err(problem.clone()));
        }
        if error.remedy() == Remedy::StartAfresh {
            self.shut(error);
        } else if is_answered && is_anybody_shown {
            // The caller has the error, and whoever is signed in has no problem.
            self.back(SignedOut::Cancelled);
        } else {
            self.back(SignedOut::Failed { problem });
        }
    }

    /// Reports why a sign-in ended. Whoever was signed in before still is, and still renews.
    fn back(&mut self, why: SignedOut) {
        let Some(open) = self.state.open_mut() else { return };
        match (open.shown, why) {
            (Some(_), SignedOut::Failed { problem }) => open.failed = Some(Box::new(problem)),
            (Some(_), _) => {}
            (None, why) => open.why = why,
        }
    }
}
