//! What's wrong with a settings entry for a token file.

use std::fmt;

/// What's wrong with a settings entry for a token file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFlaw {
    /// The entry has another name.
    Misnamed,
    /// It isn't an array entry.
    NoEntry,
    /// Its `file` is missing or isn't an absolute path.
    File,
    /// Its `link` isn't an absolute path.
    Link,
    /// Its `file` or `link` has a wildcard, a variable, a name of the home folder, or something that can't be seen in it.
    Spelling,
    /// Its `format` is missing, or isn't one for token files.
    Format,
    /// Its `account` is missing or isn't an ID.
    Account,
    /// Another entry specifies the same file and takes precedence.
    Repeated,
    /// The settings file isn't valid TOML.
    Syntax,
}

impl fmt::Display for EntryFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EntryFlaw::Misnamed => "only entries called [[keep]] are read",
            EntryFlaw::NoEntry => "it must be a [[keep]] entry with a file, a format and an account",
            EntryFlaw::File => "its file must be an absolute path",
            EntryFlaw::Link => "its link must be an absolute path",
            EntryFlaw::Spelling => {
                "its file must be written out: without *, ?, ~, a variable such as $HOME, or a space at its end"
            }
            EntryFlaw::Format => "files can't be kept in its format",
            EntryFlaw::Account => "its account must be an account's ID",
            EntryFlaw::Repeated => "an entry above names the same file",
            EntryFlaw::Syntax => "the file isn't valid TOML",
        })
    }
}
