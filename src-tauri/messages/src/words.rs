//! Fills the catalogue's sentences with an error's values.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use spartan_auth::{
    error::Cause as AuthCause,
    jiff::SignedDuration,
    leg::Leg::{Clearance, Microsoft, Spartan, XboxUser, XstsHalo, XstsOther, XstsXbox},
    plain,
};
use spartan_session::error::{
    Cause, Error, KeyFileCause, OpenTo, PastedCause, SettingsCause, Step, TokenFileCause, Unreadable, VaultCause,
};

use crate::{
    catalogue, duration,
    settings::{entry_flaw, settings_flaw},
};

/// Returns what happened.
pub(crate) fn message(error: &Error) -> String {
    fill(catalogue::find(&error.cause.code()).what, |name| value(error, name))
}

/// Returns what to do.
pub(crate) fn help(error: &Error) -> String {
    let entry = match &error.cause {
        Cause::AskedToWait { .. } => catalogue::find("http.wait"),
        cause => catalogue::find(&cause.code()),
    };
    fill(entry.todo, |name| value(error, name))
}

/// Replaces names in braces with their values. Braces within a value are left as they are.
fn fill(sentence: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut pieces = sentence.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        filled += &plain::line(&value(name).unwrap_or_default());
        filled += rest;
    }
    filled
}

fn value(error: &Error, name: &str) -> Option<String> {
    match (name, &error.cause) {
        ("service", _) => Some(service(error.step).to_owned()),
        ("the_service", _) => Some(service(error.step).replacen("The ", "the ", 1)),
        ("host", Cause::Auth(AuthCause::Unreachable { host, .. })) => Some(host.clone()),
        ("status", Cause::Auth(AuthCause::Passing { status, .. } | AuthCause::Refused { status })) => {
            Some(status.to_string())
        }
        (
            "error",
            Cause::Auth(
                AuthCause::SignInExpired { error } | AuthCause::Setup { error, .. } | AuthCause::PageRefused { error },
            ),
        ) => Some(error.clone()),
        ("why", Cause::Auth(AuthCause::Unreadable(why))) => Some(unreadable(*why).into()),
        ("why", Cause::Vault(VaultCause::Io { kind })) => Some(kind.to_string()),
        ("why", Cause::KeyFile { why: KeyFileCause::Io { kind }, .. }) => Some(kind.to_string()),
        ("path", Cause::KeyFile { path, .. } | Cause::OtherOwner { path }) => Some(path.display().to_string()),
        ("quoted", Cause::KeyFile { path, .. }) => Some(quoted(path)),
        (
            "folder",
            Cause::KeyFile {
                why: KeyFileCause::FolderOpen { folder, .. } | KeyFileCause::FolderShared { folder }, ..
            },
        ) => Some(folder.display().to_string()),
        ("close", Cause::KeyFile { path, why: KeyFileCause::OthersCanRead { to } }) => Some(close_file(path, to)),
        ("close", Cause::KeyFile { why: KeyFileCause::FolderOpen { folder, to }, .. }) => {
            Some(close_folder(folder, to))
        }
        (_, Cause::TokenFile(cause)) => of_kept(cause, name),
        ("groups", Cause::Auth(AuthCause::Pasted(PastedCause::Several { groups }))) => {
            Some(groups.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        }
        ("file", Cause::Settings(SettingsCause::NotUnderstood { file, .. })) => Some(file.display().to_string()),
        ("why", Cause::Settings(SettingsCause::NotUnderstood { why, .. })) => Some(settings_flaw(why)),
        ("why", Cause::Settings(SettingsCause::Io { kind })) => Some(kind.to_string()),
        ("off", Cause::ClockOff { ahead }) => Some(off(SignedDuration::from_secs(*ahead))),
        ("left", Cause::AskedToWait { left, .. }) => Some(wait(*left)),
        (_, Cause::AskedToWait { because, .. }) => value(&Error::new(error.step, (**because).clone()), name),
        ("xerr", Cause::Auth(AuthCause::Account { xerr, .. })) => Some(xerr.to_string()),
        ("to", Cause::Auth(AuthCause::LedAway { to })) => Some(to.clone()),
        ("port", Cause::NoPort { port }) => port.map(|port| port.to_string()),
        ("account", Cause::SignedOutElsewhere { account }) => {
            Some(account.clone().unwrap_or_else(|| "The account".into()))
        }
        ("expected", Cause::OtherAccount { expected, .. }) => Some(expected.clone()),
        ("came", Cause::OtherAccount { came, .. }) => Some(came.clone()),
        _ => None,
    }
}

const fn unreadable(why: Unreadable) -> &'static str {
    match why {
        Unreadable::Endless => "an answer without end",
        Unreadable::Empty => "an empty answer",
        Unreadable::OtherFields => "not the fields that belong there",
        Unreadable::NoToken => "no token in it",
        Unreadable::OddToken => "a token of odd bytes",
        Unreadable::ExpiredToken => "a token that has expired already",
        Unreadable::NoRefreshToken => "no refresh token in it",
        Unreadable::NoUserHash => "no user hash in it",
        Unreadable::NoXuid => "no XUID in it",
        Unreadable::NoConfiguration => "no flight configuration in it",
        Unreadable::NoCode => "no code in it",
    }
}

