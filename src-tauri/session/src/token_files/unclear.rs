//! Settings entries for token files that aren't understood. They keep nothing fresh, but the tokens in their files are
//! still deleted.

use std::{
    collections::BTreeSet,
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
use crate::{
    error::TokenFileCause,
    settings::{spelling, token_file::UnclearEntry},
};
use directories::BaseDirs;

/// A file that an entry may refer to.
pub(super) struct Meant {
    pub(super) path: PathBuf,
    /// Whether the entry can't mean any other file.
    is_whole: bool,
}

/// What was deleted from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Emptied {
    OfOurs,
    OfNothing,
    /// There's no file.
    NotThere,
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
            let file = Meant { is_whole: file.is_whole && entry.has_known_keys, ..file };
            match self.empty(entry, &file, leaving) {
                // Otherwise, only a file that contained tokens is known to be the right one.
                Ok(Emptied::OfOurs) => is_known = true,
                Ok(Emptied::OfNothing) => is_known |= file.is_whole,
                // If the entry names anything else, that may be the file.
                Ok(Emptied::NotThere) => is_known |= file.is_whole && entry.files.len() == 1,
                Err(_) => first_left = first_left.or(Some(file.path)),
            }
        }
        match first_left {
            Some(file) => Err(left(Some(file))),
            None if is_known => Ok(()),
            None => Err(left(None)),
        }
    }

    /// Returns the files that a path may refer to: one if that's certain, otherwise those that exist.
    pub(super) fn meant(&self, named: &str) -> Vec<Meant> {
        let home = BaseDirs::new().map(|base| base.home_dir().to_owned());
        if let Some(path) = spelling::whole(named, home.as_deref()).filter(|path| path.is_absolute()) {
            return vec![Meant { path, is_whole: true }];
        }
        let settings = self.paths.settings();
        let bases = [env::current_dir().ok(), home.clone(), settings.parent().map(Path::to_owned)];
        let bases: Vec<PathBuf> = bases.into_iter().flatten().collect();
        // An absolute path replaces the base.
        let paths = spelling::meant(named, home.as_deref())
            .into_iter()
            .flat_map(|path| bases.iter().map(|base| base.join(&path)).collect::<Vec<_>>());
        let there: BTreeSet<PathBuf> = paths.flat_map(|path| there(&path)).collect();
        there.into_iter().map(|path| Meant { path, is_whole: false }).collect()
    }

    fn empty(&self, entry: &UnclearEntry, meant: &Meant, leaving: &Leaving) -> Result<Emptied, TokenFileCause> {
        let file = match place::find(&meant.path) {
            // The file doesn't exist, so it contains nothing.
            Err(TokenFileCause::NoFolder { .. } | TokenFileCause::NotAFile { .. }) => return Ok(Emptied::NotThere),
            found => found?,
        };
        match place::check_file(&file) {
            Err(TokenFileCause::NotAFile { .. }) => return Ok(Emptied::NotThere),
            checked => checked?,
        }
        // If it isn't certain to be the file, it must show by itself whose it is: a clearance can be any word.
        let (format, account) = if meant.is_whole { (entry.format, entry.account) } else { (None, None) };
        let (text, _) = rewrite::read(self.files.as_ref(), &file)?;
        let Some(text) = text else { return Ok(Emptied::NotThere) };
        if leaving.has_anothers(account, &text) {
            return Ok(Emptied::OfNothing);
        }
        let rest = |text: &[u8]| match contents::holds(text, format) {
            Holds::Ours(rest) => Ok(rest),
            Holds::Nothing | Holds::Perhaps => Err(TokenFileCause::Foreign { file: file.clone() }),
        };
        match contents::holds(&text, format) {
            Holds::Nothing => Ok(Emptied::OfNothing),
            Holds::Ours(_) | Holds::Perhaps => {
                rewrite::rewrite(self.files.as_ref(), &file, rest).map(|_| Emptied::OfOurs)
            }
        }
    }
}

/// Returns the files that exist under a path, which may have wildcards and variables in it.
fn there(path: &Path) -> Vec<PathBuf> {
    let itself = Some(path.to_owned()).filter(|path| path.exists());
    let pattern = path.to_str().filter(|path| spelling::is_pattern(path)).map(spelling::pattern);
    let matching = pattern.and_then(|pattern| glob::glob(&pattern).ok()).into_iter().flatten();
    // What can't be listed isn't known to be one of them; if none is, the entry is reported.
    itself.into_iter().chain(matching.filter_map(Result::ok)).collect()
}
