//! A folder with a vault and its keyring, which outlasts the programs that use it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use spartan_auth::{azure_app::AzureApp, token::Tokens};
use spartan_fakes::PUBLIC_CLIENT_ID;
use spartan_vault::{
    account::{Account, AccountId, Contents},
    error::Error,
    fs::{
        files::{Files, RealFiles},
        paths::Paths,
    },
    keyring::{Interaction, Keyring, Patience},
    vault::Vault,
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::ring::Ring;

/// A separate folder; the vault is in [`DATA`], its key in [`KEYRING`].
pub struct Home {
    folder: TempDir,
}

/// The folder of the vault.
pub const DATA: &str = "data";
/// The folder of its key.
pub const KEYRING: &str = "keyring";

/// Files by their names, relative to the home's folder.
pub type Tree = BTreeMap<PathBuf, Vec<u8>>;

impl Home {
    pub fn new() -> Home {
        Home::of(&Tree::new())
    }

    /// Returns a home with these files in it.
    pub fn of(tree: &Tree) -> Home {
        let home = Home { folder: TempDir::new().unwrap() };
        for folder in [DATA, KEYRING] {
            fs::create_dir(home.path().join(folder)).unwrap();
        }
        for (name, bytes) in tree {
            fs::write(home.path().join(name), bytes).unwrap();
        }
        home
    }

    pub async fn with_accounts(ids: &[u128]) -> Home {
        let home = Home::new();
        replace(&home.vault(), ids).await.unwrap();
        home
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn vault(&self) -> Vault {
        vault(self.path(), Arc::new(RealFiles))
    }

    /// Returns what a program that starts now finds in the vault.
    pub async fn contents(&self) -> Result<Contents, Error> {
        self.vault().read(Interaction::Forbidden).await
    }

    /// Returns the names of the files in the vault's folder, including the vault itself.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path().join(DATA)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Returns every file of the vault and the keyring, except locks.
    pub fn tree(&self) -> Tree {
        let entries = [DATA, KEYRING].into_iter().flat_map(|folder| fs::read_dir(self.path().join(folder)).unwrap());
        let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension() != Some("lock".as_ref()));
        paths.map(|path| (path.strip_prefix(self.path()).unwrap().into(), fs::read(&path).unwrap())).collect()
    }
}

pub fn paths(home: &Path) -> Paths {
    Paths::of("app.example", Some(home.join(DATA))).unwrap()
}

/// Returns the vault of a home, whose keyring uses the same file operations.
pub fn vault(home: &Path, files: Arc<dyn Files>) -> Vault {
    // The machine may be busy; this doesn't test any time limit.
    let patience = Patience { unasked: Duration::from_secs(60), by_person: Duration::from_secs(60) };
    let ring = Ring { folder: home.join(KEYRING), files: files.clone() };
    Vault::new(paths(home), Keyring::new("app.example", Arc::new(ring), patience), files)
}

/// Replaces all accounts with these.
pub async fn replace(vault: &Vault, ids: &[u128]) -> Result<Contents, Error> {
    let accounts = ids.iter().copied().map(|id| account(id, &format!("refresh-{id}"))).collect();
    let change = |contents: &mut Contents| contents.accounts = accounts;
    vault.change(Interaction::Forbidden, change).await.map(|(contents, ())| contents)
}

pub fn account(id: u128, refresh: &str) -> Account {
    let app = AzureApp::parse(PUBLIC_CLIENT_ID, "http://localhost").unwrap();
    Account::new(AccountId(Uuid::from_u128(id)), app, Tokens::from_refresh(refresh.into()))
}

pub fn ids(contents: &Contents) -> Vec<u128> {
    contents.accounts.iter().map(|account| account.id.0.as_u128()).collect()
}
