//! The user's token files: a `.env` to which lines are added, or a whole file.
//!
//! The settings list the files. Only one process writes them at a time, and it reads the vault under the same lock, so
//! that the last writer has the newest tokens.

mod contents;
mod dotenv;
mod once;
mod place;
mod refresh;
mod release;
mod rewrite;
mod set_up;
mod unclear;
mod warning;

use std::{fmt, sync::Arc, time::Duration};

use spartan_vault::{
    error as vault,
    fs::{files::Files, lock::Lock, paths::Paths},
    vault::finished,
};

pub use self::{
    once::{Once, WrittenOnce},
    refresh::{Standing, Written},
    release::Named,
    set_up::SetUp,
    warning::Warning,
};
use crate::{
    error::{Error, TokenFileCause, VaultCause},
    settings::{
        Settings,
        token_file::{TokenFile, UnclearEntry},
    },
};

/// All token files of a user.
#[derive(Clone)]
pub struct TokenFiles {
    paths: Paths,
    files: Arc<dyn Files>,
}

/// Omits the file operations.
impl fmt::Debug for TokenFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptFiles").field("places", &self.paths).finish_non_exhaustive()
    }
}

/// Each file takes milliseconds, unless its disk is slow.
const LIMIT: Duration = Duration::from_secs(30);

impl TokenFiles {
    /// Returns the token files in the settings at these paths, written with these file operations.
    #[must_use]
    pub fn of(paths: Paths, files: Arc<dyn Files>) -> TokenFiles {
        TokenFiles { paths, files }
    }

    /// Returns the token files in the settings. Fails if the settings aren't understood.
    pub fn list(&self) -> Result<Vec<TokenFile>, TokenFileCause> {
        Settings::token_files(&self.paths)
    }

    /// Returns the entries that aren't understood. If the settings aren't valid TOML, returns anything that looks like
    /// one.
    #[must_use]
    pub fn unclear(&self) -> Vec<UnclearEntry> {
        Settings::unclear(&self.paths)
    }

    async fn lock(&self) -> Result<Lock, Error> {
        let path = self.paths.keep_lock();
        Lock::take(path.clone(), LIMIT).await.map_err(|error| match error {
            vault::Error::Vault(VaultCause::Busy) => TokenFileCause::Busy.into(),
            vault::Error::Vault(VaultCause::Io { kind }) => TokenFileCause::Io { file: path, kind }.into(),
            error => error.into(),
        })
    }

    /// Runs file operations off the threads that must not block.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&TokenFiles) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let all = self.clone();
        finished(tokio::task::spawn_blocking(move || work(&all)).await)
    }
}
