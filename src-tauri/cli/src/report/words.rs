//! The status, in words.

use jiff::{SignedDuration, Timestamp};
use spartan_auth::leg::Leg;
use spartan_messages::duration;

use super::{FileState, OneAccount, OneFile, OneToken, Report, State, TokenState};
use crate::table::{plain, table};

/// All accounts, one after another.
pub fn of(report: &Report) -> String {
    if report.accounts.is_empty() {
        return "Nobody is signed in. Sign in: spartan sign-in".into();
    }
    let accounts = report.accounts.iter().map(account_in_words);
    let files = (!report.kept_files.is_empty()).then(|| files_in_words(&report.kept_files));
    accounts.chain(files).collect::<Vec<_>>().join("\n\n")
}

fn files_in_words(files: &[OneFile]) -> String {
    let line = |file: &OneFile| [plain(&file.file.display().to_string()), file.format.to_owned(), file_state(file)];
    table(&["KEPT FILE", "FORMAT", "STATE"].map(str::to_owned), files.iter().map(line))
}

fn file_state(file: &OneFile) -> String {
    match (file.state, &file.error) {
        (FileState::Fresh, _) => "fresh".to_owned(),
        (FileState::Expired, _) => "holds tokens that have expired".to_owned(),
        (FileState::Older, _) => {
            "older than the vault's tokens; the tray program or spartan watch writes it".to_owned()
        }
        (FileState::NotYet, _) => "nothing to write yet".to_owned(),
        (FileState::SignedOut, _) => "its account is signed out".to_owned(),
        (FileState::Refused, Some(error)) => plain(&error.what),
        (FileState::Refused | FileState::Unknown, _) => "-".to_owned(),
    }
}

fn account_in_words(account: &OneAccount) -> String {
    let mut lines = vec![headline(account), format!("  {}", state(account))];
    lines.extend(times(account));
    lines.extend(account.clock_problem.as_ref().map(|problem| format!("  {} {}", problem.what, problem.todo)));
    lines.extend(account.last_error.as_ref().map(|error| format!("  {} {}", error.what, error.todo)));
    let head = ["TOKEN", "STATE", "LEFT", "LAST TOOK"].map(str::to_owned);
    let tokens = account.tokens.iter().map(|(leg, token)| token_in_words(*leg, token));
    lines.extend(table(&head, tokens).lines().map(|line| format!("  {line}")));
    lines.join("\n")
}

fn headline(account: &OneAccount) -> String {
    let names = [&account.name, &account.gamertag, &account.xuid].into_iter().flatten().map(|name| plain(name));
    let names = names.collect::<Vec<_>>().join(" · ");
    let names = if names.is_empty() { "An account without a name yet".to_owned() } else { names };
    if account.default { format!("{names} (default)") } else { names }
}

fn state(account: &OneAccount) -> String {
    let spartan = account.tokens.get(&Leg::Spartan).map(|token| (token.state, token.seconds_left.unwrap_or_default()));
    let left = match spartan {
        Some((TokenState::Unknown, _)) => "time left of the Spartan token unknown".to_owned(),
        None | Some((_, 0)) => "no valid Spartan token".to_owned(),
        Some((_, seconds)) => format!("Spartan token good for {}", duration::short(SignedDuration::from_secs(seconds))),
    };
    let what = match account.state {
        State::Fresh => "fresh",
        State::Due => "renewed when it's next needed",
        State::Stale => "the last renewal failed",
        State::NeedsAction => "needs a new sign-in",
    };
    format!("{left}, {what}")
}

/// Returns when the Spartan token expires, and when it's due for renewal.
fn times(account: &OneAccount) -> Option<String> {
    let is_good = |spartan: &&OneToken| matches!(spartan.state, TokenState::Good | TokenState::Due);
    let spartan = account.tokens.get(&Leg::Spartan).filter(is_good)?;
    let written = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC");
    let (until, renews) = (written(spartan.expires_at?), written(account.renews_at?));
    Some(format!("  Good until {until}, renewed from {renews} on."))
}

fn token_in_words(leg: Leg, token: &OneToken) -> [String; 4] {
    let state = match token.state {
        TokenState::Good => "good",
        TokenState::Due => "due",
        TokenState::Expired => "expired",
        TokenState::Unknown => "unknown",
        TokenState::Missing => "none",
    };
    let left = token.seconds_left.filter(|left| *left > 0).map(|left| duration::short(SignedDuration::from_secs(left)));
    let took = token.last_ms.map(|ms| format!("{ms} ms"));
    [leg.name().into(), state.into(), left.unwrap_or_else(|| "-".into()), took.unwrap_or_else(|| "-".into())]
}
