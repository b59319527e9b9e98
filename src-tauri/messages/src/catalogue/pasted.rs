//! Errors about pasted text.

use super::Entry;

const fn pasted(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo }
}

const TOKEN: &str = "Use the value of REFRESH_TOKEN or refresh_token. It usually begins with \"M.\".";

pub(super) const PASTED: &[Entry] = &[
    pasted(
        "pasted.nothing",
        "There is no text.",
        "Use the lines with the client ID from your .env file, the AzureApp(…) line or a refresh token.",
    ),
    pasted(
        "pasted.comments",
        "Everything here is commented out.",
        "Remove the comment marks in front of the lines that you want to use.",
    ),
    pasted("pasted.spartan_token", "This is a Spartan token, not a refresh token.", TOKEN),
    pasted("pasted.xbox_token", "This is an Xbox token, not a refresh token.", TOKEN),
    pasted("pasted.access_token", "This is an access token, not a refresh token.", TOKEN),
    pasted("pasted.foreign_token", "This isn't a Microsoft refresh token, so it wasn't used.", TOKEN),
    pasted(
        "pasted.several",
        "This text has several apps or refresh tokens, or ones that may not belong together: {groups}.",
        "Choose one of them.",
    ),
];
