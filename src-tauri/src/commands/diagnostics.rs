//! The report, which the page shows before it's saved or copied.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};

use super::{Answer, copy};
use crate::{diagnostics, recent::Heard, refusals::Refusal, shell::Shell};

/// The report as it would be saved.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Report {
    text: String,
}

/// The path of the saved report.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Saved {
    path: String,
}

/// The report, as the page shows it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct SaveDiagnostics {
    text: String,
}

/// The report, as the page shows it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct CopyDiagnostics {
    text: String,
}

#[tauri::command]
pub(crate) async fn diagnose(app: AppHandle, shell: State<'_, Shell>) -> Answer<Report> {
    let report = async |(): &()| Heard { answer: diagnostics::report(&app).await, wait: None };
    Ok(Report { text: shell.diagnosed.ask((), report).await.answer })
}

#[tauri::command]
pub(crate) async fn save_diagnostics(app: AppHandle, shell: State<'_, Shell>, args: SaveDiagnostics) -> Answer<Saved> {
    let saved = diagnostics::save(&app, &args.text).map_err(|error| Refusal::NotSaved.with(&error));
    let path = shell.answer(saved)?.display().to_string();
    Ok(Saved { path: shell.streaming().redact(&path) })
}

#[tauri::command]
pub(crate) async fn copy_diagnostics(shell: State<'_, Shell>, args: CopyDiagnostics) -> Answer<()> {
    shell.answer(copy(&shell, args.text).await)
}
