//! Several people at once: two, and fifty.

use std::fs;

use fantoccini::Locator;
use spartan_fakes::{Endpoint, Fakes, Setup};
use spartan_vault::{
    account::{Account, AccountId, Person},
    key::Key,
    vault::sealed,
};
use uuid::Uuid;

use crate::{
    desktop::Desktop,
    keyring,
    page::{FIRST_ACCOUNT, FOCUS, SIGN_IN},
    program::{Look, Program},
};

/// On the mock services' page, the second account comes next.
const SECOND_ACCOUNT: &[&str] = &["Tab", "Return"];

/// Names that people use or might use, and how they're shown.
const NAMES: [(&str, &str); 3] = [
    ("<b onclick=alert(1)>Bold</b>", "<b onclick=alert(1)>Bold</b>"),
    ("\u{202e}drawkcab", "drawkcab"),
    ("🦀 Crab", "🦀 Crab"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_stands_beside_the_first_and_replaces_nobody() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;

    program.press("Switch account").await;
    program.press("Add an account").await;
    sign_in(&program, SECOND_ACCOUNT).await;
    program.until_shown("Six Pounder 07").await;
    program.press("Switch account").await;
    program.picture("two-accounts-light").await;
    program.choose_account("aCurtis X89").await;
    program.until_shown("2533274855333605").await;

    // The first is to sign in again, but the second does: neither account changes.
    fakes.revoke();
    fakes.expire(Endpoint::User);
    fakes.expire(Endpoint::Token);
    program.press("More").await;
    program.press("Renew now").await;
    program.until_state("signed_in needs_action").await;
    program.press("Sign in again").await;
    at_page(&program, SECOND_ACCOUNT).await;
    program.until_shown("You signed in as Six Pounder 07, not as aCurtis X89.").await;
    assert!(program.offers("Add Six Pounder 07").await && program.offers("Try again").await);
    program.press("Try again").await;
    at_page(&program, FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
    program.until_shown("2533274855333605").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_people_are_at_hand_under_whatever_names_and_leave_at_once() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;
    program.quit().await;
    fifty(&desktop);

    let asked = fakes.counts();
    let program = Program::start(&desktop, &fakes, Look::Dark).await;
    program.until_state("signed_in fresh").await;
    program.press("Switch account").await;
    program.picture("fifty-accounts-dark").await;
    let listed = program.page.find_all(Locator::Css("[role=menuitemradio]")).await.expect("the list is open");
    assert_eq!(listed.len(), 50);
    for (_, shown) in NAMES {
        program.until_shown(shown).await;
    }
    program.choose_account("Player 49").await;
    program.until_shown("2535000000000049").await;
    assert_eq!(fakes.counts(), asked, "good tokens are not renewed");

    program.press("Switch account").await;
    program.press("Manage accounts").await;
    program.press("Sign out of all").await;
    program.until_shown("Sign out of all 50 accounts?").await;
    program.answer("Sign out of all").await;
    program.until_state("signed_out").await;
    assert!(!desktop.vault().exists());
    assert_eq!(keyring::secrets(&desktop), 0);
}

async fn sign_in(program: &Program<'_>, keys: &[&str]) {
    program.press("Sign in").await;
    at_page(program, keys).await;
}

async fn at_page(program: &Program<'_>, keys: &[&str]) {
    let window = program.desktop.window(SIGN_IN).await;
    program.desktop.colour(&window, FOCUS).await;
    program.desktop.press(&window, keys);
    program.desktop.no_window(SIGN_IN).await;
}

/// Adds forty-nine accounts to the vault, as if they had signed in.
fn fifty(desktop: &Desktop) {
    let key = desktop.ask(&["secret-tool", "lookup", "service", "app.spartantray.demo"]).expect("the key is there");
    let key = Key::from_text(key.trim()).expect("it is a key");
    let file = fs::read(desktop.vault()).expect("the vault is there");
    let id = sealed::vault_id(&file).expect("it is a vault");
    let mut contents = sealed::open(&file, &key).expect("the key opens it");
    let first = contents.accounts[0].clone();
    for number in 1..50 {
        let gamertag = NAMES.get(number - 1).map_or_else(|| format!("Player {number}"), |(name, _)| (*name).to_owned());
        let person = Some(Person { gamertag: Some(gamertag), xuid: format!("25350000000000{number:02}") });
        let id = AccountId(Uuid::from_u128(number as u128));
        contents.accounts.push(Account { id, person, ..first.clone() });
    }
    let sealed = sealed::seal(&contents, id, &key, [7; 24]).expect("it can be sealed");
    fs::write(desktop.vault(), sealed).expect("the vault can be written");
}
