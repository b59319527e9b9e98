//! Renewing by itself: ahead of expiry, again after problem, and never more than is due.

use std::{collections::BTreeSet, time::Duration};

use jiff::SignedDuration;
use spartan_auth::{
    error::Cause as AuthCause,
    leg::Leg::{self, Clearance, Microsoft, Spartan, XboxUser, XstsHalo, XstsXbox},
};
use spartan_session::{
    error::{Cause, Remedy, Unreachable},
    status::{LegProgress, Renewal},
};

use crate::{
    issuer::{busy, expired, passing, unreachable},
    stage::{Stage, a_while, is_fresh, is_renewing, is_signed_out, is_stale, needs_sign_in},
    words::help,
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

#[tokio::test]
async fn however_often_somebody_clicks_one_renewal_is_sent_in_a_few_seconds() {
    let stage = Stage::signed_in().await;
    for _ in 0..30 {
        stage.session.renew().await.unwrap();
        stage.until(is_fresh).await;
    }
    assert_eq!(stage.issuer.asked().len(), 3);
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert_eq!(stage.issuer.asked().len(), 3, "no click is lost");
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert_eq!(stage.issuer.asked().len(), 0);
}

#[tokio::test]
async fn a_click_that_comes_too_soon_after_a_refusal_counts_a_little_later() {
    let stage = Stage::signed_in().await;
    stage.issuer.refuse(Leg::XstsHalo, expired());
    stage.session.renew().await.unwrap();
    stage.until(needs_sign_in).await;
    stage.issuer.asked();
    stage.session.renew().await.unwrap();
    stage.until(is_stale).await;
    assert_eq!(stage.issuer.asked(), []);
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn clicks_while_a_service_wants_to_be_left_alone_send_nothing_and_are_told_the_wait() {
    let stage = Stage::signed_in().await;
    stage.issuer.refuse(Leg::XstsHalo, busy(Duration::from_secs(600)));
    stage.session.renew().await.unwrap();
    stage.until(is_stale).await;
    stage.issuer.asked();
    for _ in 0..30 {
        stage.clock.go_on(SignedDuration::from_secs(6));
        let told = stage.session.renew().await.unwrap_err();
        assert!(help(&told).contains("minutes"), "{told}");
        assert!(stage.copied().await.is_ok(), "the token is good");
    }
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn copies_of_a_token_that_cannot_be_renewed_send_one_renewal_in_a_few_seconds() {
    let stage = Stage::signed_in().await;
    stage.clock.pass(SignedDuration::from_mins(215)).await;
    for _ in 0..40 {
        stage.issuer.refuse(Leg::XstsHalo, passing());
    }
    stage.clock.pass(SignedDuration::from_mins(18)).await;
    stage.issuer.asked();
    stage.clock.go_on(SignedDuration::from_secs(6));
    for _ in 0..30 {
        assert!(stage.copied().await.is_ok());
    }
    assert!(stage.issuer.asked().len() <= 2);
}

#[tokio::test]
async fn a_token_of_four_hours_renews_by_itself_twenty_minutes_ahead_with_three_legs() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.clock.pass(SignedDuration::from_mins(216)).await;
    assert_eq!(stage.issuer.asked(), []);
    stage.clock.pass(SignedDuration::from_mins(4)).await;
    assert!(is_fresh(&stage.status()));
    assert_eq!(stage.issuer.asked(), [XstsHalo, Spartan, Clearance]);
    assert_ne!(stage.copied().await.unwrap(), before);
}

#[tokio::test]
async fn it_goes_on_for_weeks_without_a_person() {
    let stage = Stage::signed_in().await;
    for _ in 0..120 {
        stage.clock.pass(HOUR * 4).await;
        assert!(is_fresh(&stage.status()));
        assert!(stage.copied().await.is_ok());
    }
    let asked = stage.issuer.asked();
    let count = |wanted: Leg| asked.iter().filter(|leg| **leg == wanted).count();
    assert_eq!((count(XboxUser), count(Spartan)), (1, 120));
    assert_eq!(count(Microsoft), 4, "three times because six days had gone by, once for a new user token");
    assert!((25..=40).contains(&count(XstsXbox)), "{}", count(XstsXbox));
}

#[tokio::test]
async fn a_passing_trouble_is_told_tried_again_and_forgotten_when_it_is_over() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    for _ in 0..2 {
        stage.issuer.refuse(XstsHalo, passing());
    }
    stage.clock.pass(SignedDuration::from_mins(221)).await;
    let account = stage.account();
    let Renewal::Stale { problem, .. } = &account.renewal else { panic!("{account:?}") };
    assert_eq!(problem.remedy(), Remedy::Retry { after: None });
    assert_eq!(account.legs[3].progress, LegProgress::Failed);
    assert!(matches!(account.legs[4].progress, LegProgress::Done { .. }), "the token of before is shown");
    assert_eq!(stage.copied().await.unwrap(), before, "what is good is handed out");
    stage.clock.pass(SignedDuration::from_secs(20)).await;
    assert!(is_stale(&stage.status()), "it failed once more");
    stage.clock.pass(SignedDuration::from_secs(30)).await;
    assert!(is_fresh(&stage.status()));
    assert_eq!(stage.token_files().await.accounts[0].last_error, None);
}

#[tokio::test]
async fn a_wait_that_a_service_asks_for_is_kept() {
    let stage = Stage::signed_in().await;
    let asked = AuthCause::Passing { status: 429, retry_after: Some(Duration::from_secs(600)) };
    stage.issuer.refuse(XstsHalo, asked);
    stage.session.renew().await.unwrap();
    stage.until(is_stale).await;
    stage.issuer.asked();
    stage.clock.pass(SignedDuration::from_secs(590)).await;
    assert_eq!(stage.issuer.asked(), []);
    stage.clock.pass(SignedDuration::from_secs(30)).await;
    assert!(is_fresh(&stage.status()));
}

#[tokio::test]
async fn a_person_need_not_wait_for_the_next_try() {
    let stage = Stage::signed_in().await;
    stage.issuer.refuse(XstsHalo, passing());
    stage.session.renew().await.unwrap();
    stage.until(is_stale).await;
    stage.session.renew().await.unwrap();
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.until(is_fresh).await;
    assert_eq!(stage.issuer.asked().len(), 4, "one that failed, and one that the click brought forward");
}

#[tokio::test]
async fn a_day_without_network_is_no_sign_out() {
    let stage = Stage::signed_in().await;
    for _ in 0..400 {
        stage.issuer.refuse(XstsHalo, unreachable());
    }
    stage.clock.pass(HOUR * 4).await;
    for _ in 0..100 {
        stage.clock.pass(SignedDuration::from_mins(16)).await;
        assert!(is_stale(&stage.status()));
    }
    assert!(stage.copied().await.is_err());
    assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"));
}

#[tokio::test]
async fn a_refresh_token_that_cannot_be_exercised_stops_nothing_while_the_user_token_is_good() {
    let stage = Stage::signed_in().await;
    for _ in 0..100 {
        stage.issuer.refuse(Microsoft, expired());
    }
    for _ in 0..13 {
        stage.clock.pass(HOUR * 24).await;
        assert!(is_fresh(&stage.status()));
    }
    stage.clock.pass(HOUR * 24).await;
    assert!(needs_sign_in(&stage.status()), "now it is needed");
}

#[tokio::test]
async fn a_network_that_returns_is_noticed_within_half_a_minute_though_the_next_try_is_far() {
    let stage = Stage::signed_in().await;
    stage.issuer.network(false);
    stage.clock.pass(HOUR * 4).await;
    for _ in 0..80 {
        stage.clock.pass(SignedDuration::from_mins(3)).await;
        assert!(is_stale(&stage.status()));
    }
    assert!(stage.issuer.asked().len() < 60, "it is tried less and less often");
    stage.issuer.network(true);
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert!(is_fresh(&stage.status()));
}

#[tokio::test]
async fn a_network_that_returns_right_after_a_try_that_got_no_answer_is_noticed_as_well() {
    let stage = Stage::signed_in().await;
    stage.issuer.network(false);
    stage.clock.pass(HOUR * 4).await;
    for _ in 0..40 {
        stage.clock.pass(SignedDuration::from_mins(3)).await;
    }
    stage.issuer.network(true);
    let slow = AuthCause::Unreachable { host: "xsts.auth.xboxlive.com".into(), why: Unreachable::TimedOut };
    stage.issuer.refuse(XstsHalo, slow);
    stage.session.renew().await.unwrap();
    stage.clock.quiet().await;
    for _ in 0..3 {
        stage.clock.pass(SignedDuration::from_secs(15)).await;
    }
    assert!(is_fresh(&stage.status()));
}

#[tokio::test]
async fn a_service_that_is_only_slow_is_not_asked_more_often() {
    let stage = Stage::signed_in().await;
    let slow = AuthCause::Unreachable { host: "xsts.auth.xboxlive.com".into(), why: Unreachable::TimedOut };
    for _ in 0..400 {
        stage.issuer.refuse(XstsHalo, slow.clone());
    }
    stage.clock.pass(HOUR * 4).await;
    stage.issuer.asked();
    for _ in 0..240 {
        stage.clock.pass(SignedDuration::from_secs(30)).await;
    }
    assert!(stage.issuer.asked().len() < 40, "in two hours");
}

#[tokio::test]
async fn a_hundred_programs_that_signed_in_together_do_not_renew_together() {
    let mut renewals = BTreeSet::new();
    for _ in 0..100 {
        let stage = Stage::signed_in().await;
        let Renewal::Fresh { renews_at } = stage.account().renewal else { panic!("{:?}", stage.status()) };
        renewals.insert(renews_at.duration_since(stage.clock.real()).as_secs());
    }
    assert!(renewals.len() > 50, "they meet: {renewals:?}");
    assert!(renewals.iter().all(|seconds| (217 * 60..=220 * 60).contains(seconds)), "{renewals:?}");
}

#[tokio::test]
async fn a_refused_refresh_token_asks_for_a_sign_in_and_what_is_good_is_still_handed_out() {
    let stage = Stage::new().await;
    stage.issuer.user_tokens_live_an_hour();
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    stage.issuer.asked();
    let before = stage.copied().await.unwrap();
    stage.issuer.refuse(Microsoft, expired());
    stage.clock.pass(HOUR * 4 - SignedDuration::from_mins(15)).await;
    let status = stage.until(needs_sign_in).await;
    assert_eq!(status.problem().unwrap().remedy(), Remedy::SignIn);
    assert_eq!(stage.account().legs[0].progress, LegProgress::Failed);
    assert_eq!(stage.issuer.asked(), [Microsoft]);
    assert_eq!(stage.copied().await.unwrap(), before);

    stage.clock.pass(HOUR).await;
    assert_eq!(stage.issuer.asked(), [], "nothing helps but a person");
    assert_eq!(stage.copied().await.unwrap_err().remedy(), Remedy::SignIn);
    let stage = stage.restarted();
    stage.until(needs_sign_in).await;
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn while_it_renews_the_legs_run_and_the_old_token_is_handed_out() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    let answer = stage.issuer.hold(XstsHalo);
    stage.session.renew().await.unwrap();
    let running = |status: &spartan_session::status::Status| {
        is_renewing(status)
            && status.signed_in().is_some_and(|account| account.legs[3].progress == LegProgress::Running)
    };
    let status = stage.until(running).await;
    assert_eq!(status.signed_in().unwrap().legs[4].progress, LegProgress::Waiting);
    assert_eq!(stage.copied().await.unwrap(), before);
    answer.let_go();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_token_that_cannot_be_kept_is_told_and_handed_out_all_the_same() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    // The name under which a new vault is written is taken: no write succeeds.
    let taken = stage.vault_file().with_extension("new");
    std::fs::create_dir(&taken).unwrap();
    stage.clock.suspend(SignedDuration::from_mins(236)).await;
    assert_ne!(stage.copied().await.unwrap(), before);
    let status = stage.until(is_stale).await;
    assert_eq!(status.problem().unwrap().remedy(), Remedy::TryAgain);
    std::fs::remove_dir(taken).unwrap();
    stage.clock.pass(SignedDuration::from_secs(20)).await;
    assert!(is_fresh(&stage.status()));
}

#[tokio::test]
async fn two_programs_renew_once_and_both_have_the_token() {
    let stage = Stage::signed_in().await;
    let other = stage.another();
    other.until(is_fresh).await;
    stage.clock.suspend(SignedDuration::from_mins(236)).await;
    let (one, two) = tokio::join!(stage.copied(), other.copied());
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(stage.issuer.asked(), [XstsHalo, Spartan, Clearance]);
}

#[tokio::test]
async fn who_was_signed_out_by_another_program_is_signed_out() {
    let stage = Stage::signed_in().await;
    let other = stage.another();
    other.until(is_fresh).await;
    other.session.sign_out().await.unwrap();
    let refused = stage.session.renew().await.unwrap_err();
    assert_eq!(refused.cause, Cause::SignedOutElsewhere { account: Some("aCurtis X89".into()) });
    assert_eq!(refused.remedy(), Remedy::Tell, "no button for another person");
    stage.until(is_signed_out).await;
    assert_eq!(stage.issuer.asked(), []);
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_spartan_token_that_is_over_when_it_comes_is_waited_for_and_asked_for_no_faster_than_any_other() {
    let stage = Stage::new().await;
    stage.issuer.spartan_tokens_come_dead(true);
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_stale).await;
    stage.clock.quiet().await;
    stage.issuer.asked();
    stage.clock.pass(SignedDuration::from_mins(10)).await;
    let asked = stage.issuer.asked().into_iter().filter(|leg| *leg == Leg::Spartan).count();
    assert!((1..30).contains(&asked), "{asked} in ten minutes");
    stage.issuer.spartan_tokens_come_dead(false);
    stage.clock.pass(SignedDuration::from_mins(20)).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn an_account_renews_in_time_though_another_hangs_and_somebody_keeps_asking_for_something() {
    let stage = Stage::with_two().await;
    let answer = stage.issuer.hold(XstsHalo);
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    a_while().await;
    stage.issuer.asked();
    for _ in 0..3 {
        stage.clock.go_on(HOUR * 2);
        stage.session.apps().await.unwrap();
        a_while().await;
    }
    assert!(stage.issuer.asked().contains(&XstsHalo));
    answer.let_go();
}
