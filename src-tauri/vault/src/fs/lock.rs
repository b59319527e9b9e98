//! Locks between processes: files that are never deleted, and that the system locks for as long as they're open.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    error::{Error, VaultCause},
    fs::{
        files::{self, Files, RealFiles},
        permissions,
    },
};

/// A lock that's held; released when dropped, or when the process ends in any way.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// The lock of one account's renewal, held by the process that renews it; taken before `vault.lock`, never after.
#[derive(Debug)]
pub struct RenewalLock {
    _lock: Lock,
}

impl Lock {
    /// Waits for the lock at `path`. Fails with [`VaultCause::Busy`] after `limit`.
    pub async fn take(path: PathBuf, limit: Duration) -> Result<Lock, Error> {
        let give_up = Instant::now() + limit;
        let file = tokio::task::spawn_blocking(move || open(&path)).await.map_err(io::Error::other);
        let file = file.flatten().map_err(VaultCause::from)?;
        loop {
            // A blocking lock could neither be cancelled nor time out.
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
    /// Returns whether the lock at `path` is held at the moment; creates no file.
    pub fn is_held(path: &Path) -> io::Result<bool> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        // A shared lock doesn't affect other processes that check at the same moment.
        match file.try_lock_shared() {
            Ok(()) => {
                // Closing the file does the same, so an error here doesn't matter.
                let _ = file.unlock();
                Ok(false)
            }
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl RenewalLock {
    /// Waits until the account isn't being renewed. Fails with [`VaultCause::Busy`] after `limit`.
    pub async fn take(path: PathBuf, limit: Duration) -> Result<RenewalLock, Error> {
        Lock::take(path, limit).await.map(|lock| RenewalLock { _lock: lock })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would suffice, except that a child process being spawned may still share it.
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> io::Result<File> {
    RealFiles.make_folder(files::folder_of(path))?;
    // On Windows, a file can be locked only through a handle with read or write access.
    permissions::open_or_create(OpenOptions::new().read(true).write(true), path)
}

/// Returns a pause of 5 to 20 ms, random so that waiting processes don't stay in step.
fn pause() -> Duration {
    Duration::from_millis(5 + u64::from(getrandom::u32().unwrap_or_default() % 16))
}
