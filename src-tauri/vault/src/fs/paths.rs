//! The paths of this program's files.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use directories::BaseDirs;

use crate::{
    account::AccountId,
    error::{Error, VaultCause},
};

/// The folders and files of one app identifier; each is created only when needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    identifier: String,
    data: PathBuf,
    config: PathBuf,
    state: PathBuf,
}

impl Paths {
    /// Returns the system's folders for `identifier`, or `home` for everything if the user set it.
    pub fn of(identifier: &str, home: Option<PathBuf>) -> Result<Paths, Error> {
        let identifier = identifier.to_owned();
        if let Some(home) = home {
            return Ok(Paths { identifier, data: home.clone(), config: home.clone(), state: home });
        }
        let base = BaseDirs::new().ok_or(VaultCause::Io { kind: ErrorKind::NotFound })?;
        // Local, not roaming: the key in the keyring stays on this computer, so the rest must too.
        let data = base.data_local_dir().join(&identifier);
        let config = base.config_local_dir().join(&identifier);
        let state = base.state_dir().map_or_else(|| data.clone(), |state| state.join(&identifier));
        Ok(Paths { identifier, data, config, state })
    }

    /// The app identifier, which names folders, the bus and keyring entries.
    #[must_use]
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The vault file.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.data.join("vault")
    }

    /// The lock that's held while the vault or the settings are written.
    #[must_use]
    pub fn vault_lock(&self) -> PathBuf {
        self.data.join("vault.lock")
    }

    /// The lock that's held while an account is renewed.
    #[must_use]
    pub fn renewal_lock(&self, id: AccountId) -> PathBuf {
        self.data.join(format!("renew-{}.lock", id.0))
    }

    /// The lock that the tray app holds while it's running.
    #[must_use]
    pub fn program_lock(&self) -> PathBuf {
        self.data.join("program.lock")
    }

    /// The lock that's held while token files are written.
    #[must_use]
    pub fn keep_lock(&self) -> PathBuf {
        self.data.join("keep.lock")
    }

    /// The settings file.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// The folder of the log files.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.state.join("log")
    }

    /// Every folder with this program's own files.
    #[must_use]
    pub fn folders(&self) -> [&Path; 3] {
        [&self.data, &self.config, &self.state]
    }

    /// The folder with the vault and its locks.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_home_holds_everything() {
        let paths = Paths::of("app.example", Some("/somewhere".into())).unwrap();
        let id = AccountId(uuid::Uuid::nil());
        let kept = [paths.vault(), paths.vault_lock(), paths.renewal_lock(id)];
        for place in kept.into_iter().chain([paths.settings(), paths.log()]) {
            assert_eq!(place.parent(), Some(Path::new("/somewhere")), "{}", place.display());
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn on_linux_data_settings_and_log_each_have_the_systems_own_place() {
        let paths = Paths::of("app.example", None).unwrap();
        let base = BaseDirs::new().unwrap();
        assert_eq!(paths.vault(), base.data_local_dir().join("app.example/vault"));
        assert_eq!(paths.settings(), base.config_dir().join("app.example/settings.toml"));
        assert_eq!(paths.log(), base.state_dir().unwrap().join("app.example/log"));
    }

    #[test]
    fn two_identifiers_share_no_place() {
        let [one, other] = ["app.one", "app.other"].map(|identifier| Paths::of(identifier, None).unwrap());
        assert_ne!(one.vault(), other.vault());
        assert_ne!(one.settings(), other.settings());
        assert_ne!(one.log(), other.log());
    }
}
