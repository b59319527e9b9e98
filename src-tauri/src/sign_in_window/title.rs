//! The window's title. Pure.

use url::{Origin, Url};

/// The part of a host name that fits in a title bar, in characters.
const ROOM: usize = 40;

/// Returns the title for a page at this address; `None` if the address has no host, such as `about:` and `data:`. Such a
/// page was written by the previous one, whose host stays.
pub(super) fn title(address: &Url) -> Option<String> {
    match address.origin() {
        Origin::Tuple(_, host, _) => Some(format!("Sign in · {}", shortened(&host.to_string()))),
        Origin::Opaque(_) => None,
    }
}

/// The end of a host name says whose it is, but a title bar cuts off the end.
fn shortened(host: &str) -> String {
    let length = host.chars().count();
    if length <= ROOM {
        return host.to_owned();
    }
    let end: String = host.chars().skip(length + 1 - ROOM).collect();
    format!("…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_host_and_nothing_else_of_the_address() {
        let table = [
            ("https://login.live.com/oauth20_authorize.srf?state=hush", Some("Sign in · login.live.com")),
            ("https://login.live.com@evil.example/", Some("Sign in · evil.example")),
            ("https://[2001:db8::1]:8443/x", Some("Sign in · [2001:db8::1]")),
            ("https://bücher.example/", Some("Sign in · xn--bcher-kva.example")),
            ("blob:https://evil.example/0d1f6c5e", Some("Sign in · evil.example")),
            ("about:blank", None),
            ("about:srcdoc", None),
            ("data:text/html,<title>login.live.com</title>", None),
            ("blob:null/0d1f6c5e", None),
            ("file:///etc/passwd", None),
        ];
        for (address, expected) in table {
            assert_eq!(title(&Url::parse(address).unwrap()).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn of_a_long_host_the_end_is_shown() {
        let address = format!("https://login.live.com.{}.evil.example/", "a".repeat(60));
        let shown = title(&Url::parse(&address).unwrap()).unwrap();
        assert_eq!(shown, format!("Sign in · …{}.evil.example", "a".repeat(ROOM - 1 - ".evil.example".len())));
    }
}
