//! `spartan env`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use jiff::SignedDuration;
use spartan_auth::secrecy::ExposeSecret;
use spartan_session::{
    format::{self, Subject, variables},
    renewal::fresh::{Beside, Refused, Wanted},
    token_files::Once,
};

use super::{output, token::player, whose::Whose};
use crate::{failure::Failure, here::Here, mask, time};

/// Print lines that set `HALO_SPARTAN_TOKEN` and `HALO_CLEARANCE_TOKEN`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  eval \"$(spartan env --shell posix)\"
  spartan env --output .env           added to your own lines, readable only by you
  spartan env --shell powershell | Out-String | Invoke-Expression")]
pub struct Env {
    #[command(flatten)]
    pub whose: Whose,
    /// For what
    #[arg(long, value_enum, default_value_t = Shell::Dotenv)]
    shell: Shell,
    /// Also print `XBL_AUTHORIZATION`, the value of Xbox Live's Authorization header
    #[arg(long, value_enum)]
    with: Option<With>,
    /// How long the token must still be valid, such as 90s, 10m or 1h30m [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    min_ttl: Option<SignedDuration>,
    /// Get a new token because a service has just refused the current one (401); no program hands that one out again
    #[arg(long)]
    renew: bool,
    /// Write to this file, readable only by you, once there's a token
    ///
    /// In a `.env` file, your other lines stay. Any other file must be empty or written by this program.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Show the token even on a terminal
    #[arg(long, conflicts_with = "output")]
    show: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// NAME=value, as in a .env file
    Dotenv,
    /// export NAME='value', for sh, bash and zsh
    Posix,
    /// $env:NAME = 'value'
    Powershell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum With {
    /// XBL3.0 x=…;…
    Xbl,
}

impl Env {
    /// Prints them.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let (with, beside) = match self.with {
            None => (format::With::HaloAlone, Beside::Clearance),
            Some(With::Xbl) => (format::With::Xbl, Beside::Xbox),
        };
        if self.renew {
            Box::pin(here.refuse(Refused::Spartan)).await?;
        }
        let account = here.fresh(Wanted { spartan: self.min_ttl.into(), beside }).await?;
        let player = player(&account)?;
        let subject = Subject { player: &player, account: here.meant.as_deref() };
        let (shell, variables) = (self.shell.as_format(), variables(&subject, with));
        match &self.output {
            Some(file) => output::write(here, file, Once::of_variables(shell, &variables)).await?,
            None => mask::answer(shell.write(&variables).expose_secret(), &account, self.show)?,
        }
        Ok(())
    }
}

impl Shell {
    const fn as_format(self) -> format::Shell {
        match self {
            Shell::Dotenv => format::Shell::Dotenv,
            Shell::Posix => format::Shell::Posix,
            Shell::Powershell => format::Shell::Powershell,
        }
    }
}
