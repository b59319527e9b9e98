//! Accounts among each other: names, order, leaving together, and somebody else than the one who was to sign in.

use spartan_session::{
    error::{Cause, Remedy},
    session::Through,
    status::{SignedOut, Status},
};
use spartan_vault::account::AccountId;

use crate::{
    issuer::six_pounder,
    stage::{Stage, is_fresh, is_signed_out, one_more},
};

/// Two people are signed in, the second one shown.
async fn two() -> Stage {
    let stage = Stage::signed_in().await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(one_more()).await;
    stage.come_back(&page).await;
    stage.until(|status| status.signed_in().is_some_and(|one| one.gamertag.as_deref() == Some("Six Pounder 07"))).await;
    stage.clock.quiet().await;
    stage
}

fn ids(stage: &Stage) -> Vec<AccountId> {
    stage.session.snapshot().borrow().accounts.iter().map(|line| line.id).collect()
}

#[tokio::test]
async fn a_name_of_ones_own_is_kept_and_an_empty_one_takes_it_away() {
    let stage = two().await;
    let id = ids(&stage)[1];
    stage.session.rename(id, "  My\tbot\n ".into()).await.unwrap();
    assert_eq!(stage.account().name.as_deref(), Some("My bot"));
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    assert_eq!(stage.session.snapshot().borrow().accounts[1].name.as_deref(), Some("My bot"));
    stage.session.rename(id, " ".into()).await.unwrap();
    assert_eq!(stage.token_files().await.accounts[1].name, None);
}

#[tokio::test]
async fn a_name_of_ones_own_outlives_a_renewal_and_another_sign_in() {
    let stage = two().await;
    stage.session.rename(ids(&stage)[1], "Bot".into()).await.unwrap();
    stage.session.renew().await.unwrap();
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    let page = stage.page_for(Through::Known).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    assert_eq!(stage.account().name.as_deref(), Some("Bot"));
    assert_eq!(stage.token_files().await.accounts[1].name.as_deref(), Some("Bot"));
}

#[tokio::test]
async fn the_order_is_the_persons_and_outlives_the_program() {
    let stage = two().await;
    let before = ids(&stage);
    stage.session.move_to(before[1], 0).await.unwrap();
    assert_eq!(ids(&stage), [before[1], before[0]]);
    stage.session.move_to(before[1], 99).await.unwrap();
    assert_eq!(ids(&stage), before);
    stage.session.move_to(before[1], 0).await.unwrap();
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    assert_eq!(ids(&stage), [before[1], before[0]]);
}

#[tokio::test]
async fn what_another_program_arranged_is_seen() {
    let stage = two().await;
    let before = ids(&stage);
    let beside = stage.another();
    beside.until(is_fresh).await;
    beside.session.move_to(before[1], 0).await.unwrap();
    stage.clock.pass(jiff::SignedDuration::from_secs(30)).await;
    stage.clock.pass(jiff::SignedDuration::from_secs(30)).await;
    assert_eq!(ids(&stage), [before[1], before[0]]);
}

#[tokio::test]
async fn all_leave_at_once_and_nothing_is_left() {
    let stage = two().await;
    stage.session.sign_out_all().await.unwrap();
    let status = stage.until(is_signed_out).await;
    assert!(matches!(status, Status::SignedOut { why: SignedOut::ByPerson { copied_until: Some(_), .. } }));
    assert!(stage.is_clean() && ids(&stage).is_empty());
}

#[tokio::test]
async fn somebody_else_than_the_wanted_one_replaces_nobody_and_can_be_added() {
    let stage = Stage::signed_in().await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(Through::Known).await;
    stage.come_back(&page).await;
    let status = stage.until(|status| status.problem().is_some()).await;
    let problem = status.problem().unwrap();
    assert_eq!(problem.remedy(), Remedy::AddOther);
    assert!(matches!(&problem.cause, Cause::OtherAccount { came, .. } if came == "Six Pounder 07"), "{problem:?}");
    assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"));
    assert_eq!(stage.token_files().await.accounts.len(), 1);
    stage.session.add_other().await.unwrap();
    assert_eq!(stage.account().gamertag.as_deref(), Some("Six Pounder 07"));
    assert_eq!(stage.account().sign_in_problem, None);
    assert_eq!(stage.token_files().await.accounts.len(), 2);
    stage.session.add_other().await.expect_err("once");
}

#[tokio::test]
async fn somebody_else_is_forgotten_once_the_person_goes_on() {
    let stage = Stage::signed_in().await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(Through::Known).await;
    stage.come_back(&page).await;
    stage.until(|status| status.problem().is_some()).await;
    stage.copied().await.unwrap();
    stage.session.add_other().await.expect_err("nobody waits to be added");
}

#[tokio::test]
async fn somebody_else_who_is_there_already_is_not_there_twice() {
    let stage = two().await;
    let (first, second) = (ids(&stage)[0], ids(&stage)[1]);
    stage.session.rename(second, "Bot".into()).await.unwrap();
    stage.session.show(first).await;
    let page = stage.page_for(Through::Known).await;
    stage.come_back(&page).await;
    stage.until(|status| status.problem().is_some()).await;
    stage.session.add_other().await.unwrap();
    assert_eq!(ids(&stage), [first, second]);
    assert_eq!((stage.account().account, stage.account().name.as_deref()), (second, Some("Bot")));
    assert_eq!(stage.token_files().await.accounts.len(), 2);
}

#[tokio::test]
async fn a_name_and_an_app_given_while_it_renews_stay() {
    let stage = two().await;
    let id = ids(&stage)[1];
    let held = stage.issuer.hold(spartan_auth::leg::Leg::Spartan);
    stage.session.renew().await.unwrap();
    stage.until(crate::stage::is_renewing).await;
    stage.session.rename(id, "Bot".into()).await.unwrap();
    let app = crate::stage::app();
    stage.session.edit_app(app, spartan_session::session::Secret::New("hush".into())).await.unwrap();
    held.let_go();
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    assert_eq!((stage.account().name.as_deref(), stage.account().app.has_secret), (Some("Bot"), true));
    let kept = stage.token_files().await.accounts.remove(1);
    assert_eq!((kept.name.as_deref(), kept.edited.is_some()), (Some("Bot"), true));
}
