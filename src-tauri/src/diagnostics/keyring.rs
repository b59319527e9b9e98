//! Whether the keyring keeps something and gives it back: tried with an entry of the report's own.

use std::{thread, time::Duration};

use spartan_auth::{
    credentials::{Access, Credentials, EntryName, SystemCredentials},
    error::{Cause, Error, KeyCause, Step},
    trouble::Trouble,
};
use tokio::{sync::oneshot, time::timeout};

/// Keyrings block for as long as they like.
const PATIENCE: Duration = Duration::from_secs(5);

/// Writes, reads and deletes an entry, in words; a keyring that would ask the person for a password is left alone.
pub(super) async fn round_trip(service: &str) -> String {
    let entry = EntryName { service: service.to_owned(), user: format!("diagnostics-{}", std::process::id()) };
    let (reply, answer) = oneshot::channel();
    let asked = thread::Builder::new().name("diagnostics".into()).spawn(move || {
        // Nobody waits any more for one that took too long.
        let _ = reply.send(try_out(&SystemCredentials, &entry));
    });
    if let Err(error) = asked {
        return format!("could not be asked: {error}");
    }
    timeout(PATIENCE, answer).await.ok().and_then(Result::ok).unwrap_or_else(|| words(KeyCause::Silent))
}

fn try_out(credentials: &dyn Credentials, name: &EntryName) -> String {
    const SECRET: &str = "nothing secret";
    match credentials.access(name) {
        Ok(Access::Open) => {}
        Ok(Access::Locked) => return words(KeyCause::Locked),
        Err(cause) => return words(cause),
    }
    let tried = credentials.connect().and_then(|store| {
        let entry = store.build(&name.service, &name.user, Some(&credentials.modifiers()))?;
        entry.set_password(SECRET)?;
        let read = entry.get_password();
        entry.delete_credential()?;
        read
    });
    match tried {
        Ok(read) if read == SECRET => "an entry was written, read and deleted".into(),
        Ok(_) => "another text was read than was written".into(),
        Err(error) => format!("an entry could not be written, read and deleted: {error}"),
    }
}

fn words(cause: KeyCause) -> String {
    Trouble::from(&Error::new(Step::Key, Cause::Key(cause))).what
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use keyring_core::{CredentialStore, mock};

    use super::*;

    /// A keyring in memory, and how it is locked.
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
        assert_eq!(try_out(&keyring, &name()), "an entry was written, read and deleted");
        let left = keyring.store.build("app.example", "diagnostics-1", None).unwrap().get_password();
        assert!(matches!(left, Err(keyring_core::Error::NoEntry)), "{left:?}");
    }

    #[test]
    fn a_keyring_that_would_ask_or_is_not_there_is_left_alone() {
        for (access, expected) in
            [(Ok(Access::Locked), KeyCause::Locked), (Err(KeyCause::NoKeyring), KeyCause::NoKeyring)]
        {
            let keyring = InMemory::new(access);
            assert_eq!(try_out(&keyring, &name()), words(expected));
            assert_eq!(*keyring.connected.lock().unwrap(), 0);
        }
    }
}
