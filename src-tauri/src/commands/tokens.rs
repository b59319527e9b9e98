//! Tokens: renewing them, copying them, and their end in the clipboard.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use spartan_session::{format::Format, session::HandedOut, status::clock_check::ClockCheck};
use tauri::State;

use super::{Answer, no_clipboard};
use crate::{
    clipboard::{self, Ended},
    shell::Shell,
};

/// The result of a copy, with times in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Copied {
    pub(crate) format: Format,
    /// The time at which the copied token expires, if it does.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    #[cfg_attr(test, ts(type = "number | null"))]
    pub(crate) expires_at: Option<Timestamp>,
    /// Whether the clock by which that's told is confirmed.
    pub(crate) clock: ClockCheck,
    /// The milliseconds until it's cleared, if it is: a time of day would be wrong once the clock is set.
    clears_in_ms: Option<u64>,
}

/// The format to copy in.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct CopyAs {
    pub(crate) format: Format,
}

#[tauri::command]
pub(crate) async fn renew(shell: State<'_, Shell>) -> Answer<()> {
    shell.answer(shell.session.renew().await)
}

#[tauri::command]
pub(crate) async fn copy_as(shell: State<'_, Shell>, args: CopyAs) -> Answer<Copied> {
    let CopyAs { format } = args;
    let HandedOut { text, expires_at, clock, .. } = shell.answer(shell.session.hand_out(format).await)?;
    let copied = if format.holds_secret() {
        shell.clipboard.copy_secret(text, shell.settings.clears_after()).await
    } else {
        shell.clipboard.copy_plain(text).await
    };
    let clears_in_ms = match shell.answer(copied.map_err(|error| no_clipboard(&error)))? {
        clipboard::Copied::ClearsAfter(time) => u64::try_from(time.as_millis()).ok(),
        clipboard::Copied::Stays => None,
    };
    Ok(Copied { format, expires_at, clock, clears_in_ms })
}

#[tauri::command]
pub(crate) async fn clipboard_ended(shell: State<'_, Shell>) -> Answer<Ended> {
    Ok(shell.clipboard.ended().await)
}
