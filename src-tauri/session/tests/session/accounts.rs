//! Several accounts: each renews by itself, and a sign-in finds its place.

use std::{collections::BTreeSet, time::Duration};

use jiff::SignedDuration;
use spartan_auth::leg::Leg;
use spartan_session::{
    session::{SignInRequest, Through, Wanted},
    status::{AccountLine, LegProgress, Renewal, Status, Storage},
};
use spartan_vault::account::{Account, AccountId, Person};
use uuid::Uuid;

use crate::{
    importing::brought,
    issuer::{busy, expired, six_pounder},
    stage::{Stage, a_while, app, is_fresh, is_renewing, is_signed_out, is_stale, needs_sign_in, one_more},
    words::help,
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

impl Stage {
    fn lines(&self) -> Vec<AccountLine> {
        self.session.snapshot().borrow().accounts.clone()
    }

    fn names(&self) -> Vec<String> {
        self.lines().into_iter().map(|line| line.gamertag.unwrap_or_default()).collect()
    }

    /// aCurtis X89 and Six Pounder 07, of whom the second one is shown.
    pub async fn with_two() -> Stage {
        let stage = Stage::signed_in().await;
        stage.issuer.comes(six_pounder());
        let page = stage.page_for(one_more()).await;
        stage.come_back(&page).await;
        stage.until(is_fresh).await;
        stage.clock.quiet().await;
        stage.issuer.asked();
        stage
    }

    /// As many accounts as that, each of another person.
    async fn with_many(count: u128) -> Stage {
        let stage = Stage::signed_in().await;
        let first = stage.token_files().await.accounts.remove(0);
        stage.put_all((1..count).map(|n| another(&first, n)).collect()).await;
        let stage = stage.restarted();
        stage.until(is_fresh).await;
        stage.clock.quiet().await;
        stage
    }
}

/// The account of somebody else.
pub fn another(account: &Account, n: u128) -> Account {
    let person = Person { gamertag: Some(format!("Spartan {n}")), xuid: n.to_string() };
    let mut account = Account { id: AccountId(Uuid::from_u128(n)), ..account.clone() };
    let claims = &mut account.tokens.xsts_xbox.as_mut().unwrap().claims;
    (claims.gamertag, claims.xuid) = (person.gamertag.clone(), Some(person.xuid.clone()));
    Account { person: Some(person), ..account }
}

fn is_fresh_line(line: &AccountLine) -> bool {
    matches!(line.renewal, Renewal::Fresh { .. })
}

#[tokio::test]
async fn one_more_account_stands_beside_the_first_and_is_shown() {
    let stage = Stage::with_two().await;
    assert_eq!(stage.names(), ["aCurtis X89", "Six Pounder 07"]);
    assert_eq!(stage.account().gamertag.as_deref(), Some("Six Pounder 07"));
    assert_eq!(stage.token_files().await.accounts.len(), 2);
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    assert_eq!(stage.names(), ["aCurtis X89", "Six Pounder 07"]);
}

#[tokio::test]
async fn what_is_shown_is_what_is_copied() {
    let stage = Stage::with_two().await;
    let second = stage.copied().await.unwrap();
    stage.session.show(stage.lines()[0].id).await;
    stage.until(|status| status.signed_in().is_some_and(|one| one.gamertag.as_deref() == Some("aCurtis X89"))).await;
    assert_ne!(stage.copied().await.unwrap(), second);
    stage.session.show(AccountId(Uuid::nil())).await;
    stage.clock.quiet().await;
    assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"), "there is no such account");
}

#[tokio::test]
async fn a_person_who_is_known_already_gets_no_second_account_but_the_new_app() {
    let stage = Stage::with_two().await;
    let ids: Vec<AccountId> = stage.lines().into_iter().map(|line| line.id).collect();
    stage.session.import(brought(Some("mine")), Storage::Vault).await.unwrap();
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    let kept = stage.token_files().await.accounts;
    assert_eq!(kept.iter().map(|account| account.id).collect::<Vec<_>>(), ids);
    assert!(kept[1].app.secret.is_some() && kept[0].app.secret.is_none());
    assert_eq!(stage.names(), ["aCurtis X89", "Six Pounder 07"]);
}

#[tokio::test]
async fn signing_one_out_leaves_the_other_and_shows_it() {
    let stage = Stage::with_two().await;
    stage.session.sign_out().await.unwrap();
    assert_eq!(stage.names(), ["aCurtis X89"]);
    assert!(is_fresh(&stage.status()) && stage.copied().await.is_ok());
    assert_eq!(stage.token_files().await.accounts.len(), 1);
    stage.session.sign_out().await.unwrap();
    assert!(is_signed_out(&stage.status()) && stage.is_clean());
}

#[tokio::test]
async fn a_cancel_of_one_more_account_leaves_those_that_there_are() {
    let stage = Stage::with_two().await;
    stage.page_for(SignInRequest { who: Wanted::Another, ..Through::App(app()).into() }).await;
    stage.session.cancel().await;
    stage.until(is_fresh).await;
    assert_eq!((stage.names().len(), stage.token_files().await.accounts.len()), (2, 2));
}

#[tokio::test]
async fn a_renewal_that_hangs_holds_up_no_other_account() {
    let stage = Stage::with_two().await;
    stage.session.show(stage.lines()[0].id).await;
    let answer = stage.issuer.hold(Leg::XstsHalo);
    stage.session.renew().await.unwrap();
    let hangs = |status: &Status| status.signed_in().is_some_and(|one| one.legs[3].progress == LegProgress::Running);
    stage.until(hangs).await;
    stage.session.show(stage.lines()[1].id).await;
    stage.until(is_fresh).await;
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    stage.until(is_fresh).await;
    assert!(matches!(stage.lines()[0].renewal, Renewal::Renewing));
    answer.let_go();
}

#[tokio::test]
async fn a_hundred_accounts_renew_each_by_itself_and_not_at_once() {
    let stage = Stage::with_many(100).await;
    assert_eq!(stage.lines().len(), 100);
    let due = |line: &AccountLine| match line.renewal {
        Renewal::Fresh { renews_at } => renews_at,
        _ => panic!("{line:?}"),
    };
    let moments: BTreeSet<_> = stage.lines().iter().map(due).collect();
    assert!(moments.len() > 90, "they meet");
    stage.issuer.asked();
    stage.clock.pass(SignedDuration::from_mins(216)).await;
    assert_eq!(stage.issuer.asked(), []);
    for _ in 0..20 {
        stage.clock.pass(SignedDuration::from_secs(15)).await;
    }
    let asked = stage.issuer.asked();
    let behind: Vec<_> = stage.lines().into_iter().filter(|line| !is_fresh_line(line)).collect();
    assert!(behind.is_empty(), "{behind:?}");
    assert_eq!(asked.iter().filter(|leg| **leg == Leg::Spartan).count(), 100);
    stage.clock.pass(HOUR * 3).await;
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_hundred_accounts_that_are_due_at_once_renew_a_few_at_a_time() {
    let stage = Stage::with_many(100).await;
    let held: Vec<_> = (0..100).map(|_| stage.issuer.hold(Leg::XstsHalo)).collect();
    stage.issuer.asked();
    stage.clock.suspend(HOUR * 5).await;
    stage.session.renew().await.unwrap();
    a_while().await;
    a_while().await;
    let under_way = stage.lines().iter().filter(|line| matches!(line.renewal, Renewal::Renewing)).count();
    assert!((1..=5).contains(&under_way), "{under_way}");
    held.iter().for_each(crate::issuer::Held::let_go);
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert!(stage.lines().iter().all(is_fresh_line));
}

#[tokio::test]
async fn a_renewal_that_is_refused_takes_no_newer_sign_in_of_the_same_person_away() {
    let stage = Stage::signed_in().await;
    let account = stage.token_files().await.accounts.remove(0);
    let mut newer = Account { id: AccountId(Uuid::from_u128(5)), ..account };
    newer.tokens.access.as_mut().unwrap().life.issued_at += HOUR;
    stage.put(newer).await;
    stage.issuer.refuse(Leg::XstsHalo, expired());
    stage.session.renew().await.unwrap();
    stage.until(needs_sign_in).await;
    stage.clock.quiet().await;
    assert!(stage.token_files().await.account(AccountId(Uuid::from_u128(5))).is_some());
}

#[tokio::test]
async fn what_another_program_does_is_seen_within_a_step() {
    let stage = Stage::signed_in().await;
    let other = stage.another();
    other.until(is_fresh).await;
    other.issuer.comes(six_pounder());
    let page = other.page_for(one_more()).await;
    other.come_back(&page).await;
    other.until(|status| status.signed_in().is_some_and(|one| one.gamertag.as_deref() == Some("Six Pounder 07"))).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.clock.quiet().await;
    assert_eq!(stage.names(), ["aCurtis X89", "Six Pounder 07"]);
    assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"), "what is shown stays");

    other.session.sign_out().await.unwrap();
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.clock.quiet().await;
    assert_eq!(stage.names(), ["aCurtis X89"]);
}

#[tokio::test]
async fn a_sign_in_again_by_another_program_ends_the_asking_for_one() {
    let stage = Stage::signed_in().await;
    stage.issuer.refuse(Leg::XstsHalo, expired());
    stage.session.renew().await.unwrap();
    stage.until(needs_sign_in).await;
    let other = stage.another();
    other.until(needs_sign_in).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    let page = other.page().await;
    other.come_back(&page).await;
    other.until(is_fresh).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_person_who_is_there_twice_is_merged_into_the_one_who_signed_in_last() {
    let stage = Stage::signed_in().await;
    let older = stage.token_files().await.accounts.remove(0);
    let page = stage.page().await;
    stage.clock.pass(HOUR).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    let newer = stage.token_files().await.accounts.remove(0);
    stage.put(Account { id: AccountId(Uuid::nil()), ..older }).await;
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    let kept = stage.token_files().await.accounts;
    assert_eq!((kept.len(), kept[0].id), (1, newer.id));
    assert_eq!(kept[0].tokens.access.as_ref().unwrap().life, newer.tokens.access.unwrap().life);
}

/// Two accounts, of which the shown one was told to wait, and the wait in seconds.
async fn one_waits(seconds: u64) -> Stage {
    let stage = Stage::with_two().await;
    stage.issuer.refuse(Leg::XstsHalo, busy(Duration::from_secs(seconds)));
    stage.session.renew().await.unwrap();
    stage.until(is_stale).await;
    stage.clock.quiet().await;
    stage.issuer.asked();
    stage
}

#[tokio::test]
async fn a_wait_is_as_long_as_it_was_meant_to_be_however_the_clock_is_set() {
    for minutes in [-90, -5, 5, 90] {
        let stage = one_waits(300).await;
        stage.clock.set(SignedDuration::from_mins(minutes)).await;
        // The other account measures the clock, and every time shown follows it.
        stage.clock.pass(SignedDuration::from_secs(15)).await;
        assert_eq!(stage.issuer.asked().len(), 3, "{minutes}");
        for _ in 0..18 {
            stage.clock.pass(SignedDuration::from_secs(15)).await;
        }
        assert_eq!(stage.issuer.asked(), [], "{minutes}: 285 seconds have passed");
        stage.clock.pass(SignedDuration::from_secs(15)).await;
        stage.clock.pass(SignedDuration::from_secs(15)).await;
        assert!(!stage.issuer.asked().is_empty(), "{minutes}: the wait is over");
    }
}

#[tokio::test]
async fn a_wait_is_told_by_the_services_clock_and_told_anew_once_the_clock_was_set() {
    let stage = one_waits(600).await;
    let left = |stage: &Stage| match stage.account().renewal {
        Renewal::Stale { tries_at, .. } => tries_at.duration_since(stage.clock.real()).as_secs(),
        other => panic!("{other:?}"),
    };
    assert_eq!(left(&stage), 600);
    stage.clock.set(SignedDuration::from_mins(-90)).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert_eq!(left(&stage), 570);
}

#[tokio::test]
async fn a_wait_goes_on_in_the_next_program() {
    let stage = one_waits(600).await;
    let waits = stage.account().account;
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    stage.session.show(waits).await;
    stage.until(is_stale).await;
    let told = stage.session.renew().await.unwrap_err();
    assert!(help(&told).contains("10 minutes"), "{told}");
    stage.clock.pass(SignedDuration::from_secs(570)).await;
    assert_eq!(stage.issuer.asked(), []);
    stage.clock.pass(SignedDuration::from_secs(45)).await;
    assert!(!stage.issuer.asked().is_empty());
}

#[tokio::test]
async fn a_clock_that_was_set_costs_one_renewal_of_one_account_and_the_others_go_by_what_it_measures() {
    let stage = Stage::with_two().await;
    stage.clock.set(SignedDuration::from_mins(90)).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert_eq!(stage.issuer.asked().len(), 3);
    assert_eq!(stage.account().clock_error_ms, 90 * 60_000);
    stage.clock.pass(SignedDuration::from_hours(3)).await;
    assert_eq!(stage.issuer.asked(), []);
}
