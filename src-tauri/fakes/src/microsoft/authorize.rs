//! The authorize endpoint: checks the program's request, shows the page, and redirects the person back.

use std::sync::Arc;

use hyper::Method;
use url::Url;

use super::{Platform, identity::Identity, page, pkce, redirect_uri, scope};
use crate::{
    Account, App, Audience,
    answer::{self, Answer},
    call::{self, Call, Params},
    ledger::Code,
    world::World,
};

pub(crate) fn answer(world: &World, platform: Platform, call: &Call) -> Answer {
    let Some(query) = call::query(call) else {
        return page::dead_end("The request names a parameter twice.");
    };
    let trusted = match Trusted::parse(world, platform, &query) {
        Ok(trusted) => trusted,
        Err(problem) => return page::dead_end(problem),
    };
    let asked = match Asked::parse(platform, &query) {
        Ok(asked) => asked,
        Err((error, description)) => return trusted.back(&[("error", error), ("error_description", description)]),
    };
    if call.method() == Method::GET {
        let hint = query.one("login_hint");
        let first = world.accounts.iter().position(|account| Some(account.email.as_str()) == hint).unwrap_or(0);
        return page::choose(world.accounts.iter().map(AsRef::as_ref), first);
    }
    let Some(form) = call::form(call) else {
        return page::dead_end("The page's form cannot be read.");
    };
    match form.one("account").map(|email| world.account(email)) {
        Some(Some(account)) => trusted.back(&[("code", &trusted.issue(world, platform, asked, account))]),
        Some(None) => page::dead_end("Nobody here has this account."),
        None => trusted.back(&[("error", "access_denied"), ("error_description", cancelled(platform))]),
    }
}

/// How a result is returned to the program.
enum Mode {
    /// In the query of the redirect.
    Query,
    /// In a form that the browser posts automatically.
    FormPost,
}

/// The part of a request without which Microsoft doesn't redirect.
struct Trusted<'a> {
    app: &'a App,
    redirect_uri: &'a str,
    address: Url,
    state: Option<&'a str>,
    mode: Mode,
}

impl<'a> Trusted<'a> {
    fn parse(world: &'a World, platform: Platform, query: &'a Params) -> Result<Self, &'static str> {
        let client_id = query.one("client_id").ok_or("The request has no client_id.")?;
        let app = world.app(client_id).filter(|app| app.audience == Audience::Personal);
        let app = app.ok_or("The client does not exist or is not enabled for consumers.")?;
        let redirect_uri = query.one("redirect_uri").ok_or("The request has no redirect_uri.")?;
        if !redirect_uri::is_registered(redirect_uri, &app.redirect_uris) {
            return Err("The redirect_uri is not registered for this app.");
        }
        let address = Url::parse(redirect_uri).map_err(|_| "The redirect_uri is no address.")?;
        let mode = match (platform, query.one("response_mode")) {
            (Platform::Consumers, Some("form_post")) => Mode::FormPost,
            _ => Mode::Query,
        };
        Ok(Self { app, redirect_uri, address, state: query.one("state"), mode })
    }

    /// Returns to the program, with its state unchanged.
    fn back(&self, result: &[(&str, &str)]) -> Answer {
        let result = result.iter().copied().chain(self.state.map(|state| ("state", state)));
        match self.mode {
            Mode::Query => {
                let mut address = self.address.clone();
                address.query_pairs_mut().extend_pairs(result);
                answer::redirect(address.as_str())
            }
            Mode::FormPost => page::post(self.redirect_uri, result),
        }
    }

    fn issue(&self, world: &World, platform: Platform, asked: Asked, account: &Arc<Account>) -> String {
        world.ledger().issue_code(Code {
            platform,
            client_id: self.app.client_id.clone(),
            redirect_uri: self.redirect_uri.into(),
            challenge: asked.challenge,
            identity: asked.identity,
            account: account.clone(),
            expires: world.now() + world.lives.code,
            spent: false,
        })
    }
}

/// The part of a request whose errors are reported to the program in the redirect.
struct Asked {
    challenge: Option<String>,
    identity: Option<Identity>,
}

impl Asked {
    fn parse(platform: Platform, query: &Params) -> Result<Self, (&'static str, &'static str)> {
        match query.one("response_type") {
            Some("code") => {}
            Some(_) => return Err(("unsupported_response_type", "The response_type must be 'code'.")),
            None => return Err(("invalid_request", "The request has no response_type.")),
        }
        match (query.one("response_mode"), platform) {
            (None | Some("query"), _) | (Some("form_post"), Platform::Consumers) => {}
            (Some(_), _) => return Err(("invalid_request", "The response_mode is not one for codes.")),
        }
        let scopes = query.one("scope").unwrap_or_default();
        if !scope::is_right(platform, scopes) {
            return Err(("invalid_scope", "The provided value for the input parameter 'scope' is not valid."));
        }
        match query.one("prompt") {
            None | Some("login" | "consent" | "select_account") => {}
            Some("none") => return Err(("interaction_required", "Somebody must pick an account.")),
            Some(_) => return Err(("invalid_request", "The value of 'prompt' is not known.")),
        }
        let challenge = match (query.one("code_challenge"), query.one("code_challenge_method")) {
            (None, None) => None,
            (Some(challenge), Some("S256")) if pkce::is_challenge(challenge) => Some(challenge.into()),
            _ => return Err(("invalid_request", "The code challenge must be a SHA-256, with method S256.")),
        };
        Ok(Self { challenge, identity: Identity::asked(scopes, query.one("nonce")) })
    }
}

fn cancelled(platform: Platform) -> &'static str {
    match platform {
        Platform::Consumers => "the user canceled the authentication",
        Platform::Live => "The user has denied access to the scope requested by the client application.",
    }
}
