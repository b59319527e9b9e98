//! A visit to the Debian in the folder: what it can see of this machine, and for how long.
//!
//! Everything is mounted in a separate namespace, which ends with its first process, and that process ends when its
//! input closes. So nothing stays mounted or running, however this program ends.

use std::{
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use super::folder::Folder;
use crate::process;

/// Where the checkout is mounted; what is written there is discarded when the visit ends.
pub const CHECKOUT: &str = "/checkout";

/// A part of this machine that is mounted read-only: its path here, and its path there.
pub type Shown<'path> = (&'path Path, &'path str);

/// A visit; it ends when this value is dropped.
pub struct Visit<'folder> {
    folder: &'folder Folder,
    stays: Child,
    pid: String,
}

/// Prints its process ID and waits.
const STAY: &str = r#"
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/mnt"
while [ $# -gt 0 ]; do
    mkdir -p "$root$2"
    mount -o bind,ro "$1" "$root$2"
    shift 2
done
cd "$root/mnt"
mkdir -p checkout written work "$root/checkout"
mount -t overlay overlay -o lowerdir=checkout,upperdir=written,workdir=work "$root/checkout"
read -r pid rest </proc/self/stat
echo "$pid"
exec cat
"#;

impl<'folder> Visit<'folder> {
    /// Starts a visit that can see the checkout and the other paths.
    pub fn open(folder: &'folder Folder, shown: &[Shown]) -> Result<Self, String> {
        let mut unshare = folder.command("unshare");
        unshare.args(["--mount", "--pid", "--fork", "--kill-child", "--", "sh", "-ec", STAY, "sh"]).arg(folder.root());
        for (here, there) in [(process::checkout().as_path(), "/mnt/checkout")].iter().chain(shown) {
            unshare.arg(here).arg(there);
        }
        let failed = |error: io::Error| format!("The folder's Debian cannot be visited: {error}.");
        let mut stays = unshare.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
        let mut pid = String::new();
        if let Some(stdout) = stays.stdout.take() {
            BufReader::new(stdout).read_line(&mut pid).map_err(failed)?;
        }
        let visit = Self { folder, stays, pid: pid.trim().to_owned() };
        if visit.pid.is_empty() {
            return Err("The folder's Debian cannot be visited: this machine allows no namespaces and mounts.".into());
        }
        Ok(visit)
    }

    /// Returns the command `program` in the visit, in the folder `place`, with only these environment variables.
    pub fn command(&self, place: &str, environment: &[(&str, &str)], program: &str) -> Command {
        let mut command = self.folder.command("nsenter");
        command.args(["--mount", "--pid", "--target", &self.pid, "--", "chroot"]).arg(self.folder.root());
        command.args(["env", "-i", "-C", place, "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", LAST]);
        command.args(environment.iter().map(|(name, value)| format!("{name}={value}")));
        command.arg(program);
        command
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        drop(self.stays.stdin.take());
        let _ = self.stays.wait();
    }
}

/// The last of the environment variables that every command gets.
const LAST: &str = "LANG=C.UTF-8";

/// Shows and runs a visit's command. Fails if it doesn't succeed.
pub fn run(command: &mut Command) -> Result<(), String> {
    let line = line(command);
    process::run_shown_as(command, &line)
}

/// Returns the command line as a person inside would type it.
pub fn line(command: &Command) -> String {
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    let inside = words.skip_while(|word| word != LAST).skip_while(|word| word.contains('='));
    inside.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it_in_there() {
        let mut command = Command::new("nsenter");
        command.args(["--", "env", "-i", LAST, "A=b", "cargo", "build", "--x=y"]);
        assert_eq!(line(&command), "cargo build --x=y");
    }
}
