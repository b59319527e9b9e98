//! Signing in on another device.

use std::time::Duration;

use spartan_auth::{
    chain::Start,
    clock::Clock,
    error::Cause as AuthCause,
    issuer::Issuer,
    token::{OauthToken, Tokens},
};

use super::Task;
use crate::{
    error::{Cause, Error},
    session::{
        request::reply::told,
        sign_in::{Stage, phone::Phone},
        work::JobOutcome,
    },
    status::SignedOut,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Requests a code and waits until somebody enters it.
    pub(super) fn ask_for_code(&mut self) {
        let parts = self.parts.clone();
        let Some(app) = self.sign_in_mut().map(|sign_in| sign_in.app.clone()) else { return };
        let watched = self.watched.clone();
        let hold_back = self.pace.hold_back(self.parts.clock.moment());
        let wait = async move |reports| {
            tokio::time::sleep(hold_back).await;
            let phone = Phone { issuer: &parts.issuer, clock: &parts.clock, app: &app, reports: &reports, watched };
            JobOutcome::Granted(phone.wait().await.map_err(Error::from))
        };
        let job = self.jobs.begin(wait);
        let Some(sign_in) = self.sign_in_mut() else { return };
        (sign_in.job, sign_in.stage) = (Some(job), Stage::Phone(None));
    }

    pub(super) fn granted(&mut self, result: Result<OauthToken, Error>) {
        match result {
            Ok(token) => self.run_chain(Start::Granted(token), None, Tokens::default(), Duration::ZERO),
            Err(Error { cause: Cause::Auth(AuthCause::Cancelled), .. }) => self.cancel(SignedOut::Cancelled),
            Err(error) => {
                let problem = told(error.of_sign_in());
                self.pace.sign_in_failed(&problem, self.parts.clock.moment());
                self.cancel(SignedOut::Failed { problem });
            }
        }
    }
}
