//! Setting up a token file, after checking its location and contents.

use std::path::{Path, PathBuf};

use spartan_vault::{
    account::AccountId,
    keyring::Interaction,
    vault::{self, Vault},
};

use super::{TokenFiles, Warning, Written, place, rewrite, warning};
use crate::{
    error::{Error, OpenTo, TokenFileCause},
    format::Format,
    settings::{
        Settings, spelling,
        token_file::{FORMATS, TokenFile},
    },
};

/// The result of setting up a token file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// The file.
    pub token_file: TokenFile,
    /// The result of writing it.
    pub written: Written,
    /// Who else had access before; once it's written, only the user does.
    pub was_open: Option<OpenTo>,
    /// Ways in which its contents might leave this computer.
    pub warnings: Vec<Warning>,
}

impl TokenFiles {
    /// Adds a token file and writes it. `named` is its absolute path, which may contain links. An existing token file
    /// is changed to this format and account.
    pub async fn keep(
        &self,
        vault: &Vault,
        asked: Interaction,
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
        asked: Interaction,
        named: PathBuf,
        format: Format,
        account: AccountId,
    ) -> Result<SetUp, Error> {
        let _lock = self.lock().await?;
        let contents = vault.read(asked).await?;
        let account = contents.account(account).cloned().ok_or_else(|| Error::signed_out_elsewhere(None))?;
        let id = account.id;
        let (set_up, before) = self.blocking(move |all| all.look(&named, format, id)).await??;
        // The entry is written first: without one, tokens that a crash leaves in the file would never be deleted.
        Settings::keep(&self.paths, &set_up.token_file).await?;
        let (token_file, known) = (set_up.token_file.clone(), before.clone());
        match self.blocking(move |all| all.write(&token_file, known.as_ref(), &account)).await? {
            Ok(written) => Ok(SetUp { written, ..set_up }),
            Err(cause) => {
                match &before {
                    Some(before) => Settings::keep(&self.paths, before).await?,
                    None => Settings::stop_keeping(&self.paths, &set_up.token_file).await?,
                }
                Err(cause.into())
            }
        }
    }

    /// Checks a file before anything is changed. Also returns its previous setup.
    fn look(
        &self,
        named: &Path,
        format: Format,
        account: AccountId,
    ) -> Result<(SetUp, Option<TokenFile>), TokenFileCause> {
        if !FORMATS.contains(&format) {
            return Err(TokenFileCause::NotThisFormat { format: format.name().to_owned() });
        }
        if !Settings::takes_kept(&self.paths) {
            return Err(TokenFileCause::NoList);
        }
        let file = place::find(named)?;
        if ![&file, named].iter().all(|path| path.to_str().is_some_and(spelling::is_literal)) {
            return Err(TokenFileCause::Unnameable { file });
        }
        let link = Some(named.to_path_buf()).filter(|named| *named != file);
        let token_file = TokenFile { file, link, format, account };
        place::check(&token_file, &self.paths)?;
        let before = self.list()?.into_iter().find(|known| known.file == token_file.file);
        let (text, _) = rewrite::read(self.files.as_ref(), &token_file.file)?;
        token_file.accepts(&text.unwrap_or_default(), before.as_ref())?;
        let was_open = rewrite::open_to(&token_file.file);
        let warnings = warning::of(&token_file.file);
        Ok((SetUp { token_file, written: Written::NotYet, was_open, warnings }, before))
    }
}
