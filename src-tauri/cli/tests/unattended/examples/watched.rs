//! A home folder in which an example runs, with a mock for every command that it starts. The mock records its
//! arguments, as a process list shows them.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use spartan_fakes::Kind;
use tempfile::TempDir;

use crate::machine::{Ended, Machine, all};

/// The contents of a person's own file.
const MINE: &str = "MINE=1\n";

/// The situation in which a person tries an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Signed in, without any file yet.
    SignedIn,
    /// Signed in, with the person's own file under each name in the example.
    WithFiles,
    /// The same, but nobody is signed in.
    SignedOut,
}

impl Standing {
    pub const ALL: [Standing; 3] = [Standing::SignedIn, Standing::WithFiles, Standing::SignedOut];
}

/// Two machines; each example gets a copy of them.
pub struct Bed {
    pub machine: Machine,
    empty: Machine,
}

/// Records its arguments; becomes `spartan` or a harmless command, and only imitates anything else.
const PLAYS: &str = r#"#!/bin/sh
name=${0##*/}
printf '%s\n' "$name $*" >>"$NOTES/words"
case $name in
  spartan)
    case $1 in
      watch | sign-in) /usr/bin/timeout 3 "$SPARTAN" "$@" ;;
      *) "$SPARTAN" "$@" ;;
    esac
    status=$?
    echo "$status" >>"$NOTES/ended"
    exit "$status"
    ;;
  sh | bash | env | cat | tee | head | tail | grep | sed | cut | tr | touch) exec "/usr/bin/$name" "$@" ;;
esac
exec /usr/bin/cat >/dev/null
"#;

impl Bed {
    pub async fn new() -> Bed {
        let empty = Machine::new().await;
        empty.succeeds(&["vault", "init", "--key-file", empty.key_file().to_str().unwrap()]);
        Bed { machine: Machine::signed_in().await, empty }
    }

    /// Runs an example. Returns what's wrong with it.
    pub fn run(&self, text: &str, standing: Standing) -> Vec<String> {
        let machine = if standing == Standing::SignedOut { &self.empty } else { &self.machine };
        let folder = TempDir::new().unwrap();
        let [home, notes, programs, project] =
            ["home", "notes", "programs", "home/project"].map(|name| folder.path().join(name));
        let copied = Command::new("cp").arg("-a").args([&machine.home(), &home]).status().unwrap();
        assert!(copied.success());
        for new in [&notes, &programs, &project] {
            fs::create_dir(new).unwrap();
        }
        let text = inside(text, &home);
        let mine: Vec<PathBuf> = words(&text).filter_map(|word| file(word, &home, &project)).collect();
        if standing != Standing::SignedIn {
            for file in &mine {
                lay_down(file);
            }
        }
        play(&text, &programs, &project);

        let mut shell = machine.anything("/usr/bin/timeout");
        shell.args(["30", "/bin/bash", "-c", &text]).current_dir(&project);
        shell.env("HOME", &home).env("PATH", &programs).env("NOTES", &notes);
        let ended = Ended::of(&shell.env("SPARTAN", env!("CARGO_BIN_EXE_spartan")).output().unwrap());
        let run = Run { machine, standing, mine, home, notes, ended };
        [run.shown(), run.open(), run.destroyed(), run.misunderstood()].concat()
    }
}

/// An example that has been run.
struct Run<'a> {
    machine: &'a Machine,
    standing: Standing,
    /// The person's own files.
    mine: Vec<PathBuf>,
    home: PathBuf,
    notes: PathBuf,
    ended: Ended,
}

