//! A crash or a refused operation at each step of a write: the old contents open afterwards, or the new.

use std::sync::Arc;

use spartan_auth::{
    account::Contents,
    error::{Error, Step},
    keyring::Asked,
    vault::Vault,
};

use crate::{
    bed::{Bed, account, between, ids, put},
    faulty_files::{Fault, FaultyFiles},
};

/// Changes the accounts `old` into `new` with a fault at each operation in turn, until none is left to fail.
async fn at_each_operation(fault: Fault, old: &'static [u128], new: &'static [u128]) {
    for operation in 0.. {
        let bed = Bed::new();
        replace(&bed.vault(), old).await.unwrap();
        let files = Arc::new(FaultyFiles::at(operation, fault));
        let written = replace(&bed.vault_on(files.clone()), new).await;
        if !files.has_struck() {
            assert!(operation >= 4, "a change takes more than {operation} operations");
            return;
        }
        let found = ids(&bed.vault().read(Asked::Unasked).await.unwrap());
        match written {
            Ok(_) => assert_eq!(found, new, "operation {operation}"),
            Err(error) => {
                assert_eq!(error.step, Step::Vault);
                assert!(found == old || found == new, "operation {operation}: {found:?}");
            }
        }
        put(&bed.vault(), 9).await.unwrap();
        assert!(!between(&bed.places()).exists(), "operation {operation}");
        assert_eq!(ids(&bed.vault().read(Asked::Unasked).await.unwrap()), [found.as_slice(), &[9]].concat());
    }
}

async fn replace(vault: &Vault, with: &'static [u128]) -> Result<Contents, Error> {
    let change = |contents: &mut Contents| contents.accounts = with.iter().copied().map(account).collect();
    vault.change(Asked::Unasked, change).await.map(|(contents, ())| contents)
}

#[tokio::test]
async fn the_first_write_is_whole_or_not_there() {
    at_each_operation(Fault::Ends, &[], &[1]).await;
    at_each_operation(Fault::Fails, &[], &[1]).await;
}

#[tokio::test]
async fn a_later_write_leaves_the_old_contents_or_the_new() {
    at_each_operation(Fault::Ends, &[1, 2], &[2, 3]).await;
    at_each_operation(Fault::Fails, &[1, 2], &[2, 3]).await;
}

#[tokio::test]
async fn emptying_leaves_the_old_contents_or_none() {
    at_each_operation(Fault::Ends, &[1, 2], &[]).await;
    at_each_operation(Fault::Fails, &[1, 2], &[]).await;
}
