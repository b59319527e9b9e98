//! Accounts: which one is shown, their names and order, and signing out.

use spartan_vault::account::AccountId;
use tauri::State;

use super::Answer;
use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn show_account(shell: State<'_, Shell>, id: AccountId) -> Answer<()> {
    shell.session.show(id).await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn rename_account(shell: State<'_, Shell>, id: AccountId, name: String) -> Answer<()> {
    shell.answer(shell.session.rename(id, name).await)
}

#[tauri::command]
pub(crate) async fn move_account(shell: State<'_, Shell>, id: AccountId, to: usize) -> Answer<()> {
    shell.answer(shell.session.move_to(id, to).await)
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
