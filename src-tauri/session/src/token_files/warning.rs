//! Non-blocking warnings about a token file's location.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A way in which a file's contents might leave this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Git tracks it.
    Tracked {
        /// The file.
        file: PathBuf,
    },
    /// Git doesn't ignore it, and would add it with all new files.
    NotIgnored {
        /// The file.
        file: PathBuf,
    },
    /// A program syncs its folder to other computers.
    InCloud {
        /// The folder.
        folder: PathBuf,
        /// The program's name.
        cloud: &'static str,
    },
}

/// The time limit for all git commands together.
const GIT_LIMIT: Duration = Duration::from_secs(2);

/// Prefixes of folder names, in lowercase, and the cloud service that they indicate.
const CLOUDS: [(&str, &str); 9] = [
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
];

/// Files that identify a folder of any name as a cloud service's.
const MARKS: [(&str, &str); 4] = [
    (".dropbox.cache", "Dropbox"),
    (".tmp.driveupload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
];

/// Returns the warnings about a file's location.
pub(super) fn of(file: &Path) -> Vec<Warning> {
    in_git(file, "git", GIT_LIMIT).into_iter().chain(in_cloud(file)).collect()
}

fn in_cloud(file: &Path) -> Option<Warning> {
    let folders = || file.ancestors().skip(1);
    let named = |folder: &Path| {
        let name = folder.file_name()?.to_str()?.to_lowercase();
        let is_whole = |begin: &str| {
            let rest = name.strip_prefix(begin);
            rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
        };
        CLOUDS.iter().find(|(begin, _)| is_whole(begin)).map(|(_, cloud)| *cloud)
    };
    let marked = |folder: &Path| MARKS.iter().find(|(mark, _)| folder.join(mark).exists()).map(|(_, cloud)| *cloud);
    let found = folders().find_map(|folder| Some((folder, named(folder).or_else(|| marked(folder))?)));
    found.map(|(folder, cloud)| Warning::InCloud { folder: folder.into(), cloud })
}

/// Runs git, if it's installed, without letting a repository's own settings start a program.
fn in_git(file: &Path, git: &str, limit: Duration) -> Option<Warning> {
    let until = Instant::now() + limit;
    match asked(git, &["--literal-pathspecs", "ls-files", "--error-unmatch"], file, until)? {
        0 => return Some(Warning::Tracked { file: file.into() }),
        1 => {}
        _ => return None,
    }
    let is_not_ignored = asked(git, &["check-ignore", "--quiet"], file, until)? == 1;
    is_not_ignored.then(|| Warning::NotIgnored { file: file.into() })
}

/// Returns git's exit code for a command about a file; `None` if it times out.
fn asked(git: &str, command: &[&str], file: &Path, until: Instant) -> Option<i32> {
    let (folder, name) = file.parent().zip(file.file_name())?;
    let mut process = Command::new(git);
    process
        .args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .args(command)
        .arg("--")
        .arg(Path::new(".").join(name))
        .current_dir(folder)
        // They refer to another repository if this program was started from one of its hooks.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .envs([("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut process, NO_WINDOW);
    ended(process.spawn().ok()?, until).ok().flatten()
}

#[cfg(windows)]
const NO_WINDOW: u32 = 0x0800_0000;

fn ended(mut process: Child, until: Instant) -> io::Result<Option<i32>> {
    loop {
        if let Some(status) = process.try_wait()? {
            return Ok(status.code());
        }
        if Instant::now() >= until {
            process.kill()?;
            process.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests;
