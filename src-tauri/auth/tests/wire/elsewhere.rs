//! Everything that SPNKr's `spnkr.auth` and python-xbox's `AuthenticationManager` can do, in the order of the crate's
//! front page.

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    chain::{Chain, Start},
    claims::AgeGroup,
    error::Cause,
    issuer::Issuer,
    leg::Leg,
    oauth::AuthorizationRequest,
    redirect::{self, Redirect},
    relying_party::RelyingParty,
    token::Tokens,
    xbox::{Ticket, USER_RELYING_PARTY},
};
use spartan_fakes::{Endpoint, Kind, Pick};
use url::Url;

use crate::{
    run::Run,
    wire::{CURTIS, Wire, confidential, public},
};

const GSSV: &str = "http://gssv.xboxlive.com/";

#[expect(clippy::unnecessary_wraps, reason = "saving tokens may fail")]
fn kept(_: &Tokens) -> std::io::Result<()> {
    Ok(())
}

#[tokio::test]
async fn an_app_at_https_localhost_with_a_secret_turns_a_code_into_a_refresh_token() {
    let wire = Wire::new().await;
    let (services, app) = (wire.services(), confidential(Platform::Live));
    assert_eq!(app.redirect_uri.as_str(), "https://localhost");
    let Start::Code { code, verifier } = wire.code(&app, CURTIS) else { panic!("no code") };
    let oauth = services.exchange(&app, &code, &verifier).await.unwrap();
    let refresh = oauth.refresh.expect("a refresh token");
    assert_eq!(Some(refresh.expose_secret()), wire.fakes.last(Kind::Refresh).as_deref());
}

#[tokio::test]
async fn a_refresh_token_alone_makes_a_player() {
    let wire = Wire::new().await;
    let (services, app) = (wire.services(), confidential(Platform::Live));
    let mut tokens = wire.brought(&app);
    Chain::new(&services, &kept, &app).run(Start::Refresh, &mut tokens).await.unwrap();

    let player = tokens.player().expect("a player");
    assert_eq!((player.id().as_str(), player.gamertag.as_str()), ("xuid(2533274855333605)", "aCurtis X89"));
    assert_eq!(Some(player.spartan.token.expose_secret()), wire.fakes.last(Kind::Spartan).as_deref());
    assert!(!player.clearance.as_ref().expect("a clearance").id.is_empty());
    let xsts = wire.fakes.last(Kind::XstsXbox).expect("an XSTS token");
    let header = format!("XBL3.0 x={};{xsts}", player.xbox.claims.user_hash);
    assert_eq!(player.xbl_authorization().expose_secret(), header);

    let left = player.expires_at().duration_since(Timestamp::now());
    assert!(left > SignedDuration::from_mins(239) && left <= SignedDuration::from_hours(4), "{left:#}");
    assert!(player.is_valid(Timestamp::now()) && !player.is_valid(player.expires_at()));
}

#[tokio::test]
async fn each_token_keeps_the_answer_that_it_came_in() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let answers = [
        (tokens.access.map(|token| token.raw), "scope"),
        (tokens.user.map(|token| token.raw), "DisplayClaims"),
        (tokens.xsts_xbox.map(|token| token.raw), "NotAfter"),
        (tokens.xsts_halo.map(|token| token.raw), "IssueInstant"),
        (tokens.spartan.map(|token| token.raw), "TokenDuration"),
        (tokens.clearance.map(|token| token.raw), "FlightConfigurationId"),
    ];
    for (raw, field) in answers {
        let answer = raw.and_then(|raw| raw.json()).expect("an answer");
        assert!(answer.get(field).is_some_and(|value| !value.is_null()), "{field}");
    }
}

#[tokio::test]
async fn scopes_of_ones_choice_reach_the_page_and_the_token_endpoint() {
    let wire = Wire::new().await;
    let chosen = |scopes: &[&str]| AzureApp {
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        ..public(Platform::Consumers)
    };
    let more = chosen(&["openid", "XboxLive.signin", "offline_access"]);
    let ran = Run { app: more.clone(), ..wire.run() }.go(wire.code(&more, CURTIS)).await;
    assert_eq!(ran.error, None);

    let others = chosen(&["User.Read"]);
    let services = wire.services();
    let error = services.renew(&others, &"r".into()).await.unwrap_err();
    assert_eq!(error.cause, Cause::Setup { error: "invalid_scope".into(), mistake: None });
}

