//! `spartan token`.

use std::path::PathBuf;

use clap::{
    Args, ValueHint,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jiff::SignedDuration;
use spartan_auth::{
    player::Player,
    relying_party::RelyingParty,
    secrecy::{ExposeSecret, SecretString},
};
use spartan_session::{
    format::{Format, Group, Subject},
    renewal::fresh::{Beside, Need, Refused, Wanted},
    token_files::Once,
};
use spartan_vault::account::{Account, choice::name_among};

use super::{clearance::with_clearance, output, whose::Whose};
use crate::{exit::Exit, failure::Failure, here::Here, mask, time};

/// Print a Spartan token, renewed first if it's about to expire
///
/// On a terminal, the token is masked unless you add --show. In a pipe, it's printed in full, with one newline.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan token --min-ttl 1h          one that's valid for at least an hour
  spartan token --renew               a new one, after a service refused the last one
  spartan token --account Bot         another account's token
  spartan token --format header | curl --header @- https://…
                                      pipe it to curl, hidden from process lists
  spartan token --format python --output halo.py
                                      a SPNKr program that gets its own tokens")]
pub struct Token {
    #[command(flatten)]
    pub whose: Whose,
    /// How long it must still be valid, such as 90s, 10m or 1h30m [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    min_ttl: Option<SignedDuration>,
    /// Get a new token because a service has just refused the current one (401); no program hands that one out again
    #[arg(long)]
    renew: bool,
    /// As what
    #[arg(long, default_value = "token", hide_possible_values = true, long_help = formats(), value_parser = a_format())]
    format: Format,
    /// Write to this file, readable only by you, once there's a token
    ///
    /// In a `.env` file, your other lines stay. Any other file must be empty or written by this program.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Show the token even on a terminal
    #[arg(long, conflicts_with = "output")]
    show: bool,
}

impl Token {
    /// Prints it.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        if self.renew {
            Box::pin(here.refuse(refused(self.format))).await?;
        }
        let account = match self.format {
            Format::Clearance | Format::ClearanceHeader => with_clearance(here).await?,
            format => here.fresh(Wanted { spartan: spartan(format, self.min_ttl), beside: beside(format) }).await?,
        };
        let name = match &here.meant {
            None if self.format.group() == Group::Asking => name_among(&here.contents().await?.accounts, &account),
            meant => meant.clone(),
        };
        let text = self.write(&account, name.as_deref())?;
        match &self.output {
            Some(file) => output::write(here, file, Once::of_format(self.format, text)).await?,
            None => mask::answer(text.expose_secret(), &account, self.show)?,
        }
        Ok(())
    }

    fn write(&self, account: &Account, name: Option<&str>) -> Result<SecretString, Failure> {
        // It's known before Xbox has reported who the player is.
        if let (Format::Token, Some(spartan)) = (self.format, &account.tokens.spartan) {
            return Ok(spartan.token.clone());
        }
        let player = player(account)?;
        let subject = Subject { player: &player, account: name };
        self.format.write(&subject).map_err(|_| Failure::no_clearance())
    }
}

/// Returns the account's player, once Xbox has reported it.
pub fn player(account: &Account) -> Result<Player, Failure> {
    account.tokens.player().ok_or_else(Failure::unnamed)
}

impl Failure {
    /// It isn't known yet whose account it is.
    pub fn unnamed() -> Failure {
        Failure::new(Exit::Failed, "Xbox hasn't said yet who this account is.", "Try again later.")
    }
}

/// An XUID never expires, and a header for Xbox has its own lifetime.
fn spartan(format: Format, min_ttl: Option<SignedDuration>) -> Need {
    match format {
        Format::XblHeader | Format::Xuid => Need::NotAtAll,
        _ => min_ttl.into(),
    }
}

const fn refused(format: Format) -> Refused {
    match format {
        Format::XblHeader => Refused::Xsts(RelyingParty::XboxLive),
        _ => Refused::Spartan,
    }
}

const fn beside(format: Format) -> Beside {
    match format {
        Format::Token | Format::Header => Beside::Nothing,
        Format::XblHeader => Beside::Xbox,
        _ if format.holds_clearance() => Beside::Clearance,
        _ => Beside::Person,
    }
}

fn a_format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
}

fn formats() -> String {
    let named = |group| {
        let names = Format::ALL.into_iter().filter(|format| format.group() == group).map(Format::name);
        names.collect::<Vec<_>>().join(", ")
    };
    format!(
        "The format:\n- {}\n- settings that programs read when they start: {}\n- programs that run `spartan` for their tokens: {}\n\
         - the same programs with the token inside, until it expires: {}",
        named(Group::Values),
        named(Group::Settings),
        named(Group::Asking),
        named(Group::Holding),
    )
}
