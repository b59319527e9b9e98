//! The power is cut after each operation of a change: what is on the disk by then can be opened, with the old contents
//! or the new.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use crate::{
    disk::Disk,
    home::{DATA, Home, KEYRING, Tree, ids, replace, vault},
    stepped_files::{Operation, SteppedFiles},
};

/// The operations of a change of the accounts, and the state before it.
struct Trace {
    old: &'static [u128],
    new: &'static [u128],
    before: Tree,
    operations: Vec<Operation>,
}

#[tokio::test]
async fn a_power_cut_leaves_the_old_contents_or_the_new_and_never_takes_back_what_was_done() {
    for (old, new) in [(&[][..], &[1][..]), (&[1, 2], &[2, 3]), (&[1, 2], &[])] {
        let trace = Trace::of(old, new).await;
        assert_eq!(trace.loss().await, None, "{old:?} to {new:?}");
    }
}

#[tokio::test]
async fn no_other_order_of_writing_would_do() {
    let trace = Trace::of(&[1, 2], &[2, 3]).await;
    let bytes = trace.operations.iter().find_map(|operation| match operation {
        Operation::Write(_, bytes) => Some(bytes.clone()),
        _ => None,
    });
    let (vault, between, data) = (data("vault"), data("vault.new"), PathBuf::from(DATA));
    let write = Operation::Write(between.clone(), bytes.unwrap());
    let sync = Operation::Sync(between.clone());
    let rename = Operation::Rename(between, vault.clone());
    let names = Operation::SyncFolder(data);
    let right = [&write, &sync, &rename, &names];
    assert!(trace.with(&right).loss().await.is_none());

    let wrong: [(&str, &[&Operation]); 7] = [
        ("bytes are never synced", &[&write, &rename, &names]),
        ("bytes are synced after the rename", &[&write, &rename, &Operation::Sync(vault.clone()), &names]),
        ("names are never synced", &[&write, &sync, &rename]),
        ("names are synced before the rename", &[&write, &sync, &names, &rename]),
        ("nothing takes the vault's place", &[&write, &sync, &names]),
        (
            "the vault goes before the next one comes",
            &[&Operation::Remove(vault.clone()), &write, &sync, &rename, &names],
        ),
        ("nothing is written", &[]),
    ];
    for (fault, operations) in wrong {
        assert!(trace.with(operations).loss().await.is_some(), "{fault}, and nobody notices");
    }
}

#[tokio::test]
async fn no_key_goes_before_its_vault_has_gone_for_good() {
    let trace = Trace::of(&[1, 2], &[]).await;
    let key = trace.before.keys().find(|name| name.starts_with(KEYRING)).unwrap();
    let remove_key = [Operation::Remove(key.clone()), Operation::SyncFolder(KEYRING.into())];
    let [remove, names] = [Operation::Remove(data("vault")), Operation::SyncFolder(DATA.into())];
    let [key, kept] = &remove_key;
    assert!(trace.with(&[&remove, &names, key, kept]).loss().await.is_none());
    assert!(trace.with(&[key, kept, &remove, &names]).loss().await.is_some());
    assert!(trace.with(&[&remove, key, kept, &names]).loss().await.is_some());
}

impl Trace {
    async fn of(old: &'static [u128], new: &'static [u128]) -> Trace {
        let home = Home::with_accounts(old).await;
        let before = home.tree();
        let operations = Arc::new(Mutex::new(Vec::new()));
        let (noted, path) = (operations.clone(), home.path().to_path_buf());
        let note = move |operation: &Operation| {
            noted.lock().unwrap().push(operation.within(&path));
            Ok(())
        };
        replace(&vault(home.path(), Arc::new(SteppedFiles::new(note))), new).await.unwrap();
        let operations = operations.lock().unwrap().clone();
        Trace { old, new, before, operations }
    }

    /// Returns the same change, made with other operations.
    fn with(&self, operations: &[&Operation]) -> Trace {
        let operations = operations.iter().copied().cloned().collect();
        Trace { before: self.before.clone(), operations, ..*self }
    }

    /// Returns what is wrong after a power cut, if anything can be.
    async fn loss(&self) -> Option<String> {
        let mut disk = Disk::with(&self.before);
        for done in 0..=self.operations.len() {
            let all = done == self.operations.len();
            for tree in disk.after_a_power_cut() {
                let opened = Home::of(&tree).contents().await.map(|contents| ids(&contents));
                if !opened.as_ref().is_ok_and(|ids| ids == self.new || (!all && ids == self.old)) {
                    return Some(format!("after {done} operations: {opened:?}"));
                }
            }
            if let Some(next) = self.operations.get(done) {
                disk.does(next);
            }
        }
        None
    }
}

fn data(name: &str) -> PathBuf {
    Path::new(DATA).join(name)
}
