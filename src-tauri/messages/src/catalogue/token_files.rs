//! Token files.

use super::Entry;

const fn told(key: &'static str, what: &'static str, todo: &'static str) -> Entry {
    Entry { key, what, todo }
}

pub(super) const TOKEN_FILES: &[Entry] = &[
    told(
        "kept.link_changed",
        "{file} leads elsewhere than when it was set up, so no token was written there.",
        "If that is meant, set it up again with spartan keep.",
    ),
    told(
        "kept.others_can_write",
        "Other people on this computer can change what lies in {folder}, so no token is written there.",
        "Choose a folder that only you can change{or_close}.",
    ),
    told(
        "kept.our_folder",
        "{folder} is for this program's own files.",
        "Choose a file in a folder of yours, such as the .env of a project.",
    ),
    told("kept.no_folder", "There is no folder {folder}.", "Make the folder, or choose a file in another one."),
    told("kept.not_a_file", "{file} is not a plain file.", "Choose a file."),
    told(
        "kept.no_longer_ours",
        "Something that this program did not write is in the place of the token file {file}. It was left as it is.",
        "It is no token file any more. If the old one was moved, delete the tokens in it by hand.",
    ),
    told("kept.of_another_user", "{file} belongs to another user.", "Choose a file of your own."),
    told(
        "kept.foreign",
        "{file} holds something that this program did not write, so it was left as it is.",
        "Choose another file, or empty this one. Only in a .env are other lines left in peace.",
    ),
    told(
        "kept.not_text",
        "{file} is not written in an encoding that this program can add lines to.",
        "Save it as UTF-8 in your editor, then try again.",
    ),
    told(
        "kept.unnameable",
        "The settings can't name {file}: something in its path isn't text, can't be seen, or could be taken for a wildcard, a variable or the home folder.",
        "Give it a plain name, or choose another file.",
    ),
    told(
        "kept.not_this_format",
        "A file cannot be kept fresh in the format {format}.",
        "Choose dotenv, dotenv-spnkr, json, token, header, clearance or clearance-header.",
    ),
    told("kept.not_kept", "{file} is not kept fresh.", "Run spartan keep alone to see which files are."),
    told(
        "kept.left",
        "Tokens are still in {file}, and could not be taken out: {why}.",
        "Once that is mended, run spartan keep --stop on it; or take them out by hand.",
    ),
    told(
        "kept.unlisted",
        "Kept files could not be looked at, and tokens may be in them: the settings file is not understood ({why}).",
        "Mend that file. Then spartan keep --stop takes the tokens out of a file, and so does the tray program by itself for whoever is signed out.",
    ),
    told(
        "kept.unclear",
        "Tokens may still be in {file}: {place} in the settings file names it, but isn't understood ({why}).",
        "Delete the tokens from that file yourself, and fix or delete the entry. `spartan keep` writes such entries.",
    ),
    told(
        "kept.unclear_file",
        "{place} in the settings file isn't understood ({why}), so it isn't known which file it means. Tokens may still be in that file.",
        "Delete the tokens from that file yourself, and fix or delete the entry. `spartan keep` writes such entries.",
    ),
    told("kept.busy", "Another Spartan Tray program is busy with token files.", "Wait a moment, then try again."),
    told(
        "kept.files",
        "{file} cannot be read or written: {why}.",
        "Check its permissions and the space left on the disk. It is tried again by itself.",
    ),
];
