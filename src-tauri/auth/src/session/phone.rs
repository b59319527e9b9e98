//! Signing in on another device: codes, and the wait for somebody to type one in.

use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::watch;

use super::{
    jobs::Reports,
    sign_in::{Code, Stage},
    task::{Task, told},
    work::{Outcome, Report},
};
use crate::{
    azure_app::AzureApp,
    chain::Start,
    clock::Clock,
    device::{DeviceCode, Polled, SLOWER},
    error::{Cause, Error},
    issuer::Issuer,
    status::SignedOut,
    token::{OauthToken, Tokens},
};

/// So many codes come after the first one, each only while somebody can read it.
const MORE: usize = 3;
/// A new code comes so long before the old one dies, which goes on counting: whoever is typing may finish.
const BEFORE: SignedDuration = SignedDuration::from_secs(60);

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Asks for a code and waits for whoever types it in.
    pub(super) fn ask_for_code(&mut self) {
        let parts = self.parts.clone();
        let Some(app) = self.sign_in_mut().map(|sign_in| sign_in.app.clone()) else { return };
        let watched = self.watched.clone();
        let hold_back = self.pace.hold_back(self.parts.clock.moment());
        let wait = async move |reports| {
            tokio::time::sleep(hold_back).await;
            let phone = Phone { issuer: &parts.issuer, clock: &parts.clock, app: &app, reports: &reports, watched };
            Outcome::Granted(phone.wait().await)
        };
        let job = self.jobs.begin(wait);
        let Some(sign_in) = self.sign_in_mut() else { return };
        (sign_in.job, sign_in.stage) = (Some(job), Stage::Phone(None));
    }

    pub(super) async fn granted(&mut self, result: Result<OauthToken, Error>) {
        let Some((app, kept)) = self.sign_in_mut().map(|sign_in| (sign_in.app.clone(), sign_in.kept)) else { return };
        match result {
            Ok(token) => {
                self.remember(&app, kept).await;
                self.run_chain(Start::Granted(token), None, Tokens::default(), Duration::ZERO);
            }
            Err(Error { cause: Cause::Cancelled, .. }) => self.cancel(SignedOut::Cancelled).await,
            Err(error) => {
                let problem = told(error.of_sign_in());
                self.pace.sign_in_failed(&problem, self.parts.clock.moment());
                self.cancel(SignedOut::Failed { problem }).await;
            }
        }
    }
}

struct Phone<'a, I, C> {
    issuer: &'a I,
    clock: &'a C,
    app: &'a AzureApp,
    reports: &'a Reports,
    /// Whether anybody can read a code.
    watched: watch::Receiver<bool>,
}

/// A code that may still be typed in.
struct Shown {
    code: DeviceCode,
    interval: Duration,
    /// When a new one is due, by the clock that can't be set.
    ends_at: Duration,
}

impl<I: Issuer, C: Clock> Phone<'_, I, C> {
    async fn wait(&self) -> Result<OauthToken, Error> {
        let mut shown = vec![self.new_code().await?];
        let (mut more, mut asked) = (MORE, Duration::ZERO);
        loop {
            let interval = shown.iter().map(|shown| shown.interval).max().unwrap_or(SLOWER);
            self.clock.sleep(interval.max(asked)).await;
            asked = Duration::ZERO;
            let left = if *self.watched.borrow() { more } else { 0 };
            if left > 0 && shown.last().is_some_and(|shown| shown.ends_at <= self.clock.elapsed()) {
                match self.new_code().await {
                    Ok(code) => {
                        more -= 1;
                        shown.push(code);
                    }
                    // The old one is good for a while, and then another try comes.
                    Err(error) if error.passes() => {}
                    Err(error) => return Err(error),
                }
            }
            let mut expired = None;
            for at in (0..shown.len()).rev() {
                match self.issuer.poll(self.app, &shown[at].code).await {
                    Ok(Polled::Granted(token)) => return Ok(*token),
                    Ok(Polled::Pending) => {}
                    Ok(Polled::SlowDown) => shown[at].interval += SLOWER,
                    Err(error) if error.cause == Cause::CodeExpired => {
                        shown.remove(at);
                        expired = Some(error);
                    }
                    // Rather than hammer a service that is in trouble.
                    Err(error) if error.passes() => {
                        shown[at].interval += SLOWER;
                        asked = asked.max(error.asked_to_wait().unwrap_or_default());
                    }
                    Err(error) => return Err(error),
                }
            }
            if let Some(error) = expired.filter(|_| shown.is_empty()) {
                if left == 0 {
                    return Err(error);
                }
                more -= 1;
                shown.push(self.new_code().await?);
            }
        }
    }

    async fn new_code(&self) -> Result<Shown, Error> {
        let code = self.issuer.device_code(self.app).await?;
        let now = self.clock.moment();
        let services_time = self.issuer.services_time().unwrap_or(now.wall);
        let clock_error_ms = i64::try_from(now.wall.duration_since(services_time).as_millis()).unwrap_or_default();
        self.reports.send(Report::Code(Box::new(Code { code: code.clone(), clock_error_ms })));
        let life = code.expires_at.duration_since(services_time);
        let until_next = Duration::try_from(life - BEFORE.min(life / 4)).unwrap_or_default();
        Ok(Shown { interval: code.interval, code, ends_at: now.elapsed.saturating_add(until_next) })
    }
}
