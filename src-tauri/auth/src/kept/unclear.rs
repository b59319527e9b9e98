//! Entries of the settings that are to name a kept file and are not understood. Nothing is kept fresh by them, and what tokens
//! their files still hold is taken out all the same.

use std::{
    env, fmt,
    path::{Path, PathBuf},
};

use super::{
    KeptFiles,
    contents::{self, Holds},
    place,
    release::Leaving,
    rewrite,
};
use crate::{
    account::AccountId,
    error::{EntryFlaw, KeptCause},
    format::Format,
};
use directories::BaseDirs;

/// An entry of the settings that is not understood, and what it says all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearEntry {
    /// Where it stands in the settings file, such as `[[keep]] 2`.
    pub place: String,
    /// What is wrong with it.
    pub flaw: EntryFlaw,
    /// The files that it may mean, as it has them.
    pub files: Vec<String>,
    /// How the tokens stand in them, if it says so.
    pub format: Option<Format>,
    /// Whose tokens, if it says so.
    pub account: Option<AccountId>,
}

/// A file that an entry may mean.
pub(super) struct Meant {
    pub(super) path: PathBuf,
    /// Whether it was named from the root on, so that it is the one.
    is_whole: bool,
}

/// What was taken out of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Emptied {
    OfOurs,
    OfNothing,
}

impl KeptFiles {
    /// Takes the tokens of those who leave out of the files that an entry may mean; fails with what may still hold some.
    pub(super) fn release(&self, entry: &UnclearEntry, leaving: &Leaving) -> Result<(), KeptCause> {
        let left = |file| KeptCause::Unclear { place: entry.place.clone(), flaw: entry.flaw, file };
        if leaving.is_of_another(entry.account) {
            return Ok(());
        }
        let (mut is_known, mut first_left) = (false, None);
        for file in entry.files.iter().flat_map(|named| self.meant(named)) {
            match self.empty(entry, &file.path, leaving) {
                // Of a path that is not whole, only a file that held tokens is known to be the one.
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

    /// The files that a text may mean: one, if it is a whole path, else those that are there.
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

    fn empty(&self, entry: &UnclearEntry, named: &Path, leaving: &Leaving) -> Result<Emptied, KeptCause> {
        let file = match place::find(named) {
            // There is no such file, so nothing is in it.
            Err(KeptCause::NoFolder { .. } | KeptCause::NotAFile { .. }) => return Ok(Emptied::OfNothing),
            found => found?,
        };
        match place::check_file(&file) {
            Err(KeptCause::NotAFile { .. }) => return Ok(Emptied::OfNothing),
            checked => checked?,
        }
        let (text, _) = rewrite::read(self.files.as_ref(), &file)?;
        let Some(text) = text.filter(|text| !leaving.has_anothers(entry.account, text)) else {
            return Ok(Emptied::OfNothing);
        };
        let rest = |text: &[u8]| match contents::holds(text, entry.format) {
            Holds::Ours(rest) => Ok(rest),
            Holds::Nothing | Holds::Perhaps => Err(KeptCause::Foreign { file: file.clone() }),
        };
        match contents::holds(&text, entry.format) {
            Holds::Nothing => Ok(Emptied::OfNothing),
            Holds::Ours(_) | Holds::Perhaps => {
                rewrite::rewrite(self.files.as_ref(), &file, rest).map(|_| Emptied::OfOurs)
            }
        }
    }
}

/// A path in the home folder, by one of the names that shells have for that.
fn in_home(named: &str, home: Option<&Path>) -> Option<PathBuf> {
    const NAMES: [&str; 5] = ["~", "$HOME", "${HOME}", "%USERPROFILE%", "$env:USERPROFILE"];
    let below = NAMES.iter().find_map(|name| named.strip_prefix(name)?.strip_prefix(['/', '\\']))?;
    Some(home?.join(below))
}

impl fmt::Display for UnclearEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in the settings file is not understood: {}.", self.place, self.flaw)?;
        match &self.files[..] {
            [] => f.write_str(" It names no file."),
            files => write!(f, " It doesn't keep {} fresh.", files.join(", ")),
        }
    }
}
