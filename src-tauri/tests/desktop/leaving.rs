//! The way out.

use std::{fs, path::Path};

use spartan_fakes::{Fakes, Setup};

use crate::{
    desktop::Desktop,
    keyring::{self, Keyring},
    program::{Look, Program},
};

#[tokio::test(flavor = "multi_thread")]
async fn after_a_question_everything_that_was_written_is_removed_and_the_program_ends() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
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

/// Everything below a folder whose name says whose it is.
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
