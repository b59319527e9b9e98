//! Fresh tokens for short-lived programs, renewed once, however many programs ask at the same time.
//!
//! Between them, the vault is authoritative. A program that finds too little time left waits for the account's lock, reads
//! again, and renews only if no other program has meanwhile.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use spartan_auth::{
    clock::{Clock, Moment},
    error as auth,
    issuer::Issuer,
    relying_party::RelyingParty,
    token::{Tokens, Validity, XstsToken},
};
use spartan_vault::{
    account::{Account, Contents},
    keyring::Interaction,
    wait::Wait,
};

use crate::{
    error::Error,
    parts::Parts,
    renewal::{
        account_writer::{AccountWriter, First, gone, of_leg},
        renew_locked, reread,
        schedule::PACE,
    },
};

/// What a program needs of an account's tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How long the Spartan token must be valid.
    pub spartan: Need,
    /// What else is needed.
    pub beside: Beside,
}

/// How long a Spartan token must be valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// Long enough to copy it: 10 minutes, or a third of a short life.
    #[default]
    ToCopy,
    /// At least this long.
    For(SignedDuration),
    /// No Spartan token is needed, only what is beside it.
    NotAtAll,
}

/// What is needed beside a Spartan token; each includes the ones before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// The player, according to Xbox Live.
    Person,
    /// A clearance.
    Clearance,
    /// A token for Xbox Live.
    Xbox,
}

/// How long after a renewal another one isn't expected to bring anything new.
const MOMENT: Duration = Duration::from_secs(60);

/// The token that a service has refused with 401.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The Spartan token.
    Spartan,
    /// The XSTS token for a relying party.
    Xsts(RelyingParty),
}

/// An account whose tokens are as fresh as possible.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// The account; tokens that were valid before still are.
    pub account: Account,
    /// What stopped its renewal, if anything did.
    pub error: Option<Error>,
}

impl From<Option<SignedDuration>> for Need {
    fn from(left: Option<SignedDuration>) -> Need {
        left.map_or(Need::ToCopy, Need::For)
    }
}

impl Wanted {
    /// Whether the account has it at `now`, or has just been renewed and can't offer more. Then nothing is sent, and
    /// there's no wait.
    #[must_use]
    pub fn is_met(self, account: &Account, now: Moment) -> bool {
        let by_services = account.services_time(now);
        let was_just_tried = account.tried.and_then(|tried| now.since(tried)).is_some_and(|since| since < MOMENT);
        if account.is_clock_behind(now) || account.is_clock_in_doubt(now) && !was_just_tried {
            return false;
        }
        let life = account.tokens.spartan.as_ref().map(|spartan| spartan.life);
        let life = life.filter(|life| account.is_valid(*life, now));
        let spartan = match self.spartan {
            Need::ToCopy => life.is_some_and(|life| life.is_enough_to_copy(by_services)),
            Need::For(left) => life.is_some_and(|life| life.is_enough_for(left, by_services)),
            Need::NotAtAll => return self.beside.is_there_alone(&account.tokens, by_services),
        };
        spartan && (was_just_tried || self.beside.is_there(&account.tokens, by_services))
    }

    /// Whether what the account has at `now` is of any use for this.
    #[must_use]
    pub fn is_served(self, account: &Account, now: Moment) -> bool {
        match self.spartan {
            Need::ToCopy | Need::For(_) => {
                account.tokens.spartan.as_ref().is_some_and(|spartan| account.is_valid(spartan.life, now))
            }
            Need::NotAtAll => {
                let by_services = account.services_time(now);
                !account.is_clock_behind(now) && self.beside.is_there_alone(&account.tokens, by_services)
            }
        }
    }
}

impl Beside {
    /// Whether it's there, and everything that it includes.
    fn is_there(self, tokens: &Tokens, now: Timestamp) -> bool {
        let all = [Beside::Person, Beside::Clearance, Beside::Xbox];
        all.into_iter().filter(|one| *one <= self).all(|one| one.is_there_alone(tokens, now))
    }

    fn is_there_alone(self, tokens: &Tokens, now: Timestamp) -> bool {
        match self {
            Beside::Nothing => true,
            Beside::Person => tokens.player().is_some(),
            Beside::Clearance => tokens.clearance.is_some(),
            Beside::Xbox => tokens.xsts_xbox.as_ref().is_some_and(|xsts| xsts.life.is_enough_to_copy(now)),
        }
    }
}

/// Returns the account with what is needed, renewed if too little time is left, by this process or by a faster one.
/// `account` is the vault's copy. Fails if it was signed out meanwhile.
pub async fn fresh<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    account: Account,
    wanted: Wanted,
    asked: Interaction,
) -> Result<Fresh, Error> {
    if wanted.is_met(&account, parts.clock.moment()) {
        return Ok(Fresh { account, error: None });
    }
    if let Some(error) = in_vain(&account, parts.clock.moment()) {
        return Ok(Fresh { account, error: Some(error) });
    }
    match renewed(parts, &account, wanted, asked).await {
        Err(error) if !error.is_signed_out_elsewhere() => still_there(parts, account, error).await,
        renewed => renewed,
    }
}

