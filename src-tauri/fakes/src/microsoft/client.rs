//! The app that asks: whether it is there, for whom, and whether it proves itself as its registration wants.

use super::{bad_client::BadClient, refusal::Refusal};
use crate::{App, Audience, call::Params, world::World};

/// Returns the app that asks. Fails unless it is there, open to personal accounts, and proves itself.
pub(super) fn proven<'a>(world: &'a World, form: &Params) -> Result<&'a App, Refusal> {
    let app = registered(world, form)?;
    let bad = match (&app.secret, form.one("client_secret")) {
        (None, None) => return Ok(app),
        (Some(secret), Some(sent)) if secret == sent => return Ok(app),
        (None, Some(_)) => BadClient::SecretUnasked,
        (Some(_), None) => BadClient::SecretMissing,
        (Some(_), Some(sent)) if app.expired_secret.as_deref() == Some(sent) => BadClient::SecretExpired,
        (Some(_), Some(_)) => BadClient::SecretWrong,
    };
    Err(Refusal::Client(bad))
}

/// Returns the app that asks. Fails unless it is there and open to personal accounts.
pub(super) fn registered<'a>(world: &'a World, form: &Params) -> Result<&'a App, Refusal> {
    let client_id = form.one("client_id").ok_or(Refusal::Missing("client_id"))?;
    let app = world.app(client_id).ok_or(Refusal::Client(BadClient::Unknown))?;
    match app.audience {
        Audience::Personal => Ok(app),
        Audience::AnyDirectory => Err(Refusal::Client(BadClient::NotForConsumers)),
        // Only its own directory knows it.
        Audience::OneDirectory => Err(Refusal::Client(BadClient::Unknown)),
    }
}
