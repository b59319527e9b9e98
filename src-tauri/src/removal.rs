//! *Remove everything*: removes all that's kept while the program runs, and what the program itself holds when it quits.

mod webview_processes;

use spartan_messages::{Problem, thing, why_left};
use spartan_session::{
    environment::LINK_SCHEME,
    operations::purge::{Around, KeyFileToo, Left, Purge, WithoutKeyring},
};
use tauri::{AppHandle, Manager};

use crate::{
    settings,
    shell::{Shell, removal_state::Removal},
};

/// The program that opens links; the demo registers none.
const OPENS_LINKS: Option<&str> = if cfg!(feature = "demo") { None } else { Some(LINK_SCHEME) };

/// Removes everything, and returns and publishes the resulting state. Removes nothing while the keyring is locked.
pub(crate) async fn everything(app: &AppHandle) -> Result<Removal, Problem> {
    let shell = app.state::<Shell>();
    // What it brings would be written after all.
    shell.session.cancel().await;
    let left = purge(&shell).run_inside(WithoutKeyring::Stop).await?;
    // They're still in memory. Whatever couldn't be removed is reported as left.
    let _ = shell.session.sign_out_all().await;
    settings::look_again(app);
    let removal = Removal::of(&left);
    shell.removal.send_replace(removal.clone());
    Ok(removal)
}

/// Keeps what's left.
pub(crate) fn leave_the_rest(shell: &Shell) {
    shell.removal.send_replace(Removal::Nothing);
}

/// Removes what the program held until it quit, if everything else is gone.
pub(crate) async fn sweep(shell: &Shell) {
    if *shell.removal.borrow() != Removal::Done {
        return;
    }
    webview_processes::end();
    match purge(shell).sweep().await {
        Ok(left) => left.iter().for_each(|left| eprintln!("left: {}", told(left))),
        Err(error) => eprintln!("{error}"),
    }
}

impl Removal {
    fn of(left: &[Left]) -> Removal {
        if left.is_empty() { Removal::Done } else { Removal::Left { things: left.iter().map(told).collect() } }
    }
}

fn purge(shell: &Shell) -> Purge {
    Purge {
        paths: shell.paths.clone(),
        keys: shell.keys.clone(),
        around: Around::of_system(&shell.paths, OPENS_LINKS),
        key_file: KeyFileToo::Stays,
    }
}

fn told(left: &Left) -> String {
    format!("{}: {}", thing(&left.thing), why_left(&left.why))
}
