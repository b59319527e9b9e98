//! A Debian of its own in a folder. It outlives the checkout: whoever wants a newer one removes the folder.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::visit::{self, Visit};
use crate::{
    order::Consent,
    packages, process,
    rights::Rights,
    set_up::{self, Purpose},
    system::System,
};

/// The release of Debian that has a Rust as new as this project takes, with its sources, and a Wine as new.
const RELEASE: &str = "unstable";

/// The folder, and who may work in it.
pub struct Folder {
    rights: Rights,
    cache: PathBuf,
}

impl Folder {
    /// The folder, with these packages of Debian's in it; what is missing is named and made after one question.
    pub fn ready(purpose: Purpose, needs: &[&str], consent: Consent) -> Result<Self, String> {
        if let System::Other(_) = System::here() {
            return Err("This takes Debian, Ubuntu or what is made from them, with `debootstrap`.".to_owned());
        }
        let rights = Rights::here().ok_or("This takes an administrator: run it as root, or install `sudo`.")?;
        let folder = Self { rights, cache: cache()? };
        let consent = if folder.root().is_dir() { consent } else { folder.agree(consent)? };
        set_up::prepare(purpose, consent)?;
        folder.make()?;
        folder.install(needs)?;
        Ok(folder)
    }

    /// The top of the Debian in it.
    pub fn root(&self) -> PathBuf {
        self.cache.join("debian")
    }

    /// Where what belongs to it lies, beside it.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.cache.join(name)
    }

    /// `program`, to be started as an administrator, at the least priority: it takes long, and somebody works here.
    pub fn command(&self, program: &str) -> Command {
        let mut command = self.rights.command("nice");
        command.arg(program);
        command
    }

    fn agree(&self, consent: Consent) -> Result<Consent, String> {
        println!("A Debian of its own is made in {}: half an hour and 8 GB.", self.root().display());
        println!("It is shown the sources and changes nothing outside that folder.");
        if consent == Consent::ToAsk && !set_up::agreed("Make it now, with the packages that this takes?")? {
            return Err("Nothing was made.".to_owned());
        }
        Ok(Consent::Given)
    }

    /// Under another name until it is whole, so that an interrupted one begins anew.
    fn make(&self) -> Result<(), String> {
        if self.root().is_dir() {
            return Ok(());
        }
        // By the person, to whom the folders above it belong as well.
        fs::create_dir_all(&self.cache)
            .map_err(|error| format!("{} cannot be made: {error}.", self.cache.display()))?;
        let unfinished = self.beside("debian.unfinished");
        process::run(self.command("rm").arg("-rf").arg(&unfinished))?;
        process::run(self.command("mkdir").arg("-p").arg(&unfinished))?;
        let mut debootstrap = self.command("debootstrap");
        debootstrap.args(["--variant=minbase", "--include=ca-certificates", KEYRING, RELEASE]).arg(&unfinished);
        process::run(&mut debootstrap)?;
        process::run(self.command("mv").arg(&unfinished).arg(self.root()))
    }

    fn install(&self, needs: &[&str]) -> Result<(), String> {
        let mut query = process::program("dpkg-query");
        query.arg("--admindir").arg(self.root().join("var/lib/dpkg"));
        let listing = process::output(query.args(["-W", "-f", "${Package} ${Status}\\n"]))?;
        let there = packages::installed(&listing);
        let missing: Vec<&str> = needs.iter().copied().filter(|name| !there.iter().any(|it| it == name)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let visit = Visit::open(self, &[])?;
        let fetching = fetching(&process::output(process::program("apt-config").args(["dump", "Acquire"]))?);
        let apt = |words: &[&str]| {
            let options = fetching.iter().flat_map(|option| ["-o", option]);
            let words = options.chain(words.iter().copied());
            visit::run(visit.command("/", &[("DEBIAN_FRONTEND", "noninteractive")], "apt-get").args(words))
        };
        apt(&["update"])?;
        apt(&[INSTALL, &missing[..]].concat())
    }
}

/// Ubuntu has it as well, and trusts it only where it is named.
const KEYRING: &str = "--keyring=/usr/share/keyrings/debian-archive-keyring.gpg";

/// A folder that a power cut spoils is made anew: nothing in it waits for the disk.
const INSTALL: &[&str] = &["install", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-unsafe-io"];

/// How this machine's own apt fetches, through a proxy say, out of what `apt-config dump` printed.
fn fetching(dump: &str) -> Vec<String> {
    let matters = |line: &&str| ["Check-", "http::", "https::", "Retries"].iter().any(|key| starts(line, key));
    let option = |line: &str| line.trim_end().trim_end_matches(';').replacen(" \"", "=", 1).replace('"', "");
    dump.lines().filter(matters).map(option).collect()
}

fn starts(line: &str, key: &str) -> bool {
    line.strip_prefix("Acquire::").is_some_and(|rest| rest.starts_with(key))
}

/// Where what can be made again is kept by custom.
fn cache() -> Result<PathBuf, String> {
    let at = |name| env::var_os(name).map(PathBuf::from).filter(|path: &PathBuf| path.is_absolute());
    let caches = at("XDG_CACHE_HOME").or_else(|| at("HOME").map(|home| home.join(".cache")));
    Ok(caches.ok_or("HOME is not set.")?.join(Path::new("spartan-tray/cross")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_apt_fetches_as_this_machines_does() {
        let dump = "Acquire \"\";\nAcquire::Check-Valid-Until \"false\";\nAcquire::http::Proxy \"http://proxy:3128\";\n\
                    Acquire::IndexTargets::deb::Packages::Optional \"0\";\nAcquire::cdrom \"\";\n";
        assert_eq!(fetching(dump), ["Acquire::Check-Valid-Until=false", "Acquire::http::Proxy=http://proxy:3128"]);
    }
}
