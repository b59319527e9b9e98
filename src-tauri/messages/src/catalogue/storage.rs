//! Storage on this computer: the keyring, the vault, the settings.

use super::Entry;

const fn again(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo }
}

const fn lost_key(key: &'static str, what: &'static str) -> Entry {
    Entry {
        key,
        what,
        todo: "If it lies in another keyring, open that one and start this program again. Otherwise start afresh: the old file is kept beside the new one.",
    }
}

const fn lost_key_file(key: &'static str, what: &'static str) -> Entry {
    Entry {
        key,
        what,
        todo: "Put a copy of the right key file back and try again. Otherwise start afresh: the old sign-in is kept beside the new one.",
    }
}

const fn lost_file(key: &'static str, what: &'static str) -> Entry {
    Entry {
        key,
        what,
        todo: "Put a copy of it back and start this program again, or start afresh: the old file is kept beside the new one.",
    }
}

const fn unlock(key: &'static str, what: &'static str) -> Entry {
    Entry { key, what, todo: "Unlock it to go on. Nothing is lost." }
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
    again(
        "key_file.relative",
        "The key file \"{path}\" is not named from the root on.",
        "Name it with its whole path, such as /home/you/.config/spartan.key, then try again.",
    ),
    again(
        "key_file.not_made",
        "There is no key file {path} yet.",
        "Make it with \"spartan vault init --key-file {quoted}\", then try again.",
    ),
    lost_key_file("key_file.missing", "The key file {path} is not there, and only it opens your sign-in."),
    lost_key_file("key_file.garbled", "What is in {path} is not a key to your sign-in."),
    again(
        "key_file.other_owner",
        "The key file {path} belongs to another user of this computer.",
        "Run this program as that user, or choose a key file of your own.",
    ),
    again(
        "key_file.others_can_read",
        "Others on this computer can read the key file {path}, so it keeps nothing safe.",
        "Run {close}, then try again.",
    ),
    again(
        "key_file.folder_open",
        "Others on this computer can change the folder {folder}, so the key file in it may be anybody's.",
        "Run {close}, or choose a key file in another folder.",
    ),
    again(
        "key_file.folder_shared",
        "The folder {folder} is not yours alone, so the key file in it may be anybody's.",
        "Choose a key file in a folder of your own, such as /home/you/.config/spartan.key.",
    ),
    lost_key_file(
        "key_file.other_key",
        "The key file {path} does not open the file that holds your sign-in, or that file was changed.",
    ),
    again(
        "key_file.files",
        "The key file {path} cannot be read or written: {why}.",
        "Check the folder's permissions and the space left on the disk, then try again.",
    ),
    Entry {
        key: "vault.other_owner",
        what: "{path} belongs to another user of this computer.",
        todo: "Run this as that user, without sudo. Nothing was read or changed.",
    },
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
    Entry {
        key: "settings.not_understood",
        what: "The settings file {file} is not understood: {why}. It may name the file with the key to your sign-in.",
        todo: "Mend it, then start this program again. Nothing is lost, and nothing was changed.",
    },
    again(
        "settings.unnameable",
        "The settings cannot name that file, because of characters in its path that are no text.",
        "Give it a plain name, or choose another file.",
    ),
    again(
        "settings.files",
        "The settings file cannot be read or written: {why}.",
        "Check the folder's permissions and the space left on the disk, then try again. What the file says still holds.",
    ),
];
