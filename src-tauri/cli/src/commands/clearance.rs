//! `spartan clearance`.

use clap::Args;
use spartan_auth::fresh::{Beside, Wanted};

use crate::{exit::Exit, failure::Failure, here::Here, out};

/// Print the clearance: what Halo's services expect in the header 343-clearance
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan clearance
  curl -H \"343-clearance: $(spartan clearance)\" …")]
pub struct Clearance {}

impl Clearance {
    /// Prints it. It is no secret and has no expiry of its own.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let account = here.fresh(Wanted { left: None, beside: Beside::Clearance }).await?;
        let clearance = account.tokens.clearance.as_ref().ok_or_else(Failure::no_clearance)?;
        out::answer(&clearance.id)?;
        here.note(&account, "clearance", "spartan clearance");
        Ok(())
    }
}

impl Failure {
    /// Halo has not given one yet.
    pub fn no_clearance() -> Failure {
        let todo = "Try again in a while. The Spartan token is there: spartan token";
        Failure::new(Exit::Failed, "Halo gives no clearance at the moment.", todo)
    }
}
