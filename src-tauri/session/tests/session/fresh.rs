//! Programs that run for a moment: one renewal, however many ask, and nothing sent in vain.

use jiff::SignedDuration;
use secrecy::ExposeSecret;
use spartan_auth::{
    clock::Clock,
    leg::Leg::{Clearance, Microsoft, Spartan, XstsHalo, XstsOther},
    relying_party::RelyingParty,
};
use spartan_session::{
    error::Cause,
    renewal::fresh::{Beside, Fresh, Need, Refused, Wanted, fresh, kept_xsts, refuse, xsts},
};
use spartan_vault::{account::Account, keyring::Interaction};

use crate::{
    issuer::{busy, expired, passing},
    stage::{Moment, Stage, is_fresh, is_stale},
};

const ANYHOW: Wanted = Wanted { spartan: Need::ToCopy, beside: Beside::Nothing };
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// The minimum time between renewals after refusals.
const FEW_SECONDS: SignedDuration = SignedDuration::from_secs(5);

async fn signed_in_hours_ago(hours: i64) -> Moment {
    let moment = Stage::signed_in().await.ended();
    moment.clock.go_on(SignedDuration::from_hours(hours));
    moment
}

impl Moment {
    async fn account(&self) -> Account {
        self.parts.vault.read(Interaction::Forbidden).await.unwrap().accounts.remove(0)
    }

    async fn fresh(&self, account: Account, wanted: Wanted) -> Fresh {
        fresh(&self.parts, account, wanted, Interaction::Forbidden).await.unwrap()
    }
}

fn text(account: &Account) -> String {
    account.tokens.spartan.as_ref().unwrap().token.expose_secret().to_owned()
}

#[tokio::test]
async fn while_enough_is_left_nothing_is_sent() {
    let moment = signed_in_hours_ago(3).await;
    let account = moment.account().await;
    let fresh = moment.fresh(account.clone(), ANYHOW).await;
    assert!(fresh.error.is_none());
    assert_eq!((text(&fresh.account), moment.issuer.asked()), (text(&account), vec![]));
}

#[tokio::test]
async fn of_many_who_ask_at_once_one_renews_and_all_have_the_same_token() {
    let moment = signed_in_hours_ago(4).await;
    let account = moment.account().await;
    let gate = moment.issuer.hold(Spartan);
    let ask = || moment.fresh(account.clone(), ANYHOW);
    let let_go = async {
        crate::stage::a_while().await;
        gate.let_go();
    };
    let (one, two, three, ()) = tokio::join!(ask(), ask(), ask(), let_go);
    assert_eq!(moment.issuer.asked(), [XstsHalo, Spartan, Clearance]);
    assert_ne!(text(&one.account), text(&account));
    assert_eq!((text(&one.account), text(&one.account)), (text(&two.account), text(&three.account)));
    assert_eq!(text(&one.account), text(&moment.account().await));
}

#[tokio::test]
async fn who_waited_for_a_renewal_that_failed_does_not_try_it_again() {
    let moment = signed_in_hours_ago(4).await;
    let account = moment.account().await;
    moment.clock.go_on(SignedDuration::from_secs(1));
    moment.issuer.refuse(XstsHalo, passing());
    let ask = || moment.fresh(account.clone(), ANYHOW);
    let (one, two, three) = tokio::join!(ask(), ask(), ask());
    assert_eq!(moment.issuer.asked(), [XstsHalo]);
    assert!(
        [one, two, three]
            .iter()
            .all(|fresh| fresh.error.as_ref().is_some_and(|error| error.cause.code() == "http.503"))
    );
    moment.clock.go_on(FEW_SECONDS);
    let later = moment.fresh(moment.account().await, ANYHOW).await;
    assert!(later.error.is_none(), "whoever comes later tries again");
}

#[tokio::test]
async fn what_microsoft_refused_is_not_asked_again_before_somebody_signed_in() {
    let moment = signed_in_hours_ago(15 * 24).await;
    moment.issuer.refuse(Microsoft, expired());
    let first = moment.fresh(moment.account().await, ANYHOW).await;
    assert_eq!(first.error.unwrap().cause.code(), "oauth.invalid_grant");
    moment.issuer.asked();
    let second = moment.fresh(moment.account().await, ANYHOW).await;
    assert_eq!(second.error.unwrap().cause.code(), "oauth.invalid_grant");
    assert_eq!(moment.issuer.asked(), []);
}

