//! Links on Microsoft's page open in the person's browser, one per click; nothing opens by itself.

use std::time::Duration;

use spartan_fakes::{Endpoint, Fakes, Setup, Times};
use tokio::time::sleep;

use crate::{
    desktop::Desktop,
    hostile_page::served,
    keyring,
    keys::Window,
    page::SIGN_IN,
    program::{Look, Program},
    witness::{self, Witness},
};

/// How long to wait for a browser to open, or not to.
const SOON: Duration = Duration::from_secs(2);

/// Microsoft's footer, so large that a click in the middle of a part hits it.
const FOOTER: &str = "<style>* { margin: 0 } a, button { display: block; height: 100px; width: 100% }</style>
<a id=first href='https://www.microsoft.com/?link' target=_blank>a link</a>
<button id=fifty>fifty</button>
<a href='https://evil.example/' target=_blank>another's</a>
<a href='mailto:a@example.com' target=_blank>a letter</a>
<form action='https://www.microsoft.com/' target=_blank><button name=form value=sent>a form</button></form>
<script>
const open50 = () => { for (let n = 0; n < 50; n += 1) open(`https://www.microsoft.com/?fifty=${n}`, '_blank', 'noopener'); };
fifty.onclick = () => { open50(); setTimeout(open50, 300); first.click(); };
addEventListener('keydown', ({ key }) => key === 'F2' && first.focus());
onload = () => { open50(); first.click(); setInterval(open50, 500); say('loaded'); };
</script>";

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_the_page_opens_in_the_browser_once_for_each_click_and_never_by_itself() {
    let desktop = keyring::start_desktop().await;
    witness::install_browser(&desktop);
    let fakes = Fakes::start(Setup::default()).await;
    let witness = Witness::start();
    fakes.fail(Endpoint::Authorize, served(witness.page(FOOTER)), Times::Once);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    let window = desktop.window(SIGN_IN).await;
    witness.hears(&desktop, "loaded").await;
    assert_eq!(newly_opened(&desktop, 0).await, [""; 0], "nobody clicked");

    click(&desktop, &window, 0, 1);
    assert_eq!(newly_opened(&desktop, 0).await, ["https://www.microsoft.com/?link"]);
    click(&desktop, &window, 0, 2);
    assert_eq!(newly_opened(&desktop, 1).await, ["https://www.microsoft.com/?link"; 2], "two quick clicks");
    click(&desktop, &window, 1, 1);
    assert_eq!(newly_opened(&desktop, 3).await, ["https://www.microsoft.com/?fifty=0"]);
    for other in [2, 3] {
        click(&desktop, &window, other, 1);
        assert_eq!(newly_opened(&desktop, 4).await, [""; 0], "part {other}");
    }
    click(&desktop, &window, 4, 1);
    assert_eq!(newly_opened(&desktop, 4).await, ["https://www.microsoft.com/?form=sent"]);
    desktop.press(&window, &["F2", "Return"]);
    assert_eq!(newly_opened(&desktop, 5).await, ["https://www.microsoft.com/?link"], "followed by key");
    program.until_state("signing_in").await;
    desktop.window(SIGN_IN).await;
}

/// Clicks the middle of one of the page's parts.
fn click(desktop: &Desktop, window: &Window, part: u32, times: u32) {
    desktop.click(window, 200, part * 100 + 50, times);
}

/// Returns what the browser was told to open after the first `before`, once it has had time.
async fn newly_opened(desktop: &Desktop, before: usize) -> Vec<String> {
    sleep(SOON).await;
    witness::opened(desktop).split_off(before)
}
