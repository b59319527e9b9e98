//! The token endpoint: exchanges codes, refresh tokens and device codes for access tokens.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{
    Platform, client, device,
    grant::Grant,
    identity::{self, Identity},
    pkce,
    refusal::Refusal,
    scope,
};
use crate::{
    App, Kind,
    answer::{self, Answer},
    call::{self, Call, Params},
    ledger::{Code, NoRefresh},
    world::World,
};

pub(crate) fn answer(world: &World, platform: Platform, call: &Call) -> Answer {
    match exchange(world, platform, call) {
        Ok(body) => answer::json(StatusCode::OK, &body),
        Err(refusal) => refusal.answer(platform, world.now()),
    }
}

fn exchange(world: &World, platform: Platform, call: &Call) -> Result<Value, Refusal> {
    if call::header(call, "origin").is_some() {
        return Err(Refusal::CrossOrigin);
    }
    let form = call::form(call).ok_or(Refusal::NotAForm)?;
    if let Some(verifier) = form.one("code_verifier") {
        world.ledger().learn(Kind::Verifier, verifier);
    }
    let app = client::proven(world, &form)?;
    if !form.one("scope").is_none_or(|asked| scope::is_right(platform, asked)) {
        return Err(Refusal::WrongScope);
    }
    let grant = match (form.one("grant_type").ok_or(Refusal::Missing("grant_type"))?, platform) {
        ("authorization_code", _) => redeem(world, platform, app, &form),
        ("refresh_token", _) => renew(world, app, &form),
        ("urn:ietf:params:oauth:grant-type:device_code", Platform::Consumers) => device::poll(world, app, &form),
        _ => Err(Refusal::UnknownGrantType),
    }?;
    let mut body = tokens(world, platform, app, &grant);
    if platform == Platform::Consumers && form.one("client_info") == Some("1") {
        body["client_info"] = identity::client_info(&grant.account).into();
    }
    Ok(body)
}

/// Redeems a code. A code that is refused stays valid.
fn redeem(world: &World, platform: Platform, app: &App, form: &Params) -> Result<Grant, Refusal> {
    let text = form.one("code").ok_or(Refusal::Missing("code"))?;
    let redirect_uri = form.one("redirect_uri").ok_or(Refusal::Missing("redirect_uri"))?;
    let mut ledger = world.ledger();
    let is_for_this = |code: &&mut Code| code.platform == platform && code.client_id == app.client_id;
    let code = ledger.code(text).filter(is_for_this).ok_or(Refusal::UnknownCode)?;
    if code.spent {
        return Err(Refusal::SpentCode);
    }
    if code.expires <= world.now() {
        return Err(Refusal::ExpiredCode);
    }
    if code.redirect_uri != redirect_uri {
        return Err(Refusal::OtherRedirect);
    }
    match (&code.challenge, form.one("code_verifier")) {
        (None, None) => {}
        (Some(challenge), Some(verifier)) if pkce::opens(verifier, challenge) => {}
        (Some(_), Some(_)) => return Err(Refusal::VerifierWrong),
        (Some(_), None) => return Err(Refusal::VerifierMissing),
        (None, Some(_)) => return Err(Refusal::VerifierUncalled),
    }
    code.spent = true;
    Ok(Grant { account: code.account.clone(), identity: code.identity.clone(), predecessor: None })
}

fn renew(world: &World, app: &App, form: &Params) -> Result<Grant, Refusal> {
    let text = form.one("refresh_token").ok_or(Refusal::Missing("refresh_token"))?;
    let account = world.ledger().take_refresh(text, &app.client_id).map_err(|refused| match refused {
        NoRefresh::Dead => Refusal::DeadRefreshToken,
        NoRefresh::OtherClient => Refusal::OtherClient,
    })?;
    let identity = form.one("scope").and_then(|asked| Identity::asked(asked, None));
    Ok(Grant { account, identity, predecessor: Some(text.into()) })
}

fn tokens(world: &World, platform: Platform, app: &App, grant: &Grant) -> Value {
    let account = &grant.account;
    let (now, life) = (world.now(), world.lives.access);
    let mut ledger = world.ledger();
    let access_token = ledger.issue_token(Kind::Access, account, now + life);
    let refresh_token = ledger.issue_refresh(&app.client_id, account, grant.predecessor.as_deref());
    let expires_in = life.as_secs();
    let scope = scope::wanted(platform).join(" ");
    match platform {
        Platform::Consumers => {
            let mut body = json!({
                "token_type": "Bearer",
                "scope": scope,
                "expires_in": expires_in,
                "ext_expires_in": expires_in,
                "access_token": access_token,
                "refresh_token": refresh_token,
            });
            if let Some(identity) = &grant.identity {
                body["id_token"] = identity.token(app, account, now, now + life).into();
            }
            body
        }
        Platform::Live => json!({
            "token_type": "bearer",
            "expires_in": expires_in,
            "scope": scope,
            "access_token": access_token,
            "refresh_token": refresh_token,
            "user_id": account.microsoft_id(),
        }),
    }
}
