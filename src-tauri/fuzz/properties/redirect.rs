//! A code is taken only at the redirect URI, and only with the sign-in's own `state`, given once.

use spartan_auth::{
    azure_app::AzureApp,
    error::Cause,
    redirect::{self, Redirect},
};
use url::Url;

const ID: &str = "12345678-1234-1234-1234-123456789abc";
const STATE: &str = "right";
const REDIRECTS: [&str; 5] = [
    "http://localhost",
    "https://localhost:8400/cb",
    "https://login.live.com/oauth20_desktop.srf",
    "msal12345678-1234-1234-1234-123456789abc://auth",
    "my-program://auth",
];

/// Holds for any text.
pub fn holds(address: &str) {
    for redirect in REDIRECTS {
        let app = AzureApp::parse_with(ID, redirect, Some("my-program")).expect("it is on the list");
        if let Some(repaired) = redirect::pasted(address, &app.redirect_uri) {
            let said = redirect::read(&repaired, &app.redirect_uri, &STATE.into());
            assert!(!matches!(said, Redirect::NotOurs), "{repaired} is not at {redirect}");
            let mut codes = repaired.query_pairs().filter(|(name, _)| name == "code");
            assert!(codes.all(|(_, code)| code.bytes().all(|byte| byte.is_ascii_graphic())), "{repaired} has a blank");
        }
    }
    let Ok(address) = Url::parse(address) else { return };
    let states: Vec<_> = address.query_pairs().filter(|(name, _)| name == "state").collect();
    let is_ours = matches!(&states[..], [(_, state)] if state == STATE);
    for redirect in REDIRECTS {
        let app = AzureApp::parse_with(ID, redirect, Some("my-program")).expect("it is on the list");
        let at = app.redirect_uri.url();
        let is_there = place(&address) == place(at)
            && (address.scheme() == at.scheme() || (address.scheme(), at.scheme()) == ("https", "http"));
        match redirect::read(&address, &app.redirect_uri, &STATE.into()) {
            Redirect::NotOurs => {}
            Redirect::Code(_) => assert!(is_there && is_ours, "{address} was taken for {redirect}"),
            Redirect::Ended(error) => {
                assert!(is_there, "{address} ended a sign-in at {redirect}");
                assert_eq!(error.cause == Cause::ForeignState, !is_ours, "{address}: {error:?}");
            }
        }
    }
}

/// Returns host and port; this computer's names count as one host.
fn place(address: &Url) -> (String, Option<u16>) {
    let host = address.host_str().unwrap_or_default().trim_end_matches('.');
    let host = if matches!(host, "127.0.0.1" | "[::1]") { "localhost" } else { host };
    (host.to_owned(), address.port())
}
