//! A separate Debian in a folder. It's kept when the checkout is deleted; to get a newer one, delete the folder.

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

/// The release of Debian that has a Rust as new as this project needs, with its sources, and an equally new Wine.
const RELEASE: &str = "unstable";

/// The folder, and how to get the rights to work in it.
pub struct Folder {
    rights: Rights,
    cache: PathBuf,
}

impl Folder {
    /// Returns the folder. Lists what is missing, and creates it after one question.
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

    /// Returns the root of its Debian.
    pub fn root(&self) -> PathBuf {
        self.cache.join("debian")
    }

    /// Returns the path of a related file beside it.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.cache.join(name)
    }

    /// Returns the command `program`, run as an administrator with the lowest priority, because it takes long while a
    /// person works here.
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

    /// Uses another name until it's complete, so that an interrupted run starts over.
    fn make(&self) -> Result<(), String> {
        if self.root().is_dir() {
            return Ok(());
        }
        // As the user, who also owns the folders above it.
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

/// Ubuntu has this keyring as well, but trusts it only if it's specified.
const KEYRING: &str = "--keyring=/usr/share/keyrings/debian-archive-keyring.gpg";

/// Returns the standard folder for files that can be created again.
fn cache() -> Result<PathBuf, String> {
    let at = |name| env::var_os(name).map(PathBuf::from).filter(|path: &PathBuf| path.is_absolute());
    let caches = at("XDG_CACHE_HOME").or_else(|| at("HOME").map(|home| home.join(".cache")));
    Ok(caches.ok_or("HOME is not set.")?.join(Path::new("spartan-tray/cross")))
}
