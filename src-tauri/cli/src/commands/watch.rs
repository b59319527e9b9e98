//! `spartan watch`.

use std::{collections::BTreeMap, future, path::Path, process::ExitStatus, time::Duration};

use clap::Args;
use jiff::Timestamp;
use spartan_session::{
    error::{Cause, Error},
    session::Session,
    settings::token_file::TokenFile,
    status::{AccountLine, Renewal, Snapshot, Status},
};
use spartan_vault::account::{
    Account,
    choice::{NotChosen, choose},
};
use tokio::{
    process::Child,
    sync::broadcast::{Receiver, error::RecvError},
};

use super::{keep::say_unclear, whose::Whose};
use crate::{
    exit::Exit,
    failure::{Failure, called},
    here::Here,
    interrupt, out,
    table::plain,
};

/// Renew tokens when they're due and keep files fresh, without the tray program
///
/// Runs until it's interrupted. It can run beside the tray program: together, they renew each token once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan watch
  spartan watch --account Bot         renew only one account
  spartan watch --run 'docker compose restart bot'

Exit codes: 130 interrupted (Ctrl-C), 143 terminated, 3 nobody is signed in any longer.")]
pub struct Watch {
    #[command(flatten)]
    pub whose: Whose,
    /// Run this in the shell after each file that's written; `HALO_SPARTAN_FILE` has the file's path
    #[arg(long, value_name = "COMMAND")]
    run: Option<String>,
}

/// The longest time that the command may take to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often to check whether everything that the command started has ended.
#[cfg(unix)]
const LOOK_AGAIN: Duration = Duration::from_millis(20);

impl Watch {
    /// Renews until the system or the person ends it.
    pub async fn run(self, here: &Here) -> Result<Exit, Failure> {
        let only = named(here).await?;
        let session = match &only {
            Some(only) => Session::start_for(here.parts(), only.id),
            None => Session::start(here.parts()),
        };
        // Subscribed before the session's first write.
        let written = session.written();
        say_unclear(&here.token_files());
        if here.token_files().list().is_ok_and(|files| files.is_empty()) {
            out::say("spartan: no file is kept fresh yet. Keep one: spartan keep .env");
        }
        let mut child = None;
        let exit = tokio::select! {
            biased;
            exit = interrupt::told_to_end() => exit,
            exit = tell(&session, only.as_ref()) => exit,
            failure = self.follow(written, &mut child) => return Err(failure),
        };
        if let Some(child) = child {
            end(child).await;
        }
        Ok(exit)
    }

    /// Reports each file that was written, and runs the command, one at a time. Ends only if it can't continue.
    async fn follow(&self, mut written: Receiver<TokenFile>, child: &mut Option<Child>) -> Failure {
        loop {
            let file = match written.recv().await {
                Ok(storage) => storage.file,
                Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return future::pending().await,
            };
            out::say(&format!("spartan: wrote {}", plain(&file.display().to_string())));
            let Some(command) = &self.run else { continue };
            match start(command, &file) {
                Ok(started) => {
                    let ended = child.insert(started).wait().await;
                    *child = None;
                    told_of(ended);
                }
                Err(error) => {
                    return Failure::new(Exit::NotStarted, format!("The shell can't be started: {error}."), "");
                }
            }
        }
    }
}

/// Returns the account to renew if one is named. Opens the vault, so that the session finds it open.
async fn named(here: &Here) -> Result<Option<Account>, Failure> {
    let contents = here.contents().await?;
    if contents.accounts.is_empty() {
        return Err(NotChosen::Nobody.into());
    }
    let Some(name) = here.meant.as_deref() else { return Ok(None) };
    Ok(Some(choose(&contents.accounts, Some(name))?.clone()))
}

/// Reports each account's changes; ends when no account is left, or when the vault can't be opened anymore.
async fn tell(session: &Session, only: Option<&Account>) -> Exit {
    let mut snapshot = session.snapshot();
    let mut known = BTreeMap::new();
    loop {
        let Snapshot { shown, accounts } = snapshot.borrow_and_update().clone();
        for line in accounts.iter().filter(|line| only.is_none_or(|only| only.id == line.id)) {
            let now = Told::of(line);
            if known.insert(line.id, now.clone()).as_ref() != Some(&now) {
                now.say(line);
            }
        }
        if let Some(exit) = ended(&shown, &accounts, only) {
            return exit;
        }
        // The task lives as long as the handle.
        let _ = snapshot.changed().await;
    }
}

