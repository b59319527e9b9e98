//! Every sentence that a person reads about an error: what happened, and what to do.

use crate::error::{Cause, Error, KeyCause, Unreachable, VaultCause};

/// What happened.
pub(crate) fn what(error: &Error) -> String {
    match &error.cause {
        Cause::Unreachable { host, why } => unreachable_what(&service(error), host, *why),
        Cause::Passing { status, .. } => format!("{} has a problem at the moment (answer {status}).", service(error)),
        Cause::SignInExpired { .. } => "Microsoft no longer accepts this sign-in.".into(),
        Cause::Setup { error: code } => setup_what(code).into(),
        Cause::Account { xerr, .. } => xerr.what(),
        Cause::InnerToken => format!("{} did not accept the token from the step before it.", service(error)),
        Cause::Refused { status } => format!("{} refused the request (answer {status}).", service(error)),
        Cause::Unreadable(what) => format!("{} sent an answer that makes no sense: {what}.", service(error)),
        Cause::NoRefreshToken => "There is nothing left to renew this sign-in with.".into(),
        Cause::NoApp => "No app to sign in through is known yet.".into(),
        Cause::LedAway { to } => format!("Microsoft's page led to {to}, which is not this app's redirect URI."),
        Cause::Busy => "A sign-in or a renewal is under way.".into(),
        Cause::NotSignedIn => "Nobody is signed in.".into(),
        Cause::ForeignState => "The answer from Microsoft's page did not belong to this sign-in.".into(),
        Cause::Cancelled => "The sign-in was cancelled.".into(),
        Cause::PageRefused { error } => format!("Microsoft's page ended the sign-in: {error}."),
        Cause::CodeExpired => "The code was not used in time.".into(),
        Cause::NotThePage => "This is not the address at which the sign-in ended.".into(),
        Cause::NoPort { port: Some(port) } => format!("Another program on this computer uses port {port}, to which your browser would bring the answer."),
        Cause::NoPort { port: None } => "No port of this computer is free for your browser's answer.".into(),
        Cause::NotThisWay => "This app does not allow this way to sign in.".into(),
        Cause::NotAGuid => "This is no client ID.".into(),
        Cause::RedirectNotAllowed => "This program cannot receive an answer at that redirect URI.".into(),
        Cause::NothingFound => "No client ID was found in these lines.".into(),
        Cause::OtherAccount { expected, came } => format!("You signed in as {came}, not as {expected}."),
        Cause::Key(cause) => key_what(*cause).into(),
        Cause::Vault(cause) => vault_what(cause),
        Cause::Settings(_) => "The settings file cannot be read or written.".into(),
    }
}

/// What to do.
pub(crate) fn todo(error: &Error) -> String {
    match &error.cause {
        Cause::Unreachable { why: Unreachable::Tls, .. } => {
            "Check this computer's date, and whether a proxy or a sign-in page of the network is in between. Your sign-in is kept."
        }
        Cause::Unreachable { .. } => "Check the internet connection. Nothing that was stored is lost.",
        Cause::Passing { .. } | Cause::InnerToken | Cause::Unreadable(_) | Cause::Refused { .. } => {
            "Nothing that was stored is lost. Try again in a while."
        }
        Cause::SignInExpired { .. } | Cause::NoRefreshToken => {
            "Sign in again. Tokens that you copied work until they expire."
        }
        Cause::NoApp => "Fill in your app's client ID, or paste its lines.",
        Cause::LedAway { .. } => "In the app's registration, compare the redirect URI with the one that is entered here.",
        Cause::Busy => "Wait until it has ended, then try again.",
        Cause::NotSignedIn => "Sign in first.",
        Cause::Setup { error: code } => setup_todo(code),
        Cause::Account { xerr, .. } => xerr.todo(),
        Cause::ForeignState => "Nothing was changed. Sign in again.",
        Cause::Cancelled => "Nothing was changed.",
        Cause::CodeExpired => "Sign in again to get a new one.",
        Cause::PageRefused { .. } => "Sign in again. If it stays, check the Azure app's settings.",
        Cause::NotThePage => "Copy the whole address from your browser, as it stands when the page cannot be opened any more.",
        Cause::NoPort { .. } => "Close that program, or sign in another way.",
        Cause::NotThisWay => "Choose another way.",
        Cause::NotAGuid => "Copy the Application (client) ID from your app's overview: five groups of letters and digits with dashes.",
        Cause::RedirectNotAllowed => "Register http://localhost as the app's redirect URI and enter that.",
        Cause::NothingFound => "Paste the lines with the client ID from your .env file, or the AzureApp(…) line.",
        Cause::OtherAccount { .. } => "Nothing was replaced. Sign in again with the right account, or sign out first.",
        Cause::Key(cause) => key_todo(*cause),
        Cause::Vault(cause) => vault_todo(cause),
        Cause::Settings(_) => "Look at the file in the settings folder: mend it or remove it, then try again.",
    }
    .into()
}

fn service(error: &Error) -> String {
    use crate::{
        error::Step,
        leg::Leg::{Clearance, Microsoft, Spartan, XboxUser, XstsHalo, XstsOther, XstsXbox},
    };
    match error.step {
        Step::Leg(Microsoft) | Step::Page => "Microsoft's sign-in".into(),
        Step::Leg(XboxUser | XstsXbox | XstsHalo | XstsOther) => "The Xbox sign-in".into(),
        Step::Leg(Spartan | Clearance) => "Halo's sign-in".into(),
        step @ (Step::App | Step::Key | Step::Vault | Step::Settings) => format!("The {step}"),
    }
}

