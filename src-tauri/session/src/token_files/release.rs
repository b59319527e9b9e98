//! Releasing token files: deleting their tokens and their settings entries.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use spartan_vault::{
    account::{Account, AccountId},
    vault,
};

use super::{TokenFiles, place, rewrite};
use crate::{
    error::{Error, TokenFileCause},
    settings::{
        Settings,
        token_file::{TokenFile, UnclearEntry},
    },
};

/// A token file or entry that may still contain tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A token file.
    File(TokenFile),
    /// An entry that isn't understood.
    Entry(UnclearEntry),
    /// All settings, because they aren't valid TOML.
    Settings,
}

/// Whose tokens to delete.
pub(super) enum Leaving {
    /// Those of all accounts.
    All,
    /// Those of signed-out accounts, while other accounts stay.
    These { ids: Vec<AccountId>, staying: Vec<Account> },
}

impl TokenFiles {
    /// Releases the file at an absolute path, which may contain links. Returns its actual path.
    pub async fn stop(&self, named: PathBuf) -> Result<PathBuf, Error> {
        let find = move |all: &TokenFiles| {
            let whole = place::find(&named).unwrap_or_else(|_| named.clone());
            let token_file = all.list()?;
            let is_file = |token_file: &&TokenFile| token_file.file == whole || token_file.file == named;
            let was_named = |token_file: &&TokenFile| token_file.link.as_ref() == Some(&named);
            match token_file.iter().find(is_file).or_else(|| token_file.iter().find(was_named)) {
                Some(token_file) => Ok(Ok(token_file.clone())),
                None => all
                    .unclear_of(&whole)
                    .map(|entry| Err((entry, whole)))
                    .ok_or(TokenFileCause::NotKept { file: named }),
            }
        };
        match self.blocking(find).await?? {
            Ok(token_file) => {
                let file = token_file.file.clone();
                let left = self.let_go(move |known| *known == token_file).await?;
                left.into_iter().next().map_or(Ok(file), |(_, error)| Err(error))
            }
            Err((entry, file)) => {
                let _lock = self.lock().await?;
                self.blocking(move |all| all.release(&entry, &Leaving::All)).await??;
                Ok(file)
            }
        }
    }

    /// Releases the files of these accounts, which are signed out while others stay. Returns what may still contain
    /// tokens, and why.
    pub async fn let_go_of(&self, ids: Vec<AccountId>, staying: Vec<Account>) -> Result<Vec<(Named, Error)>, Error> {
        // Do this first: once an entry above it is removed, a second entry for the same file would be understood.
        let unclear = self.release_all(Leaving::These { ids: ids.clone(), staying }).await?;
        let left = match self.blocking(TokenFiles::list).await? {
            Ok(_) => self.let_go(move |token_file| ids.contains(&token_file.account)).await?,
            Err(unlisted) => vec![(Named::Settings, unlisted.into())],
        };
        Ok(unclear.into_iter().chain(left).collect())
    }

    /// Releases every file. Returns what may still contain tokens, and why. Works even if the vault can't be opened.
    pub async fn let_go_of_all(&self) -> Result<Vec<(Named, Error)>, Error> {
        self.blocking(TokenFiles::list).await??;
        let unclear = self.release_all(Leaving::All).await?;
        let left = self.let_go(|_| true).await?;
        Ok(unclear.into_iter().chain(left).collect())
    }

    async fn release_all(&self, leaving: Leaving) -> Result<Vec<(Named, Error)>, Error> {
        if self.blocking(TokenFiles::unclear).await?.is_empty() {
            return Ok(Vec::new());
        }
        let all = self.clone();
        let release = move |all: &TokenFiles| {
            let left = |entry: UnclearEntry| {
                let cause = all.release(&entry, &leaving).err()?;
                Some((Named::Entry(entry), cause.into()))
            };
            all.unclear().into_iter().filter_map(left).collect()
        };
        vault::to_its_end(async move {
            let _lock = all.lock().await?;
            all.blocking(release).await
        })
        .await
    }

