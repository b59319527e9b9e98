//! A vault in a separate folder, with a controllable keyring.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use keyring_core::{CredentialStore, mock};
use spartan_auth::{azure_app::AzureApp, token::Tokens};
use spartan_vault::{
    account::{Account, AccountId, Contents},
    error::{Error, KeyCause},
    fs::{
        files::{Files, RealFiles},
        paths::Paths,
    },
    key::{Key, key_file::KeyFile, key_place::KeyPlace},
    keyring::{
        Keyring, Patience,
        credentials::{Access, Credentials, EntryName},
    },
    vault::Vault,
};
use tempfile::TempDir;
use uuid::Uuid;

pub const SERVICE: &str = "app.example";

/// One person's folder and keyring; each [`Bed::vault`] represents another process.
pub struct Bed {
    pub keyring: Arc<ToldKeyring>,
    home: PathBuf,
    /// Deleted with the bed; `None` if the folder belongs to another.
    _folder: Option<TempDir>,
}

impl Bed {
    pub fn new() -> Bed {
        let folder = TempDir::new().unwrap();
        Bed { home: folder.path().join("home"), keyring: Arc::new(ToldKeyring::new()), _folder: Some(folder) }
    }

    /// Returns a bed in a folder that belongs to another.
    pub fn at(home: PathBuf) -> Bed {
        Bed { keyring: Arc::new(ToldKeyring::new()), home, _folder: None }
    }

    /// Returns a bed whose vault contains one account.
    pub async fn with_account(n: u128) -> Bed {
        let bed = Bed::new();
        put(&bed.vault(), n).await.unwrap();
        bed
    }

    pub fn paths(&self) -> Paths {
        Paths::of(SERVICE, Some(self.home.clone())).unwrap()
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    pub fn vault(&self) -> Vault {
        self.vault_on(Arc::new(RealFiles))
    }

    pub fn vault_on(&self, files: Arc<dyn Files>) -> Vault {
        Vault::new(self.paths(), self.in_keyring(), files)
    }

    /// Returns the vault with its key in another place.
    pub fn vault_with(&self, keys: impl Into<KeyPlace>) -> Vault {
        Vault::new(self.paths(), keys, Arc::new(RealFiles))
    }

    pub fn in_keyring(&self) -> KeyPlace {
        // A busy machine may keep one that answers from being heard for a while.
        let unasked =
            if self.keyring.mood() == Mood::Silent { Duration::from_secs(1) } else { Duration::from_secs(60) };
        let patience = Patience { unasked, by_person: Duration::from_secs(60) };
        Keyring::new(SERVICE, self.keyring.clone(), patience).into()
    }

    /// Returns a key file beside the vault's folder that doesn't exist yet.
    pub fn key_file(&self) -> KeyFile {
        KeyFile::at(self.home.with_file_name("keys").join("spartan.key"))
    }

    pub fn bytes(&self) -> Vec<u8> {
        fs::read(self.paths().vault()).unwrap()
    }

    pub fn overwrite(&self, bytes: &[u8]) {
        fs::write(self.paths().vault(), bytes).unwrap();
    }

    /// Returns the names of the files in the vault's folder.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.paths().data()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Returns a bed without a keyring, and its key file.
pub fn without_keyring() -> (Bed, KeyFile) {
    let bed = Bed::new();
    bed.keyring.is(Mood::Refuses(KeyCause::NoKeyring));
    let file = bed.key_file();
    file.make(&Key::new([7; 32])).unwrap();
    (bed, file)
}

/// Adds an account.
pub async fn put(vault: &Vault, n: u128) -> Result<Contents, Error> {
    let put = vault.change(spartan_vault::keyring::Interaction::Forbidden, move |contents| contents.put(account(n)));
    put.await.map(|(contents, ())| contents)
}

pub fn account(n: u128) -> Account {
    let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
    let tokens = Tokens { refresh: Some(format!("refresh-{n}").into()), ..Tokens::default() };
    Account::new(AccountId(Uuid::from_u128(n)), app, tokens)
}

/// Returns the IDs of the accounts, as numbers.
pub fn ids(contents: &Contents) -> Vec<u128> {
    contents.accounts.iter().map(|account| account.id.0.as_u128()).collect()
}

/// How the keyring responds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It answers.
    Open,
    /// It would show a prompt, with this result.
    Locked(Result<(), KeyCause>),
    /// It's unavailable, or refuses.
    Refuses(KeyCause),
    /// It never answers.
    Silent,
}

pub struct ToldKeyring {
    pub store: Arc<mock::Store>,
    pub prompts: AtomicUsize,
    mood: Mutex<Mood>,
    /// What another process does when the key is fetched the next time.
    pub meanwhile: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl ToldKeyring {
    fn new() -> ToldKeyring {
        ToldKeyring {
            store: mock::Store::new().unwrap(),
            prompts: AtomicUsize::new(0),
            mood: Mutex::new(Mood::Open),
            meanwhile: Mutex::new(None),
        }
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap()
    }

    /// Returns the only entry that a vault has created.
    pub fn entry(&self) -> Arc<mock::Cred> {
        let mut entries = self.store.inner.lock().unwrap();
        let mut kept = entries.get_mut().iter().filter(|entry| secret(entry).is_some());
        let entry = kept.next().unwrap().clone();
        assert!(kept.next().is_none(), "one key and no more");
        entry
    }

    pub fn keys(&self) -> usize {
        self.store.inner.lock().unwrap().get_mut().iter().filter(|entry| secret(entry).is_some()).count()
    }
}

pub fn secret(entry: &mock::Cred) -> Option<Vec<u8>> {
    entry.inner.lock().unwrap().get_mut().secret.clone()
}

pub fn set_secret(entry: &mock::Cred, secret: Option<&[u8]>) {
    entry.inner.lock().unwrap().get_mut().secret = secret.map(Into::into);
}

impl Credentials for ToldKeyring {
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(self.store.clone())
    }

    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        HashMap::new()
    }

    fn access(&self, entry: &EntryName) -> Result<Access, KeyCause> {
        assert_eq!((entry.service.as_str(), entry.user.len()), (SERVICE, "vault-".len() + 32));
        if let Some(change) = self.meanwhile.lock().unwrap().take() {
            change();
        }
        match self.mood() {
            Mood::Open => Ok(Access::Open),
            Mood::Locked(_) => Ok(Access::Locked),
            Mood::Refuses(cause) => Err(cause),
            Mood::Silent => loop {
                thread::park();
            },
        }
    }

    fn unlock(&self, _: &EntryName) -> Result<(), KeyCause> {
        self.prompts.fetch_add(1, Ordering::SeqCst);
        let mut mood = self.mood.lock().unwrap();
        let Mood::Locked(end) = *mood else { return Ok(()) };
        if end.is_ok() {
            *mood = Mood::Open;
        }
        end
    }
}