fn unreachable_what(service: &str, host: &str, why: Unreachable) -> String {
    let inside = service.strip_prefix("The ").map_or_else(|| service.to_owned(), |rest| format!("the {rest}"));
    match why {
        Unreachable::Connect => format!("No connection to {inside} ({host})."),
        Unreachable::Tls => format!("No safe connection to {inside} ({host}): its certificate is not trusted here."),
        Unreachable::TimedOut => format!("{service} ({host}) did not answer in time."),
        Unreachable::Broken => format!("The connection to {inside} ({host}) ended in the middle of an answer."),
    }
}

fn setup_what(code: &str) -> &'static str {
    match code {
        "invalid_client" => "Microsoft does not accept this app's secret, or the lack of one.",
        "unauthorized_client" => "Microsoft does not know this app, or it is not open to personal accounts.",
        "invalid_scope" => "Microsoft does not let this app ask for Xbox sign-in.",
        _ => "Microsoft refused the app's request.",
    }
}

fn setup_todo(code: &str) -> &'static str {
    match code {
        "invalid_client" => {
            "An app under \"Mobile and desktop applications\" has no secret; one under \"Web\" needs the secret's value, not its ID."
        }
        "unauthorized_client" | "invalid_scope" => {
            "In the app's registration, check the client ID and that personal Microsoft accounts may sign in."
        }
        _ => "Check the app's client ID, redirect URI and secret.",
    }
}

const fn key_what(cause: KeyCause) -> &'static str {
    match cause {
        KeyCause::Locked => "Your keyring is locked, so your sign-in cannot be read yet.",
        KeyCause::Dismissed => "The keyring stayed locked.",
        KeyCause::NoKeyring => {
            "This computer has no keyring running, so there is no safe place for the key to your sign-in."
        }
        KeyCause::Silent => "Your keyring does not answer.",
        KeyCause::Missing => "The key to the file that holds your sign-in is not in your keyring.",
        KeyCause::Garbled => "What your keyring holds is not the key to your sign-in.",
        KeyCause::Failed => "Your keyring refused to work.",
    }
}

const fn key_todo(cause: KeyCause) -> &'static str {
    match cause {
        KeyCause::Locked | KeyCause::Dismissed => "Unlock it to go on. Nothing is lost.",
        KeyCause::NoKeyring => {
            "Install or start one, such as GNOME Keyring or KWallet, then try again. Nothing is lost."
        }
        KeyCause::Silent => "See whether it shows a question somewhere, or log out and in again. Nothing is lost.",
        KeyCause::Missing | KeyCause::Garbled => {
            "If it lies in another keyring, open that one and start this program again. Otherwise start afresh: the old file is kept beside the new one."
        }
        KeyCause::Failed => "Log out and in again, then try again. Nothing is lost.",
    }
}

fn vault_what(cause: &VaultCause) -> String {
    match cause {
        VaultCause::Truncated => "The file that holds your sign-in is damaged: its end is missing.".into(),
        VaultCause::Foreign => "The file in the place of your sign-in is not one of this program's.".into(),
        VaultCause::LaterVersion { .. } => {
            "A later version of Spartan Tray wrote the file that holds your sign-in.".into()
        }
        VaultCause::OtherKey => {
            "The key in your keyring does not open the file that holds your sign-in, or the file was changed.".into()
        }
        VaultCause::Unreadable => "The file that holds your sign-in opened, but makes no sense.".into(),
        VaultCause::Busy => "Another Spartan Tray program keeps the file that holds your sign-in busy.".into(),
        VaultCause::Io { kind } => format!("The file that holds your sign-in cannot be read or written: {kind}."),
    }
}

const fn vault_todo(cause: &VaultCause) -> &'static str {
    match cause {
        VaultCause::Truncated | VaultCause::Foreign | VaultCause::OtherKey | VaultCause::Unreadable => {
            "Put a copy of it back and start this program again, or start afresh: the old file is kept beside the new one."
        }
        VaultCause::LaterVersion { .. } => "Update this program. The file is left as it is.",
        VaultCause::Busy => "Wait a moment, then try again.",
        VaultCause::Io { .. } => "Check the folder's permissions and the space left on the disk, then try again.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Step, leg::Leg};

    #[test]
    fn no_sentence_shouts_and_each_ends() {
        let causes = [
            Cause::SignInExpired { error: "invalid_grant".into() },
            Cause::Setup { error: "invalid_client".into() },
            Cause::ForeignState,
            Cause::NotAGuid,
            Cause::RedirectNotAllowed,
            Cause::NothingFound,
            Cause::CodeExpired,
            Cause::Key(KeyCause::NoKeyring),
            Cause::Key(KeyCause::Silent),
            Cause::Vault(VaultCause::Truncated),
            Cause::Vault(VaultCause::LaterVersion { version: 9 }),
            Cause::Unreachable { host: "xbox.com".into(), why: Unreachable::TimedOut },
        ];
        for cause in causes {
            let error = Error::new(Step::Leg(Leg::Microsoft), cause);
            for sentence in [what(&error), todo(&error)] {
                assert!(sentence.ends_with('.') && !sentence.contains('!'), "{sentence}");
            }
        }
    }
}
