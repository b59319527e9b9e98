//! A vault on a real disk, behind the chain's [`Save`]; its key is in memory.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use keyring_core::{CredentialStore, mock};
use secrecy::ExposeSecret;
use spartan_auth::{
    azure_app::AzureApp,
    chain::Save,
    token::{SpartanToken, Tokens},
};
use spartan_session::error::{Error, KeyCause};
use spartan_vault::{
    account::{Account, AccountId},
    fs::{files::RealFiles, paths::Paths},
    keyring::{
        Interaction, Keyring, Patience,
        credentials::{Access, Credentials, EntryName},
    },
    vault::Vault,
};
use tempfile::TempDir;
use uuid::Uuid;

const SERVICE: &str = "app.example";
const ACCOUNT: AccountId = AccountId(Uuid::from_u128(1));

/// Where the account is kept.
pub struct Disk {
    vault: Vault,
    app: AzureApp,
    _folder: TempDir,
}

impl Disk {
    pub fn new(app: AzureApp) -> Disk {
        // Beside the builds: a system's temporary folder may be no disk at all.
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let places = Paths::of(SERVICE, Some(folder.path().to_owned())).unwrap();
        let keyring = Keyring::new(SERVICE, Arc::new(InMemory(mock::Store::new().unwrap())), Patience::default());
        Disk { vault: Vault::new(places, keyring, Arc::new(RealFiles)), app, _folder: folder }
    }

    /// What is done before a person goes to Microsoft's page.
    pub async fn prepare(&self) {
        self.vault.prepare(Interaction::Forbidden).await.unwrap();
    }

    /// What is done before it is decided what is due.
    pub async fn read(&self) -> Tokens {
        let _lock = self.vault.lock_renewal(ACCOUNT).await.unwrap();
        let contents = self.vault.read(Interaction::Forbidden).await.unwrap();
        contents.account(ACCOUNT).map(|account| account.tokens.clone()).unwrap_or_default()
    }

    /// The keeper of a run that begins with these tokens.
    pub fn keep(&self, began: Instant, tokens: &Tokens) -> Keep<'_> {
        let before = text(tokens.spartan.as_ref()).to_owned();
        Keep { disk: self, before, began, kept: Mutex::default() }
    }
}

/// Keeps what a run gives, and remembers when it was on the disk.
pub struct Keep<'a> {
    disk: &'a Disk,
    before: String,
    began: Instant,
    kept: Mutex<Kept>,
}

/// When what was kept.
#[derive(Default)]
pub struct Kept {
    /// How long after the start a new Spartan token was.
    pub spartan: Option<Duration>,
    /// How long each write took.
    pub writes: Vec<Duration>,
}

impl Keep<'_> {
    /// What was kept so far.
    pub fn kept(self) -> Kept {
        self.kept.into_inner().unwrap()
    }
}

impl Save for Keep<'_> {
    type Error = Error;

    async fn save(&self, tokens: &Tokens) -> Result<(), Error> {
        let began = Instant::now();
        let account = Account::new(ACCOUNT, self.disk.app.clone(), tokens.clone());
        self.disk.vault.change(Interaction::Forbidden, |contents| contents.put(account)).await?;
        let mut kept = self.kept.lock().unwrap();
        kept.writes.push(began.elapsed());
        if text(tokens.spartan.as_ref()) != self.before {
            kept.spartan.get_or_insert(self.began.elapsed());
        }
        Ok(())
    }
}

fn text(spartan: Option<&SpartanToken>) -> &str {
    spartan.map(|spartan| spartan.token.expose_secret()).unwrap_or_default()
}

struct InMemory(Arc<mock::Store>);

impl Credentials for InMemory {
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(self.0.clone())
    }

    fn access(&self, _: &EntryName) -> Result<Access, KeyCause> {
        Ok(Access::Open)
    }

    fn unlock(&self, _: &EntryName) -> Result<(), KeyCause> {
        Ok(())
    }
}
