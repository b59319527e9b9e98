//! Microsoft's sign-in page, the sign-in methods, and which account signed in.

use super::Entry;

const fn refused(key: &'static str, what: &'static str) -> Entry {
    Entry { key, what, todo: "Sign in again. If it stays, check the Azure app's settings." }
}

const fn again(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo }
}

const fn other_way(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo }
}

pub(super) const PAGE: &[Entry] = &[
    other_way(
        "page.not_loaded",
        "Microsoft's page has not loaded.",
        "If it is only slow, wait a little longer. Otherwise go on in another way, or cancel and sign in again.",
    ),
    other_way(
        "page.silent",
        "Nothing has come back from Microsoft's page.",
        "If the page shows an error, the client ID or the redirect URI is not the registered one: compare both, letter for letter. Otherwise go on there, or sign in another way.",
    ),
    again("page.cancelled", "The sign-in was cancelled.", "Nothing was changed."),
    again(
        "page.foreign",
        "The answer from Microsoft's page did not belong to this sign-in.",
        "Nothing was changed. Sign in again.",
    ),
    Entry {
        key: "page.led_away",
        what: "Microsoft's page led to {to}, which is not this app's redirect URI.",
        todo: "In the app's registration, compare the redirect URI with the one that is entered here.",
    },
    Entry {
        key: "page.not_the_address",
        what: "This is not the address at which the sign-in ended.",
        todo: "Copy the whole address from your browser, as it stands when the page cannot be opened any more.",
    },
    again("page.server_error", "Microsoft's page has a problem at the moment.", "Sign in again in a while."),
    again("page.temporarily_unavailable", "Microsoft's page is too busy at the moment.", "Sign in again in a while."),
    again("page.interaction_required", "Microsoft's page wanted to ask something and could not.", "Sign in again."),
    again("page.login_required", "Microsoft's page wanted to ask who you are and could not.", "Sign in again."),
    again(
        "page.consent_required",
        "This app was not allowed at Microsoft's page.",
        "Sign in again and allow it there.",
    ),
    refused("page.invalid_request", "Microsoft's page does not accept the app's request as it is."),
    refused("page.unauthorized_client", "Microsoft's page does not let personal accounts sign in through this app."),
    refused("page.invalid_scope", "Microsoft's page does not let this app ask for Xbox sign-in."),
    refused("page.unsupported_response_type", "Microsoft's page does not give this app what it asks for."),
    refused("page.no_code", "Microsoft's page ended the sign-in without an answer."),
    again(
        "page.not_accepted",
        "Microsoft did not accept this sign-in: it is too old, or was used already.",
        "Sign in again. Nothing was changed here.",
    ),
    refused("page.unknown", "Microsoft's page ended the sign-in: {error}."),
    other_way(
        "port.taken",
        "Another program on this computer uses port {port}, to which your browser would bring the answer.",
        "Close that program, or sign in another way.",
    ),
    other_way(
        "port.none",
        "No port of this computer is free for your browser's answer.",
        "Close other programs, or sign in another way.",
    ),
    again("code.expired", "The code was not used in time.", "Sign in again to get a new one."),
    other_way("way.not_allowed", "This app does not allow this way to sign in.", "Choose another way."),
    Entry {
        key: "account.another",
        what: "You signed in as {came}, not as {expected}.",
        todo: "Nothing was replaced. Add {came}, or try again as {expected}.",
    },
    again("account.none", "Nobody is signed in.", "Sign in first."),
    Entry {
        key: "account.signed_out_elsewhere",
        what: "{account} was signed out by another program.",
        todo: "No other account was used instead. To use this one again, sign in to it again.",
    },
    Entry {
        key: "account.unnamed",
        what: "Xbox has not told yet whose account this is.",
        todo: "It is asked at each renewal. The Spartan token alone can be copied all the same.",
    },
    Entry {
        key: "account.no_clearance",
        what: "Halo has given no clearance for this account yet.",
        todo: "It is asked for at each renewal. Services that want none take the Spartan token alone.",
    },
    Entry {
        key: "account.session_only",
        what: "This account is for this session only, so no other program can ask for its tokens.",
        todo: "Copy a program with the token inside, or sign in once more and keep the sign-in.",
    },
    Entry {
        key: "account.busy",
        what: "A sign-in or a renewal is under way.",
        todo: "Wait until it has ended, then try again.",
    },
];
