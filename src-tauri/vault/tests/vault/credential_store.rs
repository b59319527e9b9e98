//! Windows' own credential store.

use std::process;

use spartan_vault::{
    error::KeyCause,
    key::Key,
    keyring::{
        Interaction, Keyring,
        credentials::{Credentials, SystemCredentials},
    },
    vault::sealed::VaultId,
};

const ID: VaultId = VaultId([7; 16]);

#[tokio::test]
async fn the_key_is_kept_on_this_computer_alone_until_it_is_removed() {
    let service = format!("app.example.{}", process::id());
    let (keyring, key) = (Keyring::of_system(&service), Key::new([9; 32]));
    keyring.keep(ID, &key, Interaction::Forbidden).await.unwrap();

    let entry = SystemCredentials.connect().unwrap().build(&service, &format!("vault-{ID}"), None).unwrap();
    assert_eq!(entry.get_attributes().unwrap()["persistence"], "Local", "it would roam");
    assert_eq!(keyring.key(ID, Interaction::Forbidden).await.unwrap(), key);

    keyring.remove(ID, Interaction::Forbidden).await.unwrap();
    assert_eq!(keyring.key(ID, Interaction::Forbidden).await.unwrap_err(), KeyCause::Missing);
}
