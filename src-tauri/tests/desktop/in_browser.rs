//! In the person's own browser.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv6Addr, TcpListener, TcpStream},
    time::Duration,
};

use spartan_fakes::{Endpoint, Fakes, Pick, Setup};
use url::Url;

use crate::{
    chromium,
    desktop::Desktop,
    keyring,
    page::{FIRST_ACCOUNT, FOCUS},
    program::{Look, Program},
};

/// The title of the mock services' page in a browser.
const PAGE: &str = "Chromium";

#[tokio::test(flavor = "multi_thread")]
async fn in_a_real_browser_a_person_signs_in_and_both_say_who() {
    let desktop = keyring::start_desktop().await;
    if !chromium::is_there(&desktop) {
        return println!("Nobody signs in in a browser here: no Chromium is installed.");
    }
    chromium::install(&desktop);
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;

    program.choose("In my browser").await;
    program.press("Sign in").await;
    let browser = desktop.window(PAGE).await;
    desktop.colour(&browser, FOCUS).await;
    program.picture("in-browser-light").await;
    desktop.press(&browser, FIRST_ACCOUNT);
    program.until_state("signed_in fresh").await;
    program.until_shown("aCurtis X89").await;
    desktop.window("Signed in · Spartan Tray").await;
    desktop.picture("browser-at-the-end");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_else_calls_at_the_port_changes_nothing_and_the_link_works_in_any_browser() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;

    program.choose("In my browser").await;
    program.press("Sign in").await;
    program.press("Copy sign-in link").await;
    let link = desktop.until("the link in the clipboard", async || link(&desktop)).await;
    let back = fakes.sign_in(link.as_str(), &Pick::Account("curtis@example.com".into())).expect("the page leads back");
    let back = Url::parse(&back).expect("it is an address");
    let port = back.port().expect("it names a port");

    let _idle = TcpStream::connect(("127.0.0.1", port)).expect("somebody listens");
    let host = format!("localhost:{port}");
    for number in 0..1000 {
        assert_eq!(status(port, &host, &format!("/?code=c&state=forged{number}")), Some(404));
    }
    assert_eq!(status(port, &host, "/?error=access_denied&state=forged"), Some(404));
    assert_eq!(status(port, "evil.example", &path(&back)), Some(404));
    assert!(fakes.count(Endpoint::Token) == 0 && program.offers("Cancel").await);
    assert_eq!(status(port, &host, &path(&back)), Some(200));
    program.until_state("signed_in fresh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_at_one_address_is_told_and_once_free_the_answer_comes_there() {
    let desktop = keyring::start_desktop().await;
    let Ok(taken) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else {
        return println!("No port is taken at ::1: this computer has no IPv6.");
    };
    let port = taken.local_addr().expect("it has an address").port();
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    let lines = format!("AzureApp(\"{}\", None, \"http://localhost:{port}\")", spartan_fakes::PUBLIC_CLIENT_ID);
    in_browser_with(&program, &lines).await;
    program.until_shown(&format!("uses port {port}")).await;
    program.until_state("signed_out").await;

    drop(taken);
    program.press("Sign in").await;
    program.press("Passkey? Use my browser").await;
    program.press("Copy sign-in link").await;
    let link = desktop.until("the link in the clipboard", async || link(&desktop)).await;
    let back = fakes.sign_in(link.as_str(), &Pick::Account("curtis@example.com".into())).expect("the page leads back");
    let back = Url::parse(&back).expect("it is an address");
    assert_eq!(back.port(), Some(port));
    assert_eq!(status(port, &format!("localhost:{port}"), &path(&back)), Some(200));
    program.until_state("signed_in fresh").await;
}

async fn in_browser_with(program: &Program<'_>, lines: &str) {
    program.press("I already use SPNKr or my own app").await;
    program.paste("Paste the lines of your .env file, or the line with AzureApp(…)", lines).await;
    program.press("Use these lines").await;
    program.press("Sign in").await;
    program.press("Passkey? Use my browser").await;
}

fn link(desktop: &Desktop) -> Option<Url> {
    desktop.clipboard().and_then(|text| Url::parse(&text).ok()).filter(|url| url.query().is_some())
}

fn path(address: &Url) -> String {
    format!("{}?{}", address.path(), address.query().unwrap_or_default())
}

/// The status that a caller gets.
fn status(port: u16, host: &str, target: &str) -> Option<u16> {
    let mut door = TcpStream::connect(("127.0.0.1", port)).ok()?;
    door.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(door, "GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").ok()?;
    let mut answer = String::new();
    door.read_to_string(&mut answer).ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_brings_the_answer_only_to_the_sign_in_that_waits_for_it() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(with_link()).await;
    takes_links(&desktop);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    follow(&desktop, &fakes, "spartan-tray-demo://auth?code=c&state=out-of-nowhere").await;
    program.until_state("signed_out").await;

    for how in ["a second start", "gio open"] {
        let lines = format!("AzureApp(\"{}\", None, \"spartan-tray://auth\")", spartan_fakes::PUBLIC_CLIENT_ID);
        in_browser_with(&program, &lines).await;
        program.press("Copy sign-in link").await;
        let link = desktop.until("the link in the clipboard", async || link(&desktop)).await;
        let back =
            fakes.sign_in(link.as_str(), &Pick::Account("curtis@example.com".into())).expect("the page leads back");
        let back = back.replacen("spartan-tray:", "spartan-tray-demo:", 1);
        follow(&desktop, &fakes, "spartan-tray-demo://auth?error=access_denied&state=forged").await;
        assert!(program.offers("Cancel").await, "{how}");
        if how == "gio open" {
            let addresses = serde_json::to_string(fakes.addresses()).expect("addresses are plain data");
            let opened = desktop.command("gio").args(["open", &back]).env("SPARTAN_TRAY_STAND_INS", addresses).status();
            assert!(opened.expect("gio runs").success());
        } else {
            follow(&desktop, &fakes, &back).await;
        }
        program.until_state("signed_in fresh").await;
        program.press("Sign out").await;
        program.answer("Sign out").await;
        program.until_state("signed_out").await;
    }
}

/// An app whose redirects are links to the program.
fn with_link() -> Setup {
    let mut setup = Setup::default();
    setup.apps[0].redirect_uris.push("spartan-tray://auth".into());
    setup
}

/// Registers the handler for links to this program, as an installation does.
fn takes_links(desktop: &Desktop) {
    let applications = desktop.path("home/.local/share/applications");
    fs::create_dir_all(&applications).expect("a folder can be made");
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Spartan Tray\nExec={} %u\nMimeType=x-scheme-handler/spartan-tray-demo;\n",
        crate::program::BINARY
    );
    fs::write(applications.join("spartan-tray.desktop"), entry).expect("a file can be written");
    fs::create_dir_all(desktop.path("home/.config")).expect("a folder can be made");
    let chosen = "[Default Applications]\nx-scheme-handler/spartan-tray-demo=spartan-tray.desktop\n";
    fs::write(desktop.path("home/.config/mimeapps.list"), chosen).expect("a file can be written");
}

/// Opens a link as the system does: it starts the program once more.
async fn follow(desktop: &Desktop, fakes: &Fakes, link: &str) {
    let mut second = crate::program::start_bare(desktop, fakes, &[link]);
    assert!(desktop.until("the end of the second start", async || second.ended()).await);
}
