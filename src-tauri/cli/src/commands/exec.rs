//! `spartan exec`.

use std::{
    env,
    ffi::{OsStr, OsString},
    io::{self, ErrorKind},
    path::Path,
    process::Command,
};

use clap::Args;
use jiff::SignedDuration;
use spartan_auth::secrecy::ExposeSecret;
use spartan_session::{
    format::{Subject, With, variables},
    renewal::fresh::{Beside, Wanted},
};

use super::{token::player, whose::Whose};
use crate::{exit::Exit, failure::Failure, here::Here, interrupt, process::Core, time};

/// Run a command with fresh tokens in its environment
///
/// Sets `HALO_SPARTAN_TOKEN` and `HALO_CLEARANCE_TOKEN`. On Unix, this program becomes the command; on Windows, it
/// waits for the command and exits with its code.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan exec -- python3 stats.py
  spartan exec --min-ttl 1h -- ./collect --all
  spartan exec -- sh -c 'echo \"x-343-authorization-spartan: $HALO_SPARTAN_TOKEN\" | curl -H @- …'
  spartan exec -- docker run --rm -e HALO_SPARTAN_TOKEN my-image

Exit codes: the command's own, or 126 if it can't be started and 127 if it isn't found.")]
pub struct Exec {
    #[command(flatten)]
    pub whose: Whose,
    /// How long the token must still be valid, such as 90s, 10m or 1h30m [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    min_ttl: Option<SignedDuration>,
    /// The command and its arguments
    #[arg(required = true, last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

impl Exec {
    /// Becomes the command, or waits for it.
    pub async fn run(self, here: &Here) -> Result<Exit, Failure> {
        let Some((program, arguments)) = self.command.split_first() else {
            return Err(Failure::new(Exit::Usage, "There's no command to run.", "See: spartan exec --help"));
        };
        let wanted = Wanted { spartan: self.min_ttl.into(), beside: Beside::Clearance };
        let account = interrupt::ends(here.fresh(wanted)).await?;
        let mut command = Command::new(program);
        command.args(arguments);
        let player = player(&account)?;
        for (name, value) in variables(&Subject { player: &player, account: None }, With::HaloAlone) {
            command.env(name, value.expose_secret());
        }
        Err(not_started(Path::new(program), here.search.as_deref(), &become_it(command, here.core)))
    }
}

fn not_started(program: &Path, search: Option<&OsStr>, error: &io::Error) -> Failure {
    let name = program.display();
    match error.kind() {
        ErrorKind::NotFound if is_there(program, search) => {
            let what = format!("The command \"{name}\" exists, but the program that runs it doesn't.");
            Failure::new(Exit::NotStarted, what, "See the script's first line.")
        }
        ErrorKind::NotFound => Failure::new(Exit::NotFound, format!("There's no command \"{name}\"."), ""),
        _ => Failure::new(Exit::NotStarted, format!("The command \"{name}\" can't be started: {error}."), ""),
    }
}

/// Whether there is such a file: at its path, or in one of the folders in which a bare name is looked for.
fn is_there(program: &Path, search: Option<&OsStr>) -> bool {
    if program.components().count() > 1 || program.is_absolute() {
        return program.is_file();
    }
    search.is_some_and(|search| env::split_paths(search).any(|folder| folder.join(program).is_file()))
}

/// Returns only if that fails.
#[cfg(unix)]
fn become_it(mut command: Command, core: Core) -> io::Error {
    use std::os::unix::process::CommandExt;
    core.restore();
    command.exec()
}

/// Waits for the command and exits with its code; returns only if it can't be started.
#[cfg(windows)]
fn become_it(mut command: Command, _: Core) -> io::Error {
    // The console sends Ctrl-C to the command as well: the command decides, and this program ends after it.
    let ended = interrupt::Deaf::begin().and_then(|_deaf| command.spawn()?.wait());
    match ended {
        // All 32 bits: an `ExitCode` has only eight.
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
