//! The inputs and locations of a bundle: folders, version, target, and the commit that sets the time.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Edition, metadata::Metadata};
use crate::{order::Bundle, process};

/// Everything that the steps of a bundle share.
pub struct Ground {
    /// The edition to build.
    pub edition: Edition,
    /// The version in `Cargo.toml`.
    pub version: String,
    /// The target triple, as Rust names it.
    pub target: String,
    /// Whether the target was specified, in which case it has its own folder in the builds.
    pub target_is_named: bool,
    /// The folder of these builds, separate from a developer's builds, which use other flags.
    pub builds: PathBuf,
    /// The folder of files to be packaged.
    pub stage: PathBuf,
    /// The folder of finished packages.
    pub packages: PathBuf,
    /// The last commit.
    pub commit: Commit,
    /// The address of the project, for links: `SPARTAN_TRAY_REPOSITORY`.
    pub repository: Option<String>,
    /// The output of `cargo metadata`.
    pub metadata: Metadata,
}

/// The data of the last commit.
#[derive(Debug, PartialEq, Eq)]
pub struct Commit {
    /// The time in seconds since 1970, which everything in a package has.
    pub epoch: String,
    /// The date, as `2026-11-28`.
    pub day: String,
    /// The date, in the format of Debian's changelogs.
    pub date: String,
    /// The author, as `Name <address>`.
    pub author: String,
}

impl Ground {
    /// Gathers it from cargo, rustc and git; builds and writes nothing.
    pub fn of(wanted: &Bundle, edition: Edition) -> Result<Self, String> {
        let target = wanted.target.clone().map_or_else(host, Ok)?;
        let metadata = Metadata::read(&target)?;
        let target_folder = metadata.target_folder()?;
        let (builds, packages) = match edition {
            Edition::Release => ("bundle", "packages"),
            Edition::Demo => ("bundle", "bundle/demo-packages"),
        };
        let builds = target_folder.join(builds);
        Ok(Self {
            edition,
            version: metadata.version_of("spartan-tray")?,
            target_is_named: wanted.target.is_some(),
            target,
            stage: builds.join("stage"),
            builds,
            packages: target_folder.join(packages),
            commit: Commit::last()?,
            repository: std::env::var("SPARTAN_TRAY_REPOSITORY").ok().filter(|address| !address.is_empty()),
            metadata,
        })
    }

    /// Empties the folders that this bundle fills.
    pub fn empty(&self) -> Result<(), String> {
        [&self.stage, &self.packages, &self.built().join("bundle")].into_iter().try_for_each(|folder| empty(folder))
    }

    /// Returns the folder of the built programs.
    pub fn built(&self) -> PathBuf {
        let builds = if self.target_is_named { self.builds.join(&self.target) } else { self.builds.clone() };
        builds.join("release")
    }

    /// Returns whether the target is for this system: Linux, Windows or macOS.
    pub fn is_for(&self, system: &str) -> bool {
        self.target.contains(system)
    }

    /// Returns a path in the stage and creates its folder.
    pub fn staged(&self, name: &str) -> Result<PathBuf, String> {
        let file = self.stage.join(name);
        let folder = file.parent().unwrap_or(&self.stage);
        fs::create_dir_all(folder).map_err(|error| format!("{} could not be made: {error}.", folder.display()))?;
        Ok(file)
    }

    /// Writes a file into the stage.
    pub fn stage_text(&self, name: &str, text: impl AsRef<[u8]>) -> Result<PathBuf, String> {
        let file = self.staged(name)?;
        fs::write(&file, text).map_err(|error| format!("{} could not be written: {error}.", file.display()))?;
        Ok(file)
    }

    /// Sets the time of everything in a folder to that of the last commit, because the build time doesn't matter.
    pub fn set_times(&self, folder: &Path) -> Result<(), String> {
        let at = format!("@{}", self.commit.epoch);
        process::output(process::program("find").arg(folder).args(["-exec", "touch", "-h", "-d", &at, "{}", "+"]))?;
        Ok(())
    }
}

/// Returns a file of the checkout as text.
pub fn read(path: &str) -> Result<String, String> {
    let file = process::checkout().join(path);
    fs::read_to_string(&file).map_err(|error| format!("{} could not be read: {error}.", file.display()))
}

/// Creates a folder, or empties an existing one.
pub fn empty(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{} could not be emptied: {error}.", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)
}

fn host() -> Result<String, String> {
    let said = process::output(process::program("rustc").arg("-vV"))?;
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or("rustc names no host.".to_owned())
}

impl Commit {
    fn last() -> Result<Self, String> {
        let said = process::output(process::program("git").args(["log", "-1", "--format=%ct%n%cs%n%cD%n%an <%ae>"]))?;
        Self::parse(&said)
            .ok_or("A bundle is made from a git checkout: its last commit says when and by whom.".to_owned())
    }

    fn parse(said: &str) -> Option<Self> {
        let mut lines = said.lines().map(str::to_owned);
        Some(Self { epoch: lines.next()?, day: lines.next()?, date: lines.next()?, author: lines.next()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_says_when_and_by_whom() {
        let commit = Commit::parse("1795000000\n2026-11-18\nWed, 18 Nov 2026 10:26:40 +0000\nA B <a@b.c>\n").unwrap();
        assert_eq!((commit.epoch.as_str(), commit.author.as_str()), ("1795000000", "A B <a@b.c>"));
        assert_eq!(Commit::parse("1795000000\n"), None);
    }
}
