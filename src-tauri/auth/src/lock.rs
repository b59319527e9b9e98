//! Locks between processes: files that are never deleted, held by the system for as long as they are open.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    error::{Error, VaultCause},
    files::{self, Files, RealFiles},
    permissions,
};

/// A lock that is held; it is free again when this is dropped, or when the process ends in any way.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// One account's renewal, held by whoever renews it; taken before `vault.lock`, never after.
#[derive(Debug)]
pub struct RenewalLock {
    _lock: Lock,
}

impl Lock {
    /// Waits until the lock at `path` is free, for at most `limit`; then it is [`VaultCause::Busy`].
    pub async fn take(path: PathBuf, limit: Duration) -> Result<Lock, Error> {
        let give_up = Instant::now() + limit;
        let file = tokio::task::spawn_blocking(move || open(&path)).await.map_err(io::Error::other);
        let file = file.flatten().map_err(VaultCause::from)?;
        loop {
            // A blocking lock could be neither cancelled nor given a limit.
            match file.try_lock() {
                Ok(()) => return Ok(Lock { file }),
                Err(TryLockError::Error(error)) => return Err(VaultCause::from(error).into()),
                Err(TryLockError::WouldBlock) if Instant::now() >= give_up => return Err(VaultCause::Busy.into()),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(pause()).await,
            }
        }
    }
}

impl Lock {
    /// Whether somebody holds the lock at `path` right now; no file is made.
    pub fn is_held(path: &Path) -> io::Result<bool> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        // A lock that is shared for this moment keeps nobody from seeing the same.
        match file.try_lock_shared() {
            Ok(()) => {
                // Closing the file does the same: an error of this says nothing about others.
                let _ = file.unlock();
                Ok(false)
            }
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl RenewalLock {
    /// Waits until nobody renews that account, for at most `limit`; then it is [`VaultCause::Busy`].
    pub async fn take(path: PathBuf, limit: Duration) -> Result<RenewalLock, Error> {
        Lock::take(path, limit).await.map(|lock| RenewalLock { _lock: lock })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do, but for a child process that is just being made and still shares it.
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> io::Result<File> {
    RealFiles.make_folder(files::folder_of(path))?;
    // Windows locks a file only through a handle that may read or write it.
    permissions::open_or_create(OpenOptions::new().read(true).write(true), path)
}

/// 5 to 20 ms, so that those who wait do not keep in step.
fn pause() -> Duration {
    Duration::from_millis(5 + u64::from(getrandom::u32().unwrap_or_default() % 16))
}