#[tokio::test]
async fn a_service_that_asked_for_patience_is_left_alone_until_then() {
    let moment = signed_in_hours_ago(4).await;
    moment.issuer.refuse(XstsHalo, busy(std::time::Duration::from_secs(600)));
    let first = moment.fresh(moment.account().await, ANYHOW).await;
    assert_eq!(first.error.unwrap().cause.code(), "http.429");
    assert_eq!(moment.issuer.asked(), [XstsHalo]);
    moment.clock.go_on(SignedDuration::from_secs(590));
    let second = moment.fresh(moment.account().await, ANYHOW).await;
    assert_eq!(second.error.unwrap().cause.code(), "http.429");
    assert_eq!(moment.issuer.asked(), []);
    moment.clock.go_on(SignedDuration::from_secs(20));
    assert!(moment.fresh(moment.account().await, ANYHOW).await.error.is_none());
}

#[tokio::test]
async fn what_needs_no_spartan_token_is_had_without_one() {
    let moment = signed_in_hours_ago(5).await;
    for beside in [Beside::Xbox, Beside::Person] {
        let wanted = Wanted { spartan: Need::NotAtAll, beside };
        let fresh = moment.fresh(moment.account().await, wanted).await;
        assert!(fresh.error.is_none() && wanted.is_served(&fresh.account, moment.clock.moment()), "{beside:?}");
    }
    assert_eq!(moment.issuer.asked(), []);
}

#[tokio::test]
async fn more_than_a_fresh_token_has_is_asked_for_once_and_not_again_at_once() {
    let moment = signed_in_hours_ago(1).await;
    let wanted = Wanted { spartan: Need::For(HOUR * 5), ..ANYHOW };
    let fresh = moment.fresh(moment.account().await, wanted).await;
    assert!(fresh.error.is_none());
    assert_eq!(moment.issuer.asked(), [XstsHalo, Spartan, Clearance]);
    moment.fresh(fresh.account, wanted).await;
    assert_eq!(moment.issuer.asked(), []);
}

#[tokio::test]
async fn a_header_for_xbox_live_is_renewed_before_it_dies_although_the_spartan_token_is_good() {
    let moment = signed_in_hours_ago(15).await;
    moment.fresh(moment.account().await, ANYHOW).await;
    moment.clock.go_on(SignedDuration::from_mins(55));
    moment.issuer.asked();
    moment.fresh(moment.account().await, ANYHOW).await;
    assert_eq!(moment.issuer.asked(), []);
    let fresh = moment.fresh(moment.account().await, Wanted { spartan: Need::ToCopy, beside: Beside::Xbox }).await;
    let life = fresh.account.tokens.xsts_xbox.unwrap().life;
    assert!(life.left(moment.clock.real()) > HOUR);
}

#[tokio::test]
async fn a_token_for_another_relying_party_is_kept_for_whoever_asks_next() {
    let moment = signed_in_hours_ago(0).await;
    let party = RelyingParty::from("rp://other/");
    let account = moment.account().await;
    assert!(kept_xsts(&account, &party, moment.clock.moment()).is_none());
    let made = xsts(&moment.parts, &account, &party, Interaction::Forbidden).await.unwrap();
    assert_eq!(moment.issuer.asked(), [XstsOther]);
    let account = moment.account().await;
    let kept = kept_xsts(&account, &party, moment.clock.moment()).unwrap();
    assert_eq!(kept.token.expose_secret(), made.token.expose_secret());
    xsts(&moment.parts, &account, &party, Interaction::Forbidden).await.unwrap();
    assert_eq!(moment.issuer.asked(), []);
}

#[tokio::test]
async fn an_account_that_was_signed_out_meanwhile_does_not_come_back() {
    let moment = signed_in_hours_ago(4).await;
    let account = moment.account().await;
    let paths = moment.parts.paths.clone();
    spartan_session::operations::leaving::sign_out(&moment.parts.vault, &[account.id], Interaction::Forbidden)
        .await
        .unwrap();
    let gone = fresh(&moment.parts, account, ANYHOW, Interaction::Forbidden).await.unwrap_err();
    assert_eq!(gone.cause, Cause::SignedOutElsewhere { account: Some("aCurtis X89".into()) });
    assert_eq!(moment.issuer.asked(), []);
    assert!(!paths.vault().exists());
}

/// The Spartan token of an account.
fn spartan(account: &Account) -> String {
    account.tokens.spartan.as_ref().unwrap().token.expose_secret().to_owned()
}

async fn refused(moment: &Moment, account: &Account) -> Account {
    refuse(&moment.parts, account, Refused::Spartan, Interaction::Forbidden).await.unwrap()
}

