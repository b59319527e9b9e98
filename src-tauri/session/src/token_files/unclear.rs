//! Settings entries for token files that aren't understood. They keep nothing fresh, but the tokens in their files are
//! still deleted.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::{
    TokenFiles,
    contents::{self, Holds},
    place,
    release::Leaving,
    rewrite,
};
use crate::{error::TokenFileCause, settings::token_file::UnclearEntry};
use directories::BaseDirs;

/// A file that an entry may refer to.
pub(super) struct Meant {
    pub(super) path: PathBuf,
    /// Whether the path is absolute and therefore unambiguous.
    is_whole: bool,
}

/// What was deleted from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Emptied {
    OfOurs,
    OfNothing,
}

impl TokenFiles {
    /// Deletes the signed-out accounts' tokens from the files that an entry may refer to. Fails with a file that may
    /// still contain some.
    pub(super) fn release(&self, entry: &UnclearEntry, leaving: &Leaving) -> Result<(), TokenFileCause> {
        let left = |file| TokenFileCause::Unclear { place: entry.place.clone(), flaw: entry.flaw, file };
        if leaving.is_of_another(entry.account) {
            return Ok(());
        }
        let (mut is_known, mut first_left) = (false, None);
        for file in entry.files.iter().flat_map(|named| self.meant(named)) {
            match self.empty(entry, &file.path, leaving) {
                // With a relative path, only a file that contained tokens is known to be the right one.
                Ok(emptied) => is_known |= file.is_whole || emptied == Emptied::OfOurs,
                Err(_) => first_left = first_left.or(Some(file.path)),
            }
        }
        match first_left {
            Some(file) => Err(left(Some(file))),
            None if is_known => Ok(()),
            None => Err(left(None)),
        }
    }

    /// Returns the files that a path may refer to: one if it's absolute, otherwise those that exist.
    pub(super) fn meant(&self, named: &str) -> Vec<Meant> {
        let home = BaseDirs::new().map(|base| base.home_dir().to_owned());
        let path = in_home(named, home.as_deref()).unwrap_or_else(|| named.into());
        if path.is_absolute() {
            return vec![Meant { path, is_whole: true }];
        }
        let settings = self.places.settings();
        let bases = [env::current_dir().ok(), home, settings.parent().map(Path::to_owned)];
        let there = bases.into_iter().flatten().map(|base| base.join(&path)).filter(|path| path.exists());
        there.map(|path| Meant { path, is_whole: false }).collect()
    }

    fn empty(&self, entry: &UnclearEntry, named: &Path, leaving: &Leaving) -> Result<Emptied, TokenFileCause> {
        let file = match place::find(named) {
            // The file doesn't exist, so it contains nothing.
            Err(TokenFileCause::NoFolder { .. } | TokenFileCause::NotAFile { .. }) => return Ok(Emptied::OfNothing),
            found => found?,
        };
        match place::check_file(&file) {
            Err(TokenFileCause::NotAFile { .. }) => return Ok(Emptied::OfNothing),
            checked => checked?,
        }
        let (text, _) = rewrite::read(self.files.as_ref(), &file)?;
        let Some(text) = text.filter(|text| !leaving.has_anothers(entry.account, text)) else {
            return Ok(Emptied::OfNothing);
        };
        let rest = |text: &[u8]| match contents::holds(text, entry.format) {
            Holds::Ours(rest) => Ok(rest),
            Holds::Nothing | Holds::Perhaps => Err(TokenFileCause::Foreign { file: file.clone() }),
        };
        match contents::holds(&text, entry.format) {
            Holds::Nothing => Ok(Emptied::OfNothing),
            Holds::Ours(_) | Holds::Perhaps => {
                rewrite::rewrite(self.files.as_ref(), &file, rest).map(|_| Emptied::OfOurs)
            }
        }
    }
}

/// Returns a path in the home folder, if it starts with a shell's name for that folder.
fn in_home(named: &str, home: Option<&Path>) -> Option<PathBuf> {
    const NAMES: [&str; 5] = ["~", "$HOME", "${HOME}", "%USERPROFILE%", "$env:USERPROFILE"];
    let below = NAMES.iter().find_map(|name| named.strip_prefix(name)?.strip_prefix(['/', '\\']))?;
    Some(home?.join(below))
}
