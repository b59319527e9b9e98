//! The session's loop never waits: while a lock is held, whatever doesn't need it goes on.

use std::{
    fs::{self, File, OpenOptions},
    time::Duration,
};

use secrecy::ExposeSecret;
use spartan_auth::leg::Leg;
use spartan_session::{
    error::{Cause, Error, VaultCause},
    session::{NextStep, Secret, SignInEnd, SignInPage, SignInRequest, Through},
    status::{AccountLine, Renewal, Storage},
};
use spartan_vault::account::{Account, AccountId};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep},
};

use crate::{
    importing::brought,
    issuer::{curtis, six_pounder},
    stage::{Stage, a_while, app, is_fresh, is_renewing, is_signing_in, is_stale, one_more, was_cancelled},
};

/// How long a lock is held.
const MINUTE: Duration = Duration::from_secs(60);
/// How long an answer may take, in paused time.
const AT_ONCE: Duration = Duration::from_millis(100);

impl Stage {
    pub fn id(&self, gamertag: &str) -> AccountId {
        let lines = self.session.snapshot().borrow().accounts.clone();
        lines.iter().find(|line| line.gamertag.as_deref() == Some(gamertag)).expect("it is there").id
    }

    fn renewal(&self, id: AccountId) -> Renewal {
        let lines = self.session.snapshot().borrow().accounts.clone();
        lines.into_iter().find(|line| line.id == id).expect("it is there").renewal
    }

    /// Pauses the time, and holds an account's renewal lock for a minute of it, as another program would.
    fn hold_the_renewal_of(&self, id: AccountId) -> JoinHandle<()> {
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(self.paths().renewal_lock(id));
        let lock = lock.unwrap();
        lock.lock().unwrap();
        tokio::time::pause();
        hold(lock, MINUTE)
    }

    /// Pauses the time, and holds the vault's lock for some of it.
    fn hold_the_vault(&self, time: Duration) -> JoinHandle<()> {
        let lock = self.keep_the_vault_busy();
        tokio::time::pause();
        hold(lock, time)
    }

    /// Renews an account, and waits until its token is a new one.
    async fn renews(&self, id: AccountId) {
        let mut snapshot = self.session.snapshot();
        let expires_at = |lines: &[AccountLine]| lines.iter().find(|line| line.id == id).unwrap().expires_at;
        let before = expires_at(&snapshot.borrow().accounts);
        self.session.show(id).await;
        self.session.renew().await.unwrap();
        snapshot.wait_for(|snapshot| expires_at(&snapshot.accounts) > before).await.unwrap();
    }

    async fn page_in_memory(&self) -> SignInPage {
        self.page_for(SignInRequest { storage: Storage::Memory, ..one_more() }).await
    }
}

/// Holds a lock for some time; then time goes by as usual, because a keyring's thread knows no other.
fn hold(lock: File, time: Duration) -> JoinHandle<()> {
    tokio::spawn(async move {
        sleep(time).await;
        tokio::time::resume();
        drop(lock);
    })
}

/// Fails if it takes longer than [`AT_ONCE`].
async fn at_once<T>(what: &str, answer: impl Future<Output = T>) -> T {
    let asked = Instant::now();
    let answer = answer.await;
    assert!(asked.elapsed() <= AT_ONCE, "{what} took {:?}", asked.elapsed());
    answer
}

fn is_busy(error: &Error) -> bool {
    error.cause == Cause::Vault(VaultCause::Busy)
}

#[tokio::test]
async fn while_an_accounts_renewal_lock_is_held_only_its_renewal_waits() {
    let stage = Stage::with_two().await;
    let (one, other) = (stage.id("aCurtis X89"), stage.id("Six Pounder 07"));
    stage.clock.pass(jiff::SignedDuration::from_mins(1)).await;
    let held = stage.hold_the_renewal_of(one);
    stage.session.show(one).await;
    at_once("asking for a renewal", stage.session.renew()).await.unwrap();
    at_once("copying", stage.copied()).await.unwrap();
    at_once("renaming it", stage.session.rename(one, "Bot".into())).await.unwrap();
    at_once("renaming another", stage.session.rename(other, "Other".into())).await.unwrap();
    at_once("moving", stage.session.move_to(other, 0)).await.unwrap();
    at_once("editing its app", stage.session.edit_app(app(), Secret::New("hush".into()))).await.unwrap();
    let page = at_once("signing in", stage.session.sign_in(one_more())).await.unwrap();
    assert!(matches!(page, NextStep::Window(_)));
    at_once("cancelling", stage.session.cancel()).await;
    at_once("renewing another", stage.renews(other)).await;
    assert!(matches!(stage.renewal(one), Renewal::Renewing), "its own renewal waits");
    held.await.unwrap();
    stage.session.show(one).await;
    stage.until(|status| is_fresh(status) && status.signed_in().is_some_and(|shown| shown.account == one)).await;
    assert_eq!(stage.account().name.as_deref(), Some("Bot"));
    let kept = stage.token_files().await;
    assert_eq!(kept.accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [other, one]);
}

