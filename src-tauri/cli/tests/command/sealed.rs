//! The vault, opened and changed as it would change with time; its key is in the test's keyring.

use std::fs;

use spartan_auth::jiff::{SignedDuration, Timestamp};
use spartan_vault::{account::Contents, key::Key, vault::sealed};

use crate::desktop::Desktop;

/// Returns the contents of the vault.
pub fn contents(desktop: &Desktop) -> Contents {
    sealed::open(&fs::read(desktop.vault()).unwrap(), &key(desktop)).unwrap()
}

/// Changes the contents of the vault.
pub fn change(desktop: &Desktop, change: impl FnOnce(&mut Contents)) {
    let id = sealed::vault_id(&fs::read(desktop.vault()).unwrap()).unwrap();
    let mut contents = contents(desktop);
    change(&mut contents);
    let nonce: [u8; 24] = std::array::from_fn(|_| uuid::Uuid::new_v4().as_bytes()[0]);
    fs::write(desktop.vault(), sealed::seal(&contents, id, &key(desktop), nonce).unwrap()).unwrap();
}

/// Sets the remaining lifetime of the Spartan tokens, from a renewal an hour ago.
pub fn let_spartan_tokens_have(desktop: &Desktop, left: SignedDuration) {
    let now = Timestamp::now();
    change(desktop, |contents| {
        for account in &mut contents.accounts {
            account.tried = None;
            let life = &mut account.tokens.spartan.as_mut().unwrap().life;
            (life.issued_at, life.expires_at) = (now - SignedDuration::from_hours(1), now + left);
        }
    });
}

fn key(desktop: &Desktop) -> Key {
    let id = sealed::vault_id(&fs::read(desktop.vault()).unwrap()).unwrap().to_string();
    let words = ["secret-tool", "lookup", "service", "app.spartantray.demo", "username", &format!("vault-{id}")];
    Key::from_text(desktop.ask(&words).unwrap().trim()).unwrap()
}
