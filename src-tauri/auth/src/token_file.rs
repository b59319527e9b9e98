//! Files in which a person keeps tokens fresh, as the settings name them.

use std::{fmt, path::PathBuf};

use crate::{account::AccountId, error::EntryFlaw, format::Format};

/// The formats in which a file can be kept. The `XBL3.0` header is in none, because it is good for more than Halo; programs
/// that ask `spartan` themselves hold nothing that ages.
pub const FORMATS: [Format; 7] = [
    Format::Dotenv,
    Format::DotenvSpnkr,
    Format::Json,
    Format::Token,
    Format::Header,
    Format::Clearance,
    Format::ClearanceHeader,
];

/// A file that is kept fresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it truly lies: its whole path, without a link in it.
    pub file: PathBuf,
    /// The whole path by which the person named it, where that leads to it through links.
    pub link: Option<PathBuf>,
    /// How the tokens stand in it.
    pub format: Format,
    /// Whose tokens.
    pub account: AccountId,
}

/// A settings entry that isn't understood, and what can be read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearEntry {
    /// Where it is in the settings file, such as `[[keep]] 2`.
    pub place: String,
    /// What's wrong with it.
    pub flaw: EntryFlaw,
    /// The files that it may mean, as written.
    pub files: Vec<String>,
    /// The tokens' format, if it names one.
    pub format: Option<Format>,
    /// The tokens' account, if it names one.
    pub account: Option<AccountId>,
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
