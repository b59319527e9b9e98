//! Which requests for tokens are answered at once, which wait for a renewal, and what each is answered with.

use jiff::Timestamp;
use secrecy::SecretString;
use spartan_auth::{clock::Moment, leg::Leg, token::Validity};

use super::{held::Held, waiting::Waiting};
use crate::{
    error::{Cause, Error, Step},
    format::{Format, Group, Subject},
    session::request::{
        answers::HandedOut,
        reply::{answer, told},
    },
    status::clock_check::{self, ClockCheck},
    status::{Renewal, Storage},
};

/// Answers the requests that can be answered while the renewal is still running.
pub(crate) fn answer_ready(held: &mut Held, now: Moment) {
    let (ready, waiting): (Vec<_>, Vec<_>) =
        std::mem::take(&mut held.waiting).into_iter().partition(|waiting| is_ready(held, waiting.format, now));
    held.waiting = waiting;
    answer_all(ready, held, now, None);
}

/// Answers requests with what the account has; `error` is what stopped the renewal, if anything did.
pub(crate) fn answer_all(waiting: Vec<Waiting>, held: &Held, now: Moment, error: Option<&Error>) {
    for Waiting { reply, format, account } in waiting {
        answer(reply, handed_out(held, format, account.as_deref(), now, error));
    }
}

/// Whether the account has the format's tokens, with enough time left. A missing clearance counts only while a renewal may
/// still bring it.
pub(crate) fn is_ready(held: &Held, format: Format, now: Moment) -> bool {
    let may_come = held.job.is_some() && held.account.tokens.clearance.is_none();
    let by_services = held.account.services_time(now);
    let is_enough = |life: Validity| !held.account.is_clock_in_doubt(now) && life.is_enough_to_copy(by_services);
    !(format.holds_clearance() && may_come) && (!format.holds_secret() || life(held, format).is_some_and(is_enough))
}

/// Returns the text of the format while its tokens are valid at all. Fails with the reason if they aren't.
fn handed_out(
    held: &Held,
    format: Format,
    account: Option<&str>,
    now: Moment,
    error: Option<&Error>,
) -> Result<HandedOut, Error> {
    if format.holds_secret() && !life(held, format).is_some_and(|life| held.account.is_valid(life, now)) {
        let why = error.cloned().unwrap_or_else(|| why_none(held, now));
        return Err(if why.passes() { told(clock_check::behind(&held.account, now).unwrap_or(why)) } else { why });
    }
    if format.group() == Group::Asking && held.storage == Storage::Memory {
        return Err(told(Error::new(Step::Vault, Cause::SessionOnly)));
    }
    let tokens = &held.account.tokens;
    let Some(player) = tokens.player() else {
        let alone = tokens.spartan.as_ref().filter(|_| format == Format::Token);
        let alone = alone.map(|spartan| of(held, spartan.token.clone(), Some(spartan.life.expires_at), now));
        return alone.ok_or_else(|| told(Error::new(Step::Leg(Leg::XstsXbox), Cause::Unnamed)));
    };
    let text = format.write(&Subject { player: &player, account });
    let text = text.map_err(|_| told(Error::new(Step::Leg(Leg::Clearance), Cause::NoClearance)))?;
    Ok(of(held, text, format.expires_at(&player), now))
}

fn of(held: &Held, text: SecretString, expires_at: Option<Timestamp>, now: Moment) -> HandedOut {
    HandedOut {
        account: held.account.id,
        storage: held.storage,
        text,
        expires_at,
        clock: ClockCheck::of(&held.account, now),
    }
}

/// Returns why there is no token.
fn why_none(held: &Held, now: Moment) -> Error {
    match &held.renewal {
        Renewal::Stale { problem, .. } => match held.account.must_wait(now) {
            Some(left) => problem.clone().until(left),
            None => problem.clone(),
        },
        Renewal::NeedsAction { problem } => problem.clone(),
        Renewal::Fresh { .. } | Renewal::Renewing => told(Error::new(Step::Vault, Cause::NotSignedIn)),
    }
}

/// Returns the life of the secret that the format contains.
fn life(held: &Held, format: Format) -> Option<Validity> {
    let leg = if format == Format::XblHeader { Leg::XstsXbox } else { Leg::Spartan };
    held.account.tokens.life(leg)
}