/// Returns by how much a clock is off, in which direction.
pub(crate) fn off(ahead: SignedDuration) -> String {
    let side = if ahead.is_negative() { "behind" } else { "ahead" };
    format!("{} {side}", duration::long(ahead.abs()))
}

/// Returns a wait, rounded up: after it, nothing is left of it.
fn wait(left: Duration) -> String {
    let seconds = match left.as_secs() {
        seconds @ 0..=60 => seconds.max(1),
        seconds => seconds.div_ceil(60).saturating_mul(60),
    };
    duration::long(SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)))
}

fn of_kept(cause: &TokenFileCause, name: &str) -> Option<String> {
    let shown = |path: &PathBuf| path.display().to_string();
    match (name, cause) {
        ("why", TokenFileCause::Io { kind, .. }) => Some(kind.to_string()),
        ("why", TokenFileCause::Left { why, .. }) => {
            Some(message(&(**why).clone().into()).trim_end_matches('.').to_owned())
        }
        ("why", TokenFileCause::Unlisted { why }) => Some(settings_flaw(why)),
        ("why", TokenFileCause::NoList) => Some("\"keep\" isn't a list of files".into()),
        ("why", TokenFileCause::Unclear { flaw, .. }) => Some(entry_flaw(*flaw).into()),
        ("place", TokenFileCause::Unclear { place, .. }) => Some(place.clone()),
        ("file", TokenFileCause::Unclear { file, .. }) => file.as_ref().map(shown),
        ("format", TokenFileCause::NotThisFormat { format }) => Some(format.clone()),
        (
            "file",
            TokenFileCause::LinkChanged { file }
            | TokenFileCause::NotAFile { file }
            | TokenFileCause::NoLongerOurs { file }
            | TokenFileCause::OfAnotherUser { file }
            | TokenFileCause::Foreign { file }
            | TokenFileCause::NotText { file }
            | TokenFileCause::Unnameable { file }
            | TokenFileCause::NotKept { file }
            | TokenFileCause::Left { file, .. }
            | TokenFileCause::Io { file, .. },
        ) => Some(shown(file)),
        (
            "folder",
            TokenFileCause::OthersCanWrite { folder, .. }
            | TokenFileCause::OurFolder { folder }
            | TokenFileCause::NoFolder { folder },
        ) => Some(shown(folder)),
        ("or_close", TokenFileCause::OthersCanWrite { to: OpenTo::Owner, .. }) => Some(String::new()),
        ("or_close", TokenFileCause::OthersCanWrite { folder, to }) => {
            Some(format!(", or close this one to others with {}", close_folder(folder, to)))
        }
        _ => None,
    }
}

/// Returns the command that restricts a file to its owner.
fn close_file(file: &Path, to: &OpenTo) -> String {
    match to {
        OpenTo::Listed(sids) => unlist(file, sids),
        OpenTo::Mode(_) | OpenTo::Owner => format!("`chmod 600 {}`", quoted(file)),
    }
}

/// Returns the command that prevents everyone but the owner from changing a folder.
fn close_folder(folder: &Path, to: &OpenTo) -> String {
    match to {
        OpenTo::Listed(sids) => unlist(folder, sids),
        OpenTo::Mode(_) | OpenTo::Owner => format!("`chmod go-w {}`", quoted(folder)),
    }
}

/// Returns the `icacls` command, in a form that both Windows shells accept. It first converts inherited entries to
/// explicit ones because inherited entries can't be removed.
fn unlist(path: &Path, sids: &[String]) -> String {
    let sids: Vec<String> = sids.iter().map(|sid| format!("*{sid}")).collect();
    format!("`icacls \"{}\" /inheritance:d /remove:g {}`", path.display(), sids.join(" "))
}

