//! What is wrong with an entry of the settings that is to name a kept file.

use std::fmt;

/// What is wrong with an entry of the settings that is to name a kept file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFlaw {
    /// It stands under another name.
    Misnamed,
    /// It is no entry of a list.
    NoEntry,
    /// Its `file` is missing or no whole path.
    File,
    /// Its `link` is no whole path.
    Link,
    /// Its `format` is missing, or none that a file is kept in.
    Format,
    /// Its `account` is missing or no id.
    Account,
    /// Another entry names the same file, and counts.
    Repeated,
    /// The whole file is not valid TOML.
    Syntax,
}

impl fmt::Display for EntryFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EntryFlaw::Misnamed => "only entries called [[keep]] are read",
            EntryFlaw::NoEntry => "it has to be a [[keep]] with a file, a format and an account",
            EntryFlaw::File => "its file has to be a whole path",
            EntryFlaw::Link => "its link has to be a whole path",
            EntryFlaw::Format => "its format is none that a file is kept in",
            EntryFlaw::Account => "its account has to be the id of an account",
            EntryFlaw::Repeated => "an entry above names the same file",
            EntryFlaw::Syntax => "the whole file is not valid",
        })
    }
}
