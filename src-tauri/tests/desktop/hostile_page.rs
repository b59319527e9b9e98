//! What a page in the sign-in window tries, and doesn't get.

use std::time::{Duration, Instant};

use spartan_fakes::{Endpoint, Fakes, Fault, Setup, Times};
use tokio::time::sleep;

use crate::{
    keyring,
    page::{MAIN, SIGN_IN},
    program::{Look, Program},
    witness::Witness,
};

/// The page's colour once it has tried everything.
const REFUSED: &str = "#00FF00";

/// Every way for a page to reach the program or this computer's files; each report begins with its name.
const TRIES: &str = "<script>
const header = { 'Tauri-Callback': '1', 'Tauri-Error': '2', 'Tauri-Invoke-Key': 'x', 'Content-Type': 'application/json' };
const names = ['__TAURI_INTERNALS__', '__TAURI__', '__TAURI_EVENT_PLUGIN_INTERNALS__', 'isTauri', 'ipc', 'start'];
const ours = ['tauri://localhost/index.html', 'tauri://localhost/js/main.mjs', 'ipc://localhost/quit', 'asset://localhost/etc/passwd', 'file:///etc/passwd'];
const element = (tag, part) => new Promise((done) => {
  const made = Object.assign(document.createElement(tag), part, { onload: () => done(tag !== 'iframe'), onerror: () => done(false) });
  document.body.append(made);
  setTimeout(done, 2000, 'nothing');
});
const reads = (address, how) => fetch(address, how).then((answer) => answer.text()).then(() => true, () => false);
onload = async () => {
  const found = names.filter((name) => name in globalThis);
  if (globalThis.webkit?.messageHandlers?.ipc) found.push('a message handler');
  if (Object.isFrozen(Object.prototype)) found.push('a frozen prototype');
  for (const address of ours) {
    if (await reads(address)) found.push(`fetch ${address}`);
    if (await reads(address, { mode: 'no-cors' })) found.push(`blind fetch ${address}`);
    if (await reads(address, { method: 'POST', headers: header, body: '{}' })) found.push(`post ${address}`);
    if ((await element('script', { src: address })) === true) found.push(`script ${address}`);
    if ((await element('link', { rel: 'stylesheet', href: address })) === true) found.push(`style ${address}`);
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
    setTimeout(() => (location.href = address), 100);
    await new Promise((done) => setTimeout(done, 500));
    if (frame.contentWindow && frame.contentDocument?.URL !== 'about:blank') found.push(`frame ${address}`);
  }
  say(`found ${found.join(', ')}`);
};
</script>";

/// Everything that an engine would show by itself, once unprompted and once for a click.
const DIALOGS: &str = "<script>
onbeforeunload = (event) => event.preventDefault();
const ask = () => {
  alert('x');
  print();
  for (const type of ['file', 'color']) document.body.appendChild(Object.assign(document.createElement('input'), { type, hidden: true })).click();
  return [confirm('x'), prompt('x', 'y'), document.webkitFullscreenEnabled ?? false].join(' ');
};
onload = async () => {
  document.body.style.background = 'GREEN';
  say(`answers ${ask()} ${await Notification.requestPermission()}`);
};
onclick = ({ isTrusted }) => {
  if (!isTrusted) return;
  document.documentElement.webkitRequestFullscreen?.();
  say(`clicked ${ask()}`);
  location.href = 'LOCKED';
  setTimeout(say, 2000, 'still here');
};
</script>";

