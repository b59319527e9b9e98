//! The system's own store of credentials, as this program asks it.

#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;

use std::{collections::HashMap, sync::Arc};

use keyring_core::CredentialStore;

use crate::error::KeyCause;

/// Which entry: the identifier and `vault-<vault id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryName {
    /// What keyrings call the service.
    pub service: String,
    /// What keyrings call the user.
    pub user: String,
}

/// Whether an entry can be had without a question to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can, or the system does not tell.
    Open,
    /// The keyring would ask for a password first.
    Locked,
}

/// A store of credentials; each call may block, and only [`Credentials::unlock`] may ask the person.
pub trait Credentials: Send + Sync {
    /// Connects anew.
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>>;

    /// How entries are made in this store.
    fn modifiers(&self) -> HashMap<&'static str, &'static str> {
        HashMap::new()
    }

    /// Whether the entry can be had, or made, without a question to the person.
    fn access(&self, entry: &EntryName) -> Result<Access, KeyCause>;

    /// Has the keyring ask the person to unlock what the entry needs.
    fn unlock(&self, entry: &EntryName) -> Result<(), KeyCause>;
}

/// The keyring of this system.
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
        // The default roams to the person's other computers.
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

/// The keyring of this system for a program that nobody looks at: its question is never raised.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnattendedCredentials;

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
