//! Why Xbox refuses an account: one entry for each known `XErr`.
//!
//! The numbers are from `errors_legacy.h` in microsoft/xbox-live-api and from recorded responses.

use super::Entry;

const LATER: &str = "This is tried again by itself.";
const CHANGES: &str = "See what it asks for at account.microsoft.com, then sign in again.";
const SANDBOX: &str =
    "Set the sandbox back to RETAIL where it was changed, on the console or with the developer tools, then try again.";
const DEVICE: &str = "This is usually about a console. Sign in at xbox.com with this account and see what it asks for.";

const fn entry(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo }
}

pub(super) const XBOX: &[Entry] = &[
    entry(
        "xbox.2148916222",
        "Xbox asks for this account's age (United Kingdom).",
        "Verify your age for Xbox, then sign in again.",
    ),
    entry("xbox.2148916224", "Xbox does not let this account develop for it.", DEVICE),
    entry("xbox.2148916225", "Xbox asks for a newer version of the system that signs in.", DEVICE),
    entry("xbox.2148916226", "Xbox asks for a newer version of the game that signs in.", DEVICE),
    entry("xbox.2148916227", "Xbox has suspended this account.", "See why, and for how long, at enforcement.xbox.com."),
    entry(
        "xbox.2148916228",
        "Another company has suspended this account or this device for its games.",
        "Ask whoever makes the game that it is about.",
    ),
    entry(
        "xbox.2148916229",
        "This account's parental settings do not allow this.",
        "A guardian can allow it at account.microsoft.com/family.",
    ),
    entry(
        "xbox.2148916230",
        "A subscription that Xbox asks for is not active on this device.",
        "See the subscriptions at account.microsoft.com.",
    ),
    entry(
        "xbox.2148916232",
        "Xbox asks for newer payment details of this account.",
        "Bring them up to date at account.microsoft.com, then sign in again.",
    ),
    entry("xbox.2148916233", "This Microsoft account has no Xbox profile yet.", "Create one, then sign in again."),
    entry(
        "xbox.2148916234",
        "This account has not accepted Xbox's terms.",
        "Sign in at xbox.com, accept the terms, then sign in again here.",
    ),
    entry(
        "xbox.2148916235",
        "Xbox Live is not available in this account's country.",
        "The country is set at account.microsoft.com.",
    ),
    entry(
        "xbox.2148916236",
        "Xbox asks for proof of this account's age.",
        "Prove the age at account.microsoft.com, then sign in again.",
    ),
    entry(
        "xbox.2148916237",
        "It is outside of the hours in which this account may be used.",
        "It is tried again by itself. A guardian can change the hours at account.microsoft.com/family.",
    ),
    entry(
        "xbox.2148916238",
        "This account belongs to a child and is not in a Microsoft family.",
        "An adult has to add it to a Microsoft family, then sign in again.",
    ),
    entry("xbox.2148916239", "Microsoft is changing something about this account.", CHANGES),
    entry("xbox.2148916240", "Microsoft asks for something about this account first.", CHANGES),
    entry(
        "xbox.2148916241",
        "Xbox does not allow this kind of account here.",
        "Sign in with another account, or see at account.microsoft.com what kind it is.",
    ),
    entry("xbox.2148916242", "This account is set to an Xbox sandbox for developers.", SANDBOX),
    entry("xbox.2148916243", "Xbox asks for a new gamertag.", "Choose one at xbox.com, then sign in again."),
    entry("xbox.2148916244", "Xbox wants the device to prove itself first.", DEVICE),
    entry(
        "xbox.2148916246",
        "This account is signed in on too many devices of this kind.",
        "Sign out on one of them, then sign in again.",
    ),
    entry(
        "xbox.2148916247",
        "Xbox asks for this account's PIN or passkey.",
        "Sign in at xbox.com, where it can be entered, then sign in again here.",
    ),
    entry("xbox.2148916248", "This account is an ordinary one, and Xbox expects a developer's.", SANDBOX),
    entry("xbox.2148916249", "This account is set to an Xbox sandbox that it may not use.", SANDBOX),
    entry("xbox.2148916250", "Xbox cannot look up this account at the moment.", LATER),
    entry("xbox.2148916251", "Xbox does not allow this content for this account.", DEVICE),
    entry("xbox.2148916252", "This account may not use what was asked for.", DEVICE),
    entry("xbox.2148916255", "Xbox no longer accepts the token from the step before it.", LATER),
    entry("xbox.2148916256", "Xbox no longer accepts the token from the step before it.", LATER),
    entry("xbox.2148916257", "Xbox no longer accepts the token from the step before it.", LATER),
    entry("xbox.2148916258", "Xbox no longer accepts the token from the step before it.", LATER),
    entry("xbox.2148916259", "Xbox did not accept the token from the step before it.", LATER),
    entry("xbox.2148916260", "Xbox did not accept the token from the step before it.", LATER),
    entry("xbox.2148916261", "Xbox did not accept the token from the step before it.", LATER),
    entry("xbox.2148916262", "Xbox did not accept the token from the step before it.", LATER),
    entry("xbox.2148916263", "Xbox did not accept the token from the step before it.", LATER),
    entry("xbox.2148916273", "Xbox Live has a problem at the moment.", LATER),
    entry("xbox.2148916274", "Xbox Live has a problem at the moment.", LATER),
    entry(
        "xbox.unknown",
        "Xbox refused this account with a code that is not known here: {xerr}.",
        "Sign in at xbox.com with this account and see what it asks for.",
    ),
];