impl Run<'_> {
    fn shown(&self) -> Vec<String> {
        let words = self.noted("words");
        let started = words.lines().filter(|line| self.has_secret(line)).map(|line| {
            let name = line.split(' ').next().unwrap_or_default();
            format!("{:?}: a token is in the process list, as a word of {name}", self.standing)
        });
        let said = self.has_secret(&self.ended.words).then(|| "a token is on standard error".to_owned());
        started.chain(said).collect()
    }

    /// Returns files that contain a token and that others can read, or that have lost a person's own lines.
    fn open(&self) -> Vec<String> {
        let secret =
            all(&self.home).into_iter().filter_map(|(file, bytes)| Some((file, String::from_utf8(bytes?).ok()?)));
        let secret: Vec<_> = secret.filter(|(_, text)| self.has_secret(text)).collect();
        let open = secret.iter().filter(|(file, _)| fs::metadata(file).unwrap().permissions().mode() & 0o077 != 0);
        let open = open.map(|(file, _)| format!("{:?}: {} can be read by others", self.standing, file.display()));
        let lost = secret.iter().filter(|(file, text)| self.was_mine(file) && !text.contains(MINE.trim()));
        open.chain(lost.map(|(file, _)| self.told_destroyed(file))).collect()
    }

    /// Returns files that have changed although `spartan` failed.
    fn destroyed(&self) -> Vec<String> {
        if self.noted("ended").lines().all(|status| status == "0") {
            return Vec::new();
        }
        let mine = self.mine.iter().filter(|file| self.was_mine(file));
        let lost = mine.filter(|file| !fs::read_to_string(file).is_ok_and(|text| text.contains(MINE.trim())));
        lost.map(|file| self.told_destroyed(file)).collect()
    }

    fn misunderstood(&self) -> Vec<String> {
        let words = &self.ended.words;
        let is_usage = words.contains("try '--help'") || words.contains("syntax error") || words.contains("not found");
        is_usage.then(|| format!("it is not understood: {words}")).into_iter().collect()
    }

    fn was_mine(&self, file: &Path) -> bool {
        self.standing != Standing::SignedIn && self.mine.iter().any(|mine| mine == file)
    }

    fn told_destroyed(&self, file: &Path) -> String {
        format!("{:?}: {} is destroyed", self.standing, file.display())
    }

    fn has_secret(&self, text: &str) -> bool {
        let issued = self.machine.fakes.issued();
        issued.iter().any(|secret| secret.kind != Kind::ClientSecret && text.contains(&secret.value))
    }

    fn noted(&self, name: &str) -> String {
        fs::read_to_string(self.notes.join(name)).unwrap_or_default()
    }
}

/// Returns the example with every absolute path moved into the home folder.
fn inside(text: &str, home: &Path) -> String {
    let mut inside = text.to_owned();
    for mark in [" ", "=", "\"", "'", "\n"] {
        for root in ["keys", "data", "run", "dev/shm", "srv", "var", "etc", "tmp"] {
            inside = inside.replace(&format!("{mark}/{root}/"), &format!("{mark}{}/{root}/", home.display()));
        }
        for programs in ["/usr/bin/", "/bin/"] {
            inside = inside.replace(&format!("{mark}{programs}"), mark);
        }
    }
    inside
}

/// A token has at least this many letters; no name in an example does.
const LONGEST: usize = 80;

/// Returns possible names in a text, of commands or files.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || "\"'`|&;()<>{}=".contains(c));
    words.filter(|word| !word.is_empty() && word.len() < LONGEST)
}

/// Returns the file that a word names, if it looks like one.
fn file(word: &str, home: &Path, project: &Path) -> Option<PathBuf> {
    let is_name = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/~".contains(c));
    let of = word.strip_prefix("~/").map_or_else(|| project.join(word), |rest| home.join(rest));
    let is_kept = of.starts_with(home) && !word.starts_with(['-', '/']) && !word.contains("//") && !word.ends_with('/');
    (is_name && is_kept && !word.starts_with("./") && word != "." && word != "..").then_some(of)
}

fn lay_down(file: &Path) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    if !file.exists() {
        fs::write(file, MINE).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    }
}

/// Adds a mock under every name that may be a command's.
fn play(text: &str, programs: &Path, project: &Path) {
    let plays = programs.join(".plays");
    fs::write(&plays, PLAYS).unwrap();
    fs::set_permissions(&plays, fs::Permissions::from_mode(0o755)).unwrap();
    let always = ["spartan", "sh", "bash", "env", "cat", "tee"];
    let names: BTreeSet<&str> = words(text).chain(always).collect();
    for name in names {
        let path = name.strip_prefix("./").map_or_else(|| programs.join(name), |name| project.join(name));
        if !name.contains('/') || name.starts_with("./") {
            let _ = fs::remove_file(&path);
            symlink(&plays, path).unwrap();
        }
    }
}
