//! Signing in: the page, the chain, and every way back.

use spartan_auth::{error::Cause as AuthCause, leg::Leg};
use spartan_session::{
    error::{Remedy, XErr},
    session::Through,
    status::{LegProgress, SignedOut, Status},
};

use crate::{
    issuer::{passing, unreachable},
    stage::{Stage, a_while, app, is_fresh, is_signed_out, is_signing_in, is_stale, state, was_cancelled},
    words::message,
};

#[tokio::test]
async fn a_code_leads_to_a_fresh_account_with_its_gamertag_and_every_leg_done() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    assert!(is_signing_in(&stage.status()));
    stage.come_back(&page).await;
    let status = stage.until(is_fresh).await;
    let account = status.signed_in().unwrap();
    assert_eq!(account.gamertag.as_deref(), Some("aCurtis X89"));
    assert!(account.legs.iter().all(|leg| matches!(leg.progress, LegProgress::Done { ms: Some(_) })), "{account:?}");
    assert_eq!(stage.token_files().await.accounts.len(), 1);
    assert_eq!(stage.ring.keys(), 1);
}

#[tokio::test]
async fn the_page_opens_only_where_what_comes_back_can_be_kept() {
    let stage = Stage::new().await;
    stage.page().await;
    assert!(stage.vault_file().exists());
    assert_eq!(stage.ring.keys(), 1);
}

#[tokio::test]
async fn connections_are_opened_ahead_when_a_sign_in_starts_and_at_each_step_at_the_page() {
    let stage = Stage::new().await;
    assert!(stage.issuer.opened().is_empty());
    let page = stage.page().await;
    a_while().await;
    let every_host = [Leg::Microsoft, Leg::XboxUser, Leg::XstsHalo, Leg::Spartan].into();
    assert_eq!(stage.issuer.opened(), every_host);
    stage.session.navigated(page.clone()).await;
    a_while().await;
    assert_eq!(stage.issuer.opened(), every_host);
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    assert!(!stage.issuer.opened().contains(&Leg::Microsoft), "its leg does not wait for a second one");
    stage.session.navigated(page.clone()).await;
    stage.clock.quiet().await;
    assert!(stage.issuer.opened().is_empty(), "nobody is at the page any more");
}

