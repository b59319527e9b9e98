//! A keyring that outlasts its program: each entry is a file that is synced before the call returns.

use std::{any::Any, collections::HashMap, fmt, io, path::PathBuf, sync::Arc};

use keyring_core::{
    Credential, CredentialStore, Entry, Error, Result,
    api::{CredentialApi, CredentialStoreApi},
};
use spartan_session::error::KeyCause;
use spartan_vault::{
    fs::files::Files,
    keyring::credentials::{Access, Credentials, EntryName},
};

/// Its file operations are an argument, so that a crash can also happen between them.
#[derive(Clone)]
pub struct Ring {
    pub folder: PathBuf,
    pub files: Arc<dyn Files>,
}

struct FileEntry {
    ring: Ring,
    path: PathBuf,
}

impl Credentials for Ring {
    fn connect(&self) -> Result<Arc<CredentialStore>> {
        Ok(Arc::new(self.clone()))
    }

    fn access(&self, _: &EntryName) -> std::result::Result<Access, KeyCause> {
        Ok(Access::Open)
    }

    fn unlock(&self, _: &EntryName) -> std::result::Result<(), KeyCause> {
        Ok(())
    }
}

impl CredentialStoreApi for Ring {
    fn vendor(&self) -> String {
        "files".into()
    }

    fn id(&self) -> String {
        self.folder.display().to_string()
    }

    fn build(&self, _: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let entry = FileEntry { ring: self.clone(), path: self.folder.join(user) };
        Ok(Entry::new_with_credential(Arc::new(entry)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for FileEntry {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        let Ring { files, folder } = &self.ring;
        let written = files.write_new(&self.path, secret).and_then(|()| files.sync(&self.path));
        written.and_then(|()| files.sync_folder(folder)).map_err(told)
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        self.ring.files.read(&self.path).map(|(secret, _)| secret).map_err(told)
    }

    fn delete_credential(&self) -> Result<()> {
        let Ring { files, folder } = &self.ring;
        files.remove(&self.path).and_then(|()| files.sync_folder(folder)).map_err(told)
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        self.get_secret().map(|_| None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileEntry")
    }
}

fn told(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::NoEntry,
        _ => Error::PlatformFailure(Box::new(error)),
    }
}
