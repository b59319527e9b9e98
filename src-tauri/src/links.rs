//! Links that open this program: `spartan-tray://auth` answers a sign-in, and any other link shows the window.

use spartan_session::environment::LINK_SCHEME;
use tauri::{AppHandle, Manager, async_runtime};
use tauri_plugin_deep_link::DeepLinkExt;
use url::Url;

use crate::{main_window, shell::Shell};

/// The scheme of links to this program.
pub(crate) const SCHEME: &str = if cfg!(feature = "demo") { "spartan-tray-demo" } else { LINK_SCHEME };

/// Handles links from now on, and registers the scheme. Anybody can open a link, so an answer counts, and shows the
/// window, only if it has the `state` of a pending sign-in.
pub(crate) fn listen(app: &AppHandle) {
    let opened = app.clone();
    app.deep_link().on_open_url(move |event| {
        let (app, links) = (opened.clone(), event.urls());
        async_runtime::spawn(async move {
            for link in links {
                if shows_the_window(&app, &link).await {
                    main_window::show_now(&app);
                }
            }
        });
    });
    #[cfg(all(any(target_os = "linux", windows), not(feature = "demo")))]
    {
        let app = app.clone();
        async_runtime::spawn_blocking(move || {
            if let Err(error) = app.deep_link().register_all() {
                tracing::warn!(%error, "links to this program are not registered");
            }
        });
    }
}

/// Returns whether a command line's argument is an answer to a sign-in.
pub(crate) fn is_answer(argument: &str) -> bool {
    Url::parse(argument).is_ok_and(|link| redirect_of(&link).is_some())
}

async fn shows_the_window(app: &AppHandle, link: &Url) -> bool {
    match redirect_of(link) {
        Some(redirect) => app.state::<Shell>().session.link_opened(redirect).await,
        None => true,
    }
}

/// Returns the redirect in a link that may answer a sign-in. The demo has its own scheme, but its apps use the program's
/// redirect.
fn redirect_of(link: &Url) -> Option<Url> {
    let rest = link.as_str().strip_prefix(SCHEME)?.strip_prefix("://auth")?;
    let is_whole = rest.chars().next().is_none_or(|next| "/?#".contains(next));
    is_whole.then(|| Url::parse(&format!("{LINK_SCHEME}://auth{rest}")).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::launch::HIDDEN;

    #[test]
    fn a_link_to_auth_is_an_answer_and_any_other_argument_is_not() {
        for rest in ["auth", "auth/", "auth?code=c&state=s"] {
            assert!(is_answer(&format!("{SCHEME}://{rest}")), "{rest}");
            let link = Url::parse(&format!("{SCHEME}://{rest}")).unwrap();
            assert!(redirect_of(&link).is_some_and(|to| to.as_str() == format!("spartan-tray://{rest}")), "{rest}");
        }
        for other in ["open", "author", "auth.example/"] {
            assert!(!is_answer(&format!("{SCHEME}://{other}")), "{other}");
        }
        for other in ["https://auth/", HIDDEN, "/usr/bin/spartan-tray"] {
            assert!(!is_answer(other), "{other}");
        }
    }
}
