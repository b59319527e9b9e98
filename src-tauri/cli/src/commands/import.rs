//! `spartan import`.

use clap::Args;
use spartan_auth::{
    azure_app::AzureApp,
    import::{self, Hints, ImportedCredentials},
    issuer::Issuer,
    relying_party::RelyingParty,
    secrecy::ExposeSecret,
};
use spartan_session::{
    environment::LINK_SCHEME,
    error::{Cause, Error, Step},
    session::{Imported, Session},
    settings::Settings,
};
use spartan_vault::account::{Account, Person, choice::choose};

use super::whose::Whose;
use crate::{ask, exit::Exit, failure::Failure, follow::Follow, here::Here, interrupt, out};

/// Import a sign-in from another program (standard input)
///
/// Reads SPNKr's .env lines, an `AzureApp(…)` line, the token file of python-xbox or MSAL, or a bare refresh token. With a
/// refresh token, no page is opened. Comments, expressions and other services' values are ignored. With --account, only
/// that person's sign-in is accepted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan import < .env                            SPNKr's lines
  spartan import --client-id 12345678-… < tokens.json
  spartan import --group SPNKR < .env              one of several sign-ins
  pass refresh-token | spartan import --client-id 12345678-…")]
pub struct Import {
    #[command(flatten)]
    pub whose: Whose,
    /// The Azure app's client ID, if standard input has none or several [default: the app you used last]
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// The group to use if standard input has several, such as SPNKR for `SPNKR_CLIENT_ID` and `SPNKR_REFRESH_TOKEN`, or one of
    /// the names that are listed if you leave this out
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
}

impl Import {
    /// Takes it over, and makes tokens at once.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let brought = self.read(here).await?;
        if brought.refresh.is_none() && brought.app.secret.is_some() {
            let todo = "Enter it when you sign in: spartan sign-in --client-id ID --client-secret-stdin";
            return Err(Failure::new(Exit::Usage, "A client secret is stored only with a sign-in.", todo));
        }
        // If it can't be opened, fail before anything is used up.
        let contents = interrupt::ends(here.contents()).await?;
        let brought = match here.named.as_deref().map(|name| choose(&contents.accounts, Some(name))).transpose()? {
            Some(account) => interrupt::ends(of(here, account, brought)).await?,
            None => brought,
        };
        match Follow::new(Session::start(here.parts()), here.vault.clone(), false).import(brought).await? {
            Some(Imported::App(_)) => out::say("The app is saved. Next: spartan sign-in"),
            Some(Imported::SigningIn) | None => {}
        }
        Ok(())
    }

    async fn read(&self, here: &Here) -> Result<ImportedCredentials, Failure> {
        if out::is_attended() {
            out::say("Paste the lines (they aren't shown), then press Ctrl-D on an empty line:");
        }
        let text = interrupt::ends(ask::everything()).await?;
        let named = self.client_id.as_ref().map(|id| AzureApp::parse(id, "http://localhost")).transpose()?;
        let client_id = named.as_ref().map(|app| app.client_id);
        let known = named.or_else(|| Settings::read(&here.paths).last_app().cloned());
        let hints =
            Hints { known: known.as_ref(), client_id, group: self.group.as_deref(), link_scheme: Some(LINK_SCHEME) };
        let brought = import::read_with(text.expose_secret(), &hints)?;
        if client_id.is_some_and(|id| id != brought.app.client_id) {
            let todo = "Leave out --client-id, or use that app's lines.";
            return Err(Failure::new(
                Exit::Usage,
                "The client ID in standard input isn't the one in --client-id.",
                todo,
            ));
        }
        Ok(brought)
    }
}

/// Returns what was imported, once Xbox has confirmed that it's this account's; nothing is stored before that.
async fn of(here: &Here, account: &Account, brought: ImportedCredentials) -> Result<ImportedCredentials, Failure> {
    let ImportedCredentials { app, refresh: Some(refresh) } = brought else {
        let todo = "Without --account, only the app is saved.";
        return Err(Failure::new(Exit::Usage, "The text has no refresh token for that account.", todo));
    };
    let person = account.person.as_ref().ok_or_else(Failure::unnamed)?;
    let services = here.environment.services();
    let microsoft = services.renew(&app, &refresh).await?;
    let user = services.user_token(&microsoft.access).await?;
    let claims = services.xsts(&user.token, &RelyingParty::XboxLive).await?.claims;
    let came = claims.xuid.ok_or_else(Failure::unnamed)?;
    if came != person.xuid {
        let came = Person { gamertag: claims.gamertag, xuid: came };
        let (expected, came) = (person.called().to_owned(), came.called().to_owned());
        return Err(Error::new(Step::Page, Cause::OtherAccount { expected, came }).into());
    }
    // Microsoft may take the first one once.
    Ok(ImportedCredentials { app, refresh: Some(microsoft.refresh.unwrap_or(refresh)) })
}
