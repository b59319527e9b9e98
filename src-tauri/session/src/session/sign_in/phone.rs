//! Signing in on another device: codes, and the wait for somebody to enter one.

use std::time::Duration;

use jiff::SignedDuration;
use spartan_auth::{
    azure_app::AzureApp,
    clock::Clock,
    device::{DeviceCode, Polled, SLOWER},
    error::{Cause, Error},
    issuer::Issuer,
    token::OauthToken,
};
use tokio::sync::watch;

use crate::session::work::{Code, Report, jobs::Reports};

/// The number of codes after the first one; each comes only while somebody can read it.
const MORE: usize = 3;
/// How long before a code expires a new one comes. The old one still works, for whoever is typing.
const BEFORE: SignedDuration = SignedDuration::from_secs(60);

/// A wait for somebody to enter a code.
pub(crate) struct Phone<'a, I, C> {
    pub(crate) issuer: &'a I,
    pub(crate) clock: &'a C,
    pub(crate) app: &'a AzureApp,
    pub(crate) reports: &'a Reports,
    /// Whether anybody can see a code.
    pub(crate) watched: watch::Receiver<bool>,
}

/// A code that can still be entered.
struct Shown {
    code: DeviceCode,
    interval: Duration,
    /// When a new one is due, by the clock that can't be set.
    ends_at: Duration,
}

impl<I: Issuer, C: Clock> Phone<'_, I, C> {
    /// Shows codes until one is entered. Fails if the last one expires.
    pub(crate) async fn wait(&self) -> Result<OauthToken, Error> {
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
                    // The old one is still valid for a while, and a new one is requested again.
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
                    // Don't hammer a service that has problems.
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
        let ahead = now.wall.duration_since(services_time);
        self.reports.send(Report::Code(Box::new(Code { device: code.clone(), ahead, came: now })));
        let life = code.expires_at.duration_since(services_time);
        let until_next = Duration::try_from(life - BEFORE.min(life / 4)).unwrap_or_default();
        Ok(Shown { interval: code.interval, code, ends_at: now.elapsed.saturating_add(until_next) })
    }
}