#[tokio::test]
async fn a_token_that_a_service_has_refused_is_never_handed_out_again() {
    let moment = signed_in_hours_ago(1).await;
    let dead = moment.account().await;
    for leg in [XstsHalo, XstsHalo] {
        moment.issuer.refuse(leg, passing());
    }
    let account = refused(&moment, &dead).await;
    let failed = moment.fresh(account, ANYHOW).await;
    assert!(failed.error.is_some() && !ANYHOW.is_served(&failed.account, moment.clock.moment()));
    // Nor to anybody who doesn't know of the refusal.
    moment.clock.go_on(FEW_SECONDS);
    let failed = moment.fresh(moment.account().await, ANYHOW).await;
    assert!(failed.error.is_some() && !ANYHOW.is_served(&failed.account, moment.clock.moment()));
    moment.clock.go_on(FEW_SECONDS);
    let renewed = moment.fresh(moment.account().await, ANYHOW).await;
    assert!(ANYHOW.is_served(&renewed.account, moment.clock.moment()));
    assert_ne!(spartan(&renewed.account), spartan(&dead));
}

#[tokio::test]
async fn whoever_was_refused_with_a_token_that_has_been_replaced_meanwhile_gets_the_new_one() {
    let moment = signed_in_hours_ago(1).await;
    let dead = moment.account().await;
    let account = refused(&moment, &dead).await;
    let renewed = moment.fresh(account, ANYHOW).await.account;
    moment.issuer.asked();
    let late = refused(&moment, &dead).await;
    assert_eq!(spartan(&moment.fresh(late, ANYHOW).await.account), spartan(&renewed));
    assert_eq!(moment.issuer.asked(), [], "one renewal for all who were refused");
}

#[tokio::test]
async fn a_token_that_is_refused_again_at_once_is_renewed_a_few_seconds_later() {
    let moment = signed_in_hours_ago(0).await;
    let account = refused(&moment, &moment.account().await).await;
    let renewing = tokio::join!(moment.fresh(account, ANYHOW), async {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        assert_eq!(moment.issuer.asked(), [], "the last renewal was just now");
        moment.clock.go_on(FEW_SECONDS);
    });
    assert!(renewing.0.error.is_none());
    assert_eq!(moment.issuer.asked().len(), 3);
}

#[tokio::test]
async fn after_a_failure_nobody_is_asked_again_at_once() {
    // Enough is left for whoever asks, but not for a copy: it's handed out without another request.
    let moment = signed_in_hours_ago(0).await;
    moment.clock.go_on(SignedDuration::from_mins(235));
    moment.issuer.refuse(XstsHalo, passing());
    let first = moment.fresh(moment.account().await, ANYHOW).await;
    assert!(first.error.is_some() && !moment.issuer.asked().is_empty());
    let again = moment.fresh(first.account.clone(), ANYHOW).await;
    assert_eq!((again.error, text(&again.account)), (first.error, text(&first.account)));
    assert_eq!(moment.issuer.asked(), []);
}

#[tokio::test]
async fn after_a_failure_a_dead_token_is_renewed_a_few_seconds_later() {
    let moment = signed_in_hours_ago(4).await;
    moment.issuer.refuse(XstsHalo, passing());
    let dead = moment.fresh(moment.account().await, ANYHOW).await;
    assert!(dead.error.is_some());
    moment.issuer.asked();
    let renewing = tokio::join!(moment.fresh(dead.account, ANYHOW), async {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        assert_eq!(moment.issuer.asked(), [], "the last attempt was just now");
        moment.clock.go_on(FEW_SECONDS);
    });
    assert!(renewing.0.error.is_none());
}

#[tokio::test]
async fn a_refusal_is_the_end_of_that_token_alone() {
    let moment = signed_in_hours_ago(0).await;
    let party = RelyingParty::from("rp://other/");
    let account = moment.account().await;
    xsts(&moment.parts, &account, &party, Interaction::Forbidden).await.unwrap();
    let account = moment.account().await;
    refuse(&moment.parts, &account, Refused::Xsts(party.clone()), Interaction::Forbidden).await.unwrap();
    let account = moment.account().await;
    assert!(kept_xsts(&account, &party, moment.clock.moment()).is_none());
    assert!(ANYHOW.is_met(&account, moment.clock.moment()), "the Spartan token is good");
}

