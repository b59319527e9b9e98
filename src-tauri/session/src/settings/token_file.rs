//! Token files: files in which tokens are kept fresh, as listed in the settings.

use std::path::PathBuf;

use spartan_vault::account::AccountId;

use crate::{error::EntryFlaw, format::Format};

/// The formats for token files. The `XBL3.0` header isn't in any of them, because it gives access to more than Halo,
/// and programs that run `spartan` contain nothing that expires.
pub const FORMATS: [Format; 7] = [
    Format::Dotenv,
    Format::DotenvSpnkr,
    Format::Json,
    Format::Token,
    Format::Header,
    Format::Clearance,
    Format::ClearanceHeader,
];

/// A token file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFile {
    /// Its absolute path, with links resolved.
    pub file: PathBuf,
    /// The absolute path that the user specified, if it leads to the file through links.
    pub link: Option<PathBuf>,
    /// The format of its tokens.
    pub format: Format,
    /// The account of its tokens.
    pub account: AccountId,
}

impl TokenFile {
    /// Whether the file exists, or one in its link's place.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.file.exists() || self.link.as_ref().is_some_and(|link| link.exists())
    }
}

/// A settings entry that isn't understood, and what can be read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearEntry {
    /// Its position in the settings file, such as `[[keep]] 2`.
    pub place: String,
    /// What's wrong with it.
    pub flaw: EntryFlaw,
    /// The files that it may refer to, as written.
    pub files: Vec<String>,
    /// Whether every key in it is known, so that no other file can be meant than these.
    pub has_known_keys: bool,
    /// The tokens' format, if specified.
    pub format: Option<Format>,
    /// The tokens' account, if specified.
    pub account: Option<AccountId>,
}
