//! A separate machine for each test: a home, the mock services, and the command with an otherwise empty environment.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use spartan_fakes::{Fakes, Lives, Pick, Setup};
use tempfile::TempDir;

pub const CURTIS: &str = "curtis@example.com";

pub struct Machine {
    pub fakes: Fakes,
    folder: TempDir,
}

/// The result of a command.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub words: String,
}

impl Machine {
    pub async fn new() -> Machine {
        Machine::with(Lives::default()).await
    }

    async fn with(lives: Lives) -> Machine {
        let setup = Setup { poll_interval: Duration::from_millis(50), lives, ..Setup::default() };
        let machine = Machine { fakes: Fakes::start(setup).await, folder: TempDir::new().unwrap() };
        fs::create_dir(machine.home()).unwrap();
        machine
    }

    /// Returns a machine with a sign-in, and the key in [`Machine::key_file`].
    pub async fn signed_in() -> Machine {
        Machine::signed_in_for(Lives::default()).await
    }

    pub async fn signed_in_for(lives: Lives) -> Machine {
        let machine = Machine::with(lives).await;
        machine.succeeds(&["vault", "init", "--key-file", machine.key_file().to_str().unwrap()]);
        machine.sign_in();
        machine
    }

    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub fn key_file(&self) -> PathBuf {
        self.home().join("keys/spartan")
    }

    pub fn data(&self) -> PathBuf {
        self.home().join(".local/share/app.spartantray.demo")
    }

    pub fn vault(&self) -> PathBuf {
        self.data().join("vault")
    }

    pub fn settings(&self) -> PathBuf {
        self.home().join(".config/app.spartantray.demo/settings.toml")
    }

    /// Returns the command with only a home and the mock services in its environment; there is never a bus.
    pub fn spartan<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = self.anything(env!("CARGO_BIN_EXE_spartan"));
        command.args(arguments);
        command
    }

    /// Returns another program with the same environment.
    pub fn anything(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.home())
            .env("SPARTAN_TRAY_STAND_INS", serde_json::to_string(self.fakes.addresses()).unwrap())
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.folder.path().join("no-bus").display()))
            .stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Ended {
        Ended::of(&self.spartan(arguments).output().unwrap())
    }

    /// Runs a command that must succeed, and returns its output.
    pub fn succeeds<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended.out
    }

    /// Signs in with a code that a person enters on another device.
    pub fn sign_in(&self) {
        self.sign_in_as(CURTIS);
    }

    /// Signs in this person, beside whoever is signed in.
    pub fn sign_in_as(&self, email: &str) {
        let mut command = self.spartan(&["sign-in", "--way", "device"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        self.type_in(&mut child, email);
        let ended = Ended::of(&child.wait_with_output().unwrap());
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }

    /// Enters the code from standard error as this person, and ignores the rest.
    fn type_in(&self, child: &mut Child, email: &str) {
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while said.read_line(&mut line).unwrap() > 0 {
            if self.fakes.approve(line.trim(), &Pick::Account(email.into())) {
                std::thread::spawn(move || said.read_to_string(&mut String::new()));
                return;
            }
            line.clear();
        }
        panic!("no code was told");
    }
}

impl Ended {
    pub fn of(output: &Output) -> Ended {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Ended { code: output.status.code(), out: text(&output.stdout), words: text(&output.stderr) }
    }
}

/// Returns everything below a folder: names, kinds and bytes.
pub fn all(folder: &Path) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push((path.clone(), fs::read(&path).ok()));
        if path.is_dir() {
            found.extend(all(&path));
        }
    }
    found.sort();
    found
}
