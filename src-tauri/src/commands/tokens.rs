//! Tokens: renewed, copied, gone from the clipboard.

use jiff::Timestamp;
use serde::Serialize;
use spartan_auth::{
    handed_out::{self, Note},
    status::Kept,
};
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
    let spartan = shell.session.hand_out().await?;
    let copied = shell.clipboard.copy_secret(spartan.token, shell.settings.clears_after()).await;
    let clears_at = match copied.map_err(|error| no_clipboard(&error))? {
        Copied::ClearsAfter(time) => Timestamp::now().checked_add(time).ok(),
        Copied::Stays => None,
    };
    // An account of this session alone leaves nothing on the disk.
    if spartan.kept == Kept::Sealed {
        let note = Note { at: Timestamp::now(), format: "token".into(), to: "clipboard".into() };
        handed_out::note(&shell.places, spartan.account, note);
    }
    Ok(CopiedToken { expires_at: spartan.expires_at, clears_at })
}

#[tauri::command]
pub(crate) async fn clipboard_ended(shell: State<'_, Shell>) -> Answer<Ended> {
    Ok(shell.clipboard.ended().await)
}
