//! The command line, and what each command does. A new one is a file, a line in [`Command`] and a line in
//! [`Command::run`].

mod accounts;
mod clearance;
mod completions;
mod doctor;
mod env;
mod exec;
mod import;
mod keep;
mod man;
mod output;
mod purge;
mod sign_in;
mod sign_out;
mod status;
mod token;
mod vault;
mod watch;
mod whose;
mod xsts;

use clap::{Parser, Subcommand};

use self::whose::Whose;
use crate::{
    exit::Exit,
    failure::Failure,
    here::{Here, Launch},
    interrupt::ends,
};

/// Get fresh Halo Infinite Spartan tokens in scripts.
///
/// Uses the sign-in of Spartan Tray, whether or not that program is running, and renews a token that's about to expire:
/// once, however many commands ask at the same time. The result goes to standard output, everything else to standard
/// error.
#[derive(Debug, Parser)]
#[command(name = "spartan", version, after_help = EXAMPLES)]
pub struct Spartan {
    #[command(flatten)]
    whose: Whose,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Token(token::Token),
    Clearance(clearance::Clearance),
    Env(env::Env),
    Xsts(xsts::Xsts),
    Exec(exec::Exec),
    SignIn(sign_in::SignIn),
    Import(import::Import),
    SignOut(sign_out::SignOut),
    Accounts(accounts::Accounts),
    Status(status::Status),
    Doctor(doctor::Doctor),
    Vault(vault::Vault),
    Purge(purge::Purge),
    Keep(keep::Keep),
    Watch(watch::Watch),
    Completions(completions::Completions),
    #[command(hide = true)]
    Man(man::Man),
}

const EXAMPLES: &str = "\
Examples:
  spartan sign-in                     sign in, once
  spartan token                       print a Spartan token that's valid for at least ten minutes
  spartan token | wl-copy             pipe it to another program
  spartan status                      see how long each token is valid

Exit codes: 0 done, 1 failed but may succeed later, 2 usage error, 3 sign-in needed, 4 the keyring or the vault can't \
be opened, 5 account unknown or ambiguous, 6 refused by Microsoft, Xbox or Halo, 126 the command of exec can't be \
started, 127 it isn't found, 130 interrupted, 143 terminated.";

impl Spartan {
    /// Runs the command.
    pub async fn run(self, launch: Launch) -> Result<Exit, Failure> {
        let account = self.whose.or_behind(self.command.whose())?;
        Box::pin(self.command.run(|| Here::of(launch, account))).await
    }
}

impl Command {
    /// Returns the account that's given after the command; `None` if the command isn't about an account.
    const fn whose(&self) -> Option<&Whose> {
        match self {
            Command::Token(token) => Some(&token.whose),
            Command::Clearance(clearance) => Some(&clearance.whose),
            Command::Env(env) => Some(&env.whose),
            Command::Xsts(xsts) => Some(&xsts.whose),
            Command::Exec(exec) => Some(&exec.whose),
            Command::SignIn(sign_in) => Some(&sign_in.whose),
            Command::Import(import) => Some(&import.whose),
            Command::SignOut(sign_out) => Some(&sign_out.whose),
            Command::Accounts(accounts) => Some(&accounts.whose),
            Command::Status(status) => Some(&status.whose),
            Command::Keep(keep) => Some(&keep.whose),
            Command::Watch(watch) => Some(&watch.whose),
            Command::Doctor(_) | Command::Vault(_) | Command::Purge(_) => None,
            Command::Completions(_) | Command::Man(_) => None,
        }
    }

    async fn run(self, here: impl FnOnce() -> Result<Here, Failure>) -> Result<Exit, Failure> {
        let done = match self {
            Command::Token(token) => ends(token.run(&here()?)).await,
            Command::Clearance(clearance) => ends(clearance.run(&here()?)).await,
            Command::Env(env) => ends(env.run(&here()?)).await,
            Command::Xsts(xsts) => ends(xsts.run(&here()?)).await,
            // It may become another program, which has its own exit code.
            Command::Exec(exec) => return exec.run(&here()?).await,
            // These clean up when they're interrupted.
            Command::SignIn(sign_in) => sign_in.run(&here()?).await,
            Command::Import(import) => import.run(&here()?).await,
            Command::SignOut(sign_out) => ends(sign_out.run(&here()?)).await,
            Command::Accounts(accounts) => ends(accounts.run(&here()?)).await,
            Command::Status(status) => ends(status.run(here())).await,
            Command::Doctor(doctor) => ends(doctor.run(&here()?)).await,
            // These finish what they've begun.
            Command::Vault(vault) => vault.run(&here()?).await,
            Command::Purge(purge) => purge.run(&here()?).await,
            Command::Keep(keep) => ends(Box::pin(keep.run(&here()?))).await,
            // It usually ends by a signal, and reports which.
            Command::Watch(watch) => return watch.run(&here()?).await,
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(),
        };
        done.map(|()| Exit::Done)
    }
}
