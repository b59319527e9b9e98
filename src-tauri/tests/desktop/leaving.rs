//! Removing everything.

use std::{fs, path::Path};

use spartan_fakes::{Fakes, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    page::FIRST_ACCOUNT,
    program::{Look, Program},
};

#[tokio::test(flavor = "multi_thread")]
async fn after_a_question_everything_that_was_written_is_removed_and_the_program_ends() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;
    program.press("More").await;
    program.press("Settings").await;
    program.choose("Start at login").await;
    let home = desktop.path("home");
    let entry = home.join(".config/autostart/app.spartantray.demo.desktop");
    desktop.until("an entry for login", async || entry.exists().then_some(())).await;
    fs::write(home.join(".config/autostart/other.desktop"), "theirs").expect("a file can be written");

    program.press("Remove everything…").await;
    program.until_shown("Remove everything from this computer?").await;
    program.picture("remove-everything-light").await;
    program.answer("Keep everything").await;
    assert!(desktop.vault().exists() && entry.exists(), "a question removes nothing");

    program.press("Remove everything…").await;
    program.press_last("Remove everything").await;
    program.ended().await;
    assert_eq!(ours(&home), [""; 0], "nothing of ours is left");
    assert_eq!(keyring::secrets(&desktop), 0);
    assert!(home.join(".config/autostart/other.desktop").exists(), "what is not ours stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_removed_is_told_and_a_later_sign_in_outlives_the_end() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;
    let (kept, obstacle) = (desktop.path("home/kept.env"), desktop.path("home/kept.env.spartan-tray-new"));
    keep_in_vain(&desktop, &kept, &obstacle);

    program.press("More").await;
    program.press("Settings").await;
    program.press("Remove everything…").await;
    program.press("Remove everything").await;
    program.until_shown("Not everything could be removed.").await;
    program.until_state("signed_out").await;
    let read = program.read().await;
    assert!(read.contains("Not everything could be removed.") && read.contains("kept.env"), "{read}");
    program.picture("not-removed-light").await;
    assert!(!desktop.vault().exists() && keyring::secrets(&desktop) == 0);
    let lock = fs::File::open(desktop.vault().with_file_name("program.lock")).expect("it is there");
    assert!(lock.try_lock().is_err(), "the program still runs");

    program.press("Back").await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
    program.until_shown("Not everything could be removed.").await;
    fs::remove_dir(&obstacle).expect("it is there");
    program.quit().await;
    assert!(desktop.vault().exists() && keyring::secrets(&desktop) == 1, "the later sign-in is kept");
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.until_state("signed_in fresh").await;
}

/// Leaves tokens in a token file from which they can't be removed: a folder blocks it.
fn keep_in_vain(desktop: &Desktop, kept: &Path, obstacle: &Path) {
    fs::create_dir(obstacle).expect("a folder can be made");
    fs::write(kept, "HALO_SPARTAN_TOKEN=v4=old\n").expect("a file can be written");
    let file = desktop.path("home/.config/app.spartantray.demo/settings.toml");
    fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder can be made");
    let before = fs::read_to_string(&file).unwrap_or_default();
    let entry = format!(
        "file = \"{}\"\nformat = \"dotenv\"\naccount = \"00000000-0000-0000-0000-000000000001\"\n",
        kept.display()
    );
    fs::write(file, format!("{before}\n[[keep]]\n{entry}")).expect("the settings can be written");
}

/// Returns everything below a folder whose name shows that it's the program's.
fn ours(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if name.contains("spartan") {
            found.push(path.display().to_string());
        } else if path.is_dir() {
            found.extend(ours(&path));
        }
    }
    found
}