#[tokio::test]
async fn a_state_of_ones_own_comes_back_on_the_redirect() {
    let wire = Wire::new().await;
    let (services, app) = (wire.services(), public(Platform::Consumers));
    let pending = AuthorizationRequest { state: "st+te/=".into(), ..AuthorizationRequest::random() };
    let page = services.authorize_url(&app, &pending);
    let back = wire.fakes.sign_in(page.as_str(), &Pick::Account(CURTIS.into())).expect("the page redirects");
    let said = redirect::read(&Url::parse(&back).unwrap(), &app.redirect_uri, &"st+te/=".into());
    assert!(matches!(said, Redirect::Code(_)), "{said:?}");
}

#[tokio::test]
async fn only_what_has_expired_is_asked_for_anew() {
    use Leg::{Microsoft, Spartan, XboxUser, XstsHalo, XstsXbox};
    // Token, user, XSTS Halo, XSTS Xbox, Spartan, clearance.
    let cases: [(&[Leg], [u32; 6]); 7] = [
        (&[], [0, 0, 0, 0, 0, 0]),
        (&[XstsXbox], [0, 0, 0, 1, 0, 0]),
        (&[Spartan, XstsHalo], [0, 0, 1, 0, 1, 0]),
        (&[Spartan, XstsHalo, XstsXbox], [0, 0, 1, 1, 1, 0]),
        (&[XboxUser], [0, 1, 0, 1, 0, 0]),
        (&[XboxUser, Microsoft], [1, 1, 0, 1, 0, 0]),
        (&[Microsoft, XboxUser, XstsHalo, XstsXbox, Spartan], [1, 1, 1, 1, 1, 0]),
    ];
    for (expired, asked) in cases {
        let wire = Wire::new().await;
        let mut tokens = wire.signed_in().await;
        for leg in expired {
            expire(&mut tokens, *leg);
        }
        let before = wire.counts();
        let ran = Run { tokens, ..wire.run() }.go(Start::Due).await;
        assert_eq!(ran.error, None, "{expired:?}");
        assert_eq!(std::array::from_fn(|at| wire.counts()[at] - before[at]), asked, "{expired:?}");
    }
}

fn expire(tokens: &mut Tokens, leg: Leg) {
    let life = match leg {
        Leg::Microsoft => tokens.access.as_mut().map(|token| &mut token.life),
        Leg::XboxUser => tokens.user.as_mut().map(|token| &mut token.life),
        Leg::XstsXbox => tokens.xsts_xbox.as_mut().map(|token| &mut token.life),
        Leg::XstsHalo => tokens.xsts_halo.as_mut().map(|token| &mut token.life),
        Leg::Spartan => tokens.spartan.as_mut().map(|token| &mut token.life),
        Leg::XstsOther | Leg::Clearance => None,
    };
    life.expect("a token that expires").expires_at = Timestamp::UNIX_EPOCH;
}

#[tokio::test]
async fn each_token_tells_until_when_it_is_valid() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let lives =
        [(Leg::Microsoft, 1), (Leg::XboxUser, 14 * 24), (Leg::XstsXbox, 16), (Leg::XstsHalo, 4), (Leg::Spartan, 4)];
    for (leg, hours) in lives {
        let life = tokens.life(leg).expect("a life");
        let end = Timestamp::now() + SignedDuration::from_hours(hours);
        assert!(life.is_valid(end - SignedDuration::from_mins(1)) && !life.is_valid(end), "{}", leg.name());
    }
    assert_eq!(tokens.life(Leg::Clearance), None);
}

