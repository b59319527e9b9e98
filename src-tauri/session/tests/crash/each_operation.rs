//! The program is ended, or an operation fails, at each file operation in turn, until none is left.

use std::{
    io,
    path::{Path, PathBuf},
    process,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde::{Deserialize, Serialize};
use spartan_vault::{error::Error, vault::Vault};

use crate::{
    again::{again, told},
    home::{Home, ids, replace, vault},
    stepped_files::{Operation, SteppedFiles},
};

/// A change of the accounts that is interrupted.
#[derive(Clone, Copy)]
struct Change {
    old: &'static [u128],
    new: &'static [u128],
}

/// The first write, a later one, and one that leaves no accounts.
const CHANGES: [Change; 3] =
    [Change { old: &[], new: &[1] }, Change { old: &[1, 2], new: &[2, 3] }, Change { old: &[1, 2], new: &[] }];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// There is no such operation: the change was completed.
    Through,
    /// The change was completed nevertheless.
    ToItsEnd,
    /// As far as the program knows, the change wasn't completed.
    Short,
}

#[tokio::test]
async fn a_program_that_ends_at_any_operation_leaves_the_old_contents_or_the_new() {
    for change in CHANGES {
        at_each_operation(change, async |home, nth| in_another_process(home, change.new, nth)).await;
    }
}

#[tokio::test]
async fn an_operation_that_fails_leaves_the_old_contents_or_the_new() {
    for change in CHANGES {
        at_each_operation(change, async |home, nth| refused(home, change.new, nth).await).await;
    }
}

async fn at_each_operation(change: Change, run: impl AsyncFn(&Home, usize) -> Came) {
    let Change { old, new } = change;
    for nth in 0.. {
        let home = Home::with_accounts(old).await;
        let came = run(&home, nth).await;
        let found = ids(&home.contents().await.unwrap());
        match came {
            Came::Through | Came::ToItsEnd => assert_eq!(found, new, "operation {nth}"),
            Came::Short => assert!(found == old || found == new, "operation {nth}: {found:?}"),
        }
        replace(&home.vault(), &[9]).await.unwrap();
        assert_eq!(ids(&home.contents().await.unwrap()), [9], "operation {nth}");
        assert!(!home.names().contains(&"vault.new".into()), "operation {nth}");
        if came == Came::Through {
            assert!(nth > 4, "a change takes more than {nth} operations");
            return;
        }
    }
}

async fn refused(home: &Home, new: &[u128], nth: usize) -> Came {
    let refuse = |operation: &Operation| operation.half().and(Err(io::Error::other("refused")));
    let (vault, turn) = at_nth(home.path(), nth, refuse);
    match replace(&vault, new).await {
        Ok(_) if turn.load(Ordering::SeqCst) <= nth => Came::Through,
        Ok(_) => Came::ToItsEnd,
        Err(error) => {
            assert!(matches!(error, Error::Vault(_) | Error::Key(_) | Error::KeyFile { .. }), "{error:?}");
            Came::Short
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Told {
    home: PathBuf,
    new: Vec<u128>,
    nth: usize,
}

/// The exit code of a process that completed the change.
const THROUGH: i32 = 7;
/// The exit code of a test program in which a test failed.
const FAILED: i32 = 101;

fn in_another_process(home: &Home, new: &[u128], nth: usize) -> Came {
    let told = Told { home: home.path().into(), new: new.into(), nth };
    let ended = again("each_operation::the_program_that_ends", &told).output().unwrap();
    match ended.status.code() {
        Some(THROUGH) => Came::Through,
        Some(0 | FAILED) => panic!("operation {nth}: {}", String::from_utf8_lossy(&ended.stdout)),
        _ => Came::Short,
    }
}

#[tokio::test]
#[ignore = "a process of the test above"]
async fn the_program_that_ends() {
    let Some(Told { home, new, nth }) = told() else { return };
    let abort = |operation: &Operation| {
        operation.half().unwrap();
        process::abort()
    };
    replace(&at_nth(&home, nth, abort).0, &new).await.unwrap();
    process::exit(THROUGH);
}

/// Returns a vault in which something happens instead of the nth file operation, and the number of operations so far.
fn at_nth(home: &Path, nth: usize, happens: fn(&Operation) -> io::Result<()>) -> (Vault, Arc<AtomicUsize>) {
    let turn = Arc::new(AtomicUsize::new(0));
    let come_to = turn.clone();
    let before = move |operation: &Operation| {
        if turn.fetch_add(1, Ordering::SeqCst) == nth { happens(operation) } else { Ok(()) }
    };
    (vault(home, Arc::new(SteppedFiles::new(before))), come_to)
}
