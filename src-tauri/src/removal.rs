//! *Remove everything*: all that is kept goes while the program runs, and what its end writes once more goes at the end.

use std::sync::atomic::Ordering;

use spartan_auth::{
    purge::{Around, KeyFileToo, Left, Purge, Thing, WithoutKeyring},
    trouble::Trouble,
};
use tauri::{AppHandle, Manager};

use crate::{refusals::Refusal, start::Shell};

/// The program that opens links; the demo registers none.
const OPENS_LINKS: Option<&str> = if cfg!(feature = "demo") { None } else { Some("spartan-tray") };

/// Removes everything; where the keyring stays locked nothing, and where something is left that is told.
pub(crate) async fn everything(app: &AppHandle) -> Result<(), Trouble> {
    let shell = app.state::<Shell>();
    // What it brings would be written after all.
    shell.session.cancel().await;
    let left = purge(&shell).run(WithoutKeyring::Stop).await.map_err(|error| Trouble::from(&error))?;
    shell.is_leaving_for_good.store(true, Ordering::SeqCst);
    // The webview writes into its folder for as long as it lives: the end sees to that.
    let left: Vec<String> = left.iter().filter(|left| !is_folder(left)).map(told).collect();
    if left.is_empty() { Ok(()) } else { Err(Refusal::NotRemoved.with(&left.join("\n"))) }
}

/// Removes what the program wrote while it ended, where everything was to go.
pub(crate) async fn sweep(shell: &Shell) {
    if !shell.is_leaving_for_good.load(Ordering::SeqCst) {
        return;
    }
    match purge(shell).run(WithoutKeyring::GoOn).await {
        Ok(left) => left.iter().for_each(|left| eprintln!("left: {}", told(left))),
        Err(error) => eprintln!("{error}"),
    }
}

fn purge(shell: &Shell) -> Purge {
    Purge {
        places: shell.places.clone(),
        keys: shell.keys.clone(),
        around: Around::of_system(&shell.places, OPENS_LINKS),
        key_file: KeyFileToo::Stays,
    }
}

fn told(Left { thing, why }: &Left) -> String {
    format!("{thing}: {why}")
}

const fn is_folder(left: &Left) -> bool {
    matches!(left.thing, Thing::Folder(_))
}
