//! What happens to an address that Microsoft's page navigates to. Pure.

use spartan_auth::{
    error::{Cause, Error, Step},
    redirect::Redirect,
};
use spartan_session::environment::LINK_SCHEME;
use url::{Host, Url};

/// What happens to an address.
#[derive(Debug)]
pub(super) enum Next {
    /// It loads.
    Loads,
    /// It isn't followed; the page stays as it is.
    Stays,
    /// It ends the page's sign-in.
    Ends(Redirect),
}

/// Returns what happens to an address with this meaning for the sign-in. Frames are handled here too, so there's no
/// list of hosts.
pub(super) fn next(address: &Url, said: Redirect) -> Next {
    match said {
        Redirect::NotOurs if is_page(address) => Next::Loads,
        Redirect::NotOurs if is_for_a_program(address) => {
            let to = format!("{}://{}", address.scheme(), address.host_str().unwrap_or_default());
            Next::Ends(Redirect::Ended(Error::new(Step::Page, Cause::LedAway { to })))
        }
        Redirect::NotOurs => Next::Stays,
        Redirect::Code(_) | Redirect::Ended(_) => Next::Ends(said),
    }
}

fn is_page(address: &Url) -> bool {
    match address.scheme() {
        "https" => !is_here(address),
        "about" | "blob" | "data" => true,
        // The mock services' page: WebKitGTK has no switch for an untrusted authority.
        "http" => cfg!(feature = "demo") && address.host_str() == Some("127.0.0.1"),
        _ => false,
    }
}

/// Whether only an app's redirect can lead to such an address.
fn is_for_a_program(address: &Url) -> bool {
    match address.scheme() {
        "http" | "https" => is_here(address),
        "about" | "asset" | "blob" | "data" | "file" | "ipc" | "javascript" | "mailto" | "tauri" | "tel" => false,
        scheme => {
            scheme == LINK_SCHEME || scheme.starts_with("msal") || scheme.starts_with("msauth") || has_answer(address)
        }
    }
}

/// Whether an address contains a sign-in's answer, in its query or after `#`.
fn has_answer(address: &Url) -> bool {
    let behind = address.fragment().unwrap_or_default().as_bytes();
    let mut names = address.query_pairs().chain(url::form_urlencoded::parse(behind)).map(|(name, _)| name);
    names.any(|name| matches!(name.as_ref(), "code" | "error"))
}

fn is_here(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(number)) => number.is_loopback(),
        Some(Host::Ipv6(number)) => number.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(address: &str) -> Next {
        next(&Url::parse(address).unwrap(), Redirect::NotOurs)
    }

    #[test]
    fn pages_load() {
        for page in ["https://login.live.com/", "about:blank", "data:text/html,x"] {
            assert!(matches!(elsewhere(page), Next::Loads), "{page}");
        }
    }

    #[test]
    fn what_is_no_page_is_not_followed_and_ends_nothing() {
        let others = [
            "http://ads.example/x",
            "mailto:a@example.com",
            "tel:123",
            "file:///etc/passwd",
            "tauri://localhost/",
            "ms-settings:x",
            "ms-windows-store://home?x=1",
            "mailto:a@example.com?code=1",
            "tauri://localhost/?code=1",
            "javascript:alert(1)",
        ];
        for other in others {
            assert!(matches!(elsewhere(other), Next::Stays), "{other}");
        }
    }

    #[test]
    fn an_address_of_another_apps_redirect_ends_it_with_words() {
        let redirects = [
            "http://localhost/x?code=hush",
            "https://localhost/",
            "https://127.0.0.1/",
            "http://[::1]:8400/",
            "spartan-tray://auth",
            "msal12345678-1234-1234-1234-123456789abc://auth",
            "msauth://com.example.app/key?code=hush",
            "msauth.com.example.app://auth",
            "ms-app://s-1-15-2/?code=hush&state=x",
            "com.example.app:/callback?error=access_denied",
            "com.example.app://callback#code=hush",
            "halo-bot:?state=x&code=hush",
        ];
        for redirect in redirects {
            let Next::Ends(Redirect::Ended(error)) = elsewhere(redirect) else { panic!("{redirect}") };
            assert!(matches!(&error.cause, Cause::LedAway { to } if !to.contains("hush")), "{error:?}");
        }
    }

    #[test]
    fn the_redirect_ends_it_with_what_it_says() {
        let address = Url::parse("https://login.live.com/oauth20_desktop.srf?code=c").unwrap();
        assert!(matches!(next(&address, Redirect::Code("c".into())), Next::Ends(Redirect::Code(_))));
    }
}
