//! What is asked of the session's task.

use std::fmt;

use secrecy::SecretString;
use tokio::sync::oneshot;
use url::Url;
use uuid::Uuid;

use super::{HandedOut, Imported, KnownApp, NextStep, SignInPage, SignInRequest};
use crate::{
    account::AccountId, azure_app::AzureApp, error::Error, format::Format, import::ImportedCredentials,
    redirect::Redirect, sign_in_method::SignInMethod, status::Storage,
};

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, Error>>;

#[derive(Debug)]
pub(super) enum Request {
    SignIn(SignInRequest, Reply<NextStep>),
    AnotherWay(SignInMethod, Reply<NextStep>),
    Import(ImportedCredentials, Storage, Reply<Imported>),
    AtPage(AtPage),
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
}

/// What is seen of Microsoft's page from outside.
#[derive(Debug)]
pub(super) enum AtPage {
    /// Something of the page in a window.
    Window(Box<SignInPage>, InWindow),
    /// A link to this program was opened, by whomever; it may carry a code. Whether it counts is answered.
    Link(Link, oneshot::Sender<bool>),
}

/// What is seen of a page in a window.
#[derive(Debug)]
pub(super) enum InWindow {
    /// It went from one address to another.
    Navigated,
    /// It has not drawn anything for longer than usual, or cannot be loaded.
    NotLoaded,
    /// It came to its end.
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

/// What becomes of an app's secret when the app is edited.
#[derive(Clone, Debug)]
pub enum Secret {
    /// It stays.
    Same,
    /// This one takes its place.
    New(SecretString),
    /// The app has none.
    None,
}

impl Request {
    /// Whether somebody went on to something else.
    pub(super) const fn is_a_persons(&self) -> bool {
        match self {
            Request::SignIn(..) | Request::Import(..) | Request::Show(_) | Request::Renew(_) | Request::HandOut(..) => {
                true
            }
            Request::SignOut(_) | Request::SignOutAll(_) | Request::Unlock | Request::StartAfresh(_) => true,
            Request::AnotherWay(..) | Request::AtPage(_) | Request::Paste(..) | Request::Link(_) => false,
            Request::Cancel(_) | Request::AddOther(_) | Request::Rename(..) | Request::Move(..) => false,
            Request::Apps(_) | Request::EditApp(..) | Request::ForgetApp(..) => false,
        }
    }
}