#[tokio::test]
async fn a_cancel_at_the_page_keeps_nothing_and_leaves_no_key() {
    let stage = Stage::new().await;
    stage.page().await;
    stage.session.cancel().await;
    stage.until(was_cancelled).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_no_at_microsofts_page_is_a_cancel() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    stage.redirected(&page, &format!("error=access_denied&state={}", state(&page))).await;
    stage.until(was_cancelled).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_cancel_during_the_chain_keeps_nothing_whichever_leg_is_under_way() {
    for leg in [Leg::Microsoft, Leg::XboxUser, Leg::XstsHalo, Leg::Spartan, Leg::Clearance] {
        let stage = Stage::new().await;
        let page = stage.page().await;
        let answer = stage.issuer.hold(leg);
        stage.come_back(&page).await;
        stage.until(|status| is_at(status, leg)).await;
        stage.session.cancel().await;
        stage.until(was_cancelled).await;
        answer.let_go();
        assert!(stage.is_clean(), "{}", leg.name());
        stage.clock.quiet().await;
        assert!(stage.is_clean() && is_signed_out(&stage.status()), "{}", leg.name());
    }
}

#[tokio::test]
async fn a_cancel_while_a_token_waits_for_the_vault_keeps_nothing() {
    // Who gets the lock first, the one who keeps or the one who clears away, is a matter of chance.
    for _ in 0..5 {
        let stage = Stage::new().await;
        let page = stage.page().await;
        let answer = stage.issuer.hold(Leg::Microsoft);
        stage.come_back(&page).await;
        stage.until(|status| is_at(status, Leg::Microsoft)).await;
        let busy = stage.keep_the_vault_busy();
        answer.let_go();
        a_while().await;
        let let_go = async {
            a_while().await;
            drop(busy);
        };
        tokio::join!(stage.session.cancel(), let_go);
        stage.until(was_cancelled).await;
        a_while().await;
        assert!(stage.is_clean());
    }
}

#[tokio::test]
async fn a_cancel_before_the_page_opens_does_not_wait_for_the_network() {
    let stage = Stage::new().await;
    let _answer = stage.issuer.hold(Leg::Microsoft);
    let cancel = async {
        stage.until(is_signing_in).await;
        stage.session.cancel().await;
    };
    let (page, ()) = tokio::join!(stage.session.sign_in(Through::App(app())), cancel);
    assert!(page.unwrap_err().is_cancel());
    stage.until(was_cancelled).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn what_a_cancelled_look_leaves_is_not_cleared_away_under_the_next_sign_in() {
    let stage = Stage::new().await;
    let answer = stage.issuer.hold(Leg::Microsoft);
    let cancel = async {
        stage.until(is_signing_in).await;
        a_while().await;
        stage.session.cancel().await;
    };
    let (page, ()) = tokio::join!(stage.session.sign_in(Through::App(app())), cancel);
    assert!(page.is_err());
    let page = stage.page().await;
    answer.let_go();
    a_while().await;
    assert!(stage.vault_file().exists() && stage.ring.keys() == 1);
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_cancel_does_not_wait_for_the_keyrings_open_question() {
    let stage = Stage::new().await;
    let question = stage.ring.ask_for_long();
    let cancel = async {
        while stage.ring.unlocked() == 0 {
            tokio::task::yield_now().await;
        }
        stage.session.cancel().await;
        stage.until(was_cancelled).await;
        drop(question);
    };
    let (page, ()) = tokio::join!(stage.session.sign_in(Through::App(app())), cancel);
    assert!(page.is_err());
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_question_of_the_keyring_that_is_dismissed_is_told_and_nobody_goes_to_the_page() {
    let stage = Stage::new().await;
    drop(stage.ring.ask_for_long());
    let problem = stage.session.sign_in(Through::App(app())).await.expect_err("no key, no sign-in");
    assert_eq!(message(&problem), "The keyring stayed locked.");
    assert_eq!(problem.remedy(), Remedy::SignIn, "there is no vault to unlock");
    stage.until(is_signed_out).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_redirect_with_a_foreign_state_ends_the_sign_in_with_words() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    stage.redirected(&page, "code=c&state=foreign").await;
    let status = stage.until(is_signed_out).await;
    let problem = status.problem().expect("it is told");
    assert!(message(problem).contains("did not belong to this sign-in"), "{problem:?}");
    assert_eq!(problem.remedy(), Remedy::SignIn);
    assert_eq!(stage.issuer.asked(), []);
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_redirect_elsewhere_changes_nothing() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    stage.session.redirected(page.clone(), page.read(&"https://login.live.com/ppsecure?code=c".parse().unwrap())).await;
    stage.clock.quiet().await;
    assert!(is_signing_in(&stage.status()));
}

#[tokio::test]
async fn a_second_redirect_is_ignored() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    let answer = stage.issuer.hold(Leg::XboxUser);
    stage.come_back(&page).await;
    stage.come_back(&page).await;
    stage.redirected(&page, "code=c&state=foreign").await;
    stage.until(|status| is_at(status, Leg::XboxUser)).await;
    answer.let_go();
    stage.until(is_fresh).await;
    stage.come_back(&page).await;
    stage.clock.quiet().await;
    assert!(is_fresh(&stage.status()));
    assert_eq!(stage.issuer.asked().iter().filter(|leg| **leg == Leg::Microsoft).count(), 1);
}

#[tokio::test]
async fn a_second_sign_in_waits_for_the_first_one() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    let problem = stage.session.sign_in(Through::Known).await.expect_err("one at a time");
    assert!(message(&problem).contains("under way"), "{problem:?}");
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_page_that_cannot_be_reached_is_told_and_leaves_nothing_behind() {
    let stage = Stage::new().await;
    stage.issuer.refuse(Leg::Microsoft, unreachable());
    let problem = stage.session.sign_in(Through::App(app())).await.expect_err("no network");
    assert_eq!(problem.remedy(), Remedy::SignIn, "there is nothing to renew");
    let status = stage.until(is_signed_out).await;
    assert_eq!(status.problem(), Some(&problem));
    assert!(stage.is_clean());
}

#[tokio::test]
async fn without_any_app_it_says_what_is_missing() {
    let stage = Stage::new().await;
    let problem = stage.session.sign_in(Through::Known).await.expect_err("no app");
    assert_eq!(problem.remedy(), Remedy::ChangeApp);
}

#[tokio::test]
async fn an_account_that_xbox_refuses_is_not_kept() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    let child = AuthCause::Account { xerr: XErr(2_148_916_238), link: None };
    stage.issuer.refuse(Leg::XstsHalo, child.clone());
    stage.issuer.refuse(Leg::XstsXbox, child);
    stage.come_back(&page).await;
    let status = stage.until(is_signed_out).await;
    assert!(matches!(status, Status::SignedOut { why: SignedOut::Failed { .. } }));
    assert!(matches!(status.problem().unwrap().remedy(), Remedy::Visit { .. }));
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_passing_trouble_at_microsoft_keeps_nothing() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    stage.issuer.refuse(Leg::Microsoft, passing());
    stage.come_back(&page).await;
    let status = stage.until(is_signed_out).await;
    assert_eq!(status.problem().unwrap().remedy(), Remedy::SignIn);
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_passing_trouble_behind_microsoft_keeps_the_sign_in_and_is_tried_again_by_itself() {
    for leg in [Leg::XboxUser, Leg::XstsXbox, Leg::XstsHalo, Leg::Spartan] {
        let stage = Stage::new().await;
        let page = stage.page().await;
        stage.issuer.refuse(leg, passing());
        stage.come_back(&page).await;
        stage.until(is_stale).await;
        assert_eq!(stage.token_files().await.accounts.len(), 1, "{}", leg.name());
        stage.clock.pass(jiff::SignedDuration::from_secs(20)).await;
        assert!(is_fresh(&stage.status()), "{}: {:?}", leg.name(), stage.status());
        assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"));
        assert!(stage.copied().await.is_ok());
    }
}

#[tokio::test]
async fn the_app_of_the_last_sign_in_is_known_after_signing_out_and_starting_again() {
    let stage = Stage::signed_in().await;
    stage.session.sign_out().await.unwrap();
    let stage = stage.restarted();
    stage.until(is_signed_out).await;
    let page = stage.page_for(Through::Known).await;
    assert!(page.url.as_str().contains("12345678-1234-1234-1234-123456789abc"));
}

fn is_at(status: &Status, leg: Leg) -> bool {
    let Status::SigningIn { legs, .. } = status else { return false };
    legs.iter().any(|status| status.leg == leg && status.progress == LegProgress::Running)
}
