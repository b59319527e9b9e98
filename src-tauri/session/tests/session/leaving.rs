//! Signing out: nothing stays, and nothing comes back.

use spartan_auth::leg::Leg;
use spartan_session::status::{SignedOut, Status};
use spartan_vault::account::{Account, AccountId};
use uuid::Uuid;

use crate::stage::{Stage, a_while, is_fresh, is_renewing, is_signed_out};

#[tokio::test]
async fn signing_out_leaves_neither_vault_nor_key_and_tells_how_long_copies_work() {
    let stage = Stage::signed_in().await;
    let expiry = stage.account().legs[4].expires_at;
    stage.session.sign_out().await.unwrap();
    let status = stage.until(is_signed_out).await;
    assert_eq!(status, Status::SignedOut { why: SignedOut::ByPerson { copied_until: expiry, clock_error_ms: 0 } });
    assert!(stage.is_clean());
    let stage = stage.restarted();
    let status = stage.until(|status| *status != Status::Opening).await;
    assert_eq!(status, Status::SignedOut { why: SignedOut::Never });
}

#[tokio::test]
async fn what_a_crash_in_a_second_sign_in_left_beside_the_account_goes_with_it() {
    let stage = Stage::signed_in().await;
    let left = Account { id: AccountId(Uuid::nil()), ..stage.token_files().await.accounts.remove(0) };
    stage.put(left).await;
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    stage.session.sign_out().await.unwrap();
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_sign_out_during_a_renewal_does_not_come_back_whichever_leg_is_under_way() {
    for leg in [Leg::XstsHalo, Leg::Spartan, Leg::Clearance] {
        let stage = Stage::signed_in().await;
        let answer = stage.issuer.hold(leg);
        stage.session.renew().await.unwrap();
        stage.until(is_renewing).await;
        stage.session.sign_out().await.unwrap();
        answer.let_go();
        stage.clock.quiet().await;
        assert!(is_signed_out(&stage.status()) && stage.is_clean(), "{}", leg.name());
    }
}

#[tokio::test]
async fn a_sign_out_while_a_token_waits_for_the_vault_does_not_come_back() {
    // Who gets the lock first, the one who keeps or the one who deletes, is a matter of chance.
    for _ in 0..5 {
        let stage = Stage::signed_in().await;
        let answer = stage.issuer.hold(Leg::Spartan);
        stage.session.renew().await.unwrap();
        stage.until(is_renewing).await;
        a_while().await;
        let busy = stage.keep_the_vault_busy();
        answer.let_go();
        a_while().await;
        let free = async {
            a_while().await;
            drop(busy);
        };
        let (signed_out, ()) = tokio::join!(stage.session.sign_out(), free);
        assert_eq!(signed_out, Ok(()));
        a_while().await;
        assert!(is_signed_out(&stage.status()) && stage.is_clean());
    }
}

#[tokio::test]
async fn signing_out_is_for_who_is_signed_in() {
    let stage = Stage::new().await;
    assert!(stage.session.sign_out().await.is_err());
    stage.page().await;
    assert!(stage.session.sign_out().await.is_err());
}
