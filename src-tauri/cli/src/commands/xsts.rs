//! `spartan xsts`.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use spartan_auth::{
    fresh::{kept_xsts, xsts},
    relying_party::RelyingParty,
    secrecy::{ExposeSecret, SecretString},
    token::XstsToken,
};

use super::whose::Whose;
use crate::{failure::Failure, here::Here, mask};

/// Print an XSTS token for any relying party
///
/// It is kept, and made anew only when it is about to expire.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan xsts --relying-party http://xboxlive.com
  spartan xsts --relying-party rp://api.minecraftservices.com/ --format token")]
pub struct Xsts {
    #[command(flatten)]
    pub whose: Whose,
    /// For whom it is; every character counts, a slash at the end, too
    #[arg(long, value_name = "URL")]
    relying_party: String,
    /// As what
    #[arg(long, value_enum, default_value_t = Form::Xbl)]
    format: Form,
    /// Show it on a terminal, too
    #[arg(long)]
    show: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// XBL3.0 x=…;…, the value of the header Authorization
    Xbl,
    /// Authorization: XBL3.0 x=…;…
    Header,
    /// The token alone
    Token,
}

impl Xsts {
    /// Prints it.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let account = here.account().await?;
        let party = RelyingParty::from(self.relying_party.as_str());
        let token = match kept_xsts(&account, &party, Timestamp::now()) {
            Some(kept) => kept.clone(),
            None => xsts(&here.parts(), &account, &party, here.asked).await?,
        };
        mask::answer_one(self.format.write(&token).expose_secret(), token.token.expose_secret(), self.show)?;
        here.note(&account, "xsts", "spartan xsts");
        Ok(())
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