#[tokio::test]
async fn what_was_signed_out_meanwhile_is_not_handed_out_although_no_renewal_could_begin() {
    let stage = Stage::signed_in().await;
    let paths = stage.paths();
    let moment = stage.ended();
    moment.clock.go_on(HOUR);
    let account = moment.account().await;
    let more = Wanted { spartan: Need::For(HOUR * 5), ..ANYHOW };
    std::fs::create_dir(paths.renewal_lock(account.id)).unwrap();
    assert!(moment.fresh(account.clone(), more).await.error.is_some());
    let id = account.id;
    moment.parts.vault.change(Interaction::Forbidden, move |all| all.remove(id)).await.unwrap();
    let error = fresh(&moment.parts, account, more, Interaction::Forbidden).await.unwrap_err();
    assert_eq!(error.cause, Cause::SignedOutElsewhere { account: Some("aCurtis X89".into()) });
}

#[tokio::test]
async fn a_renewal_that_is_under_way_does_not_bring_a_refused_token_back() {
    let moment = signed_in_hours_ago(1).await;
    let account = moment.account().await;
    let held = moment.issuer.hold(Spartan);
    let more = Wanted { spartan: Need::For(HOUR * 4), ..ANYHOW };
    let (renewed, ()) = tokio::join!(moment.fresh(account.clone(), more), async {
        while !moment.issuer.is_asked(Spartan) {
            tokio::task::yield_now().await;
        }
        refused(&moment, &account).await;
        moment.issuer.refuse(Spartan, passing());
        moment.issuer.refuse(XstsHalo, passing());
        moment.issuer.network(false);
        held.let_go();
    });
    drop(renewed);
    let kept = moment.account().await;
    let is_the_same = spartan(&kept) == spartan(&account);
    assert!(!is_the_same || kept.is_refused(), "nobody is handed it again");
}

#[tokio::test]
async fn a_wait_that_another_program_was_asked_for_is_kept_by_everybody() {
    let stage = Stage::signed_in().await;
    let other = stage.another();
    other.until(is_fresh).await;
    other.issuer.refuse(XstsHalo, busy(std::time::Duration::from_secs(3600)));
    other.session.renew().await.unwrap();
    other.until(is_stale).await;
    stage.issuer.asked();
    // Both would renew by themselves meanwhile.
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    stage.clock.set(SignedDuration::from_mins(90)).await;
    for _ in 0..10 {
        stage.clock.pass(SignedDuration::from_secs(60)).await;
    }
    assert_eq!(stage.issuer.asked(), []);
    assert!(stage.session.renew().await.is_err(), "it is told");
}

/// The computer was off for so long, and started with a clock that shows this long after the sign-in.
async fn restarted_after(off: SignedDuration, shows: SignedDuration) -> Moment {
    let moment = signed_in_hours_ago(0).await;
    moment.clock.go_on(off);
    moment.clock.restart();
    moment.clock.set_at_once(shows - off);
    moment
}

#[tokio::test]
async fn after_a_restart_a_token_is_used_only_once_the_services_have_told_the_time() {
    for shows in [SignedDuration::from_secs(10), HOUR * 5, -HOUR] {
        let moment = restarted_after(HOUR * 5, shows).await;
        let account = moment.account().await;
        let fresh = moment.fresh(account.clone(), ANYHOW).await;
        assert!(fresh.error.is_none() && text(&fresh.account) != text(&account), "{shows}");
        moment.issuer.asked();
        assert_eq!(text(&moment.fresh(moment.account().await, ANYHOW).await.account), text(&fresh.account));
        assert_eq!(moment.issuer.asked(), [], "{shows}: once is enough");
    }
}

#[tokio::test]
async fn while_nobody_tells_the_time_after_a_restart_an_earlier_one_makes_no_token_good() {
    for (shows, is_served) in [(-HOUR, false), (HOUR, true), (HOUR * 5, false)] {
        let moment = restarted_after(HOUR * 5, shows).await;
        moment.issuer.network(false);
        let fresh = moment.fresh(moment.account().await, ANYHOW).await;
        assert!(fresh.error.is_some());
        assert_eq!(ANYHOW.is_served(&fresh.account, moment.clock.moment()), is_served, "{shows}");
    }
}

#[tokio::test]
async fn after_a_restart_no_xsts_token_is_taken_for_good_before_an_answer() {
    let moment = restarted_after(HOUR * 20, HOUR).await;
    let account = moment.account().await;
    for party in [RelyingParty::XboxLive, RelyingParty::Halo] {
        assert!(kept_xsts(&account, &party, moment.clock.moment()).is_none(), "{party:?}");
    }
    let before = account.tokens.xsts_xbox.as_ref().unwrap().token.expose_secret().to_owned();
    let made = xsts(&moment.parts, &account, &RelyingParty::XboxLive, Interaction::Forbidden).await.unwrap();
    assert_ne!(made.token.expose_secret(), before);
}
