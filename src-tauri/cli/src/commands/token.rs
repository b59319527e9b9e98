//! `spartan token`.

use clap::Args;
use jiff::SignedDuration;
use spartan_auth::{
    fresh::{Beside, Wanted},
    secrecy::ExposeSecret,
};

use crate::{failure::Failure, here::Here, mask, time};

/// Print a Spartan token, renewed first if it is about to expire
///
/// On a terminal it is masked unless --show is given; into a pipe it goes as it is, with one newline.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan token --min-ttl 1h          one that is good for at least an hour
  spartan token --account Bot         another account's
  TOKEN=$(spartan token)              into a variable")]
pub struct Token {
    /// How long it is to be good at least, such as 90s, 10m or 1h30m [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    min_ttl: Option<SignedDuration>,
    /// Show it on a terminal, too
    #[arg(long)]
    show: bool,
}

impl Token {
    /// Prints it.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let account = here.fresh(Wanted { left: self.min_ttl, beside: Beside::Nothing }).await?;
        let token = account.tokens.spartan.as_ref().map(|spartan| spartan.token.expose_secret()).unwrap_or_default();
        mask::answer(token, &account, self.show)?;
        here.note(&account, "token", "spartan token");
        Ok(())
    }
}
