//! Clocks that jump: sleep, and hands that are set.

use std::time::Duration;

use jiff::SignedDuration;
use spartan_auth::{error::Cause as AuthCause, leg::Leg};
use spartan_session::{error::Cause, format::Format, status::clock_check::ClockCheck};

use crate::stage::{Stage, is_fresh, is_signing_in, is_stale, one_more};

const STEP: SignedDuration = SignedDuration::from_secs(15);

#[tokio::test]
async fn after_a_sleep_of_five_hours_it_renews_within_a_step() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.clock.suspend(SignedDuration::from_hours(5)).await;
    assert_eq!((stage.issuer.asked(), stage.issuer.hung_up()), (vec![], 0));
    stage.clock.pass(STEP).await;
    assert!(is_fresh(&stage.status()));
    assert_ne!(stage.copied().await.unwrap(), before);
    assert_eq!(stage.issuer.hung_up(), 1, "connections of before the sleep are dead");
}

#[tokio::test]
async fn a_short_sleep_renews_nothing_that_is_not_due() {
    let stage = Stage::signed_in().await;
    stage.clock.suspend(SignedDuration::from_hours(2)).await;
    stage.clock.pass(STEP).await;
    assert_eq!(stage.issuer.asked(), []);
    assert_eq!(stage.account().clock_error_ms, 0);
}

