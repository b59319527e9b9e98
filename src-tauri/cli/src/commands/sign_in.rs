//! `spartan sign-in`.

use clap::{Args, ValueEnum};
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    sign_in_method::{SignInMethod, methods},
};
use spartan_session::{
    environment::LINK_SCHEME,
    error::{Cause, Error, Step},
    session::{Session, SignInRequest, Through, Wanted},
    settings::Settings,
    status::Storage,
};
use spartan_vault::account::{Account, Contents, choice::choose};

use super::whose::Whose;
use crate::{ask, exit::Exit, failure::Failure, follow::Follow, here::Here, interrupt};

/// Sign in on Microsoft's page
///
/// Prints the page's address on standard error, and stores the sign-in in the vault. After that, no command needs you.
/// With --account, that account signs in again, and no other is accepted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan sign-in                                  in your browser, if there is one
  spartan sign-in --way device                     with a code that you enter on another device
  spartan sign-in --client-id 12345678-…           with your own Azure app
  spartan sign-in --client-id 12345678-… --client-secret-stdin < secret.txt")]
pub struct SignIn {
    #[command(flatten)]
    pub whose: Whose,
    /// The sign-in method [default: one that the app allows; in a browser if there's a display]
    #[arg(long = "way", value_enum)]
    method: Option<Method>,
    /// Don't open a browser, only print the address
    #[arg(long)]
    no_open: bool,
    /// The Azure app's client ID [default: this program's own, or else the last one used]
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// The Azure app's redirect URI, exactly as it's registered
    #[arg(long, value_name = "URI", default_value = "http://localhost", requires = "client_id")]
    redirect_uri: String,
    /// Read the Azure app's secret from the first line of standard input
    #[arg(long, requires = "client_id")]
    client_secret_stdin: bool,
    /// Sign in at login.live.com, as SPNKr and python-xbox do [default: if the app has a secret]
    #[arg(long, requires = "client_id")]
    live: bool,
}

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Method {
    /// In a browser on this computer, which returns the answer by itself
    Browser,
    /// With a short code that you enter on any other device
    Device,
    /// In any browser; you paste the address at which it ends
    Paste,
}

impl SignIn {
    /// Signs in, and waits until that succeeds or fails.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let contents = here.contents().await?;
        let again = here.named.as_deref().map(|name| choose(&contents.accounts, Some(name))).transpose()?;
        let app = self.app(here, &contents, again).await?;
        let method = self.method(&app, here.display)?;
        let who = if again.is_some() { Wanted::Shown } else { Wanted::Another };
        let wish = SignInRequest { through: Through::App(app), who, method: Some(method), storage: Storage::Vault };
        let opens_browser = method == SignInMethod::Browser && !self.no_open && here.display;
        let follow = Follow::new(Session::start(here.parts()), here.vault.clone(), opens_browser);
        follow.sign_in(wish, again.map(|account| account.id)).await
    }

    /// Returns the app to use: the named one, the account's own, this build's, the last one, or any known one.
    async fn app(&self, here: &Here, contents: &Contents, again: Option<&Account>) -> Result<AzureApp, Failure> {
        if let Some(id) = &self.client_id {
            let asked = || interrupt::ends(ask::secret("Client secret: "));
            let secret = if self.client_secret_stdin { Some(asked().await?) } else { None };
            let app = AzureApp::parse_with(id, &self.redirect_uri, Some(LINK_SCHEME))?;
            let platform = if self.live || secret.is_some() { Platform::Live } else { app.platform };
            return Ok(AzureApp { secret, platform, ..app });
        }
        let known = || Settings::read(&here.paths).last_app().cloned();
        let of_anybody = || contents.accounts.first().map(|account| account.next_app().clone());
        let app = again.map(|account| account.next_app().clone()).or_else(|| here.environment.built_in.clone());
        let app = app.or_else(known).or_else(of_anybody);
        app.ok_or_else(|| Error::new(Step::App, Cause::NoApp).into())
    }

    fn method(&self, app: &AzureApp, display: bool) -> Result<SignInMethod, Failure> {
        let allowed = methods(app);
        let wanted = match self.method {
            Some(method) => vec![method.into()],
            None if display => vec![SignInMethod::Browser, SignInMethod::Phone, SignInMethod::Paste],
            None => vec![SignInMethod::Phone, SignInMethod::Paste, SignInMethod::Browser],
        };
        let method = wanted.into_iter().find(|method| allowed.contains(method));
        method.ok_or_else(|| match self.method {
            Some(_) => Error::new(Step::App, Cause::NotThisWay).into(),
            None => Failure::new(
                Exit::Usage,
                "Only a window of Spartan Tray can receive this app's redirect URI.",
                "Sign in there, or register http://localhost and name it with --redirect-uri.",
            ),
        })
    }
}

impl From<Method> for SignInMethod {
    fn from(method: Method) -> SignInMethod {
        match method {
            Method::Browser => SignInMethod::Browser,
            Method::Device => SignInMethod::Phone,
            Method::Paste => SignInMethod::Paste,
        }
    }
}
