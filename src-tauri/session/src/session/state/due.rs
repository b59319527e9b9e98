//! When an account renews.

use std::time::Duration;

use jiff::Timestamp;
use spartan_auth::clock::Moment;
use spartan_vault::account::Account;

use super::{held::Held, reach::Reach};
use crate::{
    error::{Error, Remedy},
    renewal::{
        account_writer::Outcome,
        schedule::{self, Chance},
    },
    session::request::reply::told,
    status::Renewal,
};

/// The longest sleep: deadlines are by the wall clock, and timers stop while the computer sleeps.
pub(crate) const STEP: Duration = Duration::from_secs(15);

/// Returns how long an account waits at `now` before it renews.
pub(crate) fn until_due(held: &Held, now: Moment) -> Duration {
    let until = match &held.renewal {
        Renewal::Fresh { renews_at } => {
            let left = renews_at.duration_since(held.account.services_time(now));
            Duration::try_from(left).unwrap_or(Duration::ZERO)
        }
        Renewal::Stale { .. } => held.rests_until.saturating_sub(now.elapsed),
        Renewal::Renewing | Renewal::NeedsAction { .. } => return STEP,
    };
    until.max(held.account.must_wait(now).unwrap_or_default())
}

/// Returns an account as the vault has it.
pub(crate) fn restored(account: Account, now: Moment, chance: Chance) -> Held {
    match account.last_error.clone().map(Error::from) {
        Some(problem) if problem.asks_to_sign_in() => Held::new(account, Renewal::NeedsAction { problem }),
        _ => well(account, |_, issued_at| issued_at, now, chance),
    }
}

/// Returns an account after its chain ran; `failures` is how often that failed before.
pub(crate) fn after_run(ran: Outcome, failures: u32, now: Moment, chance: Chance) -> Held {
    let Outcome { account, error } = ran;
    // Its tokens have just come, so another renewal at once would bring the same.
    let Some(error) = error else { return well(account, |services_time, _| services_time, now, chance) };
    let reach = Reach::after(Some(&error));
    let asked = match error.remedy() {
        Remedy::Retry { after } => after,
        // Another program may unlock a locked keyring.
        Remedy::TryAgain | Remedy::Unlock => None,
        _ => {
            let renewal = Renewal::NeedsAction { problem: told(error) };
            return Held { failures, reach, ..Held::new(account, renewal) };
        }
    };
    let mut held = Held { failures: failures + 1, reach, ..Held::new(account, Renewal::Renewing) };
    held.rest(told(error), schedule::wait(failures + 1, asked, chance), now);
    held
}

/// Returns an account that nothing stops, except a wait that a service asked another program for. `got` chooses, from the
/// services' time and when the Spartan token was issued, the time from which on its tokens count.
fn well(account: Account, got: impl FnOnce(Timestamp, Timestamp) -> Timestamp, now: Moment, chance: Chance) -> Held {
    if let (Some(_), Some(error)) = (account.must_wait(now), account.last_error.clone()) {
        let mut held = Held::new(account, Renewal::Renewing);
        held.rest(error.into(), Duration::ZERO, now);
        return held;
    }
    let services_time = account.services_time(now);
    let renews_at = match &account.tokens.spartan {
        // The program ended before the first one came.
        None => services_time,
        Some(spartan) => {
            let got = got(services_time, spartan.life.issued_at.min(services_time));
            schedule::renews_at(&account.tokens, got, chance)
        }
    };
    Held::new(account, Renewal::Fresh { renews_at })
}
