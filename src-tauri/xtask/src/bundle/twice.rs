//! `cargo xtask bundle --twice`: creates the packages again, from the same commit in folders whose names differ in text
//! and length, and compares both byte by byte.

use std::{collections::BTreeMap, fs, path::Path};

use super::{Ground, ground};
use crate::process;

/// Creates the packages again, and reports for each file whether it's the same. Fails if one differs.
pub fn compare(ground: &Ground) -> Result<(), String> {
    let elsewhere = ground.builds.join("once-more");
    let checkout = elsewhere.join("the-same-checkout-in-another-place");
    let builds = elsewhere.join("b");
    ground::empty(&elsewhere)?;
    let here = process::checkout().canonicalize().map_err(|error| format!("The checkout: {error}."))?;
    process::run(process::program("git").args(["clone", "--quiet", "--no-hardlinks"]).arg(&here).arg(&checkout))?;
    let mut again = process::cargo();
    again.current_dir(&checkout).env("CARGO_TARGET_DIR", &builds).args(["xtask", "bundle", "--yes"]);
    process::run(&mut again)?;

    let folders = [&ground.packages, &builds.join("packages")];
    let [first, second] = folders.map(|folder| sums(folder));
    let mut verdicts = verdicts(&first?, &second?);
    for (file, verdict) in verdicts.iter_mut().filter(|(file, verdict)| is_rpm(file) && **verdict == Verdict::Differs) {
        let [first, second] = folders.map(|folder| inside(&folder.join(file)));
        if first? == second? {
            *verdict = Verdict::SameInside;
        }
    }
    println!("\nMade twice:");
    for (file, verdict) in &verdicts {
        println!("  {verdict:?}: {file}");
    }
    if verdicts.values().all(|verdict| matches!(verdict, Verdict::Same | Verdict::SameInside)) {
        return Ok(());
    }
    let [first, second] = folders.map(|folder| folder.display());
    Err(format!("Not all of it is the same. To see where: diffoscope {first} {second}"))
}

/// Fails if the checkout has uncommitted changes, which the second build would not contain.
pub fn may_run() -> Result<(), String> {
    let changed = process::output(process::program("git").args(["status", "--porcelain"]))?;
    if changed.is_empty() { Ok(()) } else { Err(format!("Not all of this checkout is committed:\n{changed}")) }
}

/// The result of comparing a file.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// The same, byte by byte.
    Same,
    /// An `.rpm` contains the time when it was packaged, and the bundler can't set it; the contents are the same.
    SameInside,
    /// The contents differ.
    Differs,
    /// Only one of the builds created it.
    MadeOnce,
}

/// Returns the result for each file that was created.
fn verdicts(first: &BTreeMap<String, String>, second: &BTreeMap<String, String>) -> BTreeMap<String, Verdict> {
    let verdict = |file: &String| match (first.get(file), second.get(file)) {
        (Some(one), Some(other)) if one == other => Verdict::Same,
        (Some(_), Some(_)) => Verdict::Differs,
        _ => Verdict::MadeOnce,
    };
    first.keys().chain(second.keys()).map(|file| (file.clone(), verdict(file))).collect()
}

/// Returns the checksum of each file.
fn sums(packages: &Path) -> Result<BTreeMap<String, String>, String> {
    let file = packages.join("SHA256SUMS");
    let text = fs::read_to_string(&file).map_err(|error| format!("{} could not be read: {error}.", file.display()))?;
    Ok(by_file(&text))
}

fn is_rpm(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|end| end == "rpm")
}

/// Returns the contents of an `.rpm`, file by file.
fn inside(package: &Path) -> Result<String, String> {
    let sum = "rpm2cpio \"$1\" | cpio --extract --quiet --to-stdout | sha256sum";
    process::output(process::program("sh").args(["-c", sum, "sh"]).arg(package))
}

fn by_file(sums: &str) -> BTreeMap<String, String> {
    sums.lines().filter_map(|line| line.split_once("  ")).map(|(sum, file)| (file.to_owned(), sum.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_told_of_whether_or_not_both_made_it() {
        let [first, second] = ["1  a.deb\n2  b.rpm\n3  c\n", "1  a.deb\n9  b.rpm\n4  d\n"].map(by_file);
        let expected =
            [("a.deb", Verdict::Same), ("b.rpm", Verdict::Differs), ("c", Verdict::MadeOnce), ("d", Verdict::MadeOnce)];
        assert_eq!(verdicts(&first, &second), expected.map(|(file, verdict)| (file.to_owned(), verdict)).into());
    }
}
