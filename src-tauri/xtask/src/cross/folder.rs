//! A Debian of its own in a folder. It outlives the checkout: whoever wants a newer one removes the folder.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    order::Consent,
    process,
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
    /// Returns the folder. What is missing is named, and made after one question.
    pub fn ready(purpose: Purpose, consent: Consent) -> Result<Self, String> {
        if let System::Other(_) = System::here() {
            return Err("This takes Debian, Ubuntu or what is made from them, with `debootstrap`.".to_owned());
        }
        let rights = Rights::here().ok_or("This takes an administrator: run it as root, or install `sudo`.")?;
        let folder = Self { rights, cache: cache()? };
        let consent = if folder.root().is_dir() { consent } else { folder.agree(consent)? };
        set_up::prepare(purpose, consent)?;
        folder.make()?;
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
}

/// Ubuntu has it as well, and trusts it only where it is named.
const KEYRING: &str = "--keyring=/usr/share/keyrings/debian-archive-keyring.gpg";

/// Where what can be made again is kept by custom.
fn cache() -> Result<PathBuf, String> {
    let at = |name| env::var_os(name).map(PathBuf::from).filter(|path: &PathBuf| path.is_absolute());
    let caches = at("XDG_CACHE_HOME").or_else(|| at("HOME").map(|home| home.join(".cache")));
    Ok(caches.ok_or("HOME is not set.")?.join(Path::new("spartan-tray/cross")))
}