/// Records that a service has refused the token that `account` has, so that no program hands it out again.
///
/// Returns the account as the vault then has it: another program may have renewed it meanwhile.
pub async fn refuse<I, C>(
    parts: &Parts<I, C>,
    account: &Account,
    refused: Refused,
    asked: Interaction,
) -> Result<Account, Error> {
    let account = account.clone();
    let refuse = move |contents: &mut Contents| {
        let present = contents.accounts.iter_mut().find(|present| present.id == account.id);
        let present = present.ok_or_else(|| gone(&account))?;
        match (&refused, &account.tokens.spartan) {
            (Refused::Spartan, Some(spartan)) => present.tokens.refuse_spartan(&spartan.token),
            (Refused::Spartan, None) => {}
            (Refused::Xsts(relying_party), _) => {
                if let Some(xsts) = account.tokens.xsts(relying_party) {
                    present.tokens.refuse_xsts(relying_party, &xsts.token);
                }
            }
        }
        present.revision += 1;
        Ok(present.clone())
    };
    parts.vault.change(asked, refuse).await?.1
}

/// Returns the account after an error that kept its renewal from starting, unless it was signed out meanwhile.
async fn still_there<I, C>(parts: &Parts<I, C>, account: Account, error: Error) -> Result<Fresh, Error> {
    match reread(parts, &account, Interaction::Forbidden).await {
        Err(error) if error.is_signed_out_elsewhere() => Err(error),
        // If nothing can be read now, what was read before will do.
        present => Ok(Fresh { account: present.unwrap_or(account), error: Some(error) }),
    }
}

/// Returns what stopped the last renewal, if asking again at `now` is pointless: Microsoft refuses until a person has
/// signed in, or a service asked for a wait.
#[must_use]
pub fn in_vain(account: &Account, now: Moment) -> Option<Error> {
    let error = Error::from(account.last_error.clone()?);
    match account.must_wait(now) {
        Some(left) => Some(error.until(left)),
        None => Some(error).filter(Error::asks_to_sign_in),
    }
}

async fn renewed<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    account: &Account,
    wanted: Wanted,
    asked: Interaction,
) -> Result<Fresh, Error> {
    let lock = parts.vault.lock_renewal(account.id).await?;
    let present = reread(parts, account, asked).await?;
    let was_tried = present.tried != account.tried;
    if was_tried || wanted.is_met(&present, parts.clock.moment()) {
        let error = present.last_error.clone().map(Error::from);
        return Ok(Fresh { account: present, error });
    }
    // Without this, renewals after immediate refusals would run as fast as a program can ask.
    let last = present.tried.and_then(|tried| parts.clock.moment().since(tried));
    if let Some(rest) = last.and_then(|last| PACE.checked_sub(last)) {
        let has_failed = present.last_error.is_some();
        if has_failed && !present.is_refused() && wanted.is_served(&present, parts.clock.moment()) {
            // What's there will do until the next attempt.
            let error = present.last_error.clone().map(Error::from);
            return Ok(Fresh { account: present, error });
        }
        if has_failed || present.is_refused() {
            parts.clock.sleep(rest).await;
        }
    }
    // Boxed, because few calls come this far.
    let renewing = renew_locked(&lock, parts, present.clone(), present, Box::new(drop));
    let ran = Box::pin(renewing).await?;
    Ok(Fresh { error: ran.error, account: ran.account })
}

/// Returns the account's XSTS token for a relying party, if it isn't about to expire at `now`.
#[must_use]
pub fn kept_xsts<'a>(account: &'a Account, relying_party: &RelyingParty, now: Moment) -> Option<&'a XstsToken> {
    let by_services = account.services_time(now);
    let kept = account.tokens.xsts(relying_party).filter(|_| !account.is_clock_in_doubt(now));
    kept.filter(|xsts| !xsts.life.is_due(by_services))
}

/// Returns the account's XSTS token for a relying party: the saved one, unless it's about to expire.
pub async fn xsts<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    account: &Account,
    relying_party: &RelyingParty,
    asked: Interaction,
) -> Result<XstsToken, Error> {
    let _lock = parts.vault.lock_renewal(account.id).await?;
    let present = reread(parts, account, asked).await?;
    let refused = present.tokens.xsts(relying_party).filter(|xsts| xsts.life.is_refused());
    if let Some(rest) = refused.and_then(|xsts| pause(xsts.life, present.services_time(parts.clock.moment()))) {
        parts.clock.sleep(rest).await;
    }
    let app = present.app.clone();
    let writer = AccountWriter::new(parts, present, First::Replace, Box::new(drop));
    let made = Box::pin(writer.xsts(parts, &app, relying_party)).await;
    let refusal = made.as_ref().err().and_then(of_leg).cloned();
    if let Some(lasts) = refusal.as_ref().and_then(auth::Error::asked_to_wait) {
        let id = account.id;
        let wait = Some(Wait { since: parts.clock.moment(), lasts });
        let note = move |contents: &mut Contents| {
            for account in contents.accounts.iter_mut().filter(|account| account.id == id) {
                (account.wait, account.last_error, account.revision) = (wait, refusal.clone(), account.revision + 1);
            }
        };
        if let Err(error) = parts.vault.change(asked, note).await {
            tracing::warn!(%error, "the wait that a service asked for is not kept");
        }
    }
    Ok(made?)
}

/// Returns how long to wait at `now` before a token that was just issued and refused is requested again.
fn pause(life: Validity, now: Timestamp) -> Option<Duration> {
    let age = Duration::try_from(now.duration_since(life.issued_at)).unwrap_or_default();
    PACE.checked_sub(age).filter(|rest| !rest.is_zero())
}