#[tokio::test]
async fn a_user_token_can_be_had_for_any_relying_party_and_with_any_ticket() {
    let wire = Wire::new().await;
    let services = wire.services();
    let access = wire.signed_in().await.access.expect("an access token").token;
    let user = services.user_token_for(&access, Ticket::OwnApp, USER_RELYING_PARTY).await.unwrap();
    assert_eq!(Some(user.token.expose_secret()), wire.fakes.last(Kind::User).as_deref());
    // Your own app gets nothing for another ticket or another relying party: the service sees the request.
    let others = [
        (Ticket::Compact, USER_RELYING_PARTY),
        (Ticket::MicrosoftsApp, USER_RELYING_PARTY),
        (Ticket::OwnApp, "http://sisu.xboxlive.com"),
    ];
    for (ticket, party) in others {
        let error = services.user_token_for(&access, ticket, party).await.unwrap_err();
        assert_eq!(error.cause, Cause::InnerToken, "{ticket:?} {party}");
    }
}

#[tokio::test]
async fn an_xsts_token_for_any_relying_party_is_made_once_and_kept_by_its_party() {
    let wire = Wire::new().await;
    let (services, app) = (wire.services(), public(Platform::Consumers));
    let mut tokens = wire.brought(&app);
    let chain = Chain::new(&services, &kept, &app);
    let parties = [RelyingParty::from(GSSV), "http://attestation.xboxlive.com/".into(), RelyingParty::XboxLive];
    for party in &parties {
        let first = chain.xsts(party, &mut tokens).await.unwrap();
        let again = chain.xsts(party, &mut tokens).await.unwrap();
        assert_eq!(first.token.expose_secret(), again.token.expose_secret(), "{party}");
        assert_eq!(
            first.xbl_authorization().expose_secret(),
            tokens.xsts(party).unwrap().xbl_authorization().expose_secret()
        );
    }
    assert_eq!((wire.fakes.count(Endpoint::XstsOther), wire.counts()), (2, [1, 1, 0, 1, 0, 0]));

    // Services that have already answered provide the time.
    let services = wire.services();
    let soon = Chain { now: Timestamp::now() + SignedDuration::from_hours(16), ..Chain::new(&services, &kept, &app) };
    soon.xsts(&parties[0], &mut tokens).await.unwrap();
    assert_eq!((wire.fakes.count(Endpoint::XstsOther), wire.counts()), (3, [1, 1, 0, 1, 0, 0]));
}

#[tokio::test]
async fn an_xsts_token_for_another_party_survives_being_written() {
    let wire = Wire::new().await;
    let (services, app) = (wire.services(), public(Platform::Consumers));
    let mut tokens = wire.brought(&app);
    let made = Chain::new(&services, &kept, &app).xsts(&GSSV.into(), &mut tokens).await.unwrap();
    let read: Tokens = serde_json::from_str(&serde_json::to_string(&tokens).unwrap()).unwrap();
    assert_eq!(read.xsts(&GSSV.into()).unwrap().token.expose_secret(), made.token.expose_secret());
}

#[tokio::test]
async fn a_user_token_that_xsts_refuses_is_made_anew_once_for_any_relying_party() {
    let wire = Wire::new().await;
    let (services, app) = (wire.services(), public(Platform::Consumers));
    let mut tokens = wire.signed_in().await;
    let before = wire.counts();
    wire.fakes.expire(Endpoint::User);
    Chain::new(&services, &kept, &app).xsts(&GSSV.into(), &mut tokens).await.unwrap();
    assert_eq!(std::array::from_fn(|at| wire.counts()[at] - before[at]), [0, 1, 0, 0, 0, 0]);
    assert_eq!(wire.fakes.count(Endpoint::XstsOther), 2);
}

#[tokio::test]
async fn claims_have_their_types() {
    let wire = Wire::new().await;
    let claims = wire.signed_in().await.xsts_xbox.expect("an XSTS token").claims;
    assert_eq!(claims.xuid.as_deref(), Some("2533274855333605"));
    assert_eq!(claims.gamertag.as_deref(), Some("aCurtis X89"));
    assert_eq!(claims.age_group, Some(AgeGroup::Adult));
    assert!(claims.privileges.contains(&184) && claims.privileges.contains(&255));
    assert_eq!((claims.user_settings_restrictions, claims.user_title_restrictions), (vec![234], vec![190]));
    assert!(!claims.user_hash.is_empty());
}
