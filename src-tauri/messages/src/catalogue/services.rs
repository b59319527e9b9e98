//! The network, the clock, and service errors that don't depend on the account.

use super::Entry;

const LATER: &str = "Nothing that was stored is lost. Try again in a while.";
const CONNECTION: &str = "Check the internet connection. Nothing that was stored is lost.";
const AGAIN: &str = "Sign in again. Tokens that you copied work until they expire.";
const NO_LONGER: &str = "Microsoft no longer accepts this sign-in.";

const fn passing(key: &'static str, what: &'static str) -> Entry {
    Entry { key, what, todo: LATER }
}

const fn unreachable(key: &'static str, what: &'static str) -> Entry {
    Entry { key, what, todo: CONNECTION }
}

const fn signs_in_again(key: &'static str, what: &'static str) -> Entry {
    Entry { key, what, todo: AGAIN }
}

pub(super) const SERVICES: &[Entry] = &[
    unreachable("network.connect", "No connection to {the_service} ({host})."),
    unreachable("network.timed_out", "{service} ({host}) did not answer in time."),
    unreachable("network.broken", "The connection to {the_service} ({host}) ended in the middle of an answer."),
    Entry {
        key: "network.tls",
        what: "No safe connection to {the_service} ({host}): its certificate is not trusted here.",
        todo: "Check this computer's date, and whether a proxy or a sign-in page of the network is in between. Your sign-in is kept.",
    },
    Entry {
        key: "clock.off",
        what: "This computer's clock is {off}.",
        todo: "Set it by the internet in the system's settings. The countdowns here are right all the same.",
    },
    Entry {
        key: "clock.behind",
        what: "This computer's clock is behind, so nobody knows which tokens are still valid.",
        todo: "No token is handed out until a service confirms the time. Set the clock in the system's settings, and check the network.",
    },
    Entry {
        key: "clock.unconfirmed",
        what: "This computer was restarted, and no service has confirmed its clock since.",
        todo: "If the clock is behind, a token may have expired already. Check the time in the system's settings.",
    },
    passing("http.408", "{service} gave up waiting for the request (answer 408)."),
    passing("http.429", "{service} asks for a pause, because many requests came at once (answer 429)."),
    passing("http.500", "{service} has a problem at the moment (answer 500)."),
    passing("http.502", "{service} has a problem at the moment (answer 502)."),
    passing("http.503", "{service} is not available at the moment (answer 503)."),
    passing("http.504", "{service} is too slow at the moment (answer 504)."),
    passing("http.unknown", "{service} has a problem at the moment (answer {status})."),
    Entry {
        key: "http.wait",
        what: "{service} asked for a pause.",
        todo: "Nothing is sent for another {left}. Nothing that was stored is lost.",
    },
    passing("refused.401", "{service} did not accept the sign-in behind the request (answer 401)."),
    passing("refused.403", "{service} does not allow the request (answer 403)."),
    passing("refused.404", "{service} has nothing at the address that was asked (answer 404)."),
    passing("refused.unknown", "{service} refused the request (answer {status})."),
    // A renewed inner token was also refused, or a response was unreadable: both have been seen to resolve on their
    // own.
    passing("answer.inner_token", "{service} did not accept the token from the step before it."),
    passing("answer.unreadable", "{service} sent an answer that makes no sense: {why}."),
    signs_in_again("oauth.invalid_grant", NO_LONGER),
    signs_in_again("oauth.login_required", NO_LONGER),
    signs_in_again("oauth.interaction_required", "Microsoft wants to ask you something before it goes on."),
    signs_in_again("oauth.consent_required", "Microsoft wants you to allow this app once more."),
    signs_in_again("oauth.no_refresh_token", "There is nothing left to renew this sign-in with."),
];
