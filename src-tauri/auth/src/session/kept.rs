//! Files that are kept fresh: written beside the loop whenever there is something new, given back when somebody leaves.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    time::Duration,
};

use super::{
    jobs::Number,
    request::Reply,
    task::{Task, answer, told},
    work::Outcome,
};
use crate::{
    account::AccountId,
    clock::Clock,
    error::Error,
    issuer::Issuer,
    token_file::TokenFile,
    token_files::{TokenFiles, Written},
};

/// What became of all of them.
pub(super) type Came = Result<Vec<(TokenFile, Result<Written, Error>)>, Error>;

/// How the writing of kept files stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Keeping {
    /// Whatever could be written is.
    #[default]
    Done,
    /// Something was not, when a clock that nobody sets showed this.
    Failed(Duration),
    /// It goes on.
    UnderWay(Number),
    /// It goes on, and since it began there is something newer.
    Behind(Number),
}

/// What could not be written is tried again after this; somebody may have mended it.
const AGAIN: Duration = Duration::from_secs(60);

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Writes what the vault holds into every file that holds something older. A slow disk holds nothing up.
    pub(super) fn keep_files(&mut self) {
        self.keeping = match self.keeping {
            Keeping::UnderWay(number) | Keeping::Behind(number) => Keeping::Behind(number),
            Keeping::Done | Keeping::Failed(_) => {
                let (files, vault) = (self.kept_files(), self.parts.vault.clone());
                let write = async move |_| Outcome::FilesKept(files.refresh(&vault).await);
                Keeping::UnderWay(self.jobs.begin(write).number)
            }
        };
    }

    pub(super) fn keep_files_again(&mut self) {
        if let Keeping::Failed(at) = self.keeping
            && self.ticked.elapsed.saturating_sub(at) >= AGAIN
        {
            self.keep_files();
        }
    }

    pub(super) fn files_kept(&mut self, came: Came) {
        let all_well = came.as_ref().is_ok_and(|all| all.iter().all(|(_, came)| came.is_ok()));
        match came {
            Ok(all) => self.note(all),
            Err(error) => tracing::warn!(%error, "kept files were not looked at"),
        }
        let behind = matches!(self.keeping, Keeping::Behind(_));
        self.keeping = if all_well { Keeping::Done } else { Keeping::Failed(self.parts.clock.elapsed()) };
        if behind {
            self.keep_files();
        }
    }

    /// Takes what is ours out of the files of accounts that are signed out, and answers then.
    pub(super) fn let_go_of(&self, ids: Vec<AccountId>, reply: Reply<()>) {
        let files = self.kept_files();
        let staying = self.state.open().map(|open| open.accounts.iter().map(|held| held.account.clone()).collect());
        tokio::spawn(async move {
            let left = match files.let_go_of(ids, staying.unwrap_or_default()).await {
                Ok(left) => left.into_iter().next().map(|(_, error)| error),
                Err(error) => Some(error),
            };
            answer(reply, left.map_or(Ok(()), |error| Err(told(error))));
        });
    }

    fn note(&mut self, all: Vec<(TokenFile, Result<Written, Error>)>) {
        let mut errors = BTreeMap::new();
        for (kept, came) in all {
            match came {
                Ok(Written::Anew) => {
                    tracing::info!(format = kept.format.name(), "a kept file was written");
                    // Nobody has to listen.
                    let _ = self.publish.written.send(kept);
                }
                Ok(Written::Same | Written::NotYet | Written::GivenBack) => {}
                Err(error) => {
                    if let Entry::Vacant(place) = errors.entry(kept.account) {
                        place.insert(error);
                    }
                }
            }
        }
        let Some(open) = self.state.open_mut() else { return };
        for error in errors.values().filter(|error| !open.unkept.values().any(|known| known == *error)) {
            tracing::warn!(%error, "a kept file was not written");
        }
        open.unkept = errors;
    }

    fn kept_files(&self) -> TokenFiles {
        TokenFiles::of(self.parts.places.clone(), self.parts.vault.files())
    }
}