    fn unclear_of(&self, file: &PathBuf) -> Option<UnclearEntry> {
        let means =
            |named: &String| self.meant(named).iter().any(|meant| place::find(&meant.path).as_ref() == Ok(file));
        self.unclear().into_iter().find(|entry| entry.files.iter().any(means))
    }

    async fn let_go(
        &self,
        is_one: impl Fn(&TokenFile) -> bool + Send + Sync + Clone + 'static,
    ) -> Result<Vec<(Named, Error)>, Error> {
        if !self.blocking(TokenFiles::list).await??.iter().any(is_one.clone()) {
            return Ok(Vec::new());
        }
        let all = self.clone();
        vault::to_its_end(async move { all.give_all_back(is_one).await }).await
    }

    async fn give_all_back(
        &self,
        is_one: impl Fn(&TokenFile) -> bool + Send + 'static,
    ) -> Result<Vec<(Named, Error)>, Error> {
        let _lock = self.lock().await?;
        let give_back = move |all: &TokenFiles| -> Result<_, TokenFileCause> {
            let ours = all.list()?.into_iter().filter(is_one);
            Ok(ours.map(|token_file| (all.give_back(&token_file), token_file)).collect::<Vec<_>>())
        };
        let mut left = Vec::new();
        for (given_back, token_file) in self.blocking(give_back).await?? {
            match given_back {
                // The entry is kept so that the file isn't forgotten.
                Err(why) if holds_tokens_still(&why) => {
                    let cause = TokenFileCause::Left { file: token_file.file.clone(), why: Box::new(why) };
                    left.push((Named::File(token_file), cause.into()));
                }
                gone => {
                    Settings::stop_keeping(&self.paths, &token_file).await?;
                    let replaced = TokenFileCause::NoLongerOurs { file: token_file.file.clone() };
                    left.extend(gone.err().map(|_| (Named::File(token_file), replaced.into())));
                }
            }
        }
        Ok(left)
    }

    /// Deletes the tokens from a file. The link through which the user specified it doesn't matter, because it may be
    /// gone or have a new target.
    pub(super) fn give_back(&self, token_file: &TokenFile) -> Result<(), TokenFileCause> {
        self.empty_file(token_file, &token_file.file)?;
        // An editor may have put a file in the link's place, with a copy of the tokens.
        match token_file.link.as_ref().filter(|link| place::find(link).as_ref() == Ok(*link)) {
            Some(file) => self.empty_file(token_file, file),
            None => Ok(()),
        }
    }

    fn empty_file(&self, token_file: &TokenFile, file: &Path) -> Result<(), TokenFileCause> {
        match place::check_file(file) {
            // If its folder is gone, so is the file.
            Err(TokenFileCause::NoFolder { .. }) => return Ok(()),
            checked => checked?,
        }
        rewrite::rewrite(self.files.as_ref(), file, |text| token_file.rest(text)).map(|_| ())
    }
}

impl Leaving {
    /// Whether an entry belongs to an account that stays.
    pub(super) fn is_of_another(&self, account: Option<AccountId>) -> bool {
        let Leaving::These { staying, .. } = self else { return false };
        account.is_some_and(|id| staying.iter().any(|account| account.id == id))
    }

    /// Whether the content has a token of an account that stays, and the entry doesn't specify a signed-out account.
    pub(super) fn has_anothers(&self, account: Option<AccountId>, text: &[u8]) -> bool {
        let Leaving::These { ids, staying } = self else { return false };
        let holds = |account: &Account| {
            let token = account.tokens.spartan.as_ref().map(|spartan| spartan.token.expose_secret().as_bytes());
            token.is_some_and(|token| !token.is_empty() && text.windows(token.len()).any(|part| part == token))
        };
        !account.is_some_and(|id| ids.contains(&id)) && staying.iter().any(holds)
    }
}

/// Whether tokens may still be in the file. If all that was written, or the file itself, was replaced by something
/// else, there's nothing left to delete.
fn holds_tokens_still(why: &TokenFileCause) -> bool {
    !matches!(why, TokenFileCause::Foreign { .. } | TokenFileCause::NotAFile { .. })
}
