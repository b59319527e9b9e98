//! The computer that a command sees: a home folder and a session bus, but no display.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::{
    process::{Process, ask},
    prompter, wait,
};

/// A computer for one test. Everything that runs on it ends when this value is dropped.
pub struct Desktop {
    folder: TempDir,
    /// In the order in which they were started; they end in the reverse order.
    processes: Vec<Process>,
}

impl Desktop {
    /// Starts a computer without a keyring, and waits until it's ready.
    pub async fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("command-").tempdir().expect("a temporary folder can be made");
        let mut desktop = Self { folder, processes: Vec::new() };
        for name in ["home", "run", "log", "services", "bin"] {
            fs::create_dir(desktop.path(name)).expect("a folder can be made");
        }
        fs::set_permissions(desktop.path("run"), fs::Permissions::from_mode(0o700)).expect("a mode can be set");
        desktop.start_bus().await;
        desktop
    }

    /// Keeps a program running until this value is dropped.
    pub fn keep(&mut self, program: Process) {
        self.processes.push(program);
    }

    /// Returns a command that sees nothing of the computer around the test. The folder `bin` is first in its `PATH`.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env_clear().env("PATH", format!("{}:{path}", self.path("bin").display())).env("LANG", "C.UTF-8");
        command.env("HOME", self.path("home")).env("XDG_RUNTIME_DIR", self.path("run"));
        command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.path("run/bus").display()));
        command.current_dir(self.folder.path());
        command
    }

    /// Starts a program that runs until it's dropped.
    pub fn run(&self, name: &str, command: &mut Command) -> Process {
        Process::start(command, &self.path("log").join(format!("{name}.log")))
    }

    /// Runs a tool that ends by itself, and returns what it prints.
    pub fn ask(&self, words: &[&str]) -> Result<String, String> {
        ask(self.command(words[0]).args(&words[1..]))
    }

    /// Waits until `look` finds something.
    pub async fn until<T>(&self, awaited: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
        wait::until(awaited, look).await.unwrap_or_else(|words| panic!("{words}"))
    }

    /// Returns a path inside the folder.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Returns the folder with the demo build's files.
    pub fn data(&self) -> PathBuf {
        self.path("home/.local/share/app.spartantray.demo")
    }

    /// Returns the path of its vault.
    pub fn vault(&self) -> PathBuf {
        self.data().join("vault")
    }

    /// Installs a script that replaces the system's program of that name.
    pub fn install(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, script).expect("a file can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode can be set");
    }

    async fn start_bus(&mut self) {
        prompter::allow(&self.path("services"));
        let settings = self.path("bus.conf");
        fs::write(&settings, bus(self.folder.path())).expect("a file can be written");
        let settings = format!("--config-file={}", settings.display());
        let bus = self.run("bus", self.command("dbus-daemon").args(["--nofork", &settings]));
        self.processes.push(bus);
        self.until("the session bus", async || UnixStream::connect(self.path("run/bus")).ok()).await;
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        while let Some(process) = self.processes.pop() {
            drop(process);
        }
    }
}

/// Returns the bus's configuration. It starts only what's in the folder of services.
fn bus(folder: &Path) -> String {
    format!(
        "<busconfig><type>session</type><listen>unix:path={folder}/run/bus</listen><auth>EXTERNAL</auth>\
         <servicedir>{folder}/services</servicedir><policy context=\"default\"><allow send_destination=\"*\"/>\
         <allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>",
        folder = folder.display()
    )
}
