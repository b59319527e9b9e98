//! Several tasks and processes with one vault.

use std::{
    env, fs,
    process::{Child, Command},
    time::Duration,
};

use keyring_core::api::CredentialStoreApi;
use spartan_vault::{
    error::{Error, VaultCause},
    fs::lock::{Lock, RenewalLock},
    keyring::Interaction,
    vault::{Look, sealed},
};

use crate::bed::{Bed, SERVICE, account, ids, put, secret, set_secret};

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_lose_nothing_and_make_one_key() {
    let bed = Bed::new();
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let vault = bed.vault();
            tokio::spawn(async move {
                for n in 0..5 {
                    put(&vault, writer * 5 + n).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let mut found = ids(&bed.vault().read(Interaction::Forbidden).await.unwrap());
    found.sort_unstable();
    assert_eq!(found, (0..40).collect::<Vec<_>>());
    assert_eq!(bed.keyring.keys(), 1);
}

#[tokio::test]
async fn two_processes_lose_nothing() {
    let bed = Bed::with_account(0).await;
    let mut others = [another(&bed, "100"), another(&bed, "200")];
    let vault = bed.vault();
    for n in 1..20 {
        put(&vault, n).await.unwrap();
    }
    for other in &mut others {
        assert!(other.wait().unwrap().success());
    }
    let mut found = ids(&bed.vault().read(Interaction::Forbidden).await.unwrap());
    found.sort_unstable();
    assert_eq!(found, (0..20).chain(100..120).chain(200..220).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_lock_has_one_holder_and_a_limit_and_outlives_no_holder() {
    let bed = Bed::new();
    let path = bed.paths().vault_lock();
    let limit = Duration::from_millis(50);
    let held = Lock::take(path.clone(), limit).await.unwrap();
    let refused = Lock::take(path.clone(), limit).await.unwrap_err();
    assert_eq!(refused, Error::Vault(VaultCause::Busy));
    drop(held);
    drop(Lock::take(path.clone(), limit).await.unwrap());
    assert!(path.exists(), "lock files are never deleted");
}

#[tokio::test]
async fn one_accounts_renewal_waits_for_its_own_kind_alone() {
    let bed = Bed::with_account(1).await;
    let limit = Duration::from_millis(50);
    let [one, other] = [1, 2].map(|n| bed.paths().renewal_lock(account(n).id));
    let _held = RenewalLock::take(one.clone(), limit).await.unwrap();
    assert!(RenewalLock::take(one, limit).await.is_err());
    assert!(RenewalLock::take(other, limit).await.is_ok());
    assert!(put(&bed.vault(), 3).await.is_ok());
}

const HOME: &str = "VAULT_TEST_HOME";
const KEY: &str = "VAULT_TEST_KEY";
const FROM: &str = "VAULT_TEST_FROM";

/// Starts this test program again, as another process with the same key in its keyring.
fn another(bed: &Bed, from: &str) -> Child {
    let key = String::from_utf8(secret(&bed.keyring.entry()).unwrap()).unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "--ignored", "together::the_other_process"]);
    command.env(HOME, bed.home()).env(KEY, key).env(FROM, from).spawn().unwrap()
}

#[tokio::test]
#[ignore = "the other process of the test above"]
async fn the_other_process() {
    let Ok(home) = env::var(HOME) else { return };
    let bed = Bed::at(home.into());
    let id = sealed::vault_id(&bed.bytes()).unwrap();
    let entry = bed.keyring.store.build(SERVICE, &format!("vault-{id}"), None).unwrap();
    entry.set_password(&env::var(KEY).unwrap()).unwrap();
    let from: u128 = env::var(FROM).unwrap().parse().unwrap();
    let vault = bed.vault();
    for n in from..from + 20 {
        put(&vault, n).await.unwrap();
    }
}

#[tokio::test]
async fn a_vault_that_is_removed_or_replaced_while_its_key_is_fetched_is_read_again() {
    let bed = Bed::with_account(1).await;
    let (vault, path, entry) = (bed.vault(), bed.paths().vault(), bed.keyring.entry());
    *bed.keyring.meanwhile.lock().unwrap() = Some(Box::new(move || {
        fs::remove_file(path).unwrap();
        set_secret(&entry, None);
    }));
    assert!(vault.read(Interaction::Forbidden).await.unwrap().is_empty());
    assert_eq!(vault.look(), Look::Same);
}
