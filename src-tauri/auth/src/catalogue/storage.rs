//! What this computer keeps: the keyring, the vault, the settings.

use super::{Entry, Help};

const fn again(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo, help: Help::TryAgain }
}

const fn lost_key(key: &'static str, what: &'static str) -> Entry {
    Entry {
        key,
        what,
        todo: "If it lies in another keyring, open that one and start this program again. Otherwise start afresh: the old file is kept beside the new one.",
        help: Help::StartAfresh,
    }
}

const fn lost_file(key: &'static str, what: &'static str) -> Entry {
    Entry {
        key,
        what,
        todo: "Put a copy of it back and start this program again, or start afresh: the old file is kept beside the new one.",
        help: Help::StartAfresh,
    }
}

const fn unlock(key: &'static str, what: &'static str) -> Entry {
    Entry { key, what, todo: "Unlock it to go on. Nothing is lost.", help: Help::Unlock }
}

pub(super) const STORAGE: &[Entry] = &[
    unlock("keyring.locked", "Your keyring is locked, so your sign-in cannot be read yet."),
    unlock("keyring.dismissed", "The keyring stayed locked."),
    again(
        "keyring.none",
        "This computer has no keyring running, so there is no safe place for the key to your sign-in.",
        "Install or start one, such as GNOME Keyring or KWallet, then try again. Nothing is lost.",
    ),
    again(
        "keyring.silent",
        "Your keyring does not answer.",
        "See whether it shows a question somewhere, or log out and in again. Nothing is lost.",
    ),
    lost_key("keyring.key_missing", "The key to the file that holds your sign-in is not in your keyring."),
    lost_key("keyring.key_garbled", "What your keyring holds is not the key to your sign-in."),
    again("keyring.failed", "Your keyring refused to work.", "Log out and in again, then try again. Nothing is lost."),
    lost_file("vault.truncated", "The file that holds your sign-in is damaged: its end is missing."),
    lost_file("vault.foreign", "The file in the place of your sign-in is not one of this program's."),
    lost_file(
        "vault.other_key",
        "The key in your keyring does not open the file that holds your sign-in, or the file was changed.",
    ),
    lost_file("vault.unreadable", "The file that holds your sign-in opened, but makes no sense."),
    Entry {
        key: "vault.later_version",
        what: "A later version of Spartan Tray wrote the file that holds your sign-in.",
        todo: "Update this program. The file is left as it is.",
        help: Help::Words,
    },
    again(
        "vault.busy",
        "Another Spartan Tray program keeps the file that holds your sign-in busy.",
        "Wait a moment, then try again.",
    ),
    again(
        "vault.files",
        "The file that holds your sign-in cannot be read or written: {why}.",
        "Check the folder's permissions and the space left on the disk, then try again.",
    ),
    again(
        "settings.file",
        "The settings file cannot be read or written.",
        "Look at the file in the settings folder: mend it or remove it, then try again.",
    ),
];
