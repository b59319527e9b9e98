//! Handing tokens out: who gets them at once, who waits for a renewal, and what is told where there are none.

use jiff::Timestamp;
use secrecy::SecretString;

use super::{
    HandedOut,
    request::Reply,
    state::{Held, Open},
    task::{Task, answer, told},
};
use crate::{
    account::Account,
    choice::name_among,
    clock::{Clock, Moment},
    error::{Cause, Error, Step},
    format::{Format, Group, Subject},
    issuer::Issuer,
    keyring::Interaction,
    leg::Leg,
    status::{Renewal, Storage},
    token::Validity,
};

/// Somebody who waits for tokens.
pub(super) struct Waiting {
    pub(super) reply: Reply<HandedOut>,
    format: Format,
    /// By which name `spartan` knows the account, where it has to be told.
    account: Option<String>,
}

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn hand_out(&mut self, format: Format, reply: Reply<HandedOut>) {
        let now = self.parts.clock.moment();
        let not_open = self.not_open();
        let Some(open) = self.state.open_mut() else { return answer(reply, Err(not_open)) };
        let account = open.shown().and_then(|shown| open.name_at_the_command_line(shown));
        let Some(held) = open.shown.and_then(|id| open.account_mut(id)) else { return answer(reply, Err(not_open)) };
        let waiting = Waiting { reply, format, account };
        let in_vain = held.account.must_wait(now).is_some()
            || (matches!(held.renewal, Renewal::Stale { .. }) && !self.pace.rest(held.account.id, now).is_zero());
        if held.needs_sign_in() || in_vain || is_ready(held, format, now) {
            return waiting.end(held, now, None);
        }
        held.waiting.push(waiting);
        let id = held.account.id;
        self.renew(id, Interaction::Forbidden);
    }
}

impl Open {
    /// What `spartan --account` takes for this account; nothing where there is only one to take.
    fn name_at_the_command_line(&self, held: &Held) -> Option<String> {
        let sealed = self.accounts.iter().filter(|other| other.kept == Storage::Vault);
        let accounts: Vec<Account> = sealed.map(|other| other.account.clone()).collect();
        name_among(&accounts, &held.account)
    }
}

impl Waiting {
    /// Answers with what there is; `error` is what stopped a renewal, if anything did.
    fn end(self, held: &Held, now: Moment, error: Option<&Error>) {
        let Waiting { reply, format, account } = self;
        answer(reply, handed_out(held, format, account.as_deref(), now, error));
    }
}

/// Answers who waits and can have what they want already, while the renewal goes on.
pub(super) fn answer_ready(held: &mut Held, now: Moment) {
    let (ready, waiting): (Vec<_>, Vec<_>) =
        std::mem::take(&mut held.waiting).into_iter().partition(|waiting| is_ready(held, waiting.format, now));
    held.waiting = waiting;
    answer_all(ready, held, now, None);
}

/// Answers who waits with what there is; `error` is what stopped the renewal, if anything did.
pub(super) fn answer_all(waiting: Vec<Waiting>, held: &Held, now: Moment, error: Option<&Error>) {
    for waiting in waiting {
        waiting.end(held, now, error);
    }
}

/// Whether the tokens that the format holds are there, with enough left of them. Where none is under way, a clearance
/// that is missing is not waited for.
fn is_ready(held: &Held, format: Format, now: Moment) -> bool {
    let may_come = held.job.is_some() && held.account.tokens.clearance.is_none();
    let by_services = held.account.services_time(now);
    let is_enough = |life: Validity| !held.account.is_clock_in_doubt(now) && life.is_enough_to_copy(by_services);
    !(format.holds_clearance() && may_come) && (!format.holds_secret() || life(held, format).is_some_and(is_enough))
}

/// What the format holds as long as it is good at all, else why there is nothing.
fn handed_out(
    held: &Held,
    format: Format,
    account: Option<&str>,
    now: Moment,
    error: Option<&Error>,
) -> Result<HandedOut, Error> {
    if format.holds_secret() && !life(held, format).is_some_and(|life| held.account.is_valid(life, now)) {
        return Err(error.cloned().unwrap_or_else(|| held.none(now)));
    }
    if format.group() == Group::Asking && held.kept == Storage::Memory {
        return Err(told(Error::new(Step::Vault, Cause::SessionOnly)));
    }
    let tokens = &held.account.tokens;
    let Some(player) = tokens.player() else {
        let alone = tokens.spartan.as_ref().filter(|_| format == Format::Token);
        let alone = alone.map(|spartan| held.hands_out(spartan.token.clone(), Some(spartan.life.expires_at)));
        return alone.ok_or_else(|| told(Error::new(Step::Leg(Leg::XstsXbox), Cause::Unnamed)));
    };
    let text = format.write(&Subject { player: &player, account });
    let text = text.map_err(|_| told(Error::new(Step::Leg(Leg::Clearance), Cause::NoClearance)))?;
    Ok(held.hands_out(text, format.expires_at(&player)))
}

impl Held {
    fn hands_out(&self, text: SecretString, expires_at: Option<Timestamp>) -> HandedOut {
        HandedOut { account: self.account.id, kept: self.kept, text, expires_at }
    }

    /// Why there is no token.
    fn none(&self, now: Moment) -> Error {
        match &self.renewal {
            Renewal::Stale { problem, .. } => match self.account.must_wait(now) {
                Some(left) => problem.clone().until(left),
                None => problem.clone(),
            },
            Renewal::NeedsAction { problem } => problem.clone(),
            Renewal::Fresh { .. } | Renewal::Renewing => told(Error::new(Step::Vault, Cause::NotSignedIn)),
        }
    }
}

/// How long the secret lives that the format holds.
fn life(held: &Held, format: Format) -> Option<Validity> {
    let leg = if format == Format::XblHeader { Leg::XstsXbox } else { Leg::Spartan };
    held.account.tokens.life(leg)
}
