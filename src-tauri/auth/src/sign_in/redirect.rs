//! Parses addresses on which a sign-in may end: from the window, a browser's request, or pasted text. Does no I/O.

mod pasted;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::{Host, Url};

pub use self::pasted::pasted;

use crate::{
    error::{Cause, Error, Step},
    http::is_sound,
    model::azure_app::RedirectUri,
    plain,
};

/// What an address means for a pending sign-in.
#[derive(Clone, Debug)]
pub enum Redirect {
    /// It isn't the app's redirect URI.
    NotOurs,
    /// Microsoft's code for this sign-in.
    Code(SecretString),
    /// It's the app's redirect URI, but the sign-in ends here.
    Ended(Error),
}

/// Parses an address on which a sign-in may end: one that a window navigates to, a request to a local port, or one that
/// the user pasted.
///
/// ```
/// use spartan_auth::{azure_app::AzureApp, redirect::{self, Redirect}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost")?;
/// let read = |address: &str| address.parse().map(|url| redirect::read(&url, &app.redirect_uri, &"the state".into()));
/// assert!(matches!(read("http://localhost:52113/?code=c&state=the+state")?, Redirect::NotOurs), "another port");
/// assert!(matches!(read("http://localhost/?code=c&state=the+state")?, Redirect::Code(_)));
/// assert!(matches!(read("http://localhost/?code=c&state=forged")?, Redirect::Ended(_)));
/// # Ok(())
/// # }
/// ```
///
/// A browser may spell `localhost` differently or upgrade it to HTTPS. `state` is compared in constant time, before
/// anything else is trusted.
#[must_use]
pub fn read(address: &Url, redirect_uri: &RedirectUri, state: &SecretString) -> Redirect {
    if !is_at(address, redirect_uri.url()) {
        return Redirect::NotOurs;
    }
    let ended = |cause| Redirect::Ended(Error::new(Step::Page, cause));
    if !only(address, "state").is_some_and(|came| bool::from(came.as_bytes().ct_eq(state.expose_secret().as_bytes()))) {
        return ended(Cause::ForeignState);
    }
    if let Some(error) = first(address, "error") {
        return match error.as_str() {
            "access_denied" => ended(Cause::Cancelled),
            _ => ended(Cause::PageRefused { error: plain::code(&error) }),
        };
    }
    match only(address, "code").filter(|code| is_sound(code)) {
        Some(code) => Redirect::Code(code.into()),
        None => ended(Cause::PageRefused { error: "no_code".into() }),
    }
}

fn is_at(address: &Url, redirect: &Url) -> bool {
    let here = is_here(redirect) && is_here(address);
    // HSTS upgrades the scheme and keeps the port.
    let is_upgraded = here && (address.scheme(), redirect.scheme()) == ("https", "http");
    (address.scheme() == redirect.scheme() || is_upgraded)
        && (here || host(address) == host(redirect))
        && address.port() == redirect.port()
        && address.path().trim_end_matches('/') == redirect.path().trim_end_matches('/')
        && address.username().is_empty()
        && address.password().is_none()
}

/// Returns the host, without the trailing dot of a fully qualified name.
fn host(address: &Url) -> Option<&str> {
    address.host_str().map(|host| host.strip_suffix('.').unwrap_or(host))
}

/// Whether an address refers to this computer.
fn is_here(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(_)) => host(address) == Some("localhost"),
        Some(Host::Ipv4(number)) => number == std::net::Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(number)) => number == std::net::Ipv6Addr::LOCALHOST,
        None => false,
    }
}