#[tokio::test]
async fn while_adding_an_account_waits_for_its_renewal_lock_nothing_else_does() {
    let stage = Stage::with_two().await;
    let (one, other) = (stage.id("aCurtis X89"), stage.id("Six Pounder 07"));
    // Somebody else than the shown account's person comes, who is known already.
    stage.issuer.comes(curtis());
    let page = stage.page_for(Through::Known).await;
    stage.come_back(&page).await;
    stage.until(|status| status.problem().is_some()).await;
    stage.issuer.comes(six_pounder());
    stage.clock.pass(jiff::SignedDuration::from_mins(1)).await;
    let held = stage.hold_the_renewal_of(one);
    let (adding, asked) = (
        tokio::spawn({
            let session = stage.session.clone();
            async move { session.add_other().await }
        }),
        Instant::now(),
    );
    a_while().await;
    at_once("copying", stage.copied()).await.unwrap();
    at_once("renaming another", stage.session.rename(other, "Other".into())).await.unwrap();
    at_once("renewing another", stage.renews(other)).await;
    let page = at_once("signing in", stage.session.sign_in(one_more())).await.unwrap();
    assert!(matches!(page, NextStep::Window(_)));
    at_once("cancelling", stage.session.cancel()).await;
    assert!(!adding.is_finished());
    adding.await.unwrap().unwrap();
    assert!(asked.elapsed() >= MINUTE);
    held.await.unwrap();
    assert_eq!(stage.token_files().await.accounts.len(), 2);
    assert_eq!(stage.account().account, one);
}

#[tokio::test]
async fn while_the_vaults_lock_is_held_only_what_is_saved_waits() {
    let stage = Stage::signed_in().await;
    let sealed = stage.account().account;
    stage.issuer.comes(six_pounder());
    let page = stage.page_in_memory().await;
    stage.come_back(&page).await;
    stage.until(|status| status.signed_in().is_some_and(|one| one.storage == Storage::Memory)).await;
    let in_memory = stage.account().account;
    stage.clock.pass(jiff::SignedDuration::from_mins(1)).await;
    // A page at which somebody is already.
    stage.page_for(one_more()).await;
    let held = stage.hold_the_vault(MINUTE);
    let renaming = tokio::spawn({
        let session = stage.session.clone();
        async move { session.rename(sealed, "Bot".into()).await }
    });
    a_while().await;
    at_once("cancelling at the page", stage.session.cancel()).await;
    at_once("copying from memory", stage.copied()).await.unwrap();
    at_once("renaming in memory", stage.session.rename(in_memory, "Guest".into())).await.unwrap();
    at_once("renewing in memory", stage.renews(in_memory)).await;
    at_once("signing in for this session", stage.page_in_memory()).await;
    at_once("cancelling that", stage.session.cancel()).await;
    stage.session.show(sealed).await;
    at_once("copying from the vault", stage.copied()).await.unwrap();
    let cancelling = async {
        stage.until(is_signing_in).await;
        at_once("cancelling before the page", stage.session.cancel()).await;
    };
    let (page, ()) = tokio::join!(stage.session.sign_in(one_more()), cancelling);
    assert!(page.err().is_some_and(|error| error.is_cancel()));
    assert!(!renaming.is_finished());
    assert!(is_busy(&renaming.await.unwrap().unwrap_err()), "a minute is too long");
    held.await.unwrap();
    stage.session.rename(sealed, "Bot".into()).await.unwrap();
    assert_eq!(stage.token_files().await.accounts[0].name.as_deref(), Some("Bot"));
}

