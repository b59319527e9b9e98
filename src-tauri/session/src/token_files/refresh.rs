//! Updating every token file that's older than the vault.

use spartan_auth::clock::Moment;
use spartan_vault::{
    account::{Account, Contents},
    keyring::Interaction,
    vault::{self, Vault},
};

use super::{TokenFiles, place, rewrite};
use crate::{
    error::{Error, TokenFileCause},
    settings::{Settings, token_file::TokenFile},
};

/// The result of updating a token file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It had these tokens already.
    Same,
    /// It was updated.
    Anew,
    /// There are no tokens for it yet.
    NotYet,
    /// Its account is signed out: its tokens were deleted, and it's no longer kept fresh.
    GivenBack,
}

/// A token file's status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has the vault's tokens.
    Fresh,
    /// It has the vault's tokens, and the Spartan token has expired.
    Expired,
    /// It has other tokens, or none.
    Older,
    /// There are no tokens for it yet.
    NotYet,
    /// Its account is signed out.
    Left,
    /// It can't be read or written.
    Refused(Error),
}

impl TokenFiles {
    /// Updates every file that's older than the vault, and releases those whose account is signed out.
    pub async fn refresh(&self, vault: &Vault) -> Result<Vec<(TokenFile, Result<Written, Error>)>, Error> {
        if self.blocking(TokenFiles::list).await??.is_empty() {
            return Ok(Vec::new());
        }
        let (all, vault) = (self.clone(), vault.clone());
        vault::to_its_end(async move { all.write_all(&vault).await }).await
    }

    async fn write_all(&self, vault: &Vault) -> Result<Vec<(TokenFile, Result<Written, Error>)>, Error> {
        let _lock = self.lock().await?;
        let contents = vault.read(Interaction::Forbidden).await?;
        let write = move |all: &TokenFiles| -> Result<_, TokenFileCause> {
            let came = |token_file: TokenFile| {
                let came = match contents.account(token_file.account) {
                    Some(account) => all.write(&token_file, Some(&token_file), account),
                    None => all.give_back(&token_file).map(|()| Written::GivenBack),
                };
                (token_file, came.map_err(Error::from))
            };
            Ok(all.list()?.into_iter().map(came).collect::<Vec<_>>())
        };
        let came = self.blocking(write).await??;
        for (token_file, _) in came.iter().filter(|(_, came)| *came == Ok(Written::GivenBack)) {
            Settings::stop_keeping(&self.paths, token_file).await?;
        }
        Ok(came)
    }

    /// Returns a file's status at `now`, compared with the vault's contents. Writes nothing.
    #[must_use]
    pub fn standing(&self, token_file: &TokenFile, contents: &Contents, now: Moment) -> Standing {
        let Some(account) = contents.account(token_file.account) else { return Standing::Left };
        if token_file.is_refused(account)
            && rewrite::read(self.files.as_ref(), &token_file.file).is_ok_and(|(text, _)| text.is_some())
        {
            return Standing::Expired;
        }
        match self.would_change(token_file, account) {
            Ok(Some(true)) => Standing::Older,
            Ok(Some(false)) if token_file.is_over(account, now) => Standing::Expired,
            Ok(Some(false)) => Standing::Fresh,
            Ok(None) => Standing::NotYet,
            Err(cause) => Standing::Refused(cause.into()),
        }
    }

    fn would_change(&self, token_file: &TokenFile, account: &Account) -> Result<Option<bool>, TokenFileCause> {
        place::check(token_file, &self.paths)?;
        let Some(fresh) = token_file.fresh(account) else { return Ok(None) };
        let (text, _) = rewrite::read(self.files.as_ref(), &token_file.file)?;
        let after = fresh.beside(&token_file.accepts(text.as_deref().unwrap_or_default(), Some(token_file))?);
        Ok(Some(text.is_none_or(|text| text != after) || rewrite::open_to(&token_file.file).is_some()))
    }

    /// Writes one file; `before` is its previous setup.
    pub(super) fn write(
        &self,
        token_file: &TokenFile,
        before: Option<&TokenFile>,
        account: &Account,
    ) -> Result<Written, TokenFileCause> {
        place::check(token_file, &self.paths)?;
        let Some(fresh) = token_file.fresh(account) else { return Ok(Written::NotYet) };
        let change = |text: &[u8]| Ok(Some(fresh.beside(&token_file.accepts(text, before)?)));
        let is_anew = rewrite::rewrite(self.files.as_ref(), &token_file.file, change)?;
        Ok(if is_anew { Written::Anew } else { Written::Same })
    }
}