#[tokio::test(flavor = "multi_thread")]
async fn the_page_finds_nothing_of_the_program_and_reads_no_file_of_it() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    // Each window has its own engine, and only the first one knows the program's schemes.
    for _ in 0..2 {
        let witness = Witness::start();
        fakes.fail(Endpoint::Authorize, served(witness.page(TRIES)), Times::Once);
        program.press("Sign in").await;
        assert_eq!(witness.hears(&desktop, "found ").await, "");
        program.press("Cancel").await;
        program.until_state("signed_out").await;
        desktop.no_window(SIGN_IN).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_no_dialog_of_the_engines_and_asks_for_no_password_outside_of_itself() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let witness = Witness::start();
    let body = DIALOGS.replace("LOCKED", &witness.at("locked")).replace("GREEN", REFUSED);
    fakes.fail(Endpoint::Authorize, served(witness.page(&body)), Times::Once);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    assert_eq!(witness.hears(&desktop, "answers ").await, "false  false denied");
    let window = desktop.window(SIGN_IN).await;
    desktop.click(&window, 200, 300, 1);
    assert_eq!(witness.hears(&desktop, "clicked ").await, "false  false");
    witness.hears(&desktop, "asked for a password").await;
    witness.hears(&desktop, "still here").await;
    desktop.is_filled(&window, REFUSED).await;
    desktop.picture("hostile-page");
    let titles: Vec<_> = desktop.windows().into_iter().map(|window| window.title).collect();
    assert!(titles.iter().all(|title| title.starts_with(SIGN_IN) || title.starts_with(MAIN)), "{titles:?}");
    program.until_state("signing_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_title_names_the_host_whatever_the_page_calls_itself() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    for address in
        ["'about:blank'", "URL.createObjectURL(new Blob(['<title>login.live.com</title>'], { type: 'text/html' }))"]
    {
        let witness = Witness::start();
        let leaves = format!(
            "<script>onpagehide = () => say('left'); onload = () => setTimeout(() => (location.href = {address}), 500);</script>"
        );
        fakes.fail(Endpoint::Authorize, served(witness.page(&leaves)), Times::Once);
        program.press("Sign in").await;
        desktop.window("Sign in · 127.0.0.1").await;
        witness.hears(&desktop, "left").await;
        sleep(Duration::from_secs(1)).await;
        assert_eq!(desktop.window(SIGN_IN).await.title, "Sign in · 127.0.0.1", "{address}");
        program.press("Cancel").await;
        program.until_state("signed_out").await;
        desktop.no_window(SIGN_IN).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_closes_itself_takes_the_window_along_and_cancels() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let closes = "<!doctype html><title>x</title><script>onload = () => setTimeout(close, 500);</script>";
    fakes.fail(Endpoint::Authorize, served(closes.into()), Times::Once);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    desktop.window(SIGN_IN).await;
    program.until_state("signed_out").await;
    desktop.no_window(SIGN_IN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_no_page_is_not_followed_and_the_window_stays() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let body = format!(
        "<!doctype html><title>x</title><body><iframe src='http://ads.example/x'></iframe><script>\
         location.href = 'mailto:a@example.com';\
         setTimeout(() => {{ document.body.style.background = '{REFUSED}'; }}, 1000);</script>"
    );
    fakes.fail(Endpoint::Authorize, served(body), Times::Once);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    let window = desktop.window(SIGN_IN).await;
    desktop.colour(&window, REFUSED).await;
    program.until_state("signing_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_to_another_scheme_leaves_no_empty_window() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    let not_loaded = "Microsoft's page has not loaded.";
    for (address, words) in [
        ("msauth://com.example.app/key?code=c&state=s", "Microsoft's page led to msauth://com.example.app,"),
        ("com.example.app:/callback?error=access_denied", "Microsoft's page led to com.example.app://,"),
        ("mailto:a@example.com", not_loaded),
        ("ms-settings:accounts", not_loaded),
    ] {
        let headers = [("location".to_owned(), address.to_owned())].into();
        fakes.fail(Endpoint::Authorize, Fault::Status { status: 302, headers, body: String::new() }, Times::Once);
        program.press("Sign in").await;
        program.until_shown(words).await;
        if words == not_loaded {
            desktop.window(SIGN_IN).await;
            program.press("Cancel").await;
        }
        program.until_state("signed_out").await;
        desktop.no_window(SIGN_IN).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_cannot_be_loaded_is_told_at_once() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    fakes.fail(Endpoint::Authorize, Fault::Drop, Times::Always);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    desktop.window(SIGN_IN).await;
    let opened = Instant::now();
    program.until_shown("Microsoft's page has not loaded.").await;
    assert!(opened.elapsed() < Duration::from_secs(12), "as soon as it is known: {:?}", opened.elapsed());
    program.picture("not-loaded-light").await;
    program.press("Cancel").await;
    program.until_state("signed_out").await;
}

/// A page instead of Microsoft's.
pub fn served(body: String) -> Fault {
    Fault::Status { status: 200, headers: [("content-type".to_owned(), "text/html".to_owned())].into(), body }
}
