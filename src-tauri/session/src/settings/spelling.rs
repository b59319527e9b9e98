//! Paths as people write them in the settings: with what only a shell understands, or with a space too many. Does no
//! I/O.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex_lite::Regex;
use spartan_auth::plain;

/// A shell's names for the home folder.
const HOME: [&str; 5] = ["~", "$HOME", "${HOME}", "%USERPROFILE%", "$env:USERPROFILE"];
/// Names of variables, in all shells.
const VARIABLE: &str = r"\$(env:)?[A-Za-z_]\w*|\$\{[^/\\}]+\}|%[A-Za-z_(][\w()]*%";

static WILDCARD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"{VARIABLE}|[*?]+")).ok());

/// Whether a path means the file of exactly this name, and anyone who reads it can see that.
pub(crate) fn is_literal(path: &str) -> bool {
    let has_home = components(path).any(|name| name.starts_with('~'));
    let is_seen = plain::line(path) == path && path.trim() == path;
    is_seen && !has_home && !is_pattern(path)
}

/// Whether a path has a wildcard or a variable in it.
pub(crate) fn is_pattern(path: &str) -> bool {
    WILDCARD.as_ref().is_some_and(|wildcard| wildcard.is_match(without_prefix(path)))
}

/// Returns the path if it's literal, perhaps below one of the home folder's names.
pub(crate) fn whole(path: &str, home: Option<&Path>) -> Option<PathBuf> {
    let whole = below_home(path).zip(home).and_then(|(below, home)| home.join(below).to_str().map(str::to_owned));
    Some(whole.unwrap_or_else(|| path.to_owned())).filter(|path| is_literal(path)).map(PathBuf::from)
}

/// Returns what a path may have been meant to be: itself, and itself without what can't be seen, with the home folder in
/// place of its names.
pub(crate) fn meant(path: &str, home: Option<&Path>) -> Vec<String> {
    let seen = plain::line(path);
    let mut meant = vec![path.to_owned()];
    for one in [path, seen.trim()].into_iter().map(|path| in_home(path, home).unwrap_or_else(|| path.to_owned())) {
        if !meant.contains(&one) {
            meant.push(one);
        }
    }
    meant
}

/// Returns a path as a pattern for [`glob`]. A variable may have any value, but stays within its folder.
pub(crate) fn pattern(path: &str) -> String {
    let literal = |text: &str| glob::Pattern::escape(text);
    let Some(wildcard) = WILDCARD.as_ref() else { return literal(path) };
    let (mut pattern, mut end) = (String::new(), 0);
    for found in wildcard.find_iter(path) {
        pattern += &literal(&path[end..found.start()]);
        pattern += if found.as_str().contains(|letter| letter != '?') { "*" } else { found.as_str() };
        end = found.end();
    }
    pattern + &literal(&path[end..])
}

/// Returns a path in the home folder if one of that folder's names is in it.
fn in_home(path: &str, home: Option<&Path>) -> Option<String> {
    let below = below_home(path).or_else(|| path.split_once("/~/").map(|(_, below)| below))?;
    Some(home?.join(below).to_str()?.to_owned())
}

fn below_home(path: &str) -> Option<&str> {
    HOME.iter().find_map(|name| path.strip_prefix(name)?.strip_prefix(['/', '\\']))
}

fn components(path: &str) -> impl Iterator<Item = &str> {
    path.split(['/', '\\'])
}

/// Windows' own prefix of long paths has a `?` in it.
fn without_prefix(path: &str) -> &str {
    path.strip_prefix(r"\\?\").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_literal_unless_something_else_would_read_it_otherwise() {
        for path in [
            "/home/a/.env",
            "/home/a b/.env",
            "/home/a/.env~",
            "/home/a/[slug]/{x}.env",
            "/home/a/100%/.env",
            "/home/a/$/.env",
            "/home/a/#1 (2)/é.env",
            r"C:\a\PROGRA~1\.env",
            r"\\?\C:\a\.env",
        ] {
            assert!(is_literal(path), "{path}");
        }
        for path in [
            "/a/.env ",
            " /a/.env",
            "/a/.env\n",
            "/a/.env\t",
            "/a/.env\u{a0}",
            "/a/.env\u{200b}",
            "/a/*/.env",
            "/a/**/.env",
            "/a/?.env",
            "~/.env",
            "/a/~/.env",
            "~bob/.env",
            "$HOME/.env",
            "/a/$USER/.env",
            "/a/${USER}/.env",
            "/a/${X:-y}/.env",
            "/a/%USERNAME%/.env",
            r"%ProgramFiles(x86)%\.env",
            r"$env:APPDATA\.env",
        ] {
            assert!(!is_literal(path), "{path:?}");
        }
    }

    #[test]
    fn what_may_be_meant_has_no_space_too_many_and_the_home_folder_by_its_path() {
        let home = Some(Path::new("/home/a"));
        for (path, expected) in [
            ("/x/.env", &["/x/.env"][..]),
            ("/x/.env ", &["/x/.env ", "/x/.env"]),
            ("/x/\u{200b}.env\n", &["/x/\u{200b}.env\n", "/x/.env"]),
            ("~/.env", &["~/.env", "/home/a/.env"]),
            ("$HOME/.env ", &["$HOME/.env ", "/home/a/.env ", "/home/a/.env"]),
            ("/b/~/.env", &["/b/~/.env", "/home/a/.env"]),
        ] {
            assert_eq!(meant(path, home), expected, "{path:?}");
        }
        assert_eq!(meant("~/.env", None), ["~/.env"]);
        let whole = |path| whole(path, home).map(|path| path.display().to_string());
        assert_eq!(whole("~/.env").as_deref(), Some("/home/a/.env"));
        for path in ["~/.env ", "~/*.env", "/b/~/.env", "/b/$X/.env"] {
            assert_eq!(whole(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_variable_is_any_name_and_everything_else_is_literal() {
        for (path, expected) in [
            ("/a/[b]/*.env", "/a/[[]b[]]/*.env"),
            ("/a/**/.env", "/a/*/.env"),
            ("/a/?.env", "/a/?.env"),
            ("/a/$X/${Y}_%Z%/.env", "/a/*/*_*/.env"),
        ] {
            assert_eq!(pattern(path), expected);
        }
    }
}
