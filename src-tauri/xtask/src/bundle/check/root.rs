//! A system in a folder: its own files, processes and mounts, and this machine's network.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{DEBIAN, ground};
use crate::process;

/// The system. Its processes end with the command that started them.
pub struct Root {
    folder: PathBuf,
}

/// Mounts what a program expects of a system, invisible from outside, then becomes the command.
const ENTER: &str = "mount -t proc proc \"$1/proc\" && mount --rbind /dev \"$1/dev\" && mount -t sysfs sysfs \"$1/sys\" \
                     && root=$1 && shift && exec chroot \"$@\"";

/// The user that installs the program, and the user that uses it.
const ADMINISTRATOR: &str = "root";
const PERSON: &str = "person";

impl Root {
    /// Sets up a fresh Debian with only the essential packages, and one user.
    pub fn make(folder: &Path) -> Result<Self, String> {
        ground::empty(folder)?;
        process::run(process::program("debootstrap").args(["--variant=minbase", DEBIAN.1]).arg(folder))?;
        let root = Self { folder: folder.to_owned() };
        // A package must not start its services here.
        root.write("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n")?;
        root.run(&["chmod", "+x", "/usr/sbin/policy-rc.d"])?;
        root.run(&["useradd", "--create-home", PERSON])?;
        root.run(&["apt-get", "update", "-q"])?;
        Ok(root)
    }

    /// Installs packages by name or path with apt alone, without recommended packages.
    pub fn install(&self, packages: &[&str]) -> Result<(), String> {
        let apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "--no-install-recommends"];
        self.run(&[&apt[..], packages].concat())
    }

    /// Runs a command in the system as root.
    pub fn run(&self, words: &[&str]) -> Result<(), String> {
        self.run_as(ADMINISTRATOR, words)
    }

    /// Returns the output of a command that root runs.
    pub fn ask(&self, words: &[&str]) -> Result<String, String> {
        process::output(self.enter(ADMINISTRATOR).args(words))
    }

    /// Runs a command as the user.
    pub fn run_as_person(&self, words: &[&str]) -> Result<(), String> {
        self.run_as(PERSON, words)
    }

    /// Returns the output of a command that the user runs.
    pub fn ask_as_person(&self, words: &[&str]) -> Result<String, String> {
        process::output(self.enter(PERSON).args(words))
    }

    /// Shows the command as it's entered in the system, without how to get there.
    fn run_as(&self, who: &str, words: &[&str]) -> Result<(), String> {
        let line = words.join(" ");
        println!("{who}$ {line}");
        let status = self.enter(who).args(words).status().map_err(|error| format!("`{line}`: {error}."))?;
        if status.success() { Ok(()) } else { Err(format!("In the fresh system `{line}` stopped with {status}.")) }
    }

    /// Moves the screenshots out of a folder in the system, and deletes the folder.
    pub fn take_out(&self, folder: &Path) -> Result<(), String> {
        fs::create_dir_all(folder).map_err(|error| format!("{} could not be made: {error}.", folder.display()))?;
        let inside = self.path(&folder.to_string_lossy());
        process::output(process::program("cp").arg("-r").arg(inside.join(".")).arg(folder))?;
        let folder = folder.to_string_lossy();
        self.run(&["rm", "-r", &folder])?;
        let parent = folder.rsplit_once('/').map_or("/", |(parent, _)| parent);
        self.run(&["rmdir", "--parents", "--ignore-fail-on-non-empty", parent])
    }

    /// Copies a file into the system.
    pub fn bring(&self, file: &Path, to: &str) -> Result<(), String> {
        let to = self.path(to);
        fs::copy(file, &to).map(drop).map_err(|error| format!("{} could not be written: {error}.", to.display()))
    }

    /// Creates a folder that belongs to the user, at the same path as outside.
    pub fn give_folder(&self, folder: &Path) -> Result<(), String> {
        let folder = folder.to_string_lossy();
        self.run(&["install", "-d", "-o", PERSON, "-g", PERSON, &folder])
    }

    /// Returns the outside path of a file in the system.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.join(inside.trim_start_matches('/'))
    }

    fn write(&self, inside: &str, text: &str) -> Result<(), String> {
        let file = self.path(inside);
        fs::write(&file, text).map_err(|error| format!("{} could not be written: {error}.", file.display()))
    }

    fn enter(&self, who: &str) -> Command {
        let mut unshare = process::program("unshare");
        unshare.args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "sh"]).arg(&self.folder);
        unshare.arg(format!("--userspec={who}:{who}")).arg(&self.folder);
        // Uses a fresh system's own environment, not the caller's.
        unshare.env_clear().env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        unshare.env("LANG", "C.UTF-8").env("HOME", if who == PERSON { "/home/person" } else { "/root" });
        unshare
    }
}
