//! What is asked of the session's task.

pub(super) mod answers;
pub(super) mod reply;
pub(super) mod sign_in_request;

use std::fmt;

use secrecy::SecretString;
use spartan_auth::{
    azure_app::AzureApp, import::ImportedCredentials, redirect::Redirect, sign_in_method::SignInMethod,
};
use spartan_vault::account::AccountId;
use tokio::sync::oneshot;
use url::Url;
use uuid::Uuid;

use self::{
    answers::{HandedOut, Imported, KnownApp},
    reply::Reply,
    sign_in_request::{NextStep, SignInPage, SignInRequest},
};
use crate::{format::Format, status::Storage};

/// A request to the session's task.
#[derive(Debug)]
pub(super) enum Request {
    SignIn(SignInRequest, Reply<NextStep>),
    AnotherWay(SignInMethod, Reply<NextStep>),
    Import(ImportedCredentials, Storage, Reply<Imported>),
    AtPage(PageEvent),
    Paste(SecretString, Reply<()>),
    Link(Reply<Url>),
    /// Answered with whether a sign-in was pending; its end is then reported.
    Cancel(oneshot::Sender<bool>),
    Show(AccountId),
    Renew(Reply<()>),
    HandOut(Format, Reply<HandedOut>),
    Unlock,
    StartAfresh(Reply<()>),
    SignOut(Reply<()>),
    SignOutAll(Reply<()>),
    AddOther(Reply<()>),
    Rename(AccountId, String, Reply<()>),
    Move(AccountId, usize, Reply<()>),
    Apps(Reply<Vec<KnownApp>>),
    EditApp(Box<AzureApp>, Secret, Reply<()>),
    ForgetApp(Uuid, Reply<()>),
    Finish(Reply<()>),
}

/// What was observed of Microsoft's page.
#[derive(Debug)]
pub(super) enum PageEvent {
    /// An event of the page in a window.
    Window(Box<SignInPage>, InWindow),
    /// A link to this program was opened, by anybody; it may contain a code. Answered with whether it counts.
    Link(Link, oneshot::Sender<bool>),
}

/// An event of a page in a window.
#[derive(Debug)]
pub(super) enum InWindow {
    /// It went from one address to another.
    Navigated,
    /// It hasn't drawn anything for longer than usual, or can't be loaded.
    NotLoaded,
    /// It redirected.
    Redirected(Redirect),
    /// The person closed its window.
    Closed,
}

/// An address that nobody else may read.
pub(super) struct Link(pub(super) Url);

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link")
    }
}

/// What happens to an app's secret when the app is edited.
#[derive(Clone, Debug)]
pub enum Secret {
    /// It stays.
    Same,
    /// This one replaces it.
    New(SecretString),
    /// It's removed.
    None,
}

impl Request {
    /// Whether a sign-in begins or continues.
    pub(super) const fn begins_a_sign_in(&self) -> bool {
        matches!(self, Request::SignIn(..) | Request::AnotherWay(..) | Request::Import(..))
    }

    /// Whether the pending end of a sign-in may change the answer.
    pub(super) const fn waits_for_an_end(&self) -> bool {
        let is_about_accounts = matches!(self, Request::SignOut(_) | Request::SignOutAll(_) | Request::Renew(_));
        self.begins_a_sign_in() || is_about_accounts || matches!(self, Request::Unlock | Request::Finish(_))
    }

    /// Whether a person went on to something else.
    pub(super) const fn is_a_persons(&self) -> bool {
        match self {
            Request::SignIn(..) | Request::Import(..) | Request::Show(_) | Request::Renew(_) | Request::HandOut(..) => {
                true
            }
            Request::SignOut(_) | Request::SignOutAll(_) | Request::Unlock | Request::StartAfresh(_) => true,
            Request::AnotherWay(..) | Request::AtPage(_) | Request::Paste(..) | Request::Link(_) => false,
            Request::Cancel(_) | Request::AddOther(_) | Request::Rename(..) | Request::Move(..) => false,
            Request::Apps(_) | Request::EditApp(..) | Request::ForgetApp(..) | Request::Finish(_) => false,
        }
    }
}