fn first(address: &Url, name: &str) -> Option<String> {
    address.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Returns a parameter that occurs once. If it occurs twice, it's unknown which one is Microsoft's.
fn only(address: &Url, name: &str) -> Option<String> {
    let mut values = address.query_pairs().filter(|(key, _)| key == name);
    let value = values.next().map(|(_, value)| value.into_owned());
    if values.next().is_some() { None } else { value }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::azure_app::AzureApp;

    const ID: &str = "12345678-1234-1234-1234-123456789abc";

    fn said(redirect: &str, address: &str) -> Redirect {
        let app = AzureApp::parse_with(ID, redirect, Some("my-program")).unwrap();
        read(&Url::parse(address).unwrap(), &app.redirect_uri, &"right".into())
    }

    fn cause(redirect: &str, address: &str) -> Cause {
        match said(redirect, address) {
            Redirect::Ended(error) => error.cause,
            other => panic!("{address}: {other:?}"),
        }
    }

    #[test]
    fn a_code_with_the_right_state_is_taken_at_each_kind_of_redirect() {
        let cases = [
            ("http://localhost", "http://localhost/?code=c&state=right"),
            ("http://localhost", "http://localhost?state=right&code=c"),
            ("https://localhost", "https://localhost/?code=c&state=right"),
            ("http://localhost:8400/cb", "http://localhost:8400/cb?code=c&state=right"),
            (
                "https://login.microsoftonline.com/common/oauth2/nativeclient",
                "https://login.microsoftonline.com/common/oauth2/nativeclient?code=c&state=right",
            ),
            (
                "https://login.live.com/oauth20_desktop.srf",
                "https://login.live.com/oauth20_desktop.srf?code=c&state=right&lc=1033",
            ),
            ("my-program://auth", "my-program://auth?code=c&state=right"),
            ("my-program://auth", "my-program://auth/?code=c&state=right"),
        ];
        for (redirect, address) in cases {
            let Redirect::Code(code) = said(redirect, address) else { panic!("{address}") };
            assert_eq!(code.expose_secret(), "c");
        }
    }

    #[test]
    fn another_place_is_not_ours() {
        let elsewhere = [
            "https://localhost:80/?code=c&state=right",
            "http://localhost:81/?code=c&state=right",
            "http://localhost/other?code=c&state=right",
            "http://localhost.evil.example/?code=c&state=right",
            "http://evil.example/?code=c&state=right&x=http://localhost",
            "http://user@localhost/?code=c&state=right",
            "https://login.live.com/login.srf?wreply=http://localhost",
        ];
        for address in elsewhere {
            assert!(matches!(said("http://localhost", address), Redirect::NotOurs), "{address}");
        }
        let others = [
            ("https://localhost", "http://localhost/?code=c&state=right"),
            ("http://localhost:8400/cb", "https://127.0.0.1:8401/cb?code=c&state=right"),
            ("http://localhost:8400/cb", "https://127.0.0.1:8400/?code=c&state=right"),
            ("http://localhost:8400/cb", "http://127.0.0.2:8400/cb?code=c&state=right"),
            ("https://login.live.com/oauth20_desktop.srf", "https://localhost/oauth20_desktop.srf?code=c&state=right"),
        ];
        for (redirect, address) in others {
            assert!(matches!(said(redirect, address), Redirect::NotOurs), "{address} at {redirect}");
        }
    }

    #[test]
    fn other_spellings_of_this_computer_and_an_upgraded_scheme_are_the_same_place() {
        let hosts = ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "[::1]"];
        for (host, scheme) in hosts.into_iter().flat_map(|host| ["http", "https"].map(|scheme| (host, scheme))) {
            let at = |place: &str, state: &str| format!("{scheme}://{host}{place}?code=c&state={state}");
            for (redirect, place) in [("http://localhost", "/"), ("http://localhost:8400/cb", ":8400/cb")] {
                assert!(matches!(said(redirect, &at(place, "right")), Redirect::Code(_)), "{}", at(place, "right"));
                assert_eq!(cause(redirect, &at(place, "wrong")), Cause::ForeignState);
            }
        }
        let address = "https://login.live.com./oauth20_desktop.srf?code=c&state=right";
        assert!(matches!(said("https://login.live.com/oauth20_desktop.srf", address), Redirect::Code(_)));
    }

    #[test]
    fn a_wrong_a_missing_and_a_doubled_state_end_it_whatever_else_is_said() {
        let foreign = [
            "http://localhost/?code=c&state=wrong",
            "http://localhost/?code=c",
            "http://localhost/",
            "http://localhost/?code=c&state=",
            "http://localhost/?code=c&state=right&state=wrong",
            "http://localhost/?code=c&state=right%20",
            "http://localhost/?error=access_denied&state=wrong",
            "http://localhost/?error=access_denied",
        ];
        for address in foreign {
            assert_eq!(cause("http://localhost", address), Cause::ForeignState, "{address}");
        }
    }

    #[test]
    fn a_cancel_and_other_errors_are_told_apart() {
        let at = |query: &str| cause("http://localhost", &format!("http://localhost/?{query}&state=right"));
        assert_eq!(at("error=access_denied&error_description=no"), Cause::Cancelled);
        assert_eq!(at("error=server_error"), Cause::PageRefused { error: "server_error".into() });
        assert_eq!(at("error=access_denied&code=c"), Cause::Cancelled);
        assert_eq!(at("code="), Cause::PageRefused { error: "no_code".into() });
        assert_eq!(at("code=a&code=b"), Cause::PageRefused { error: "no_code".into() });
    }

    proptest! {
        #[test]
        fn no_address_is_taken_without_the_state(query in "[ -~]{0,80}") {
            prop_assume!(!query.contains("right"));
            if let Ok(address) = Url::parse(&format!("http://localhost/?{query}")) {
                let app = AzureApp::parse(ID, "http://localhost").unwrap();
                prop_assert!(!matches!(read(&address, &app.redirect_uri, &"right".into()), Redirect::Code(_)));
            }
        }
    }
}
