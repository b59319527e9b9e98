//! The licences of everything that the programs contain, in one text that ships with them.

use std::{collections::BTreeMap, fs, path::Path};

use super::{Ground, metadata::Part};

/// The name of the staged text.
pub const NAME: &str = "THIRD-PARTY-NOTICES";

/// Our packages that ship.
const OURS: [&str; 2] = ["spartan-tray", "spartan-cli"];

/// The beginnings of the names of licence files.
const TERMS: [&str; 7] = ["license", "licence", "copying", "copyright", "notice", "unlicense", "licenses"];

const BEGINNING: &str = "Spartan Tray is made of what many others wrote. Each of these packages stands here with its terms; \
where several have the same text, it stands once. Their sources are on crates.io.\n";

/// Writes the text into the stage.
pub fn write(ground: &Ground) -> Result<(), String> {
    ground.stage_text(NAME, of(ground, &OURS)?).map(drop)
}

/// Returns the text for some of our packages.
pub fn of(ground: &Ground, ours: &[&str]) -> Result<String, String> {
    Ok(notices(&ground.metadata.parts(ours)?))
}

fn notices(parts: &[Part]) -> String {
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut bare = Vec::new();
    for part in parts {
        let texts = texts(&part.folder);
        if texts.is_empty() {
            bare.push(name(part));
        }
        for text in texts {
            by_text.entry(text).or_default().push(name(part));
        }
    }
    let mut sections: Vec<(Vec<String>, String)> = by_text.into_iter().map(|(text, names)| (names, text)).collect();
    sections.sort();
    if !bare.is_empty() {
        sections.push((
            bare,
            "These packages bring no text of their own; their licences are named beside them.".to_owned(),
        ));
    }
    let line = "-".repeat(80);
    let section = |(names, text): (Vec<String>, String)| format!("\n{line}\n{}\n\n{text}\n", names.join("\n"));
    let sections: String = sections.into_iter().map(section).collect();
    format!("{BEGINNING}{sections}")
}

fn name(part: &Part) -> String {
    format!("{} {} ({})", part.name, part.version, part.license)
}

/// Returns every licence text in a package, the same on every system.
fn texts(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    for inside in files.clone().iter().filter(|path| path.is_dir() && is_terms(path)) {
        files.extend(fs::read_dir(inside).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    files.sort();
    let of_terms =
        files.iter().filter(|path| path.is_file() && (is_terms(path) || path.parent().is_some_and(is_terms)));
    let mut texts: Vec<String> = of_terms
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|text| text.replace("\r\n", "\n").trim().to_owned())
        .collect();
    texts.dedup();
    texts
}

fn is_terms(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let mut words = name.split(['-', '.', '_']);
    words.next().is_some_and(|first| TERMS.contains(&first)) && words.next_back() != Some("rs")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::checkout;

    #[test]
    fn files_of_terms_are_known_by_their_names() {
        for name in ["LICENSE", "LICENSE-MIT", "license_apache.txt", "COPYING", "UNLICENSE", "NOTICE.md", "LICENSES"] {
            assert!(is_terms(Path::new(name)), "{name}");
        }
        for name in ["README.md", "src", "licensed.txt", "license.rs"] {
            assert!(!is_terms(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn a_text_that_several_share_stands_once_and_a_package_without_one_is_named() {
        let here = checkout();
        let part = |name: &str, folder: &Path| Part {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: "MIT".to_owned(),
            folder: folder.to_owned(),
        };
        let text = notices(&[part("one", &here), part("two", &here), part("bare", Path::new("/nowhere"))]);
        assert_eq!(text.matches("Permission is hereby granted").count(), 1);
        assert!(text.contains("one 1.0.0 (MIT)\ntwo 1.0.0 (MIT)\n"), "{text}");
        assert!(text.contains("bare 1.0.0 (MIT)\n\nThese packages bring no text"), "{text}");
    }
}
