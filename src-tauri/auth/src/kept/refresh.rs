//! Writing what the vault holds into every kept file that holds something older.

use super::{KeptFiles, place, rewrite};
use crate::{
    account::{Account, Contents},
    clock::Moment,
    error::{Error, KeptCause},
    keyring::Asked,
    settings::Settings,
    token_file::KeptFile,
    vault::{self, Vault},
};

/// What became of a kept file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It held the tokens already.
    Same,
    /// Now it holds them.
    Anew,
    /// There is nothing yet that it could hold.
    NotYet,
    /// Its account is signed out: what was ours in it is gone, and it is kept no more.
    GivenBack,
}

/// How a kept file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds the tokens of the vault.
    Fresh,
    /// It holds the tokens of the vault, and the Spartan token is over.
    Expired,
    /// It holds others, or none.
    Older,
    /// There is nothing yet that it could hold.
    NotYet,
    /// Its account is signed out.
    Left,
    /// It cannot be read or written.
    Refused(Error),
}

impl KeptFiles {
    /// Writes every file that holds something older than the vault, and gives those back whose account is signed out.
    pub async fn refresh(&self, vault: &Vault) -> Result<Vec<(KeptFile, Result<Written, Error>)>, Error> {
        if self.blocking(KeptFiles::list).await??.is_empty() {
            return Ok(Vec::new());
        }
        let (all, vault) = (self.clone(), vault.clone());
        vault::to_its_end(async move { all.write_all(&vault).await }).await
    }

    async fn write_all(&self, vault: &Vault) -> Result<Vec<(KeptFile, Result<Written, Error>)>, Error> {
        let _lock = self.lock().await?;
        let contents = vault.read(Asked::Unasked).await?;
        let write = move |all: &KeptFiles| -> Result<_, KeptCause> {
            let came = |kept: KeptFile| {
                let came = match contents.account(kept.account) {
                    Some(account) => all.write(&kept, Some(&kept), account),
                    None => all.give_back(&kept).map(|()| Written::GivenBack),
                };
                (kept, came.map_err(Error::from))
            };
            Ok(all.list()?.into_iter().map(came).collect::<Vec<_>>())
        };
        let came = self.blocking(write).await??;
        for (kept, _) in came.iter().filter(|(_, came)| *came == Ok(Written::GivenBack)) {
            Settings::stop_keeping(&self.places, kept).await?;
        }
        Ok(came)
    }

    /// How a file stands at `now` beside what the vault holds; nothing is written.
    #[must_use]
    pub fn standing(&self, kept: &KeptFile, contents: &Contents, now: Moment) -> Standing {
        let Some(account) = contents.account(kept.account) else { return Standing::Left };
        match self.would_change(kept, account) {
            Ok(Some(true)) => Standing::Older,
            Ok(Some(false)) if kept.is_over(account, now) => Standing::Expired,
            Ok(Some(false)) => Standing::Fresh,
            Ok(None) => Standing::NotYet,
            Err(cause) => Standing::Refused(cause.into()),
        }
    }

    fn would_change(&self, kept: &KeptFile, account: &Account) -> Result<Option<bool>, KeptCause> {
        place::check(kept, &self.places)?;
        let Some(fresh) = kept.fresh(account) else { return Ok(None) };
        let (text, _) = rewrite::read(self.files.as_ref(), &kept.file)?;
        let after = fresh.beside(&kept.accepts(text.as_deref().unwrap_or_default(), Some(kept))?);
        Ok(Some(text.is_none_or(|text| text != after) || rewrite::open_to(&kept.file).is_some()))
    }

    /// Writes one file; `before` is how it was set up until now.
    pub(super) fn write(
        &self,
        kept: &KeptFile,
        before: Option<&KeptFile>,
        account: &Account,
    ) -> Result<Written, KeptCause> {
        place::check(kept, &self.places)?;
        let Some(fresh) = kept.fresh(account) else { return Ok(Written::NotYet) };
        let change = |text: &[u8]| Ok(Some(fresh.beside(&kept.accepts(text, before)?)));
        let is_anew = rewrite::rewrite(self.files.as_ref(), &kept.file, change)?;
        Ok(if is_anew { Written::Anew } else { Written::Same })
    }
}
