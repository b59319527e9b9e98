//! `spartan xsts`.

use clap::{Args, ValueEnum};
use spartan_auth::{
    clock::Clock,
    error::Cause as AuthCause,
    relying_party::RelyingParty,
    secrecy::{ExposeSecret, SecretString},
    token::XstsToken,
};
use spartan_session::{
    error::{Cause, Error},
    renewal::fresh::{Refused, in_vain, kept_xsts, xsts},
};
use spartan_vault::account::Account;

use super::whose::Whose;
use crate::{exit::Exit, failure::Failure, here::Here, mask};

/// Print an XSTS token for any relying party
///
/// The token is stored, and renewed only when it's about to expire.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan xsts --relying-party http://xboxlive.com
  spartan xsts --relying-party rp://api.minecraftservices.com/ --format token")]
pub struct Xsts {
    #[command(flatten)]
    pub whose: Whose,
    /// The relying party, exactly as Xbox knows it, including a slash at the end
    #[arg(long, value_name = "URL", value_parser = relying_party)]
    relying_party: RelyingParty,
    /// As what
    #[arg(long, value_enum, default_value_t = Form::Xbl)]
    format: Form,
    /// Get a new token because a service has just refused the current one (401); no program hands that one out again
    #[arg(long)]
    renew: bool,
    /// Show the token even on a terminal
    #[arg(long)]
    show: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// XBL3.0 x=…;…, the value of the Authorization header
    Xbl,
    /// Authorization: XBL3.0 x=…;…
    Header,
    /// Only the token
    Token,
}

impl Xsts {
    /// Prints it.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let party = self.relying_party;
        if self.renew {
            Box::pin(here.refuse(Refused::Xsts(party.clone()))).await?;
        }
        let account = here.account().await?;
        let token = match kept_xsts(&account, &party, here.clock.moment()) {
            Some(storage) => storage.clone(),
            None => made(here, &account, &party).await?,
        };
        mask::answer_one(self.format.write(&token).expose_secret(), token.token.expose_secret(), self.show)?;
        Ok(())
    }
}

/// Requests a new one, unless that needs a new sign-in with Microsoft that was already refused.
async fn made(here: &Here, account: &Account, party: &RelyingParty) -> Result<XstsToken, Failure> {
    let now = here.clock.moment();
    let user = account.tokens.user.as_ref().is_some_and(|user| !user.life.is_due(account.services_time(now)));
    match in_vain(account, now).filter(|_| !user || account.must_wait(now).is_some()) {
        Some(error) => Err(error.into()),
        None => Box::pin(xsts(&here.parts(), account, party, here.asked)).await.map_err(|error| failure(party, error)),
    }
}

/// The longest relying party; no valid address is longer.
const LONGEST: usize = 2000;

fn relying_party(text: &str) -> Result<RelyingParty, String> {
    let told = match text.chars().count() {
        0 => "it's empty",
        1..=LONGEST if !text.contains(|it: char| it.is_whitespace() || it.is_control()) => return Ok(text.into()),
        1..=LONGEST => "it contains spaces or control characters",
        _ => "it's too long",
    };
    Err(told.to_owned())
}

/// Xbox answers an unknown relying party with 400 and no message.
fn failure(party: &RelyingParty, error: Error) -> Failure {
    match (party, &error.cause) {
        (RelyingParty::Other(address), Cause::Auth(AuthCause::Refused { status: 400 })) => Failure::new(
            Exit::Refused,
            format!("Xbox doesn't know the relying party {address} (status 400)."),
            "Check every character, including a slash at the end.",
        ),
        _ => error.into(),
    }
}

impl Form {
    fn write(self, token: &XstsToken) -> SecretString {
        match self {
            Form::Xbl => token.xbl_authorization(),
            Form::Header => format!("Authorization: {}", token.xbl_authorization().expose_secret()).into(),
            Form::Token => token.token.clone(),
        }
    }
}
