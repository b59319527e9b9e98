//! Token files: a person's folder, and a vault whose accounts have tokens.

mod once;
mod refused;
mod release;
mod set_up;
mod together;
mod unclear;
mod writing;

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use spartan_auth::{
    claims::Claims,
    clock::Moment,
    raw::Raw,
    token::{Clearance, SpartanToken, Tokens, Validity, XstsToken},
};
use spartan_session::{
    error::{Cause, Error, TokenFileCause},
    format::Format,
    token_files::{SetUp, TokenFiles},
};
use spartan_vault::{
    account::{Account, AccountId},
    fs::files::{Files, RealFiles},
    keyring::Interaction,
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::bed::{Bed, account};

pub struct Project {
    pub bed: Bed,
    folder: TempDir,
}

impl Project {
    /// Returns the folder of a person who is signed in as account 1, with the first tokens.
    pub async fn new() -> Project {
        let project = Project { bed: Bed::new(), folder: TempDir::new().unwrap() };
        project.renewed(1, 1).await;
        project
    }

    /// Returns a path in the folder, without symbolic links.
    pub fn path(&self, name: &str) -> PathBuf {
        dunce::canonicalize(self.folder.path()).unwrap().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn token_files(&self) -> TokenFiles {
        self.kept_on(Arc::new(RealFiles))
    }

    pub fn kept_on(&self, files: Arc<dyn Files>) -> TokenFiles {
        TokenFiles::of(self.bed.paths(), files)
    }

    /// Sets up a token file for account 1.
    pub async fn keep(&self, name: &str, format: Format) -> Result<SetUp, TokenFileCause> {
        self.token_files()
            .keep(&self.bed.vault(), Interaction::Forbidden, self.path(name), format, id(1))
            .await
            .map_err(cause)
    }

    /// Puts an account with its nth tokens into the vault.
    pub async fn renewed(&self, account: u128, n: u32) {
        let account = signed_in(account, n);
        self.bed.vault().change(Interaction::Forbidden, move |contents| contents.put(account)).await.unwrap();
    }

    pub async fn signed_out(&self, account: u128) {
        self.bed.vault().change(Interaction::Forbidden, move |contents| contents.remove(id(account))).await.unwrap();
    }

    pub async fn refresh(&self) {
        for (kept, came) in self.token_files().refresh(&self.bed.vault()).await.unwrap() {
            came.unwrap_or_else(|error| panic!("{}: {error}", kept.file.display()));
        }
    }

    pub fn settings(&self) -> String {
        fs::read_to_string(self.bed.paths().settings()).unwrap_or_default()
    }

    /// Returns the names of all files in the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub fn id(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

/// Returns the lines of account 1 with its nth tokens.
pub fn lines(n: u32) -> String {
    format!(
        "# Kept fresh by Spartan Tray: the Spartan token is good until 2026-11-22T1{n}:00:00Z.\n\
         HALO_SPARTAN_TOKEN=v4=a1-{n}\nHALO_CLEARANCE_TOKEN=c{n}\n"
    )
}

/// Returns that moment, by a correct clock.
pub fn moment(wall: Timestamp) -> Moment {
    Moment { wall, elapsed: Duration::ZERO, boot: None }
}

/// Returns the time that many hours after the tokens were issued; the nth tokens are valid for n hours.
pub fn at(hours: u32) -> Timestamp {
    let start: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    start + SignedDuration::from_hours(hours.into())
}

/// Returns an account whose nth tokens contain its number.
pub fn signed_in(n: u128, tokens: u32) -> Account {
    let (start, expires_at) = (at(0), at(tokens));
    let life = Validity { issued_at: start, expires_at };
    let claims = Claims {
        user_hash: "7".into(),
        gamertag: Some(format!("Player {n}")),
        xuid: Some(format!("253327485533360{n}")),
        ..Claims::default()
    };
    let tokens = Tokens {
        refresh: Some("r".into()),
        xsts_xbox: Some(XstsToken { token: "x".into(), claims, life, raw: Raw::default() }),
        spartan: Some(SpartanToken { token: format!("v4=a{n}-{tokens}").into(), life, raw: Raw::default() }),
        clearance: Some(Clearance { id: format!("c{tokens}"), fetched_at: start, raw: Raw::default() }),
        ..Tokens::default()
    };
    Account { tokens, ..account(n) }
}

pub fn cause(error: Error) -> TokenFileCause {
    match error.cause {
        Cause::TokenFile(cause) => cause,
        other => panic!("{other:?}"),
    }
}
