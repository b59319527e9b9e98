//! A token file is written, and released, by a program that is ended at each file operation in turn.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use spartan_auth::{
    claims::Claims,
    raw::Raw,
    token::{SpartanToken, Tokens, Validity, XstsToken},
};
use spartan_session::{format::Format, token_files::TokenFiles};
use spartan_vault::{
    account::{Account, AccountId, Contents},
    fs::files::{Files, RealFiles},
    keyring::Interaction,
    vault::Vault,
};
use uuid::Uuid;

use crate::{
    again::{again, told},
    home::{Home, account, paths, vault},
    stepped_files::{Operation, SteppedFiles},
};

const OTHERS: &str = "A=1\nB='x\ny'\n";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Work {
    Write,
    GiveBack,
}

#[tokio::test]
async fn a_program_that_ends_at_any_operation_leaves_the_old_file_or_the_new_one() {
    for work in [Work::Write, Work::GiveBack] {
        for nth in 0.. {
            let home = Home::new();
            let file = dunce::canonicalize(home.path()).unwrap().join(".env");
            fs::write(&file, OTHERS).unwrap();
            let (kept, vault) = (kept(home.path(), Arc::new(RealFiles)), home.vault());
            renew(&vault, "v4=1").await;
            kept.keep(&vault, Interaction::Forbidden, file.clone(), Format::Dotenv, id()).await.unwrap();
            let old = fs::read_to_string(&file).unwrap();
            renew(&vault, "v4=2").await;

            let is_through = in_another_process(home.path(), work, nth);
            let found = fs::read_to_string(&file).unwrap();
            let new = if work == Work::Write { old.replace("v4=1", "v4=2") } else { OTHERS.to_owned() };
            assert!(found == new || (!is_through && found == old), "{work:?}, operation {nth}: {found}");

            // The next program completes it, and no part of a token is left behind.
            match work {
                Work::Write => drop(kept.refresh(&vault).await.unwrap()),
                Work::GiveBack => assert_eq!(kept.let_go_of_all().await, Ok(vec![])),
            }
            assert_eq!(fs::read_to_string(&file).unwrap(), new, "{work:?}, operation {nth}");
            let names = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name());
            assert_eq!(names.filter(|name| name.to_string_lossy().starts_with(".env")).count(), 1);
            if is_through {
                assert!(nth >= 6, "{work:?} takes more than {nth} operations");
                break;
            }
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Told {
    home: PathBuf,
    work: Work,
    nth: usize,
}

/// The exit code of a process that completed the work.
const THROUGH: i32 = 7;
/// The exit code of a test program in which a test failed.
const FAILED: i32 = 101;

/// Returns whether it completed the work.
fn in_another_process(home: &Path, work: Work, nth: usize) -> bool {
    let told = Told { home: home.into(), work, nth };
    let ended = again("token_file::the_program_that_ends", &told).output().unwrap();
    match ended.status.code() {
        Some(THROUGH) => true,
        Some(0 | FAILED) => panic!("{work:?}, operation {nth}: {}", String::from_utf8_lossy(&ended.stdout)),
        _ => false,
    }
}

#[tokio::test]
#[ignore = "a process of the test above"]
async fn the_program_that_ends() {
    let Some(Told { home, work, nth }) = told() else { return };
    let turn = AtomicUsize::new(0);
    let files = SteppedFiles::new(move |operation: &Operation| {
        if turn.fetch_add(1, Ordering::SeqCst) == nth {
            operation.half().unwrap();
            process::abort();
        }
        Ok(())
    });
    let (kept, vault) = (kept(&home, Arc::new(files)), vault(&home, Arc::new(RealFiles)));
    match work {
        Work::Write => kept.refresh(&vault).await.unwrap().into_iter().for_each(|(_, came)| assert!(came.is_ok())),
        Work::GiveBack => assert_eq!(kept.let_go_of_all().await, Ok(vec![])),
    }
    process::exit(THROUGH);
}

fn kept(home: &Path, files: Arc<dyn Files>) -> TokenFiles {
    TokenFiles::of(paths(home), files)
}

fn id() -> AccountId {
    AccountId(Uuid::from_u128(1))
}

async fn renew(vault: &Vault, token: &str) {
    let issued_at = Timestamp::from_second(1_795_284_000).unwrap();
    let life = Validity { issued_at, expires_at: issued_at + SignedDuration::from_hours(4) };
    let claims = Claims {
        user_hash: "7".into(),
        gamertag: Some("aCurtis X89".into()),
        xuid: Some("2533274855333605".into()),
        ..Claims::default()
    };
    let tokens = Tokens {
        refresh: Some("r".into()),
        xsts_xbox: Some(XstsToken { token: "x".into(), claims, life, raw: Raw::default() }),
        spartan: Some(SpartanToken { token: token.into(), life, raw: Raw::default() }),
        ..Tokens::default()
    };
    let account = Account { tokens, ..account(1, "r") };
    vault.change(Interaction::Forbidden, |contents: &mut Contents| contents.put(account)).await.unwrap();
}
