//! The catalogue of known errors, as data: what happened and what to do.
//!
//! A key is an area and a code, such as `oauth.invalid_grant` or `xbox.2148916238`. A code without an entry falls back
//! to its area's `unknown`, whose text includes the code.

mod app;
#[cfg(test)]
mod complete;
mod page;
mod pasted;
mod services;
mod storage;
mod token_files;
mod xbox;

/// A known error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code of the cause.
    pub key: &'static str,
    /// What happened. A name in braces, such as `{host}`, is replaced with the error's value.
    pub what: &'static str,
    /// What to do.
    pub todo: &'static str,
}

/// Every entry, by area.
pub const AREAS: [&[Entry]; 8] = [
    services::SERVICES,
    xbox::XBOX,
    app::APP,
    pasted::PASTED,
    page::PAGE,
    storage::STORAGE,
    token_files::TOKEN_FILES,
    &[NOTHING_KNOWN],
];

const NOTHING_KNOWN: Entry = Entry {
    key: "unknown",
    what: "Something went wrong that is not known here.",
    todo: "Try again in a while. Nothing that was stored is lost.",
};

/// Returns the entry for a key, or else its area's `unknown`.
#[must_use]
pub fn find(key: &str) -> Entry {
    let area = key.split_once('.').map_or(key, |(area, _)| area);
    known(key).or_else(|| known(&format!("{area}.unknown"))).unwrap_or(NOTHING_KNOWN)
}

/// Returns the entry for exactly this key.
#[must_use]
pub fn known(key: &str) -> Option<Entry> {
    AREAS.into_iter().flatten().find(|entry| entry.key == key).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every placeholder that is filled in.
    const NAMES: [&str; 23] = [
        "groups",
        "service",
        "the_service",
        "host",
        "status",
        "error",
        "why",
        "xerr",
        "to",
        "port",
        "account",
        "expected",
        "came",
        "off",
        "left",
        "path",
        "quoted",
        "folder",
        "close",
        "or_close",
        "file",
        "format",
        "place",
    ];

    fn all() -> impl Iterator<Item = Entry> {
        AREAS.into_iter().flatten().copied()
    }

    #[test]
    fn no_key_stands_twice() {
        let keys: BTreeSet<_> = all().map(|entry| entry.key).collect();
        assert_eq!(keys.len(), all().count());
    }

    #[test]
    fn every_sentence_is_one_that_anybody_can_read() {
        const JARGON: [&str; 12] = [
            "XErr",
            "XSTS",
            "OAuth",
            "HTTP",
            "AADSTS",
            "PKCE",
            "JSON",
            "TOML",
            "token endpoint",
            "grant",
            "state",
            "null",
        ];
        for Entry { key, what, todo, .. } in all() {
            for sentence in [what, todo] {
                assert!(
                    sentence.ends_with('.') && !sentence.contains('!') && !sentence.contains("  "),
                    "{key}: {sentence}"
                );
                assert!(JARGON.iter().all(|word| !sentence.contains(word)), "{key}: {sentence}");
            }
        }
    }

    #[test]
    fn a_sentence_has_only_names_that_are_filled_in() {
        for Entry { key, what, todo, .. } in all() {
            for rest in [what, todo].into_iter().flat_map(|sentence| sentence.split('{').skip(1)) {
                let (name, _) = rest.split_once('}').unwrap_or_else(|| panic!("{key}: {rest}"));
                assert!(NAMES.contains(&name), "{key}: {name}");
            }
        }
    }

    #[test]
    fn a_code_that_is_not_known_falls_through_to_its_area() {
        for area in ["oauth", "xbox", "http", "refused", "page"] {
            assert_eq!(find(&format!("{area}.neverheardof")).key, format!("{area}.unknown"));
        }
        assert_eq!(find("elsewhere.neverheardof"), NOTHING_KNOWN);
    }
}
