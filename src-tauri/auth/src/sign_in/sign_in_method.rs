//! The sign-in methods, and which of them an Azure app supports. Does no I/O.

use serde::{Deserialize, Serialize};

use crate::model::azure_app::{AzureApp, Platform, RedirectUri};

/// A sign-in method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SignInMethod {
    /// On Microsoft's page, in a window of the program.
    #[default]
    Window,
    /// On Microsoft's page, in the user's own browser, which returns the result automatically.
    Browser,
    /// With a short code, on another device.
    Phone,
    /// In a browser, whose final address the user pastes.
    Paste,
    /// With an imported refresh token.
    Import,
}

/// Returns the sign-in methods that `app` supports, most convenient first; never [`SignInMethod::Import`], which every app
/// supports.
///
/// ```
/// use spartan_auth::{azure_app::AzureApp, sign_in_method::{SignInMethod, methods}};
///
/// # fn main() -> Result<(), spartan_auth::error::Error> {
/// let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "https://localhost")?;
/// assert_eq!(methods(&app), [SignInMethod::Window, SignInMethod::Phone, SignInMethod::Paste]);
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn methods(app: &AzureApp) -> Vec<SignInMethod> {
    let redirect = &app.redirect_uri;
    let open = [
        (SignInMethod::Window, true),
        (SignInMethod::Browser, comes_back(redirect, app.platform)),
        // Device codes are for public apps only, and live.com's own host issues none.
        (SignInMethod::Phone, app.secret.is_none() && app.platform == Platform::Consumers),
        (SignInMethod::Paste, has_address(redirect)),
    ];
    open.into_iter().filter_map(|(method, is_open)| is_open.then_some(method)).collect()
}

/// Whether the browser's result reaches this program: through a local port, or through a link that the system passes
/// on. Only Microsoft's newer host accepts any port if none is registered.
fn comes_back(redirect: &RedirectUri, platform: Platform) -> bool {
    let url = redirect.url();
    match url.scheme() {
        "http" => url.port().is_some() || platform == Platform::Consumers,
        _ => redirect.is_link(),
    }
}

/// Whether a browser shows the result in its address bar; it doesn't for a scheme that it can't open.
fn has_address(redirect: &RedirectUri) -> bool {
    matches!(redirect.url().scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "12345678-1234-1234-1234-123456789abc";

    #[test]
    fn the_redirect_the_secret_and_the_host_decide() {
        use Platform::{Consumers, Live};
        use SignInMethod::{Browser, Paste, Phone, Window};
        let cases: [(&str, bool, Platform, &[SignInMethod]); 11] = [
            ("http://localhost", false, Consumers, &[Window, Browser, Phone, Paste]),
            ("http://localhost/callback", false, Consumers, &[Window, Browser, Phone, Paste]),
            ("http://localhost", true, Consumers, &[Window, Browser, Paste]),
            ("http://localhost", false, Live, &[Window, Paste]),
            ("http://localhost:8400/cb", false, Live, &[Window, Browser, Paste]),
            ("https://localhost", false, Consumers, &[Window, Phone, Paste]),
            ("https://localhost", true, Live, &[Window, Paste]),
            ("https://login.microsoftonline.com/common/oauth2/nativeclient", false, Consumers, &[Window, Phone, Paste]),
            ("https://login.live.com/oauth20_desktop.srf", false, Live, &[Window, Paste]),
            ("my-program://auth", false, Consumers, &[Window, Browser, Phone]),
            ("msal12345678-1234-1234-1234-123456789abc://auth", false, Consumers, &[Window, Phone]),
        ];
        for (redirect, has_secret, platform, expected) in cases {
            let app = AzureApp::parse_with(ID, redirect, Some("my-program")).unwrap();
            let app = AzureApp { secret: has_secret.then(|| "hush".into()), platform, ..app };
            assert_eq!(methods(&app), expected, "{redirect}, secret: {has_secret}, {platform:?}");
        }
    }
}
