//! Device codes: a program without a browser polls until a person has entered its short code on a page elsewhere.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{
    Platform, client,
    device_code::{Decision, DeviceCode, Polls},
    grant::Grant,
    identity::Identity,
    refusal::Refusal,
    scope,
};
use crate::{
    App,
    answer::{self, Answer},
    call::{self, Call, Params},
    random,
    world::World,
};

pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    match issue(world, call) {
        Ok(body) => answer::json(StatusCode::OK, &body),
        Err(refusal) => refusal.answer(Platform::Consumers, world.now()),
    }
}

fn issue(world: &World, call: &Call) -> Result<Value, Refusal> {
    let form = call::form(call).ok_or(Refusal::NotAForm)?;
    let app = client::registered(world, &form)?;
    if app.secret.is_some() || !app.public_flows {
        return Err(Refusal::PublicFlowsOff);
    }
    let asked = form.one("scope").ok_or(Refusal::Missing("scope"))?;
    if !scope::is_right(Platform::Consumers, asked) {
        return Err(Refusal::WrongScope);
    }
    let user_code = random::user_code();
    let now = world.now();
    let device_code = world.ledger().issue_device_code(DeviceCode {
        user_code: user_code.clone(),
        client_id: app.client_id.clone(),
        identity: Identity::asked(asked, None),
        expires: now + world.lives.device_code,
        decision: Decision::Pending,
        polls: Polls::new(world.poll_interval, now),
    });
    let page = &world.addresses.link;
    Ok(json!({
        "user_code": user_code,
        "device_code": device_code,
        "verification_uri": page,
        "expires_in": world.lives.device_code.as_secs(),
        "interval": world.poll_interval.as_secs(),
        "message": format!(
            "To sign in, use a web browser to open the page {page} and enter the code {user_code} to authenticate."
        ),
    }))
}

/// Returns what a poll of the token endpoint grants.
pub(super) fn poll(world: &World, app: &App, form: &Params) -> Result<Grant, Refusal> {
    let text = form.one("device_code").ok_or(Refusal::Missing("device_code"))?;
    let mut ledger = world.ledger();
    let is_for_this = |code: &&mut DeviceCode| code.client_id == app.client_id;
    let code = ledger.device_code(text).filter(is_for_this).ok_or(Refusal::UnknownDeviceCode)?;
    let account = code.poll(world.now())?;
    Ok(Grant { account, identity: code.identity.clone(), predecessor: None })
}
