//! What's removed and what's left, in words.

use spartan_session::operations::purge::{Thing, Why};

use crate::Problem;

/// Returns what an item to remove is called.
#[must_use]
pub fn thing(thing: &Thing) -> String {
    match thing {
        Thing::File(path) => path.display().to_string(),
        Thing::Folder(path) => format!("{} and everything in it", path.display()),
        Thing::Lines { list, about } => format!("what {} says about {about}", list.display()),
        Thing::Registered { key, value: None } => format!(r"HKEY_CURRENT_USER\{key}"),
        Thing::Registered { key, value: Some(value) } => format!(r"{value} in HKEY_CURRENT_USER\{key}"),
        Thing::TokenFile(file) => format!("the tokens that are kept fresh in {}", file.display()),
        Thing::Unclear(entry) if entry.files.is_empty() => format!("what {} in the settings means", entry.place),
        Thing::Unclear(entry) => format!("the tokens in {} ({} in the settings)", entry.files.join(", "), entry.place),
        Thing::Key(id) => format!("the key in your keyring (vault-{id})"),
    }
}

/// Returns why an item couldn't be removed.
#[must_use]
pub fn why_left(why: &Why) -> String {
    match why {
        Why::Error(error) => Problem::from(error).message,
        Why::Io(error) => error.to_string(),
        Why::NamesFiles => "It names the files that may still hold tokens.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_the_registry_is_told_with_its_whole_key() {
        let told = |value: Option<&str>| {
            thing(&Thing::Registered { key: r"Software\Classes\x".into(), value: value.map(str::to_owned) })
        };
        assert_eq!(told(None), r"HKEY_CURRENT_USER\Software\Classes\x");
        assert_eq!(told(Some("app.example")), r"app.example in HKEY_CURRENT_USER\Software\Classes\x");
    }

    #[test]
    fn a_file_is_told_by_its_path_alone_and_what_is_in_it_with_what_it_is() {
        assert_eq!(thing(&Thing::File("/f".into())), "/f");
        assert_eq!(thing(&Thing::Folder("/f".into())), "/f and everything in it");
        let lines = Thing::Lines { list: "/mimeapps.list".into(), about: "x.desktop".into() };
        assert_eq!(thing(&lines), "what /mimeapps.list says about x.desktop");
        assert_eq!(thing(&Thing::TokenFile("/f".into())), "the tokens that are kept fresh in /f");
    }
}
