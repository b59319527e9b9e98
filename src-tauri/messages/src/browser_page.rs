//! The page that the user's browser shows after a sign-in.

use spartan_auth::loopback::{Ending, Page};

/// Returns what the page says about how the sign-in ended.
#[must_use]
pub fn browser_page(ending: &Ending) -> Page {
    let (heading, name, text) = match ending {
        Ending::SignedIn { gamertag } => ("Signed in", gamertag.clone(), "You are signed in. You can close this tab."),
        Ending::Failed => ("Not signed in", None, "That did not work. Spartan Tray says why; you can close this tab."),
        Ending::GoesOn => ("Signing in", None, "Spartan Tray goes on by itself; you can close this tab."),
    };
    let title = format!("{heading} · Spartan Tray");
    Page { language: "en", title, heading: heading.to_owned(), name, text: text.to_owned() }
}
