//! What's wrong with a settings entry for a token file.

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
