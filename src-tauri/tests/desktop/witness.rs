//! A local server that receives what a test page finds out, and a browser that only records what it's told to open.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use crate::desktop::Desktop;

/// A script's function with which a page reports something.
const SAYS: &str = "const say = (words) => navigator.sendBeacon(`http://HOST/said?${encodeURIComponent(words)}`);";

/// A server that stops with the test's process.
pub struct Witness {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Witness {
    /// Starts the server.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let address = listener.local_addr().expect("it has an address").to_string();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let noted = heard.clone();
        thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                answer(caller, &noted);
            }
        });
        Self { address, heard }
    }

    /// Returns an address here; `locked` asks for a name and a password.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Returns a page whose scripts can report here with `say(words)`.
    pub fn page(&self, body: &str) -> String {
        let says = SAYS.replace("HOST", &self.address);
        format!("<!doctype html><meta charset=utf-8><title>login.live.com</title><script>{says}</script><body>{body}")
    }

    /// Returns what was reported, in order.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("nobody panicked here").clone()
    }

    /// Waits for a report with this beginning, and returns the rest of it.
    pub async fn hears(&self, desktop: &Desktop, beginning: &str) -> String {
        let look = async || self.heard().iter().find_map(|said| said.strip_prefix(beginning).map(str::to_owned));
        desktop.until(&format!("the report {beginning}"), look).await
    }
}

fn answer(mut caller: TcpStream, heard: &Mutex<Vec<String>>) {
    let (mut request, mut part) = (Vec::new(), [0; 4096]);
    let _ = caller.set_read_timeout(Some(Duration::from_secs(2)));
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match caller.read(&mut part) {
            Ok(length) if length > 0 => request.extend_from_slice(&part[..length]),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&request);
    let target = request.split(' ').nth(1).unwrap_or_default();
    let status = if let Some(said) = target.strip_prefix("/said?") {
        let said = url::form_urlencoded::parse(said.as_bytes()).next();
        heard.lock().expect("nobody panicked here").extend(said.map(|(words, _)| words.into_owned()));
        "204 No Content"
    } else if target == "/locked" {
        heard.lock().expect("nobody panicked here").push("asked for a password".to_owned());
        "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"login.live.com\""
    } else {
        "404 Not Found"
    };
    // A page that has navigated away doesn't read the answer.
    let _ = write!(caller, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// Makes a script this desktop's browser; it records each address that it's told to open.
pub fn install_browser(desktop: &Desktop) {
    let applications = desktop.path("home/.local/share/applications");
    for folder in [&applications, &desktop.path("home/.config")] {
        fs::create_dir_all(folder).expect("a folder can be made");
    }
    let script = desktop.path("home/browser.sh");
    let notes = notes(desktop);
    fs::write(&script, format!("#!/bin/sh\necho \"$1\" >> {}\n", notes.display())).expect("a file can be written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("a mode can be set");
    let types = ["http", "https", "mailto", "tel"].map(|scheme| format!("x-scheme-handler/{scheme}"));
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Browser\nExec={} %u\nMimeType={};\n",
        script.display(),
        types.join(";")
    );
    fs::write(applications.join("browser.desktop"), entry).expect("a file can be written");
    let chosen = types.map(|kind| format!("{kind}=browser.desktop\n")).concat();
    let chosen = format!("[Default Applications]\n{chosen}");
    fs::write(desktop.path("home/.config/mimeapps.list"), chosen).expect("a file can be written");
}

/// Returns what the browser was told to open, in order.
pub fn opened(desktop: &Desktop) -> Vec<String> {
    let notes = fs::read_to_string(notes(desktop)).unwrap_or_default();
    notes.lines().map(str::to_owned).collect()
}

fn notes(desktop: &Desktop) -> PathBuf {
    desktop.path("log/opened")
}
