//! The token endpoint: codes and refresh tokens in, access tokens out.

use std::sync::Arc;

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Platform, pkce, refusal::Refusal, scope};
use crate::{
    Account, App, Kind,
    answer::{self, Answer},
    call::{self, Call, Params},
    ledger::{Code, NoRefresh},
    world::World,
};

pub(crate) fn answer(world: &World, platform: Platform, call: &Call) -> Answer {
    match grant(world, platform, call) {
        Ok(body) => answer::json(StatusCode::OK, &body),
        Err(refusal) => refusal.answer(platform, world.now()),
    }
}

fn grant(world: &World, platform: Platform, call: &Call) -> Result<Value, Refusal> {
    if call::header(call, "origin").is_some() {
        return Err(Refusal::CrossOrigin);
    }
    let form = call::form(call).ok_or(Refusal::NotAForm)?;
    if let Some(verifier) = form.one("code_verifier") {
        world.ledger().learn(Kind::Verifier, verifier);
    }
    let app = client(world, &form)?;
    if !form.one("scope").is_none_or(|asked| scope::is_right(platform, asked)) {
        return Err(Refusal::WrongScope);
    }
    match form.one("grant_type").ok_or(Refusal::Missing("grant_type"))? {
        "authorization_code" => {
            let account = redeem(world, platform, app, &form)?;
            Ok(tokens(world, platform, app, &account, None))
        }
        "refresh_token" => {
            let text = form.one("refresh_token").ok_or(Refusal::Missing("refresh_token"))?;
            let account = world.ledger().take_refresh(text, &app.client_id).map_err(|refused| match refused {
                NoRefresh::Dead => Refusal::DeadRefreshToken,
                NoRefresh::OtherClient => Refusal::OtherClient,
            })?;
            Ok(tokens(world, platform, app, &account, Some(text)))
        }
        _ => Err(Refusal::UnknownGrantType),
    }
}

/// The app that asks, if it proves itself the way its registration wants.
fn client<'a>(world: &'a World, form: &Params) -> Result<&'a App, Refusal> {
    let client_id = form.one("client_id").ok_or(Refusal::Missing("client_id"))?;
    let app = world.app(client_id).ok_or(Refusal::UnknownClient)?;
    match (&app.secret, form.one("client_secret")) {
        (None, None) => Ok(app),
        (None, Some(_)) => Err(Refusal::SecretFromPublicClient),
        (Some(_), None) => Err(Refusal::SecretMissing),
        (Some(secret), Some(sent)) if secret == sent => Ok(app),
        (Some(_), Some(_)) => Err(Refusal::SecretWrong),
    }
}

/// Spends a code; one that is refused is not spent.
fn redeem(world: &World, platform: Platform, app: &App, form: &Params) -> Result<Arc<Account>, Refusal> {
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
    Ok(code.account.clone())
}

fn tokens(world: &World, platform: Platform, app: &App, account: &Arc<Account>, predecessor: Option<&str>) -> Value {
    let mut ledger = world.ledger();
    let access_token = ledger.issue_token(Kind::Access, account, world.now() + world.lives.access);
    let refresh_token = ledger.issue_refresh(&app.client_id, account, predecessor);
    let expires_in = world.lives.access.as_secs();
    let scope = scope::wanted(platform).join(" ");
    match platform {
        Platform::Consumers => json!({
            "token_type": "Bearer",
            "scope": scope,
            "expires_in": expires_in,
            "ext_expires_in": expires_in,
            "access_token": access_token,
            "refresh_token": refresh_token,
        }),
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
