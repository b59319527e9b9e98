//! The page on which a person enters the short code that a device shows.

use hyper::{Method, StatusCode};

use super::page;
use crate::{
    Pick,
    answer::Answer,
    call::{self, Call},
    world::World,
};

pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    if call.method() == Method::GET {
        // The URL may contain the code, so that the person needn't type it.
        let query = call::query(call);
        let code = query.as_ref().and_then(|query| query.one("otc")).unwrap_or_default();
        return page::enter_code(world.accounts.iter().map(AsRef::as_ref), code);
    }
    let Some(form) = call::form(call) else {
        return page::dead_end("The page's form cannot be read.");
    };
    let pick = form.one("account").map_or(Pick::Cancel, |email| Pick::Account(email.into()));
    let code = form.one("user_code").unwrap_or_default().trim();
    match (world.decide(code, &pick), pick) {
        (false, _) => page::dead_end("That code did not work. Check it, or get a new one from your device."),
        (true, Pick::Account(_)) => page::note(StatusCode::OK, "You have signed in", "You can close this page now."),
        (true, Pick::Cancel) => page::note(StatusCode::OK, "You have cancelled", "You can close this page now."),
    }
}
