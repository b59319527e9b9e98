//! A desktop for one test: display, window manager, session bus and home folder.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::{
    process::{Process, ask},
    prompter, wait,
};

/// Lets one desktop work at a time: two make a small machine so slow that limits are exceeded.
static TURN: Mutex<()> = Mutex::const_new(());

/// The programs that must be installed; `cargo xtask test` installs them.
const TOOLS: &[&str] = &[
    "Xvfb",
    "openbox",
    "dbus-daemon",
    "gnome-keyring-daemon",
    "gdbus",
    "WebKitWebDriver",
    "xdotool",
    "wmctrl",
    "xclip",
    "import",
    "xfce4-panel",
    "xdg-open",
];

/// Everything that a program sees of a desktop. It ends when this value is dropped.
pub struct Desktop {
    folder: TempDir,
    display: String,
    /// In the order they were started; they end in the reverse order.
    processes: Vec<Process>,
    turn: std::sync::Mutex<Option<MutexGuard<'static, ()>>>,
}

impl Desktop {
    /// Starts a desktop without a keyring, and waits until it's ready.
    pub async fn start() -> Self {
        let turn = TURN.lock().await;
        check_tools();
        let folder = tempfile::Builder::new().prefix("desktop-").tempdir().expect("a temporary folder can be made");
        let mut desktop =
            Self { folder, display: String::new(), processes: Vec::new(), turn: std::sync::Mutex::new(Some(turn)) };
        for name in ["home", "run", "tmp", "log", "services"] {
            fs::create_dir(desktop.path(name)).expect("a folder can be made");
        }
        fs::set_permissions(desktop.path("run"), fs::Permissions::from_mode(0o700)).expect("a mode can be set");
        desktop.start_display().await;
        desktop.start_bus().await;
        desktop
    }

    /// Keeps a program running until the desktop ends.
    pub fn keep(&mut self, program: Process) {
        self.processes.push(program);
    }

    /// Lets another desktop start, because this one only waits from now on.
    pub fn let_others_work(&self) {
        self.turn.lock().expect("nobody panicked here").take();
    }

    /// Returns a command that runs in this desktop and sees nothing of the desktop around the test.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.path("home")).env("XDG_RUNTIME_DIR", self.path("run")).env("TMPDIR", self.path("tmp"));
        command.env("DISPLAY", &self.display).env("GDK_BACKEND", "x11").env("LANG", "C.UTF-8");
        command.env("DBUS_SESSION_BUS_ADDRESS", self.bus());
        // Without this, the accessibility bus would start, and outlive the test.
        command.env("NO_AT_BRIDGE", "1");
        command.current_dir(self.folder.path());
        command
    }

    /// Starts a program that runs until it is dropped.
    pub fn run(&self, name: &str, command: &mut Command) -> Process {
        Process::start(command, &self.path("log").join(format!("{name}.log")))
    }

    /// Runs a tool that ends by itself, and returns what it prints.
    pub fn ask(&self, words: &[&str]) -> Result<String, String> {
        ask(self.command(words[0]).args(&words[1..]))
    }

    /// Waits until `look` finds something. A failure contains what was awaited and the path of a screenshot.
    pub async fn until<T>(&self, awaited: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
        match wait::until(awaited, look).await {
            Ok(found) => found,
            Err(words) => panic!("{words} The screen: {}", self.picture_of_failure().display()),
        }
    }

    /// Returns the folder with everything that the programs of this desktop write, including their logs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns a path inside the folder.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Returns the address of the session bus.
    pub fn bus(&self) -> String {
        format!("unix:path={}", self.path("run/bus").display())
    }

    /// Returns the path of the demo build's vault.
    pub fn vault(&self) -> PathBuf {
        self.path("home/.local/share/app.spartantray.demo/vault")
    }

    async fn start_display(&mut self) {
        let words = ["-displayfd", "1", "-screen", "0", "1000x800x24", "-nolisten", "tcp", "-noreset"];
        let display = self.run("display", self.command("Xvfb").args(words));
        // Xvfb picks a free number and prints it once it is ready.
        let number = async || display.printed().lines().find(|line| line.parse::<u32>().is_ok()).map(str::to_owned);
        let number = self.until("a display", number).await;
        self.processes.push(display);
        self.display = format!(":{number}");

        self.processes.push(self.run("openbox", &mut self.command("openbox")));
        self.until("the window manager", async || self.ask(&["xdotool", "get_num_desktops"]).ok()).await;
    }

    async fn start_bus(&mut self) {
        prompter::allow(&self.path("services"));
        let settings = self.path("bus.conf");
        fs::write(&settings, BUS.replace("FOLDER", &self.folder().to_string_lossy())).expect("a file can be written");
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
        if std::thread::panicking() {
            self.folder.disable_cleanup(true);
            println!("The desktop's files and logs are kept in {}", self.folder.path().display());
        }
    }
}

/// The bus's configuration. It starts only what's in the folder of services.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:path=FOLDER/run/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>FOLDER/services</servicedir>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

fn check_tools() {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = |tool: &&&str| std::env::split_paths(&path).any(|folder| folder.join(tool).exists());
    let missing: Vec<_> = TOOLS.iter().filter(|tool| !is_there(tool)).collect();
    assert!(missing.is_empty(), "not installed: {missing:?}; `cargo xtask test` installs what the tests need");
}
