//! Accounts: which one is shown, their names and order, and signing out.

use serde::Deserialize;
use spartan_vault::account::AccountId;
use tauri::State;

use super::Answer;
use crate::shell::Shell;

/// The account to show.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct ShowAccount {
    id: AccountId,
}

/// An account's new name.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct RenameAccount {
    id: AccountId,
    /// Empty removes the name.
    name: String,
}

/// An account's new place in the list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveAccount {
    id: AccountId,
    /// The place, from 0.
    to: usize,
}

#[tauri::command]
pub(crate) async fn show_account(shell: State<'_, Shell>, args: ShowAccount) -> Answer<()> {
    shell.session.show(args.id).await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn rename_account(shell: State<'_, Shell>, args: RenameAccount) -> Answer<()> {
    shell.answer(shell.session.rename(args.id, args.name).await)
}

#[tauri::command]
pub(crate) async fn move_account(shell: State<'_, Shell>, args: MoveAccount) -> Answer<()> {
    shell.answer(shell.session.move_to(args.id, args.to).await)
}

#[tauri::command]
pub(crate) async fn sign_out(shell: State<'_, Shell>) -> Answer<()> {
    shell.answer(shell.session.sign_out().await)
}

#[tauri::command]
pub(crate) async fn sign_out_all(shell: State<'_, Shell>) -> Answer<()> {
    shell.answer(shell.session.sign_out_all().await)
}

#[tauri::command]
pub(crate) async fn add_other(shell: State<'_, Shell>) -> Answer<()> {
    shell.answer(shell.session.add_other().await)
}
