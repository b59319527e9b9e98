//! Tokens: renewed, copied, gone from the clipboard.

use jiff::Timestamp;
use serde::Serialize;
use tauri::State;

use super::{Answer, no_clipboard};
use crate::{
    clipboard::{CLEARS_AFTER, Copied, Ended},
    start::Shell,
};

/// What the page says after a copy; times in milliseconds since 1970 UTC.
#[derive(Serialize)]
pub(crate) struct CopiedToken {
    expires_at: i64,
    clears_at: Option<i64>,
}

#[tauri::command]
pub(crate) async fn renew(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.renew().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn copy_spartan_token(shell: State<'_, Shell>) -> Answer<CopiedToken> {
    let handed_out = shell.session.hand_out().await?;
    let copied = shell.clipboard.copy_secret(handed_out.token).await.map_err(|error| no_clipboard(&error))?;
    let clears_at = match copied {
        Copied::ClearsItself => {
            Some(Timestamp::now().as_millisecond() + i64::try_from(CLEARS_AFTER.as_millis()).unwrap_or(0))
        }
        Copied::Stays => None,
    };
    Ok(CopiedToken { expires_at: handed_out.expires_at.as_millisecond(), clears_at })
}

#[tauri::command]
pub(crate) async fn clipboard_ended(shell: State<'_, Shell>) -> Answer<Ended> {
    Ok(shell.clipboard.ended().await)
}
