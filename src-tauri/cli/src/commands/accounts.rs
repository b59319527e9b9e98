//! `spartan accounts`.

use clap::Args;
use spartan_auth::clock::{Clock, Moment};
use spartan_messages::duration;
use spartan_session::{
    error::Cause,
    status::{clock_check, time_left::TimeLeft},
};
use spartan_vault::account::{Account, choice::choose};

use super::whose::Whose;
use crate::{
    failure::Failure,
    here::Here,
    out,
    table::{plain, table},
};

/// List who's signed in; the first account is the default
///
/// With --account, lists only that one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan accounts
  spartan accounts --account Bot      only this one; exit code 5 if no account has this name")]
pub struct Accounts {
    #[command(flatten)]
    pub whose: Whose,
}

impl Accounts {
    /// Prints a line for each; without anybody nothing.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let contents = here.contents().await?;
        if contents.accounts.is_empty() {
            out::say("spartan: nobody is signed in. Sign in: spartan sign-in");
            return Ok(());
        }
        let only = here.named.as_deref().map(|name| choose(&contents.accounts, Some(name))).transpose()?;
        let lines = contents
            .accounts
            .iter()
            .filter(|account| only.is_none_or(|only| only.id == account.id))
            .map(|account| line(account, here.clock.moment()));
        let head = ["NAME", "GAMERTAG", "XUID", "TOKEN"].map(str::to_owned);
        out::answer(&table(&head, lines))?;
        // The clock is this computer's, whichever account measured it.
        let problem = contents.accounts.first().and_then(|account| clock_check::problem(account, here.clock.moment()));
        let doubt = problem.filter(|problem| matches!(problem.cause, Cause::ClockBehind | Cause::ClockUnconfirmed));
        if let Some(problem) = doubt {
            out::say(&format!("spartan: {}", Failure::from(problem).line()));
        }
        Ok(())
    }
}

fn line(account: &Account, now: Moment) -> [String; 4] {
    let unknown = || "-".to_owned();
    let person = account.person.as_ref();
    [
        account.name.as_deref().map_or_else(unknown, plain),
        account.gamertag().map_or_else(unknown, plain),
        person.map_or_else(unknown, |person| plain(&person.xuid)),
        left(account, now),
    ]
}

fn left(account: &Account, now: Moment) -> String {
    let left = account.tokens.spartan.as_ref().map(|spartan| TimeLeft::of(account, spartan.life, now));
    match left {
        Some(TimeLeft::Good(left)) => format!("good for {}", duration::short(left)),
        Some(TimeLeft::Unknown) => "time left unknown".to_owned(),
        Some(TimeLeft::Expired) | None => "expired".to_owned(),
    }
}
