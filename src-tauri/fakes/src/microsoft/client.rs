//! The requesting app: whether it exists, whom it's open to, and whether it authenticates as its registration requires.

use super::{bad_client::BadClient, refusal::Refusal};
use crate::{App, Audience, call::Params, world::World};

/// Returns the requesting app. Fails unless it exists, is open to personal accounts, and authenticates.
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

/// Returns the requesting app. Fails unless it exists and is open to personal accounts.
pub(super) fn registered<'a>(world: &'a World, form: &Params) -> Result<&'a App, Refusal> {
    let client_id = form.one("client_id").ok_or(Refusal::Missing("client_id"))?;
    let app = world.app(client_id).ok_or(Refusal::Client(BadClient::Unknown))?;
    match app.audience {
        Audience::Personal => Ok(app),
        Audience::AnyDirectory => Err(Refusal::Client(BadClient::NotForConsumers)),
        // The app is known only in its own directory.
        Audience::OneDirectory => Err(Refusal::Client(BadClient::Unknown)),
    }
}
