//! `spartan status`.

use clap::Args;
use spartan_auth::clock::{Clock, SystemClock};
use spartan_session::error::Error;
use spartan_vault::account::choice::choose;

use super::{keep::say_unclear, whose::Whose};
use crate::{exit::Exit, failure::Failure, here::Here, out, report::Report};

/// Show the state of accounts and tokens, without sending anything or printing a token
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan status                      a table
  spartan status --account Bot        only one account
  spartan status --json               for programs; times are RFC 3339, UTC
  spartan status --json | jq '.accounts[0].tokens.spartan.seconds_left'")]
pub struct Status {
    #[command(flatten)]
    pub whose: Whose,
    /// Print JSON, with `"schema": 1`
    #[arg(long)]
    json: bool,
}

impl Status {
    /// Prints the status. That includes a vault that can't be opened, or that belongs to another user.
    pub async fn run(self, here: Result<Here, Failure>) -> Result<(), Failure> {
        let here = match here {
            Ok(here) => here,
            Err(failure) if self.json && failure.exit == Exit::Vault => {
                out::answer(&Report::of(Err(&failure), SystemClock::default().moment()).json())?;
                return Err(failure);
            }
            Err(failure) => return Err(failure),
        };
        let contents = here.contents().await;
        let only = match (&here.named, &contents) {
            (Some(name), Ok(contents)) => Some(choose(&contents.accounts, Some(name))?.id),
            (Some(_), Err(_)) | (None, _) => None,
        };
        let files = here.token_files();
        let standing = |storage| {
            let standing =
                contents.as_ref().ok().map(|contents| files.standing(&storage, contents, here.clock.moment()));
            (storage, standing)
        };
        let report = Report::of(contents.as_ref(), here.clock.moment());
        // If the settings can't be read, that's reported after everything else.
        let listed = files.list();
        let report = report.with_files(listed.iter().flatten().cloned().map(standing));
        let report = match only {
            Some(only) => report.about(only),
            None => report,
        };
        match (self.json, &contents) {
            (true, _) => out::answer(&report.json())?,
            (false, Ok(_)) => out::answer(&report.words())?,
            (false, Err(_)) => {}
        }
        contents?;
        if let Err(cause) = listed {
            out::say(&format!("spartan: {}", Failure::from(Error::from(cause)).line()));
        }
        say_unclear(&files);
        Ok(())
    }
}
