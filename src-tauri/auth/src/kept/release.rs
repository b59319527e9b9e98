//! Stopping to keep a file: what is ours in it goes, and its entry.

use std::path::PathBuf;

use super::{KeptFile, KeptFiles, place, rewrite};
use crate::{
    account::AccountId,
    error::{Error, KeptCause},
    settings::Settings,
    vault,
};

impl KeptFiles {
    /// Stops keeping the file of that whole path, which may lead to it through links.
    pub async fn stop(&self, named: PathBuf) -> Result<KeptFile, Error> {
        let find = move |all: &KeptFiles| {
            let whole = place::find(&named).unwrap_or_else(|_| named.clone());
            let kept = all.list()?;
            let is_file = |kept: &&KeptFile| kept.file == whole || kept.file == named;
            let was_named = |kept: &&KeptFile| kept.link.as_ref() == Some(&named);
            let it = kept.iter().find(is_file).or_else(|| kept.iter().find(was_named));
            it.cloned().ok_or(KeptCause::NotKept { file: named })
        };
        let kept = self.blocking(find).await??;
        let file = kept.file.clone();
        let left = self.let_go(move |kept| kept.file == file).await?;
        left.into_iter().next().map_or(Ok(kept), |(_, error)| Err(error))
    }

    /// Stops keeping the files of these accounts, which are signed out; gives those in which something of ours may be left,
    /// and why.
    pub async fn let_go_of(&self, ids: Vec<AccountId>) -> Result<Vec<(KeptFile, Error)>, Error> {
        self.let_go(move |kept| ids.contains(&kept.account)).await
    }

    /// Stops keeping every file; gives those in which something of ours may be left, and why. It needs no vault that opens.
    pub async fn let_go_of_all(&self) -> Result<Vec<(KeptFile, Error)>, Error> {
        self.let_go(|_| true).await
    }

    async fn let_go(
        &self,
        is_one: impl Fn(&KeptFile) -> bool + Send + Sync + Clone + 'static,
    ) -> Result<Vec<(KeptFile, Error)>, Error> {
        if !self.blocking(KeptFiles::list).await??.iter().any(is_one.clone()) {
            return Ok(Vec::new());
        }
        let all = self.clone();
        vault::to_its_end(async move { all.give_all_back(is_one).await }).await
    }

    async fn give_all_back(
        &self,
        is_one: impl Fn(&KeptFile) -> bool + Send + 'static,
    ) -> Result<Vec<(KeptFile, Error)>, Error> {
        let _lock = self.lock().await?;
        let give_back = move |all: &KeptFiles| -> Result<_, KeptCause> {
            let ours = all.list()?.into_iter().filter(is_one);
            Ok(ours.map(|kept| (all.give_back(&kept), kept)).collect::<Vec<_>>())
        };
        let mut left = Vec::new();
        for (given_back, kept) in self.blocking(give_back).await?? {
            match given_back {
                // The entry is how that is not forgotten.
                Err(why) if holds_tokens_still(&why) => {
                    let cause = KeptCause::Left { file: kept.file.clone(), why: Box::new(why) };
                    left.push((kept, cause.into()));
                }
                gone => {
                    Settings::stop_keeping(&self.places, &kept.file).await?;
                    left.extend(gone.err().map(|cause| (kept, cause.into())));
                }
            }
        }
        Ok(left)
    }

    /// Takes out of a file what is ours, by whatever link it was named: that one may be gone or lead elsewhere.
    pub(super) fn give_back(&self, kept: &KeptFile) -> Result<(), KeptCause> {
        match place::check_file(&kept.file) {
            // With its folder the file is gone.
            Err(KeptCause::NoFolder { .. }) => return Ok(()),
            checked => checked?,
        }
        rewrite::rewrite(self.files.as_ref(), &kept.file, |text| kept.rest(text)).map(|_| ())
    }
}

/// Whether tokens may still lie where they were written. Where something else has taken the place of all that was ours, or
/// of the file itself, there is nothing left to give back.
fn holds_tokens_still(why: &KeptCause) -> bool {
    !matches!(why, KeptCause::Foreign { .. } | KeptCause::NotAFile { .. })
}
