//! The time left of a token, as far as it's known: for every reader, the command line included.

use jiff::SignedDuration;
use spartan_auth::{clock::Moment, token::Validity};
use spartan_vault::account::Account;

use crate::status::clock_check;

/// The time left of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// None: the token has expired, or a service has refused it.
    Expired,
    /// Nobody knows, because this computer's clock is behind by an unknown amount.
    Unknown,
    /// At least this long.
    Good(SignedDuration),
}

impl TimeLeft {
    /// Returns the time left at `now` of the account's token with this lifetime.
    #[must_use]
    pub fn of(account: &Account, life: Validity, now: Moment) -> TimeLeft {
        if life.is_refused() {
            return TimeLeft::Expired;
        }
        if clock_check::behind(account, now).is_some() {
            return TimeLeft::Unknown;
        }
        match life.left(account.services_time(now)) {
            SignedDuration::ZERO => TimeLeft::Expired,
            left => TimeLeft::Good(left),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;
    use spartan_auth::{azure_app::AzureApp, clock_error::ClockError, token::Tokens};
    use spartan_vault::account::AccountId;
    use uuid::Uuid;

    use super::*;

    const HOUR: i64 = 3600;

    /// Returns a moment of a boot, at which the wall clock shows so many hours after a fixed time.
    fn moment(boot: u128, hours: i64) -> Moment {
        let wall = Timestamp::from_second(1_795_284_000 + hours * HOUR).unwrap();
        Moment { wall, elapsed: Duration::from_secs(60), boot: Some(Uuid::from_u128(boot)) }
    }

    #[test]
    fn none_is_told_by_a_clock_that_came_up_behind_and_any_other_tells_it() {
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
        let clock_error = Some(ClockError::new(SignedDuration::ZERO, moment(1, 0)));
        let account = Account { clock_error, ..Account::new(AccountId(Uuid::nil()), app, Tokens::default()) };
        let four_hours = Validity { issued_at: moment(1, 0).wall, expires_at: moment(1, 4).wall };
        let left = |now| TimeLeft::of(&account, four_hours, now);
        let hours = |hours| TimeLeft::Good(SignedDuration::from_hours(hours));
        assert_eq!(left(moment(1, 0)), hours(4));
        assert_eq!(left(moment(2, 1)), hours(3), "it may be right");
        assert_eq!(left(moment(2, 5)), TimeLeft::Expired);
        assert_eq!(left(moment(2, -1)), TimeLeft::Unknown, "it showed a later time before the restart");
        let refused = Validity { expires_at: Timestamp::UNIX_EPOCH, ..four_hours };
        assert_eq!(TimeLeft::of(&account, refused, moment(2, -1)), TimeLeft::Expired, "whatever time it is");
    }
}
