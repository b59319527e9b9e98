//! Renewing an account, one process at a time.

pub(crate) mod account_writer;
pub(crate) mod commit;
pub mod fresh;
pub mod schedule;

use jiff::Timestamp;
use spartan_auth::{
    chain::{Save, Start},
    clock::Clock,
    error::Cause as AuthCause,
    issuer::Issuer,
    token::Tokens,
};
use spartan_vault::{
    account::{Account, Contents},
    fs::lock::RenewalLock,
    keyring::Interaction,
};

use crate::{
    error::{Cause, Error},
    parts::Parts,
    renewal::account_writer::{AccountWriter, First, Outcome, Tell, gone},
};

/// Renews an account, one process at a time: whoever waited for the lock takes the other's result.
pub(crate) async fn renew<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    shown: Account,
    asked: Interaction,
    tell: Tell,
) -> Result<Outcome, Error> {
    let lock = parts.vault.lock_renewal(shown.id).await?;
    let account = reread(parts, &shown, asked).await?;
    let now = account.services_time(parts.clock.moment());
    if shown.is_behind(&account) && has_enough(&account.tokens, now) {
        return Ok(Outcome { account, error: None });
    }
    let is_asked_to_wait = account.must_wait(parts.clock.moment()).is_some();
    if is_asked_to_wait && account.revision > shown.revision && !shown.is_ahead_of(&account) {
        // Another program was just asked to wait, so this one leaves the service alone, too.
        return Ok(Outcome { account, error: None });
    }
    renew_locked(&lock, parts, shown, account, tell).await
}

/// Returns the account as the vault has it now.
pub(crate) async fn reread<I, C>(parts: &Parts<I, C>, account: &Account, asked: Interaction) -> Result<Account, Error> {
    let contents = parts.vault.read(asked).await?;
    contents.account(account.id).cloned().ok_or_else(|| gone(account))
}

/// Renews an account under its lock; `account` is the vault's copy, read under the lock, and `shown` the one in memory.
pub(crate) async fn renew_locked<I: Issuer, C: Clock>(
    _lock: &RenewalLock,
    parts: &Parts<I, C>,
    shown: Account,
    account: Account,
    tell: Tell,
) -> Result<Outcome, Error> {
    // A rotated refresh token that couldn't be saved when it arrived is only in memory.
    let unsaved = shown.is_ahead_of(&account).then(|| shown.tokens.clone());
    let writer = AccountWriter::new(parts, if unsaved.is_some() { shown } else { account }, First::Replace, tell);
    if let Some(tokens) = unsaved {
        writer.save(&tokens).await?;
    }
    let Outcome { account, error } = renew_with(&writer, parts, Start::Renew).await;
    let (kept, is_well) = (account.clone(), error.is_none());
    let put = move |contents: &mut Contents| {
        let mut kept = kept;
        let present = contents.account(kept.id).ok_or_else(|| gone(&kept))?;
        kept.heed(present);
        // What couldn't be saved earlier is saved now.
        (kept.revision, kept.unsaved_over) = (present.revision + 1, None);
        contents.put(kept.clone());
        if is_well {
            // Only now may it be known who that is, and that the same person has two accounts.
            contents.merge();
        }
        let merged = contents.accounts.iter().find(|account| is_well && account.is_same_person(&kept)).cloned();
        Ok(merged.unwrap_or(kept))
    };
    match parts.vault.change(Interaction::Forbidden, put).await.map_err(Error::from).and_then(|(_, put)| put) {
        Ok(account) => Ok(Outcome { account, error }),
        Err(gone) if gone.is_signed_out_elsewhere() => Err(gone),
        // What can't be saved still works while this program runs.
        Err(unsaved) => Ok(Outcome { account, error: error.or(Some(unsaved)) }),
    }
}

/// Renews an account that is only in memory.
pub(crate) async fn renew_in_memory<I: Issuer, C: Clock>(parts: &Parts<I, C>, account: Account, tell: Tell) -> Outcome {
    renew_with(&AccountWriter::new(parts, account, First::Never, tell), parts, Start::Renew).await
}

/// Renews with the app that issued the refresh token; if Microsoft refuses that app, with the person's edited version.
async fn renew_with<I: Issuer, C: Clock>(writer: &AccountWriter, parts: &Parts<I, C>, start: Start) -> Outcome {
    let (app, edited) = writer.apps();
    let ran = writer.run(parts, &app, start.clone()).await;
    match (&ran.error, edited) {
        (Some(Error { cause: Cause::Auth(AuthCause::Setup { .. }), .. }), Some(edited)) => {
            writer.go_on_with(edited.clone());
            writer.run(parts, &edited, start).await
        }
        _ => ran,
    }
}

fn has_enough(tokens: &Tokens, now: Timestamp) -> bool {
    tokens.spartan.as_ref().is_some_and(|spartan| spartan.life.is_enough_to_copy(now))
}