/// Returns the exit code if there's nothing left to watch.
fn ended(status: &Status, lines: &[AccountLine], only: Option<&Account>) -> Option<Exit> {
    let is_gone = |only: &&Account| lines.iter().all(|line| line.id != only.id);
    match (status, only.filter(is_gone)) {
        (Status::Shut { problem }, _) => Some(because(problem)),
        (Status::SignedOut { .. } | Status::SignedIn(_), Some(only)) => {
            Some(because(&Error::signed_out_elsewhere(only.called().map(str::to_owned))))
        }
        (Status::SignedOut { .. }, None) => Some(nobody()),
        (Status::Opening | Status::Unlocking | Status::SigningIn { .. } | Status::SignedIn(_), _) => None,
    }
}

fn because(problem: &Error) -> Exit {
    out::report(&Failure::from(problem));
    Exit::of(problem)
}

fn nobody() -> Exit {
    out::say("spartan: nobody is signed in any longer. Sign in: spartan sign-in");
    Exit::SignIn
}

/// What was last reported about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    expires_at: Option<Timestamp>,
    errors: Vec<Error>,
}

impl Told {
    /// Returns what to report about an account. While the clock is behind, it's unknown when its token expires.
    fn of(line: &AccountLine) -> Told {
        let renewal = match &line.renewal {
            Renewal::Stale { problem, .. } | Renewal::NeedsAction { problem } => Some(problem.clone()),
            Renewal::Fresh { .. } | Renewal::Renewing => None,
        };
        let file = line.keep_problem.as_deref().cloned();
        let clock = line.clock_problem.as_deref().filter(|problem| problem.cause == Cause::ClockBehind).cloned();
        Told { expires_at: line.expires_at, errors: renewal.into_iter().chain(clock).chain(file).collect() }
    }

    fn say(&self, line: &AccountLine) {
        let name = called(line.name.clone().or_else(|| line.gamertag.clone()));
        for error in &self.errors {
            out::say(&format!("spartan: {}: {}", plain(&name), plain(&Failure::from(error).line())));
        }
        if let (true, Some(until)) = (self.errors.is_empty(), self.expires_at) {
            let until = until.strftime("%H:%M:%S UTC");
            out::say(&format!("spartan: {}: the Spartan token is good until {until}.", plain(&name)));
        }
    }
}

fn start(command: &str, file: &Path) -> std::io::Result<Child> {
    let mut shell = shell(command);
    shell.env("HALO_SPARTAN_FILE", file).stdin(std::process::Stdio::null()).kill_on_drop(true).spawn()
}

#[cfg(unix)]
fn shell(command: &str) -> tokio::process::Command {
    let mut shell = tokio::process::Command::new("sh");
    // In its own process group, so that everything that it starts can be ended.
    shell.arg("-c").arg(command).process_group(0);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> tokio::process::Command {
    let mut shell = tokio::process::Command::new("cmd");
    // Passed unchanged: the shell has its own rules for quotes.
    shell.raw_arg("/C").raw_arg(command);
    shell
}

fn told_of(ended: std::io::Result<ExitStatus>) {
    match ended {
        Ok(status) if status.success() => {}
        Ok(status) => out::say(&format!("spartan: the command ended with {status}.")),
        Err(error) => out::say(&format!("spartan: it isn't known how the command ended: {error}.")),
    }
}

/// Asks the command, and all that it started, to end, waits for a while, and then kills what's left.
#[cfg(unix)]
async fn end(mut child: Child) {
    use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
    let Some(group) = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) else { return };
    // It may have ended just now.
    let _ = kill_process_group(group, Signal::TERM);
    let gone = async {
        let _ = child.wait().await;
        while test_kill_process_group(group).is_ok() {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    if tokio::time::timeout(PATIENCE, gone).await.is_err() {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Ctrl-C has reached the command as well; if it doesn't end by itself, it's killed.
#[cfg(not(unix))]
async fn end(mut child: Child) {
    let _ = tokio::time::timeout(PATIENCE, child.wait()).await;
}
