//! Kept files: written after each renewal, given back when somebody leaves, and told of when that does not work.

use std::{fs, path::PathBuf};

use jiff::SignedDuration;
use spartan_auth::leg::Leg;
use spartan_session::{format::Format, settings::token_file::TokenFile, status::Status};

use crate::{
    issuer::{curtis, six_pounder},
    stage::{Stage, a_while, is_fresh, is_signed_out, one_more},
    words::message,
};

const OTHERS: &str = "A=1\n# mine\nB='x\ny'\n";

/// Somebody who is signed in has a file kept.
async fn keeping() -> (Stage, tempfile::TempDir, PathBuf) {
    let (stage, folder) = (Stage::signed_in().await, tempfile::tempdir().unwrap());
    let file = dunce::canonicalize(folder.path()).unwrap().join(".env");
    fs::write(&file, OTHERS).unwrap();
    stage.keep(&file, Format::Dotenv).await;
    (stage, folder, file)
}

async fn holds(stage: &Stage, file: &PathBuf) -> bool {
    let token = stage.copied().await.unwrap();
    fs::read_to_string(file).unwrap().contains(&format!("HALO_SPARTAN_TOKEN={token}\n"))
}

#[tokio::test]
async fn a_renewal_writes_it() {
    let (stage, _folder, file) = keeping().await;
    assert!(holds(&stage, &file).await);
    let before = fs::read_to_string(&file).unwrap();
    let mut written = stage.session.written();
    stage.clock.pass(SignedDuration::from_mins(221)).await;
    let after = fs::read_to_string(&file).unwrap();
    assert!(holds(&stage, &file).await && after != before && after.starts_with(OTHERS), "{after}");
    let TokenFile { file: told, .. } = written.try_recv().unwrap();
    assert_eq!(told, file);
    assert!(written.try_recv().is_err(), "written once");
}

#[tokio::test]
async fn a_start_writes_what_was_renewed_while_nobody_kept_it() {
    let (stage, _folder, file) = keeping().await;
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, OTHERS).unwrap();
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    assert_eq!(fs::read_to_string(&file).unwrap(), good);
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn what_another_program_renewed_is_written_at_the_next_look() {
    let (stage, _folder, file) = keeping().await;
    let other = stage.another();
    other.until(is_fresh).await;
    // A token that was issued later is a newer one.
    other.clock.go_on(SignedDuration::from_secs(1));
    other.session.renew().await.unwrap();
    while !other.issuer.asked().contains(&Leg::Clearance) {
        a_while().await;
    }
    other.clock.quiet().await;
    fs::write(&file, OTHERS).unwrap();
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert!(holds(&stage, &file).await);
}

#[tokio::test]
async fn signing_in_again_writes_it() {
    let (stage, _folder, file) = keeping().await;
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    assert!(holds(&stage, &file).await);
}

#[tokio::test]
async fn signing_out_takes_our_lines_out_before_it_answers() {
    let (stage, _folder, file) = keeping().await;
    stage.session.sign_out().await.unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), OTHERS);
    assert!(stage.kept_files().list().unwrap().is_empty() && stage.is_clean());
}

#[tokio::test]
async fn each_account_takes_its_own_files_along_and_all_take_all() {
    let (stage, folder, file) = keeping().await;
    let first = stage.account().account;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(one_more()).await;
    stage.come_back(&page).await;
    stage.until(|status| status.signed_in().is_some_and(|shown| shown.account != first)).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    let second = dunce::canonicalize(folder.path()).unwrap().join("second.env");
    stage.keep(&second, Format::DotenvSpnkr).await;
    stage.session.sign_out().await.unwrap();
    assert!(!second.exists() && holds(&stage, &file).await);
    assert_eq!(stage.account().gamertag, curtis().gamertag);
    stage.session.sign_out_all().await.unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), OTHERS);
}

#[tokio::test]
async fn a_sign_out_during_a_renewal_leaves_no_token_in_the_file() {
    let (stage, _folder, file) = keeping().await;
    let answer = stage.issuer.hold(Leg::Clearance);
    stage.session.renew().await.unwrap();
    stage.until(|status| !is_fresh(status)).await;
    stage.session.sign_out().await.unwrap();
    answer.let_go();
    stage.until(is_signed_out).await;
    stage.clock.quiet().await;
    assert_eq!(fs::read_to_string(&file).unwrap(), OTHERS);
}

#[tokio::test]
async fn whom_another_program_signed_out_leaves_nothing_in_it_either() {
    let (stage, _folder, file) = keeping().await;
    let id = stage.account().account;
    stage.forget(id).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.until(is_signed_out).await;
    stage.clock.quiet().await;
    assert_eq!(fs::read_to_string(&file).unwrap(), OTHERS);
    assert!(stage.kept_files().list().unwrap().is_empty());
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_told_and_tried_again_each_minute() {
    let (stage, _folder, file) = keeping().await;
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    stage.session.renew().await.unwrap();
    let is_told = |status: &Status| status.signed_in().is_some_and(|shown| shown.keep_problem.is_some());
    let status = stage.until(is_told).await;
    let problem = status.signed_in().unwrap().keep_problem.clone().unwrap();
    assert_eq!(message(&problem), format!("{} is not a plain file.", file.display()));
    assert_eq!(stage.session.snapshot().borrow().accounts[0].keep_problem, Some(problem));
    assert!(stage.copied().await.is_ok(), "the rest stays usable");

    stage.clock.pass(SignedDuration::from_secs(61)).await;
    assert!(is_told(&stage.status()));
    fs::remove_dir(&file).unwrap();
    stage.clock.pass(SignedDuration::from_secs(30)).await;
    assert!(!file.exists(), "not before its time");
    stage.clock.pass(SignedDuration::from_secs(31)).await;
    assert!(!is_told(&stage.status()) && holds(&stage, &file).await);
}
