//! The desktop's keyring: GNOME's, with one collection that a password opens.

use std::process::Stdio;

use crate::{desktop::Desktop, process::Process, prompter};

/// The keyring's password.
pub const PASSWORD: &str = "correct horse";

const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";

/// Starts a desktop with an unlocked keyring.
pub async fn start_desktop() -> Desktop {
    let mut desktop = Desktop::start().await;
    let daemon = start(&desktop).await;
    desktop.keep(daemon);
    desktop
}

/// Starts the keyring and unlocks it, as a login does.
pub async fn start(desktop: &Desktop) -> Process {
    let mut command = desktop.command("gnome-keyring-daemon");
    command.args(["--foreground", "--unlock", "--components=secrets"]).stdin(Stdio::piped());
    let mut daemon = desktop.run("keyring", &mut command);
    daemon.feed(PASSWORD);
    desktop.until("an unlocked keyring", async || is_unlocked(desktop).then_some(())).await;
    daemon
}

/// Returns whether the collection exists and is unlocked.
pub fn is_unlocked(desktop: &Desktop) -> bool {
    has_owner(desktop, "org.freedesktop.secrets") && property(desktop, "Locked").contains("false")
}

/// Locks the collection, as the system does when the person is away.
pub fn lock(desktop: &Desktop) {
    let service = ["--object-path", "/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.Lock"];
    call(desktop, "org.freedesktop.secrets", &[&service[..], &[&format!("['{COLLECTION}']")]].concat());
    assert!(!is_unlocked(desktop), "the keyring was to be locked");
}

/// Returns the number of secrets in the collection.
pub fn secrets(desktop: &Desktop) -> usize {
    property(desktop, "Items").matches(COLLECTION).count()
}

/// Returns whether the window that asks for the password is open.
pub fn prompts(desktop: &Desktop) -> bool {
    has_owner(desktop, prompter::NAME)
}

fn property(desktop: &Desktop, name: &str) -> String {
    let method = ["--object-path", COLLECTION, "--method", "org.freedesktop.DBus.Properties.Get"];
    let words = [&method[..], &["org.freedesktop.Secret.Collection", name]].concat();
    call(desktop, "org.freedesktop.secrets", &words)
}

/// Returns whether a name has an owner. Unlike a call to the name, this doesn't make the bus start a service.
fn has_owner(desktop: &Desktop, name: &str) -> bool {
    let method = ["--object-path", "/", "--method", "org.freedesktop.DBus.NameHasOwner", name];
    call(desktop, "org.freedesktop.DBus", &method).contains("true")
}

fn call(desktop: &Desktop, destination: &str, words: &[&str]) -> String {
    let words = [&["gdbus", "call", "--session", "--dest", destination], words].concat();
    desktop.ask(&words).unwrap_or_else(|words| panic!("{words}"))
}
