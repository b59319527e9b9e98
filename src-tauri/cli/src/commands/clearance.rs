//! `spartan clearance`.

use clap::Args;
use spartan_session::renewal::fresh::{Beside, Wanted};
use spartan_vault::account::Account;

use super::whose::Whose;
use crate::{exit::Exit, failure::Failure, here::Here, out};

/// Print the clearance, which Halo's services expect in the header 343-clearance
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan clearance
  spartan token --format clearance-header     as a header with its name")]
pub struct Clearance {
    #[command(flatten)]
    pub whose: Whose,
}

impl Clearance {
    /// Prints it. It is no secret and has no expiry of its own.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let account = with_clearance(here).await?;
        let clearance = account.tokens.clearance.as_ref().ok_or_else(Failure::no_clearance)?;
        out::answer(&clearance.id)?;
        Ok(())
    }
}

/// The account with a clearance: the newest that can be had, or the last one, which has no expiry.
pub async fn with_clearance(here: &Here) -> Result<Account, Failure> {
    match here.fresh(Wanted { beside: Beside::Clearance, ..Wanted::default() }).await {
        Err(failure) => match here.account().await {
            Ok(account) if account.tokens.clearance.is_some() => {
                out::say(&format!(
                    "spartan: this is the last known clearance, because there's no newer one: {}",
                    failure.line()
                ));
                Ok(account)
            }
            _ => Err(failure),
        },
        fresh => fresh,
    }
}

impl Failure {
    /// Halo hasn't issued one yet.
    pub fn no_clearance() -> Failure {
        let todo = "Try again later. The Spartan token is available: spartan token";
        Failure::new(Exit::Failed, "Halo isn't issuing clearances at the moment.", todo)
    }
}
