//! How somebody wants to sign in, and what is opened for them.

use std::fmt;

use secrecy::SecretString;
use spartan_auth::{
    azure_app::{AzureApp, RedirectUri},
    redirect::{self, Redirect},
    sign_in_method::SignInMethod,
};
use url::Url;

use crate::status::Storage;

/// How somebody wants to sign in.
#[derive(Clone, Debug)]
pub struct SignInRequest {
    /// The app to sign in through.
    pub through: Through,
    /// The person who signs in.
    pub who: Wanted,
    /// The sign-in method; `None` is the account's last one, or else the app's first.
    pub method: Option<SignInMethod>,
    /// Where the account is kept; one that's already in the vault stays there.
    pub storage: Storage,
}

/// The Azure app to sign in through.
#[derive(Clone, Debug)]
pub enum Through {
    /// The app of the shown account, or of the last sign-in or import.
    Known,
    /// This one.
    App(AzureApp),
}

/// The person who signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Only the person of the shown account; if none is shown, anyone.
    #[default]
    Shown,
    /// An additional person.
    Another,
}

/// What to open for somebody who signs in.
#[derive(Clone)]
pub enum NextStep {
    /// Microsoft's page, in the program's own window.
    Window(SignInPage),
    /// Microsoft's page, in the person's browser.
    Browser(Url),
    /// Nothing here: the status says what to do elsewhere.
    Nothing,
}

/// Microsoft's page for one sign-in, and how to recognise its end.
#[derive(Clone)]
pub struct SignInPage {
    /// The address to open.
    pub url: Url,
    pub(crate) redirect_uri: RedirectUri,
    pub(crate) state: SecretString,
}

impl From<Through> for SignInRequest {
    fn from(through: Through) -> SignInRequest {
        SignInRequest { through, who: Wanted::default(), method: None, storage: Storage::default() }
    }
}

impl SignInPage {
    /// Returns what an address to which the page wants to go means for this sign-in.
    #[must_use]
    pub fn read(&self, address: &Url) -> Redirect {
        redirect::read(address, &self.redirect_uri, &self.state)
    }

    /// Returns the address that a person pasted, if it's at this sign-in's redirect URI.
    pub(crate) fn address(&self, text: &str) -> Option<Url> {
        redirect::pasted(text, &self.redirect_uri)
    }
}

/// Omits the address, which contains `state`.
impl fmt::Debug for NextStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NextStep::Window(_) => "Window",
            NextStep::Browser(_) => "Browser",
            NextStep::Nothing => "Nothing",
        })
    }
}

/// Omits its address, which contains `state`.
impl fmt::Debug for SignInPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInPage").field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}