#[tokio::test]
async fn any_clock_that_was_set_is_noticed_within_a_step_and_costs_one_renewal() {
    for minutes in [-300, -3, 3, 90] {
        let stage = Stage::signed_in().await;
        stage.clock.set(SignedDuration::from_mins(minutes)).await;
        stage.clock.pass(STEP).await;
        assert_eq!(stage.account().clock_error_ms, minutes * 60_000);
        assert_eq!(stage.issuer.asked().len(), 3, "{minutes}");
        stage.clock.pass(SignedDuration::from_hours(3)).await;
        assert_eq!(stage.issuer.asked(), [], "{minutes}");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_is_noticed_and_does_not_stretch_a_token() {
    let stage = Stage::signed_in().await;
    stage.clock.set(SignedDuration::from_hours(-5)).await;
    stage.clock.pass(STEP).await;
    assert_eq!(stage.account().clock_error_ms, -5 * 3_600_000);
    stage.issuer.asked();
    stage.clock.pass(SignedDuration::from_mins(221)).await;
    assert!(!stage.issuer.asked().is_empty(), "it renews by the services' clock");
}

#[tokio::test]
async fn a_clock_that_is_set_ahead_costs_one_renewal_and_no_more() {
    let stage = Stage::signed_in().await;
    stage.clock.set(SignedDuration::from_hours(5)).await;
    stage.clock.pass(STEP).await;
    assert_eq!(stage.account().clock_error_ms, 5 * 3_600_000);
    assert!(!stage.issuer.asked().is_empty());
    stage.clock.pass(SignedDuration::from_hours(3)).await;
    assert_eq!(stage.issuer.asked(), []);
    assert!(is_fresh(&stage.status()));
}

#[tokio::test]
async fn a_clock_that_is_set_again_and_again_costs_a_renewal_in_five_minutes_and_shortens_no_wait() {
    let flicker = async |stage: &Stage| {
        for turn in 0..20 {
            stage.clock.set(SignedDuration::from_mins(if turn % 2 == 0 { 5 } else { -5 })).await;
            stage.clock.pass(STEP).await;
        }
    };
    let stage = Stage::signed_in().await;
    flicker(&stage).await;
    assert_eq!(stage.issuer.asked().len(), 3, "one renewal");

    let asked = AuthCause::Passing { status: 429, retry_after: Some(Duration::from_secs(3600)) };
    for _ in 0..20 {
        stage.issuer.refuse(Leg::XstsHalo, asked.clone());
    }
    stage.session.renew().await.unwrap();
    stage.until(is_stale).await;
    stage.clock.quiet().await;
    stage.issuer.asked();
    flicker(&stage).await;
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_clock_that_was_wrong_all_along_does_no_harm() {
    let stage = Stage::new().await;
    stage.clock.set(SignedDuration::from_hours(-30)).await;
    stage.clock.pass(STEP).await;
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.issuer.asked();
    stage.clock.pass(SignedDuration::from_mins(210)).await;
    assert_eq!(stage.issuer.asked(), []);
    stage.clock.pass(SignedDuration::from_mins(11)).await;
    assert!(!stage.issuer.asked().is_empty());
}

/// Somebody signed in while the clock was this far ahead; then the program ended.
async fn signed_in_with_a_clock_ahead(by: SignedDuration) -> Stage {
    let stage = Stage::new().await;
    stage.clock.set(by).await;
    stage.first_sign_in().await;
    stage
}

/// Whether Halo accepts the copied token.
async fn copies_a_good_token(stage: &Stage) -> bool {
    let copied = stage.copied_until().await.unwrap();
    copied > stage.clock.real()
}

#[tokio::test]
async fn a_clock_that_was_put_right_between_two_runs_never_brings_a_dead_token() {
    for hours in [-2, 2] {
        for restart in [false, true] {
            let stage = signed_in_with_a_clock_ahead(SignedDuration::from_hours(hours)).await;
            stage.clock.quiet().await;
            stage.clock.set_at_once(SignedDuration::from_hours(-hours));
            if restart {
                stage.clock.restart();
            }
            let stage = stage.restarted();
            stage.until(is_fresh).await;
            for _ in 0..5 {
                assert!(copies_a_good_token(&stage).await, "{hours} {restart}");
                stage.clock.pass(SignedDuration::from_mins(59)).await;
            }
        }
    }
}

#[tokio::test]
async fn without_an_answer_the_earlier_expiry_counts_after_the_clock_was_set() {
    for (before, after) in [(2, -2), (-2, 2), (0, -2), (0, 2)] {
        let stage = signed_in_with_a_clock_ahead(SignedDuration::from_hours(before)).await;
        stage.issuer.network(false);
        stage.clock.set_at_once(SignedDuration::from_hours(after));
        let stage = stage.restarted();
        stage.until(|status| status.signed_in().is_some()).await;
        stage.clock.pass(SignedDuration::from_hours(4)).await;
        let copied = stage.copied().await;
        assert!(copied.is_err(), "{before} {after}: it is dead, and nobody could be asked");
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_by_less_than_half_a_minute_brings_no_dead_token() {
    for back in [5, 25, 29] {
        let stage = Stage::signed_in().await;
        stage.issuer.network(false);
        stage.clock.set(SignedDuration::from_secs(-back)).await;
        stage.clock.pass(STEP).await;
        assert!((-back - 1..=-back).contains(&(stage.account().clock_error_ms / 1000)), "the countdown is right");
        stage.clock.pass(SignedDuration::from_hours(4) - STEP).await;
        assert!(stage.copied().await.is_err(), "{back}: it has just died, and nobody could be asked");
    }
}

#[tokio::test]
async fn a_clock_that_is_not_off_any_more_is_not_blamed() {
    let stage = signed_in_with_a_clock_ahead(SignedDuration::from_hours(2)).await;
    assert!(stage.account().clock_problem.is_some());
    stage.issuer.network(false);
    stage.clock.set_at_once(SignedDuration::from_hours(-2));
    let stage = stage.restarted();
    let status = stage.until(|status| status.signed_in().is_some()).await;
    let shown = status.signed_in().unwrap().clone();
    assert_eq!((shown.clock_error_ms, shown.clock_problem), (0, None));
}

#[tokio::test]
async fn a_fast_clock_renews_earlier_after_a_restart_of_the_computer_and_is_measured_then() {
    let stage = signed_in_with_a_clock_ahead(SignedDuration::from_hours(2)).await;
    stage.clock.pass(SignedDuration::from_mins(110)).await;
    assert_eq!(stage.issuer.asked(), []);
    stage.clock.restart();
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    stage.clock.pass(STEP).await;
    assert!(!stage.issuer.asked().is_empty(), "it looks ten minutes from its end");
    assert_eq!(stage.account().clock_error_ms, 2 * 3_600_000);
    stage.clock.pass(SignedDuration::from_hours(3)).await;
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_clock_that_comes_up_behind_after_a_restart_is_measured_before_a_token_is_used() {
    let stage = Stage::signed_in().await;
    let signed_in_at = stage.clock.real();
    stage.clock.pass(SignedDuration::from_mins(1)).await;
    stage.clock.restart();
    stage.clock.set_at_once(SignedDuration::from_hours(-2));
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    stage.clock.pass(STEP).await;
    assert!(!stage.issuer.asked().is_empty());
    assert_eq!(stage.account().clock_error_ms, -2 * 3_600_000);
    assert!(stage.copied_until().await.unwrap() > signed_in_at + SignedDuration::from_hours(4));
}

#[tokio::test]
async fn while_a_clock_that_came_up_behind_cannot_be_measured_no_token_is_copied() {
    let stage = Stage::signed_in().await;
    stage.issuer.network(false);
    stage.clock.restart();
    stage.clock.set_at_once(SignedDuration::from_hours(-20));
    let stage = stage.restarted();
    stage.until(|status| status.signed_in().is_some()).await;
    assert_eq!(stage.copied().await.unwrap_err().cause, Cause::ClockBehind, "nobody knows how long it was off");
    assert_eq!(stage.account().clock_problem.unwrap().cause, Cause::ClockBehind);
    let line = stage.session.snapshot().borrow().accounts[0].clone();
    assert_eq!(line.clock_problem.unwrap().cause, Cause::ClockBehind);
    stage.clock.pass(SignedDuration::from_hours(5)).await;
    assert!(stage.copied().await.is_err(), "the computer has run for longer than the token lives");
}

#[tokio::test]
async fn while_somebody_signs_in_the_accounts_still_tell_how_wrong_the_clock_is() {
    let stage = Stage::signed_in().await;
    stage.clock.set(SignedDuration::from_hours(5)).await;
    stage.clock.pass(STEP).await;
    stage.page_for(one_more()).await;
    stage.until(is_signing_in).await;
    let line = stage.session.snapshot().borrow().accounts[0].clone();
    assert_eq!(line.clock_error_ms, 5 * 3_600_000);
    assert_eq!(line.clock_problem.unwrap().cause, Cause::ClockOff { ahead: 5 * 3600 });
}

#[tokio::test]
async fn after_a_restart_the_first_copy_waits_for_an_answer_that_tells_the_time() {
    let stage = Stage::signed_in().await;
    let old = stage.copied().await.unwrap();
    let held = stage.issuer.hold(Leg::XstsHalo);
    stage.clock.restart();
    stage.clock.set_at_once(SignedDuration::from_secs(20));
    let stage = stage.restarted();
    stage.until(|status| status.signed_in().is_some()).await;
    let (copied, ()) = tokio::join!(stage.copied(), async { held.let_go() });
    assert_ne!(copied.unwrap(), old);
}

#[tokio::test]
async fn a_copy_says_whether_the_clock_by_which_it_is_valid_is_confirmed() {
    let stage = Stage::signed_in().await;
    let clock = async |stage: &Stage| stage.session.hand_out(Format::Token).await.unwrap().clock;
    assert_eq!(clock(&stage).await, ClockCheck::Confirmed);
    stage.clock.pass(SignedDuration::from_mins(3)).await;
    stage.issuer.network(false);
    stage.clock.restart();
    stage.clock.set_at_once(SignedDuration::from_mins(-1));
    let stage = stage.restarted();
    let status = stage.until(is_stale).await;
    let problem = status.signed_in().unwrap().clock_problem.clone().unwrap();
    assert_eq!(problem.cause, Cause::ClockUnconfirmed);
    assert_eq!(clock(&stage).await, ClockCheck::Unconfirmed);
}

#[tokio::test]
async fn nobody_is_warned_of_a_clock_that_the_services_are_about_to_confirm() {
    let stage = Stage::signed_in().await;
    let held = stage.issuer.hold(Leg::XstsHalo);
    stage.clock.restart();
    let stage = stage.restarted();
    let status = stage.until(|status| status.signed_in().is_some()).await;
    assert_eq!(status.signed_in().unwrap().clock_problem, None);
    let (copied, ()) = tokio::join!(stage.session.hand_out(Format::Token), async { held.let_go() });
    assert_eq!(copied.unwrap().clock, ClockCheck::Confirmed);
}

#[tokio::test]
async fn a_clock_that_is_years_behind_is_blamed_and_the_new_token_is_handed_out() {
    let years = SignedDuration::from_hours(-20 * 365 * 24);
    for restart in [false, true] {
        let stage = Stage::signed_in().await;
        stage.clock.quiet().await;
        stage.clock.set_at_once(years);
        if restart {
            stage.clock.restart();
        }
        let stage = stage.restarted();
        stage.until(is_fresh).await;
        stage.clock.pass(STEP).await;
        assert!(copies_a_good_token(&stage).await, "{restart}");
        stage.issuer.asked();
        for _ in 0..3 {
            assert!(copies_a_good_token(&stage).await, "{restart}");
        }
        assert_eq!(stage.issuer.asked(), [], "{restart}: no copy renews");
        let problem = stage.account().clock_problem.unwrap().cause;
        let Cause::ClockOff { ahead } = problem else { panic!("{problem:?}") };
        assert!(ahead.abs_diff(years.as_secs()) <= 1, "{restart}: {ahead}");
    }
}
