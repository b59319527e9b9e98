//! A visit to the Debian in the folder: what it is shown of this machine, and for how long.
//!
//! Everything is mounted in a namespace of its own, which ends with its first process, and that one ends when its input
//! does. So nothing stays mounted or running, however this program ends.

use std::{
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use super::folder::Folder;
use crate::process;

/// Where the checkout is shown; what is written there is gone when the visit is over.
pub const CHECKOUT: &str = "/checkout";

/// A part of this machine that is shown read-only: where it is here, and where it is there.
pub type Shown<'path> = (&'path Path, &'path str);

/// A visit, until it is dropped.
pub struct Visit<'folder> {
    folder: &'folder Folder,
    stays: Child,
    pid: String,
}

/// Says its process id and stays.
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
    /// Shows the folder's Debian the checkout, and what else is named.
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

    /// `program` in there, at `place`, with this environment and no other.
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

/// Ends what every command is given.
const LAST: &str = "LANG=C.UTF-8";

/// Shows a visit's command, runs it, and is an error in words when it does not end well.
pub fn run(command: &mut Command) -> Result<(), String> {
    let line = line(command);
    process::run_shown_as(command, &line)
}

/// What a person would type who is in there.
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
