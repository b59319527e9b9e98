//! The system's credential store, as this program uses it.

#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;

use std::{collections::HashMap, sync::Arc};

use keyring_core::CredentialStore;

use crate::error::KeyCause;

/// An entry's name: the app identifier and `vault-<vault id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryName {
    /// The keyring's service attribute.
    pub service: String,
    /// The keyring's user attribute.
    pub user: String,
}

/// Whether an entry can be accessed without prompting the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can, or the system doesn't report it.
    Open,
    /// The keyring would prompt for a password first.
    Locked,
}

/// A credential store. Any call may block, and only [`Credentials::unlock`] may prompt the user.
pub trait Credentials: Send + Sync {
    /// Opens a new connection.
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>>;

    /// Returns the options for creating entries in this store.
    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        HashMap::new()
    }

    /// Returns whether the entry can be read or created without prompting the user.
    fn access(&self, entry: &EntryName) -> Result<Access, KeyCause>;

    /// Has the keyring prompt the user to unlock what the entry needs.
    fn unlock(&self, entry: &EntryName) -> Result<(), KeyCause>;
}

/// The system's keyring.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemCredentials;

#[cfg(all(unix, not(target_os = "macos")))]
impl Credentials for SystemCredentials {
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(zbus_secret_service_keyring_store::Store::new()?)
    }

    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        HashMap::from([("label", "Spartan Tray")])
    }

    fn access(&self, entry: &EntryName) -> Result<Access, KeyCause> {
        secret_service::access(entry)
    }

    fn unlock(&self, entry: &EntryName) -> Result<(), KeyCause> {
        secret_service::unlock(entry)
    }
}

#[cfg(windows)]
impl Credentials for SystemCredentials {
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(windows_native_keyring_store::Store::new()?)
    }

    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        // With the default, entries roam to the user's other computers.
        HashMap::from([("persistence", "Local")])
    }

    fn access(&self, _: &EntryName) -> Result<Access, KeyCause> {
        Ok(Access::Open)
    }

    fn unlock(&self, _: &EntryName) -> Result<(), KeyCause> {
        Ok(())
    }
}

#[cfg(target_os = "macos")]
impl Credentials for SystemCredentials {
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(apple_native_keyring_store::keychain::Store::new()?)
    }

    fn access(&self, _: &EntryName) -> Result<Access, KeyCause> {
        Ok(Access::Open)
    }

    fn unlock(&self, _: &EntryName) -> Result<(), KeyCause> {
        Ok(())
    }
}

/// The system's keyring for an unattended program; it never prompts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct UnattendedCredentials;

impl Credentials for UnattendedCredentials {
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        SystemCredentials.connect()
    }

    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        SystemCredentials.modifiers()
    }

    fn access(&self, entry: &EntryName) -> Result<Access, KeyCause> {
        SystemCredentials.access(entry)
    }

    fn unlock(&self, _: &EntryName) -> Result<(), KeyCause> {
        Err(KeyCause::Locked)
    }
}
