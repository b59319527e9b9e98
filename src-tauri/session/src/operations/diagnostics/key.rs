//! Whether the key is available. A keyring is tested with a separate entry; a key file is read.

use std::{thread, time::Duration};

use spartan_vault::{
    key::{
        key_file::KeyFile,
        key_place::{self, KeyPlace},
    },
    keyring::{
        Keyring,
        credentials::{Access, Credentials, EntryName},
    },
};
use tokio::{sync::oneshot, time::timeout};

use super::{Finding, Observation};
use crate::error::KeyCause;

/// Keyrings can block indefinitely.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn look(keys: &KeyPlace) -> Finding {
    match keys {
        KeyPlace::Keyring(keyring) => round_trip(keyring).await,
        KeyPlace::File(file) => read(file).await,
        KeyPlace::Unknown { cause, .. } => Finding::wrong(Observation::NoKey, cause.clone().into()),
    }
}

async fn read(file: &KeyFile) -> Finding {
    match key_place::read(file.clone()).await {
        Ok(_) => Finding::well(Observation::KeyFile { path: file.path().to_owned() }),
        Err(error) => Finding::wrong(Observation::NoKey, error.into()),
    }
}

/// Writes, reads and deletes an entry. Does nothing if the keyring would prompt for a password.
async fn round_trip(keyring: &Keyring) -> Finding {
    let (service, credentials) = keyring.parts();
    let entry = EntryName { service: service.to_owned(), user: format!("diagnostics-{}", std::process::id()) };
    let (reply, answer) = oneshot::channel();
    let asked = thread::Builder::new().name("diagnostics".into()).spawn(move || {
        // After a timeout, nothing receives the result.
        let _ = reply.send(try_out(credentials.as_ref(), &entry));
    });
    if asked.is_err() {
        return no_key(KeyCause::Failed);
    }
    let tried = timeout(PATIENCE, answer).await.ok().and_then(Result::ok);
    tried.unwrap_or_else(|| no_key(KeyCause::Silent))
}

fn try_out(credentials: &dyn Credentials, name: &EntryName) -> Finding {
    const SECRET: &str = "nothing secret";
    match credentials.access(name) {
        Ok(Access::Open) => {}
        Ok(Access::Locked) => return no_key(KeyCause::Locked),
        Err(cause) => return no_key(cause),
    }
    let tried = credentials.connect().and_then(|store| {
        let entry = store.build(&name.service, &name.user, Some(&credentials.modifiers()))?;
        entry.set_password(SECRET)?;
        let read = entry.get_password();
        entry.delete_credential()?;
        read
    });
    match tried {
        Ok(read) if read == SECRET => Finding::well(Observation::Keyring),
        Ok(_) => Finding::wrong(Observation::KeyringGarbles, KeyCause::Failed.into()),
        Err(error) => Finding::wrong(Observation::KeyringRefuses { why: error.to_string() }, KeyCause::Failed.into()),
    }
}

fn no_key(cause: KeyCause) -> Finding {
    Finding::wrong(Observation::NoKey, cause.into())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use keyring_core::{CredentialStore, mock};

    use super::*;

    /// A keyring in memory, with its lock state.
    struct InMemory {
        access: Result<Access, KeyCause>,
        store: Arc<CredentialStore>,
        connected: Mutex<u32>,
    }

    impl InMemory {
        fn new(access: Result<Access, KeyCause>) -> InMemory {
            InMemory { access, store: mock::Store::new().unwrap(), connected: Mutex::default() }
        }
    }

    impl Credentials for InMemory {
        fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
            *self.connected.lock().unwrap() += 1;
            Ok(self.store.clone())
        }

        fn access(&self, _: &EntryName) -> Result<Access, KeyCause> {
            self.access
        }

        fn unlock(&self, _: &EntryName) -> Result<(), KeyCause> {
            panic!("a report asks nobody to unlock anything")
        }
    }

    fn name() -> EntryName {
        EntryName { service: "app.example".into(), user: "diagnostics-1".into() }
    }

    #[test]
    fn what_was_written_is_read_and_nothing_is_left() {
        let keyring = InMemory::new(Ok(Access::Open));
        assert_eq!(try_out(&keyring, &name()), Finding::well(Observation::Keyring));
        let left = keyring.store.build("app.example", "diagnostics-1", None).unwrap().get_password();
        assert!(matches!(left, Err(keyring_core::Error::NoEntry)), "{left:?}");
    }

    #[test]
    fn a_keyring_that_would_ask_or_is_not_there_is_left_alone() {
        for (access, expected) in
            [(Ok(Access::Locked), KeyCause::Locked), (Err(KeyCause::NoKeyring), KeyCause::NoKeyring)]
        {
            let keyring = InMemory::new(access);
            assert_eq!(try_out(&keyring, &name()).error, Some(expected.into()));
            assert_eq!(*keyring.connected.lock().unwrap(), 0);
        }
    }
}
