//! The changes that are saved beside the loop, and what each comes to.

use std::path::PathBuf;

use spartan_auth::azure_app::AzureApp;
use spartan_vault::account::{Account, AccountId};
use uuid::Uuid;

use crate::{
    error::Error,
    session::request::{Secret, answers::Imported, reply::Reply},
    status::{SignedOut, Storage},
};

/// A change to save.
#[derive(Debug)]
pub(crate) enum Change {
    SignOut(SignOut),
    Add(Box<Add>),
    Rename(Rename),
    Move(Move),
    EditApp(Box<AzureApp>, Secret, Reply<()>),
    ForgetApp(Uuid, Reply<()>),
    RememberApp(Box<AzureApp>, Import),
    StartAfresh(Reply<()>),
    /// No change: whoever asked waits for the earlier ones.
    Finish(Reply<()>),
}

/// A change that was saved, or couldn't be.
#[derive(Debug)]
pub(crate) enum Changed {
    SignedOut(SignOut, Result<(), Error>),
    /// The token files of accounts that were signed out are released, or couldn't be.
    Released(Reply<()>, Result<(), Error>),
    /// The account as it was saved, and where it's kept.
    Added(Box<Add>, Box<Result<(Account, Storage), Error>>),
    /// Whether the account exists.
    Renamed(Rename, Result<bool, Error>),
    /// Whether the account exists.
    Moved(Move, Result<bool, Error>),
    AppEdited(Box<EditedApp>),
    AppForgotten(Reply<()>, Result<(), Error>),
    AppRemembered(Import),
    /// The new name of the vault that didn't open; `None` if it opens after all.
    StartedAfresh(Reply<()>, Result<Option<PathBuf>, Error>),
    Finished(Reply<()>),
}

/// Accounts to sign out.
#[derive(Debug)]
pub(crate) struct SignOut {
    pub(crate) ids: Vec<AccountId>,
    /// Why nobody is signed in, once they're gone.
    pub(crate) why: SignedOut,
    pub(crate) reply: Reply<()>,
}

/// An account that nobody has decided to keep.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub(crate) account: Account,
    pub(crate) storage: Storage,
}

/// An account to keep that came instead of the expected one.
#[derive(Debug)]
pub(crate) struct Add {
    pub(crate) other: Other,
    /// The account that was shown when this was requested.
    pub(crate) shown: Option<AccountId>,
    pub(crate) reply: Reply<()>,
}

/// A person's own name for an account.
#[derive(Debug)]
pub(crate) struct Rename {
    pub(crate) id: AccountId,
    pub(crate) name: Option<String>,
    pub(crate) reply: Reply<()>,
}

/// A new place in the order of the accounts.
#[derive(Debug)]
pub(crate) struct Move {
    pub(crate) id: AccountId,
    pub(crate) place: usize,
    pub(crate) reply: Reply<()>,
}

/// An app that was edited.
#[derive(Debug)]
pub(crate) struct EditedApp {
    pub(crate) app: AzureApp,
    /// The accounts that sign in through it.
    pub(crate) used_by: Vec<AccountId>,
    pub(crate) reply: Reply<()>,
    pub(crate) saved: EditSaved,
}

/// Where an edited app was saved.
#[derive(Debug)]
pub(crate) enum EditSaved {
    /// In the accounts, and in the settings unless there's an error.
    InAccounts(Result<(), Error>),
    /// Nowhere.
    Nowhere(Error),
}

/// An import that's answered once its app is remembered.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) imported: Imported,
    pub(crate) reply: Reply<Imported>,
}
