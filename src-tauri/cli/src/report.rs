//! The status for `spartan status`, as data without any token.

mod words;

use std::{collections::BTreeMap, path::PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use spartan_auth::{clock::Moment, leg::Leg, token::Validity};
use spartan_session::{
    error::Error,
    settings::token_file::TokenFile,
    status::{clock_check, time_left::TimeLeft},
    token_files::Standing,
};
use spartan_vault::account::{Account, AccountId, Contents};

use crate::failure::Failure;

/// The status. Its JSON is a contract with scripts: fields may be added, but none is removed.
#[derive(Debug, Serialize)]
pub struct Report {
    /// 1.
    schema: u32,
    /// The time of the request, by this computer's clock.
    now: Timestamp,
    /// Whether the vault can be opened.
    vault: Vault,
    /// In the person's order; the first is the default.
    accounts: Vec<OneAccount>,
    /// The token files.
    kept_files: Vec<OneFile>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum Vault {
    Open,
    Shut { error: Words },
}

#[derive(Debug, Serialize)]
struct OneAccount {
    id: AccountId,
    name: Option<String>,
    gamertag: Option<String>,
    xuid: Option<String>,
    default: bool,
    state: State,
    /// When its Spartan token is due to be renewed, by the tray app or by the next command that needs it.
    renews_at: Option<Timestamp>,
    last_error: Option<Words>,
    /// How far this computer's clock is ahead of the services', in milliseconds.
    clock_error_ms: i64,
    /// What's wrong with this computer's clock, or unknown about it.
    clock_problem: Option<Words>,
    tokens: BTreeMap<Leg, OneToken>,
}

/// The state of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// Its Spartan token is valid, and not yet due for renewal.
    Fresh,
    /// Its Spartan token is due for renewal, or there's none.
    Due,
    /// The last renewal failed, but the next one may succeed.
    Stale,
    /// Only a person can continue.
    NeedsAction,
}

#[derive(Debug, Serialize)]
struct OneToken {
    state: TokenState,
    expires_at: Option<Timestamp>,
    /// Missing if it's unknown because this computer's clock is behind.
    seconds_left: Option<i64>,
    /// The duration of its leg's last run, in milliseconds.
    last_ms: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum TokenState {
    Good,
    Due,
    Expired,
    /// Unknown, because this computer's clock is behind.
    Unknown,
    Missing,
}

/// A token file.
#[derive(Debug, Serialize)]
struct OneFile {
    file: PathBuf,
    format: &'static str,
    account: AccountId,
    state: FileState,
    error: Option<Words>,
}

/// The state of a token file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum FileState {
    /// It contains the vault's tokens.
    Fresh,
    /// It contains the vault's tokens, which have expired.
    Expired,
    /// It contains other tokens, or none.
    Older,
    /// There are no tokens yet that it could contain.
    NotYet,
    /// Its account is signed out.
    SignedOut,
    /// It can't be read or written.
    Refused,
    /// The vault can't be opened.
    Unknown,
}

#[derive(Debug, Serialize)]
struct Words {
    /// The message's key in the catalogue; empty if it's unknown.
    key: String,
    what: String,
    todo: String,
}

impl Report {
    /// Returns the status at `now`.
    pub fn of(contents: Result<&Contents, &Failure>, now: Moment) -> Report {
        let (vault, accounts) = match contents {
            Ok(contents) => (Vault::Open, contents.accounts.as_slice()),
            Err(failure) => (Vault::Shut { error: Words::of(failure) }, [].as_slice()),
        };
        let account =
            |(place, account): (usize, &Account)| OneAccount { default: place == 0, ..OneAccount::of(account, now) };
        let accounts = accounts.iter().enumerate().map(account).collect();
        Report { schema: 1, now: now.wall, vault, accounts, kept_files: Vec::new() }
    }

    /// Adds the token files and the state of each, as far as it's known.
    pub fn with_files(self, files: impl Iterator<Item = (TokenFile, Option<Standing>)>) -> Report {
        Report { kept_files: files.map(|(storage, standing)| OneFile::of(storage, standing)).collect(), ..self }
    }

    /// Keeps only one account.
    pub fn about(mut self, only: AccountId) -> Report {
        self.accounts.retain(|account| account.id == only);
        self.kept_files.retain(|file| file.account == only);
        self
    }

    /// Returns it as JSON, for a program.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Returns it as text, for a person.
    pub fn words(&self) -> String {
        words::of(self)
    }
}

impl OneAccount {
    fn of(account: &Account, now: Moment) -> OneAccount {
        let person = account.person.as_ref();
        let tokens: BTreeMap<Leg, OneToken> =
            Leg::ALL.into_iter().map(|leg| (leg, OneToken::of(account, leg, now))).collect();
        let spartan = account.tokens.spartan.as_ref().map(|spartan| spartan.life).filter(|life| !life.is_refused());
        let last_error = account.last_error.clone().map(Error::from);
        OneAccount {
            id: account.id,
            name: account.name.clone(),
            gamertag: account.gamertag().map(str::to_owned),
            xuid: person.map(|person| person.xuid.clone()),
            default: false,
            state: State::of(last_error.as_ref(), tokens.get(&Leg::Spartan)),
            renews_at: spartan.map(Validity::renews_at),
            last_error: last_error.as_ref().map(|error| Words::of(&Failure::from(error))),
            clock_error_ms: account.clock_error_ms(now),
            clock_problem: clock_check::problem(account, now)
                .as_ref()
                .map(|problem| Words::of(&Failure::from(problem))),
            tokens,
        }
    }
}

impl State {
    fn of(last: Option<&Error>, spartan: Option<&OneToken>) -> State {
        match last {
            Some(error) if error.asks_to_sign_in() => State::NeedsAction,
            Some(_) => State::Stale,
            None if spartan.is_some_and(|spartan| spartan.state == TokenState::Good) => State::Fresh,
            None => State::Due,
        }
    }
}

impl OneFile {
    fn of(storage: TokenFile, standing: Option<Standing>) -> OneFile {
        let (state, error) = match standing {
            Some(Standing::Fresh) => (FileState::Fresh, None),
            Some(Standing::Expired) => (FileState::Expired, None),
            Some(Standing::Older) => (FileState::Older, None),
            Some(Standing::NotYet) => (FileState::NotYet, None),
            Some(Standing::Left) => (FileState::SignedOut, None),
            Some(Standing::Refused(error)) => (FileState::Refused, Some(error)),
            None => (FileState::Unknown, None),
        };
        let error = error.map(|error| Words::of(&Failure::from(error)));
        OneFile { file: storage.file, format: storage.format.name(), account: storage.account, state, error }
    }
}

impl OneToken {
    fn of(account: &Account, leg: Leg, now: Moment) -> OneToken {
        let life = account.tokens.life(leg);
        let left = life.map(|life| TimeLeft::of(account, life, now));
        let is_due = life.is_some_and(|life| life.is_due(account.services_time(now)));
        let has_clearance = leg == Leg::Clearance && account.tokens.clearance.is_some();
        let state = match left {
            Some(TimeLeft::Expired) => TokenState::Expired,
            Some(TimeLeft::Unknown) => TokenState::Unknown,
            Some(TimeLeft::Good(_)) if is_due => TokenState::Due,
            Some(TimeLeft::Good(_)) => TokenState::Good,
            None if has_clearance => TokenState::Good,
            None => TokenState::Missing,
        };
        let seconds_left = match left {
            Some(TimeLeft::Good(left)) => Some(left.as_secs()),
            Some(TimeLeft::Expired) => Some(0),
            Some(TimeLeft::Unknown) | None => None,
        };
        OneToken {
            state,
            // A token that a service has refused isn't good until any time.
            expires_at: life.filter(|life| !life.is_refused()).map(|life| life.expires_at),
            seconds_left,
            last_ms: account.leg_ms.get(&leg).copied(),
        }
    }
}

impl Words {
    fn of(failure: &Failure) -> Words {
        Words { key: failure.key.clone(), what: failure.what.clone(), todo: failure.todo.clone() }
    }
}
