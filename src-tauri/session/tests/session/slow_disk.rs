//! While the disk is slow: nothing old is handed out, and the loop goes on.

use std::fs;

use jiff::SignedDuration;
use spartan_session::status::Status;

use crate::{
    disk::HeldUp,
    stage::{Stage, a_while, is_signed_out},
};

/// A session whose vault doesn't open, because its file is torn.
async fn torn() -> Stage {
    let stage = Stage::signed_in().await;
    let whole = fs::read(stage.vault_file()).unwrap();
    fs::write(stage.vault_file(), &whole[..70]).unwrap();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    stage
}

async fn reached(held: &HeldUp) {
    while !held.is_reached() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_copy_during_a_read_counts_what_was_written_since_that_read_began() {
    let stage = Stage::signed_in().await;
    let mut account = stage.token_files().await.accounts.remove(0);
    account.name = Some("Bot".into());
    stage.put(account.clone()).await;
    let read = stage.disk.hold_read();
    let meanwhile = async {
        reached(&read).await;
        stage.forget(account.id).await;
        let later = async {
            a_while().await;
            read.let_go();
        };
        let (copied, ()) = tokio::join!(biased; stage.copied(), later);
        copied.expect_err("the account was signed out before this was asked for");
    };
    // The first was asked for before the sign-out, so either answer is right.
    let (_, ()) = tokio::join!(biased; stage.copied(), meanwhile);
    stage.until(is_signed_out).await;
}

#[tokio::test]
async fn a_vault_that_another_program_put_aside_during_a_read_does_not_stay_shut() {
    let stage = torn().await;
    let read = stage.disk.hold_read();
    stage.session.unlock().await;
    reached(&read).await;
    fs::rename(stage.vault_file(), stage.vault_file().with_extension("aside")).unwrap();
    read.let_go();
    stage.until(is_signed_out).await;
}

#[tokio::test]
async fn a_read_of_the_old_file_does_not_undo_starting_afresh() {
    let stage = torn().await;
    let busy = stage.keep_the_vault_busy();
    let meanwhile = async {
        a_while().await;
        let read = stage.disk.hold_read();
        stage.session.unlock().await;
        reached(&read).await;
        drop(busy);
        read
    };
    let (afresh, read) = tokio::join!(stage.session.start_afresh(), meanwhile);
    afresh.unwrap();
    read.let_go();
    stage.clock.quiet().await;
    assert!(is_signed_out(&stage.status()), "{:?}", stage.status());
}

#[tokio::test]
async fn while_a_look_at_the_vault_hangs_the_loop_goes_on() {
    let stage = Stage::signed_in().await;
    let look = stage.disk.hold_stamp();
    stage.clock.quiet().await;
    stage.clock.go_on(SignedDuration::from_secs(16));
    reached(&look).await;
    stage.session.rename(stage.account().account, "Bot".into()).await.unwrap();
    assert_eq!(stage.account().name.as_deref(), Some("Bot"));
    look.let_go();
    stage.copied().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn while_the_settings_hang_only_the_list_of_apps_waits() {
    let stage = Stage::signed_in().await;
    let settings = stage.paths().settings();
    fs::remove_file(&settings).unwrap();
    // Whoever reads it waits until somebody writes.
    assert!(std::process::Command::new("mkfifo").arg(&settings).status().unwrap().success());
    let meanwhile = async {
        a_while().await;
        stage.copied().await.unwrap();
        fs::write(&settings, "").unwrap();
    };
    let (apps, ()) = tokio::join!(biased; stage.session.apps(), meanwhile);
    assert_eq!(apps.unwrap().len(), 1);
}