/// Returns a path in a form that can be pasted into a shell.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+@:,".contains(letter);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

const fn service(step: Step) -> &'static str {
    match step {
        Step::Leg(Microsoft) | Step::Page => "Microsoft's sign-in",
        Step::Leg(XboxUser | XstsXbox | XstsHalo | XstsOther) => "The Xbox sign-in",
        Step::Leg(Spartan | Clearance) => "Halo's sign-in",
        Step::App => "The Azure app",
        Step::Key => "The key",
        Step::Vault => "The vault",
        Step::Settings => "The settings",
        Step::TokenFile => "The token file",
        Step::Clock => "The clock",
    }
}

#[cfg(test)]
mod tests {
    use spartan_session::error::Unreachable;

    use super::*;

    #[test]
    fn a_service_is_named_inside_a_sentence_as_at_its_beginning() {
        let at = |step, why| {
            message(&Error::new(step, Cause::Auth(AuthCause::Unreachable { host: "xbox.com".into(), why })))
        };
        let leg = Step::Leg(XboxUser);
        assert_eq!(at(leg, Unreachable::Connect), "No connection to the Xbox sign-in (xbox.com).");
        assert_eq!(at(leg, Unreachable::TimedOut), "The Xbox sign-in (xbox.com) did not answer in time.");
        assert_eq!(at(Step::Page, Unreachable::Connect), "No connection to Microsoft's sign-in (xbox.com).");
    }

    #[test]
    fn a_value_is_told_as_it_is_whatever_it_looks_like() {
        let cause = Cause::OtherAccount { expected: "{came}".into(), came: "{x".into() };
        assert_eq!(message(&Error::new(Step::Page, cause)), "You signed in as {x, not as {came}.");
    }

    #[test]
    fn a_command_that_is_told_can_be_pasted_into_a_shell() {
        let told = |path: &str, to| {
            let why = KeyFileCause::OthersCanRead { to };
            help(&Error::new(Step::Key, Cause::KeyFile { path: path.into(), why }))
        };
        let mode = || OpenTo::Mode(0o644);
        assert!(told("/home/c/spartan.key", mode()).contains("`chmod 600 /home/c/spartan.key`"));
        assert!(told("/my keys/it's", mode()).contains(r"`chmod 600 '/my keys/it'\''s'`"));
        let listed = OpenTo::Listed(vec!["S-1-1-0".into(), "S-1-5-32-545".into()]);
        let command = r#"`icacls "C:\my keys\k" /inheritance:d /remove:g *S-1-1-0 *S-1-5-32-545`"#;
        assert!(told(r"C:\my keys\k", listed).contains(command));
    }

    #[test]
    fn nobody_is_told_to_close_a_folder_that_is_for_everybody() {
        let told = |why| help(&Error::new(Step::Key, Cause::KeyFile { path: "/f/k".into(), why }));
        let open = KeyFileCause::FolderOpen { folder: "/f".into(), to: OpenTo::Mode(0o777) };
        assert!(told(open).contains("`chmod go-w /f`"));
        let shared = told(KeyFileCause::FolderShared { folder: "/tmp".into() });
        assert!(!shared.contains("chmod") && shared.contains("a folder of your own"), "{shared}");
    }

    #[test]
    fn a_folder_that_others_can_change_is_told_with_the_command_that_helps() {
        let told = |to| help(&TokenFileCause::OthersCanWrite { folder: "/f".into(), to }.into());
        assert!(told(OpenTo::Mode(0o777)).ends_with("or close this one to others with `chmod go-w /f`."));
        assert!(told(OpenTo::Listed(vec!["S-1-1-0".into()])).ends_with("/remove:g *S-1-1-0`."));
        assert_eq!(told(OpenTo::Owner), "Choose a folder that only you can change.");
    }

    #[test]
    fn a_code_that_is_not_known_is_told_itself() {
        let at = |cause| message(&Error::new(Step::Leg(Microsoft), cause));
        let cases = [
            (Cause::Auth(AuthCause::Setup { error: "brand_new".into(), mistake: None }), "brand_new"),
            (Cause::Auth(AuthCause::PageRefused { error: "brand_new".into() }), "brand_new"),
            (Cause::Auth(AuthCause::Passing { status: 599, retry_after: None }), "599"),
            (Cause::Auth(AuthCause::Refused { status: 418 }), "418"),
        ];
        for (cause, code) in cases {
            assert!(at(cause.clone()).contains(code), "{cause:?}");
        }
    }
}
