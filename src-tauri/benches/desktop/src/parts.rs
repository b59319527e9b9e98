//! How large the executables are, and what ours is made of.

use std::{
    collections::HashMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{desktop::Desktop, process, program::Stage};

/// Sizes in MB of 1,000,000 bytes.
pub struct Parts {
    /// Of our executable.
    pub ours: f64,
    /// Of the bare one.
    pub bare: f64,
    /// The sections of ours, the largest first.
    pub sections: Vec<(String, f64)>,
    /// The crates in it, the largest first: their code and their own data, and none of what the linker adds.
    pub crates: Vec<(String, f64)>,
}

/// Makes the executable that ships out of the one that has its symbols.
pub fn stripped(desktop: &Desktop, with_symbols: &Path, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let path = desktop.path(name);
    process::ask(Command::new("strip").arg("-o").args([&path, with_symbols]).env("PATH", path_variable()))?;
    Ok(path)
}

/// Takes both apart.
pub fn of(stage: &Stage<'_>, ours_with_symbols: &Path) -> Result<Parts, Box<dyn Error>> {
    let run = |words: &[&str], file: &Path| {
        process::ask(Command::new(words[0]).args(&words[1..]).arg(file).env("PATH", path_variable()))
    };
    Ok(Parts {
        ours: megabytes(fs::metadata(&stage.ours)?.len()),
        bare: megabytes(fs::metadata(&stage.bare)?.len()),
        sections: sections(&run(&["size", "-A", "-d"], &stage.ours)?),
        crates: crates(&run(&["nm", "--demangle", "--print-size", "--radix=d"], ours_with_symbols)?),
    })
}

fn path_variable() -> std::ffi::OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "a file's size is far below what a float holds exactly")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Reads lines as `.text   5012345   4096`.
fn sections(listing: &str) -> Vec<(String, f64)> {
    let section = |line: &str| {
        let mut words = line.split_whitespace();
        let (name, size) = (words.next()?, words.next()?.parse().ok()?);
        // What takes no room in the file.
        (name.starts_with('.') && name != ".bss").then(|| (name.to_owned(), size))
    };
    largest_first(listing.lines().filter_map(section))
}

/// Reads lines as `0000000000123456 0000000000000078 t tauri::app::App::run`.
fn crates(listing: &str) -> Vec<(String, f64)> {
    let symbol = |line: &str| {
        let mut words = line.splitn(4, ' ');
        let (_address, size, kind, name) = (words.next()?, words.next()?, words.next()?, words.next()?);
        // What takes no room in the file.
        (!matches!(kind, "b" | "B")).then(|| Some((crate_of(name).to_owned(), size.parse().ok()?)))?
    };
    largest_first(listing.lines().filter_map(symbol))
}

fn largest_first(parts: impl Iterator<Item = (String, u64)>) -> Vec<(String, f64)> {
    let mut sums: HashMap<String, u64> = HashMap::new();
    for (name, size) in parts {
        *sums.entry(name).or_default() += size;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(name, size), (other_name, other_size)| other_size.cmp(size).then_with(|| name.cmp(other_name)));
    sums.into_iter().map(|(name, size)| (name, megabytes(size))).collect()
}

/// The crate that a symbol is of, as far as its name tells: a trait's method is its type's, dropping is the type's.
fn crate_of(symbol: &str) -> &str {
    let inner = symbol.split_once("drop_in_place<").or_else(|| symbol.split_once("drop_in_place::<"));
    let name = inner.map_or(symbol, |(_, dropped)| dropped);
    let name = name.trim_start_matches(['<', '&', '*', '(', '[']);
    let name = ["mut ", "const ", "dyn "].iter().fold(name, |name, word| name.trim_start_matches(word));
    match name.split_once("::") {
        Some((first, _)) if first.chars().all(|letter| letter.is_alphanumeric() || letter == '_') => first,
        _ => "C, assembly and data without a name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_belongs_to_the_crate_of_its_type() {
        for (symbol, expected) in [
            ("tauri::app::App<R>::run", "tauri"),
            ("<tauri::Window as core::fmt::Debug>::fmt", "tauri"),
            ("core::ptr::drop_in_place<zbus::Connection>", "zbus"),
            ("<&mut serde_json::Error as core::fmt::Display>::fmt", "serde_json"),
            ("ring_core_0_17_14__ChaCha20", "C, assembly and data without a name"),
        ] {
            assert_eq!(crate_of(symbol), expected, "{symbol}");
        }
    }

    #[test]
    fn parts_are_summed_and_sorted() {
        let listing = "000001 0000000000500000 t a::b\n000002 0000000000700000 T c::d\n000003 0000000000400000 t a::e\n\
                       000004 0000000009000000 b a::f\n                 U exit\n";
        assert_eq!(crates(listing), [("a".to_owned(), 0.9), ("c".to_owned(), 0.7)]);
        let listing =
            "file  :\nsection  size  addr\n.rodata 100000 5\n.text 200000 4096\n.bss 900000 1\nTotal 300000\n";
        assert_eq!(sections(listing), [(".text".to_owned(), 0.2), (".rodata".to_owned(), 0.1)]);
    }
}
