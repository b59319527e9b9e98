//! Setting a file up, after looking at its place and at what it holds.

use std::path::{Path, PathBuf};

use super::{KeptFiles, Warning, Written, place, rewrite, warning};
use crate::{
    account::AccountId,
    error::{Cause, Error, KeptCause, OpenTo, Step},
    format::Format,
    keyring::Asked,
    settings::Settings,
    token_file::{FORMATS, KeptFile},
    vault::{self, Vault},
};

/// What setting a file up came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// The file.
    pub kept: KeptFile,
    /// What became of it.
    pub written: Written,
    /// Who else could open it before; once it's written, only the person can.
    pub was_open: Option<OpenTo>,
    /// By which ways its contents may leave this computer.
    pub warnings: Vec<Warning>,
}

impl KeptFiles {
    /// Has a file kept fresh from now on, and writes it. `named` is its whole path, through links or not; if it is kept
    /// already, it is in this way from now on.
    pub async fn keep(
        &self,
        vault: &Vault,
        asked: Asked,
        named: PathBuf,
        format: Format,
        account: AccountId,
    ) -> Result<SetUp, Error> {
        let (all, vault) = (self.clone(), vault.clone());
        vault::to_its_end(async move { all.set_up(&vault, asked, named, format, account).await }).await
    }

    async fn set_up(
        &self,
        vault: &Vault,
        asked: Asked,
        named: PathBuf,
        format: Format,
        account: AccountId,
    ) -> Result<SetUp, Error> {
        let _lock = self.lock().await?;
        let contents = vault.read(asked).await?;
        let account = contents.account(account).cloned().ok_or(Error::new(Step::Vault, Cause::NotSignedIn))?;
        let id = account.id;
        let (set_up, before) = self.blocking(move |all| all.look(&named, format, id)).await??;
        // First the entry: tokens that a crash leaves in a file without one would stay there.
        Settings::keep(&self.places, &set_up.kept).await?;
        let (kept, known) = (set_up.kept.clone(), before.clone());
        match self.blocking(move |all| all.write(&kept, known.as_ref(), &account)).await? {
            Ok(written) => Ok(SetUp { written, ..set_up }),
            Err(cause) => {
                match &before {
                    Some(before) => Settings::keep(&self.places, before).await?,
                    None => Settings::stop_keeping(&self.places, &set_up.kept).await?,
                }
                Err(cause.into())
            }
        }
    }

    /// Looks at a file before anything is changed; gives how it was set up before, too.
    fn look(&self, named: &Path, format: Format, account: AccountId) -> Result<(SetUp, Option<KeptFile>), KeptCause> {
        if !FORMATS.contains(&format) {
            return Err(KeptCause::NotThisFormat { format: format.name().to_owned() });
        }
        if !Settings::takes_kept(&self.places) {
            return Err(KeptCause::Unlisted { why: "\"keep\" isn't a list of files".into() });
        }
        let file = place::find(named)?;
        if [&file, named].iter().any(|path| path.to_str().is_none()) {
            return Err(KeptCause::Unnameable { file });
        }
        let link = Some(named.to_path_buf()).filter(|named| *named != file);
        let kept = KeptFile { file, link, format, account };
        place::check(&kept, &self.places)?;
        let before = self.list()?.into_iter().find(|known| known.file == kept.file);
        let (text, _) = rewrite::read(self.files.as_ref(), &kept.file)?;
        kept.accepts(&text.unwrap_or_default(), before.as_ref())?;
        let was_open = rewrite::open_to(&kept.file);
        let warnings = warning::of(&kept.file);
        Ok((SetUp { kept, written: Written::NotYet, was_open, warnings }, before))
    }
}
