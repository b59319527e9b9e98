//! The Azure app: the details entered here, its registration, and Microsoft's errors about it.

use super::Entry;

const fn app(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo }
}

const REGISTRATION: &str =
    "In the app's registration, check the client ID and that personal Microsoft accounts may sign in.";

pub(super) const APP: &[Entry] = &[
    app(
        "app.not_a_guid",
        "This is no client ID.",
        "Copy the Application (client) ID from your app's overview: five groups of letters and digits with dashes.",
    ),
    app(
        "app.redirect_not_allowed",
        "This program cannot receive an answer at that redirect URI.",
        "Register http://localhost as the app's redirect URI and enter that.",
    ),
    app(
        "app.nothing_found",
        "No client ID or refresh token was found in this text.",
        "Use the lines with the client ID from your .env file, the AzureApp(…) line or a refresh token.",
    ),
    app(
        "app.no_client_id",
        "This sign-in does not say through which app it was made.",
        "Paste the app's client ID with it, in a line of its own such as CLIENT_ID=…, and its secret if it has one.",
    ),
    app("app.none", "No app to sign in through is known yet.", "Fill in your app's client ID, or paste its lines."),
    app(
        "app.unknown",
        "Microsoft knows no app with this client ID that is open to personal accounts.",
        "Compare it with the Application (client) ID on the app's overview; the object's and the directory's IDs look alike. If it is the same, personal Microsoft accounts are missing under the supported account types.",
    ),
    app(
        "app.not_personal",
        "This app is not open to personal Microsoft accounts.",
        "In the app's registration, under Authentication, choose supported account types with personal Microsoft accounts. Where they cannot be chosen, register a new app.",
    ),
    Entry {
        key: "app.public_flows_off",
        what: "This app does not allow sign-in with a code on another device.",
        todo: "In the app's registration, under Authentication, set \"Allow public client flows\" to Yes and save, or sign in another way.",
    },
    app(
        "app.secret_wrong",
        "Microsoft does not accept this app's secret.",
        "Enter the Value from the app's Certificates & secrets. It is shown only when it is new: where it is gone, make another.",
    ),
    app(
        "app.secret_id",
        "What is entered as this app's secret is the secret's ID, not the secret itself.",
        "Enter the Value from the app's Certificates & secrets, not the Secret ID. It is shown only when it is new: where it is gone, make another.",
    ),
    app(
        "app.secret_expired",
        "This app's secret has expired.",
        "Under the app's Certificates & secrets, make a new one and enter its Value here.",
    ),
    app(
        "app.secret_unasked",
        "This app has no use for a secret, and Microsoft refuses one.",
        "Take the secret out here: an app under \"Mobile and desktop applications\" has none.",
    ),
    app(
        "app.secret_missing",
        "This app needs its secret, and none is entered.",
        "Enter the secret's Value, or register http://localhost under \"Mobile and desktop applications\" in place of \"Web\": then none is needed.",
    ),
    app(
        "app.redirect_mismatch",
        "The redirect URI that is entered here is not the one that is registered.",
        "Compare it, letter for letter, with the one in the app's registration, under Authentication.",
    ),
    app(
        "oauth.invalid_client",
        "Microsoft does not accept this app's secret, or the lack of one.",
        "An app under \"Mobile and desktop applications\" has no secret; one under \"Web\" needs the secret's value, not its ID.",
    ),
    app(
        "oauth.unauthorized_client",
        "Microsoft does not know this app, or it is not open to personal accounts.",
        REGISTRATION,
    ),
    app("oauth.invalid_scope", "Microsoft does not let this app ask for Xbox sign-in.", REGISTRATION),
    app(
        "oauth.invalid_request",
        "Microsoft does not accept the app's request as it is.",
        "Check the app's client ID, redirect URI and secret.",
    ),
    app(
        "oauth.unsupported_grant_type",
        "Microsoft does not allow this way to sign in for this app.",
        "In the app's registration, under Authentication, set \"Allow public client flows\" to Yes and save.",
    ),
    app(
        "oauth.unknown",
        "Microsoft refused the app's request: {error}.",
        "Check the app's client ID, redirect URI and secret.",
    ),
    Entry {
        key: "check.good",
        what: "Microsoft knows this app, it is open to personal accounts, and it allows every way to sign in.",
        todo: "Whether the redirect URI is the registered one shows when somebody signs in.",
    },
    Entry {
        key: "check.not_public",
        what: "Microsoft knows this app and it is open to personal accounts, but it allows no public client flows.",
        todo: "That is right for an app with a secret. For one without, set \"Allow public client flows\" to Yes in its registration, under Authentication, and save.",
    },
    Entry {
        key: "check.unclear",
        what: "The app could not be checked.",
        todo: "Try again in a while, or sign in: that shows it as well.",
    },
];