#[tokio::test]
async fn from_the_moment_of_a_sign_out_nothing_is_handed_out_and_changes_keep_their_order() {
    let stage = Stage::with_two().await;
    let (one, other) = (stage.id("aCurtis X89"), stage.id("Six Pounder 07"));
    let held = stage.hold_the_vault(Duration::from_secs(10));
    let first = stage.session.rename(other, "Bot".into());
    let sign_out = stage.session.sign_out();
    let last = stage.session.rename(other, "Late".into());
    let meanwhile = async {
        a_while().await;
        at_once("being refused", stage.copied()).await.expect_err("it is being signed out");
        stage.session.sign_out().await.expect_err("once is enough");
        stage.session.show(one).await;
        at_once("copying as another", stage.copied()).await.unwrap();
        stage.session.show(other).await;
        stage.clock.set_at_once(jiff::SignedDuration::from_hours(5));
        a_while().await;
        at_once("being refused", stage.copied()).await.expect_err("it does not renew either");
    };
    let (first, signed_out, last, ()) = tokio::join!(biased; first, sign_out, last, meanwhile);
    first.unwrap();
    signed_out.unwrap();
    assert_eq!(last.unwrap_err().cause, Cause::NotSignedIn);
    held.await.unwrap();
    assert_eq!(stage.account().account, one);
    assert_eq!(stage.token_files().await.accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [one]);
}

#[tokio::test]
async fn a_sign_out_that_cannot_be_saved_leaves_the_account_as_it_was() {
    let stage = Stage::with_two().await;
    let shown = stage.account().account;
    let held = stage.hold_the_vault(MINUTE);
    assert!(is_busy(&stage.session.sign_out().await.unwrap_err()));
    assert_eq!(stage.account().account, shown);
    stage.copied().await.unwrap();
    held.await.unwrap();
    stage.session.sign_out().await.unwrap();
    assert_eq!(stage.token_files().await.accounts.len(), 1);
}

#[tokio::test]
async fn a_refresh_token_that_comes_during_a_sign_out_is_not_lost_if_the_sign_out_fails() {
    let stage = Stage::new().await;
    stage.issuer.user_tokens_live_an_hour();
    stage.first_sign_in().await;
    stage.clock.pass(jiff::SignedDuration::from_hours(2)).await;
    let answer = stage.issuer.hold(Leg::Microsoft);
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    // Neither the new refresh token nor the sign-out can be saved.
    let held = stage.hold_the_vault(Duration::from_secs(90));
    answer.let_go();
    a_while().await;
    assert!(is_busy(&stage.session.sign_out().await.unwrap_err()));
    held.await.unwrap();
    stage.until(is_stale).await;
    assert!(stage.issuer.asked().contains(&Leg::Microsoft));
    stage.clock.pass(jiff::SignedDuration::from_mins(1)).await;
    stage.until(is_fresh).await;
    assert!(!stage.issuer.asked().contains(&Leg::Microsoft), "the refresh token that was used up isn't used again");
    let kept = stage.token_files().await.accounts.remove(0).tokens.refresh.unwrap();
    assert_eq!(kept.expose_secret(), stage.issuer.last_refresh());
}

#[tokio::test]
async fn whoever_signs_in_elsewhere_during_a_sign_out_can_be_used() {
    let stage = Stage::signed_in().await;
    let (one, same) = (stage.account().account, AccountId(uuid::Uuid::from_u128(9)));
    let elsewhere = Account { id: same, person: Some(six_pounder()), ..stage.token_files().await.accounts.remove(0) };
    stage.put(elsewhere).await;
    let with_both = fs::read(stage.vault_file()).unwrap();
    stage.forget(same).await;
    stage.clock.pass(jiff::SignedDuration::from_mins(1)).await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_in_memory().await;
    stage.come_back(&page).await;
    stage.until(|status| status.signed_in().is_some_and(|one| one.storage == Storage::Memory)).await;
    let held = stage.hold_the_vault(Duration::from_secs(10));
    let meanwhile = async {
        a_while().await;
        fs::write(stage.vault_file(), with_both).unwrap();
        stage.clock.go_on(jiff::SignedDuration::from_secs(15));
        stage.session.apps().await.unwrap();
    };
    let renaming = stage.session.rename(one, "Bot".into());
    let (_, signed_out, ()) = tokio::join!(biased; renaming, stage.session.sign_out_all(), meanwhile);
    signed_out.unwrap();
    held.await.unwrap();
    assert_eq!(stage.account().account, same);
    stage.copied().await.unwrap();
}

