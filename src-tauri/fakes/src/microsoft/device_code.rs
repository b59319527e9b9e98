//! A device code: whether a person has approved it, and how often a program may poll.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::{identity::Identity, refusal::Refusal};
use crate::Account;

/// How much the polling interval grows when a program polls too soon (RFC 8628, 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// What a device code is bound to.
pub(crate) struct DeviceCode {
    /// The short code that the person enters.
    pub user_code: String,
    pub client_id: String,
    pub identity: Option<Identity>,
    pub expires: Timestamp,
    pub decision: Decision,
    pub polls: Polls,
}

/// The minimum interval between polls.
pub(crate) struct Polls {
    pause: Duration,
    next: Timestamp,
}

/// The state of a device code.
pub(crate) enum Decision {
    /// Nobody has entered the short code yet.
    Pending,
    /// The person picked this account.
    Approved(Arc<Account>),
    /// The person cancelled.
    Declined,
    /// The tokens have been issued.
    Spent,
}

impl DeviceCode {
    /// Redeems the code. Fails unless a person has approved it, or if the program polls too soon.
    pub(super) fn poll(&mut self, now: Timestamp) -> Result<Arc<Account>, Refusal> {
        if self.expires <= now {
            return Err(Refusal::ExpiredDeviceCode);
        }
        if self.polls.comes_too_soon(now) {
            return Err(Refusal::PollsTooOften);
        }
        let account = match &self.decision {
            Decision::Pending => return Err(Refusal::NobodyHasDecided),
            Decision::Declined => return Err(Refusal::Declined),
            Decision::Spent => return Err(Refusal::SpentCode),
            Decision::Approved(account) => account.clone(),
        };
        self.decision = Decision::Spent;
        Ok(account)
    }
}

impl Polls {
    pub fn new(pause: Duration, next: Timestamp) -> Self {
        Self { pause, next }
    }

    /// Records a poll and returns whether it came too soon.
    fn comes_too_soon(&mut self, now: Timestamp) -> bool {
        let too_soon = now < self.next;
        if too_soon {
            self.pause += SLOWER;
        }
        self.next = now + self.pause;
        too_soon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_poll_that_comes_too_soon_makes_the_pause_longer() {
        let start = Timestamp::UNIX_EPOCH;
        let mut code = DeviceCode {
            user_code: "A".into(),
            client_id: "c".into(),
            identity: None,
            expires: start + Duration::from_secs(900),
            decision: Decision::Pending,
            polls: Polls::new(Duration::from_secs(5), start),
        };
        let mut poll = |after| code.poll(start + Duration::from_secs(after)).map(|account| account.email.clone());
        assert_eq!(poll(0), Err(Refusal::NobodyHasDecided));
        assert_eq!(poll(4), Err(Refusal::PollsTooOften));
        assert_eq!(poll(13), Err(Refusal::PollsTooOften), "ten seconds after the one before");
        assert_eq!(poll(28), Err(Refusal::NobodyHasDecided), "fifteen seconds");
        assert_eq!(poll(900), Err(Refusal::ExpiredDeviceCode));
    }
}
