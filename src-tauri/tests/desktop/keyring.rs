//! The desktop's keyring: GNOME's, with one collection that a password opens.

use std::{fs, path::Path, process::Stdio};

use crate::{desktop::Desktop, process::Process};

/// Which keyring a desktop has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// One that was opened at login.
    Unlocked,
    /// None: nothing on the bus keeps secrets.
    Absent,
}

/// What opens the keyring.
pub const PASSWORD: &str = "correct horse";

const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
const PROMPTER: &str = "org.gnome.keyring.SystemPrompter";

/// Lets the bus start the window that asks for the keyring's password, and nothing else.
pub fn allow_prompts(services: &Path) {
    let name = format!("{PROMPTER}.service");
    fs::copy(Path::new("/usr/share/dbus-1/services").join(&name), services.join(name)).expect("gcr is installed");
}

/// Starts the keyring and opens it, as a login does.
pub async fn start(desktop: &Desktop) -> Process {
    let mut command = desktop.command("gnome-keyring-daemon");
    command.args(["--foreground", "--unlock", "--components=secrets"]).stdin(Stdio::piped());
    let mut daemon = desktop.run("keyring", &mut command);
    daemon.feed(PASSWORD);
    desktop.until("an unlocked keyring", async || is_unlocked(desktop).then_some(())).await;
    daemon
}

/// Whether the collection is there and open.
pub fn is_unlocked(desktop: &Desktop) -> bool {
    has_owner(desktop, "org.freedesktop.secrets") && property(desktop, "Locked").contains("false")
}

/// Locks the collection, as the system does when a person leaves.
pub fn lock(desktop: &Desktop) {
    let service = ["--object-path", "/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.Lock"];
    call(desktop, "org.freedesktop.secrets", &[&service[..], &[&format!("['{COLLECTION}']")]].concat());
    assert!(!is_unlocked(desktop), "the keyring was to be locked");
}

/// How many secrets the collection holds.
pub fn secrets(desktop: &Desktop) -> usize {
    property(desktop, "Items").matches(COLLECTION).count()
}

/// Whether the window that asks for the password was called for.
pub fn prompts(desktop: &Desktop) -> bool {
    has_owner(desktop, PROMPTER)
}

fn property(desktop: &Desktop, name: &str) -> String {
    let method = ["--object-path", COLLECTION, "--method", "org.freedesktop.DBus.Properties.Get"];
    let words = [&method[..], &["org.freedesktop.Secret.Collection", name]].concat();
    call(desktop, "org.freedesktop.secrets", &words)
}

/// Unlike a call to the name itself, this makes the bus start nothing.
fn has_owner(desktop: &Desktop, name: &str) -> bool {
    let method = ["--object-path", "/", "--method", "org.freedesktop.DBus.NameHasOwner", name];
    call(desktop, "org.freedesktop.DBus", &method).contains("true")
}

fn call(desktop: &Desktop, destination: &str, words: &[&str]) -> String {
    let words = [&["gdbus", "call", "--session", "--dest", destination], words].concat();
    desktop.ask(&words).unwrap_or_else(|words| panic!("{words}"))
}
