//! What somebody who signs in wishes for, and what is opened for them.

use std::fmt;

use secrecy::SecretString;
use url::Url;

use crate::{
    azure_app::{AzureApp, RedirectUri},
    redirect::{self, Redirect},
    sign_in_method::SignInMethod,
    status::Storage,
};

/// What somebody who signs in wishes for.
#[derive(Clone, Debug)]
pub struct SignInRequest {
    /// Through which app.
    pub through: Through,
    /// Who signs in.
    pub who: Wanted,
    /// Which way; none named is the account's last one, else the app's first.
    pub way: Option<SignInMethod>,
    /// Where the account is kept; one that is in the vault already stays there.
    pub kept: Storage,
}

/// Which Azure app to sign in through.
#[derive(Clone, Debug)]
pub enum Through {
    /// The app of the account that is shown, or of the last sign-in or import.
    Known,
    /// This one.
    App(AzureApp),
}

/// Who signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// The person of the account that is shown, and nobody else; where none is shown, anybody.
    #[default]
    Shown,
    /// One more.
    Another,
}

/// What is opened for somebody who signs in.
#[derive(Clone)]
pub enum NextStep {
    /// Microsoft's page, in a window of the program's.
    Window(SignInPage),
    /// Microsoft's page, in the person's browser.
    Browser(Url),
    /// Nothing here: the status tells what to do elsewhere.
    Nothing,
}

/// Microsoft's page for one sign-in, and how to recognise its end.
#[derive(Clone)]
pub struct SignInPage {
    /// The address to open.
    pub url: Url,
    pub(super) redirect_uri: RedirectUri,
    pub(super) state: SecretString,
}

impl From<Through> for SignInRequest {
    fn from(through: Through) -> SignInRequest {
        SignInRequest { through, who: Wanted::default(), way: None, kept: Storage::default() }
    }
}

impl SignInPage {
    /// What an address to which the page wants to go says to this sign-in.
    #[must_use]
    pub fn read(&self, address: &Url) -> Redirect {
        redirect::read(address, &self.redirect_uri, &self.state)
    }

    /// Returns the address that a person pasted, if it's at this sign-in's redirect URI.
    pub(super) fn address(&self, text: &str) -> Option<Url> {
        redirect::pasted(text, &self.redirect_uri)
    }
}

/// Without an address: that one carries `state`.
impl fmt::Debug for NextStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NextStep::Window(_) => "Window",
            NextStep::Browser(_) => "Browser",
            NextStep::Nothing => "Nothing",
        })
    }
}

/// Without its address: that one carries `state`.
impl fmt::Debug for SignInPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInPage").field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}
