//! The program under test, started by the driver of its main window.

use std::{
    env, fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use spartan_fakes::Fakes;

use crate::{desktop::Desktop, page::FIRST_ACCOUNT, process::Process};

/// The program as it was just built.
pub const BINARY: &str = env!("CARGO_BIN_EXE_spartan-tray");

/// Names the program that a package installed, if a package is being tested.
pub const INSTALLED: &str = "SPARTAN_TRAY_INSTALLED";

/// Returns the program to start: the installed one, if there is one.
pub fn binary() -> String {
    env::var(INSTALLED).unwrap_or_else(|_| BINARY.to_owned())
}

/// Which colours the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A running program; it is killed when this is dropped.
pub struct Program<'desktop> {
    /// Where it runs.
    pub desktop: &'desktop Desktop,
    /// Its main window's page.
    pub page: Client,
    pid: u32,
    _driver: Process,
}

impl<'desktop> Program<'desktop> {
    /// Starts the program with these mock services and waits until its page is drawn.
    pub async fn start(desktop: &'desktop Desktop, stand_ins: &Fakes, look: Look) -> Self {
        let port = free_port();
        let mut command = desktop.command("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = desktop.run("program", on_stand_ins(&mut command, stand_ins, look));
        desktop.until("the driver", async || TcpStream::connect(("127.0.0.1", port)).ok()).await;

        let mut builder = ClientBuilder::new(HttpConnector::new());
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": binary(), "args": [] } });
        builder.capabilities(capabilities.as_object().cloned().unwrap_or_default());
        let page = builder.connect(&format!("http://127.0.0.1:{port}")).await;
        let page = page.unwrap_or_else(|error| panic!("no main window: {error}\n{}", driver.printed()));
        let pid = child_of(driver.pid()).expect("the driver started the program");
        let program = Self { desktop, page, pid, _driver: driver };
        program.until_drawn().await;
        program
    }

    /// The same, and the first account signs in.
    pub async fn signed_in(desktop: &'desktop Desktop, stand_ins: &Fakes, look: Look) -> Self {
        let program = Self::start(desktop, stand_ins, look).await;
        program.sign_in(FIRST_ACCOUNT).await;
        program.until_state("signed_in fresh").await;
        program
    }

    /// Whether the program has a page.
    pub fn has_page_process(&self) -> bool {
        has_page_process(self.pid)
    }

    /// Waits until the program has ended by itself.
    pub async fn ended(self) {
        self.desktop.until("the end of the program", async || (!is_running(self.pid)).then_some(())).await;
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        // The driver would leave it running; the program is not our own child.
        let _ = Command::new("sh").args(["-c", &format!("kill -KILL {} 2>&-", self.pid)]).status();
    }
}

/// The program as a double click, or the login, starts it: without a driver.
pub fn start_bare(desktop: &Desktop, stand_ins: &Fakes, arguments: &[&str]) -> Process {
    start_from(Path::new(&binary()), desktop, stand_ins, arguments)
}

/// The same program from another path.
pub fn start_from(binary: &Path, desktop: &Desktop, stand_ins: &Fakes, arguments: &[&str]) -> Process {
    let mut command = desktop.command(&binary.to_string_lossy());
    desktop.run("bare", on_stand_ins(command.args(arguments), stand_ins, Look::Light))
}

/// Whether this process has a child with a page.
pub fn has_page_process(pid: u32) -> bool {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    let name = |child: &str| fs::read_to_string(format!("/proc/{child}/comm")).unwrap_or_default();
    // The system cuts off names after fifteen letters.
    children.split_whitespace().any(|child| name(child).trim_end() == "WebKitWebProces")
}

/// Passes the mock services' addresses and the colours to the command and what it starts.
pub fn on_stand_ins<'command>(command: &'command mut Command, stand_ins: &Fakes, look: Look) -> &'command mut Command {
    // WebKitGTK makes a page dark if the theme's name says so.
    let theme = match look {
        Look::Light => "Adwaita",
        Look::Dark => "Adwaita:dark",
    };
    let addresses = serde_json::to_string(stand_ins.addresses()).expect("addresses are plain data");
    command.env("SPARTAN_TRAY_STAND_INS", addresses).env("GTK_THEME", theme)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

fn child_of(parent: u32) -> Option<u32> {
    let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).ok()?;
    children.split_whitespace().next()?.parse().ok()
}

/// A process that ended stays listed until its parent has looked.
fn is_running(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}
