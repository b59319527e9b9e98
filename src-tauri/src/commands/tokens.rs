//! Tokens: renewed, copied, gone from the clipboard.

use jiff::Timestamp;
use serde::Serialize;
use tauri::State;

use super::{Answer, no_clipboard};
use crate::{
    clipboard::{Copied, Ended},
    start::Shell,
};

/// What the page says after a copy; times in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct CopiedToken {
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
    pub(crate) expires_at: Timestamp,
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    clears_at: Option<Timestamp>,
}

#[tauri::command]
pub(crate) async fn renew(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.renew().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn copy_spartan_token(shell: State<'_, Shell>) -> Answer<CopiedToken> {
    let handed_out = shell.session.hand_out().await?;
    let copied = shell.clipboard.copy_secret(handed_out.token, shell.settings.clears_after()).await;
    let clears_at = match copied.map_err(|error| no_clipboard(&error))? {
        Copied::ClearsAfter(time) => Timestamp::now().checked_add(time).ok(),
        Copied::Stays => None,
    };
    Ok(CopiedToken { expires_at: handed_out.expires_at, clears_at })
}

#[tauri::command]
pub(crate) async fn clipboard_ended(shell: State<'_, Shell>) -> Answer<Ended> {
    Ok(shell.clipboard.ended().await)
}