#[tokio::test]
async fn a_cancel_returns_only_once_nothing_is_left_and_what_was_asked_meanwhile_comes_after() {
    let stage = Stage::new().await;
    let mut ends = stage.session.sign_in_ends();
    stage.page().await;
    let held = stage.hold_the_vault(Duration::from_secs(10));
    let asked = Instant::now();
    let cancel = async {
        stage.session.cancel().await;
        assert!(asked.elapsed() >= Duration::from_secs(10));
        assert!(stage.is_clean());
    };
    let meanwhile = async {
        a_while().await;
        assert!(is_signing_in(&stage.status()), "it has not ended before nothing is left of it");
        at_once("copying", stage.copied()).await.expect_err("nobody is signed in");
        at_once("asking for the apps", stage.session.apps()).await.unwrap();
        stage.session.sign_in(SignInRequest { storage: Storage::Memory, ..Through::App(app()).into() }).await
    };
    let ((), page) = tokio::join!(biased; cancel, meanwhile);
    assert!(matches!(page, Ok(NextStep::Window(_))));
    assert!(asked.elapsed() >= Duration::from_secs(10));
    assert_eq!(ends.recv().await, Ok(SignInEnd::Cancelled));
    assert!(ends.try_recv().is_err(), "the second one is under way");
    held.await.unwrap();
}

#[tokio::test]
async fn a_second_cancel_ends_a_sign_in_that_has_not_begun_yet() {
    let stage = Stage::new().await;
    stage.page().await;
    let held = stage.hold_the_vault(Duration::from_secs(10));
    let sign_in = async {
        a_while().await;
        stage.session.sign_in(Through::App(app())).await
    };
    let again = async {
        a_while().await;
        a_while().await;
        stage.session.cancel().await;
    };
    let ((), page, ()) = tokio::join!(stage.session.cancel(), sign_in, again);
    assert!(page.err().is_some_and(|error| error.is_cancel()));
    assert!(was_cancelled(&stage.status()) && stage.is_clean());
    held.await.unwrap();
}

#[tokio::test]
async fn an_import_answers_once_its_app_is_remembered() {
    let stage = Stage::signed_in().await;
    let held = stage.hold_the_vault(Duration::from_secs(2));
    let asked = Instant::now();
    let import = async {
        stage.session.import(brought(None), Storage::Vault).await.unwrap();
        assert!(asked.elapsed() >= Duration::from_secs(2));
    };
    let meanwhile = async {
        a_while().await;
        at_once("copying", stage.copied()).await.unwrap();
    };
    tokio::join!(import, meanwhile);
    held.await.unwrap();
}

#[tokio::test]
async fn what_was_asked_is_finished_though_nobody_waits_for_it_any_more() {
    let stage = Stage::signed_in().await;
    let held = stage.hold_the_vault(Duration::from_secs(2));
    let (session, id) = (stage.session.clone(), stage.account().account);
    let renaming = tokio::spawn(async move { session.rename(id, "Bot".into()).await });
    a_while().await;
    renaming.abort();
    let _ = renaming.await;
    let moment = stage.ended();
    held.await.unwrap();
    sleep(Duration::from_secs(1)).await;
    let kept = moment.parts.vault.read(spartan_vault::keyring::Interaction::Forbidden).await.unwrap();
    assert_eq!(kept.accounts[0].name.as_deref(), Some("Bot"));
}

#[tokio::test]
async fn whoever_waits_for_every_change_learns_that_a_sign_out_is_saved_or_failed() {
    let stage = Stage::signed_in().await;
    stage.session.finish().await.unwrap();
    for (seconds, is_saved) in [(60, false), (2, true)] {
        let held = stage.hold_the_vault(Duration::from_secs(seconds));
        let session = stage.session.clone();
        let signing_out = tokio::spawn(async move { session.sign_out().await });
        a_while().await;
        let finished = stage.session.finish().await;
        assert_eq!(finished.is_ok(), is_saved, "{finished:?}");
        assert!(signing_out.is_finished(), "nothing is pending anymore");
        assert_eq!(signing_out.await.unwrap(), finished);
        held.await.unwrap();
        assert_eq!(stage.is_clean(), is_saved);
    }
}
