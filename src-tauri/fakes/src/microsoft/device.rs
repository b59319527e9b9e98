//! Device codes: a program without a browser polls until a person has typed its short code into a page elsewhere.

use std::{sync::Arc, time::Duration};

use hyper::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Platform, client, identity::Identity, refusal::Refusal, scope, token::Grant};
use crate::{
    Account, App,
    answer::{self, Answer},
    call::{self, Call, Params},
    random,
    world::World,
};

/// By how much the pause between polls grows when a program polls too soon: RFC 8628, 3.5.
const SLOWER: Duration = Duration::from_secs(5);

/// What a device code is bound to.
pub(crate) struct DeviceCode {
    /// The short code that the person types in.
    pub user_code: String,
    pub client_id: String,
    pub identity: Option<Identity>,
    pub expires: Timestamp,
    pub decision: Decision,
    pause: Duration,
    next_poll: Timestamp,
}

/// What became of a device code.
pub(crate) enum Decision {
    /// Nobody has typed the short code in yet.
    Pending,
    /// The person picked this account.
    Approved(Arc<Account>),
    /// The person cancelled.
    Declined,
    /// The tokens have been handed out.
    Spent,
}

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
        pause: world.poll_interval,
        next_poll: now,
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

/// What a poll at the token endpoint brings.
pub(super) fn poll(world: &World, app: &App, form: &Params) -> Result<Grant, Refusal> {
    let text = form.one("device_code").ok_or(Refusal::Missing("device_code"))?;
    let mut ledger = world.ledger();
    let is_for_this = |code: &&mut DeviceCode| code.client_id == app.client_id;
    let code = ledger.device_code(text).filter(is_for_this).ok_or(Refusal::UnknownDeviceCode)?;
    let account = code.poll(world.now())?;
    Ok(Grant { account, identity: code.identity.clone(), predecessor: None })
}

impl DeviceCode {
    fn poll(&mut self, now: Timestamp) -> Result<Arc<Account>, Refusal> {
        if self.expires <= now {
            return Err(Refusal::ExpiredDeviceCode);
        }
        let too_soon = now < self.next_poll;
        if too_soon {
            self.pause += SLOWER;
        }
        self.next_poll = now + self.pause;
        if too_soon {
            return Err(Refusal::PollsTooOften);
        }
        let account = match &self.decision {
            Decision::Pending => return Err(Refusal::NobodyHasDecided),
            Decision::Declined => return Err(Refusal::Declined),
            Decision::Spent => return Err(Refusal::SpentCode),
            Decision::Approved(account) => account.clone(),
        };
        self.decision = Decision::Spent;
        Ok(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_poll_that_comes_too_soon_makes_the_pause_longer() {
        let start = Timestamp::UNIX_EPOCH;
        let mut code = DeviceCode {
            user_code: "A".into(),
            client_id: "c".into(),
            identity: None,
            expires: start + Duration::from_secs(900),
            decision: Decision::Pending,
            pause: Duration::from_secs(5),
            next_poll: start,
        };
        let mut poll = |after| code.poll(start + Duration::from_secs(after)).map(|account| account.email.clone());
        assert_eq!(poll(0), Err(Refusal::NobodyHasDecided));
        assert_eq!(poll(4), Err(Refusal::PollsTooOften));
        assert_eq!(poll(13), Err(Refusal::PollsTooOften), "ten seconds after the one before");
        assert_eq!(poll(28), Err(Refusal::NobodyHasDecided), "fifteen seconds");
        assert_eq!(poll(900), Err(Refusal::ExpiredDeviceCode));
    }
}
