//! User-facing text: turns an error into a message, help and an action.
//!
//! The crates below this one report errors as data. No code makes decisions based on a message.

mod browser_page;
pub mod catalogue;
mod checked;
pub mod duration;
mod formats;
mod problem;
mod removal;
mod report;
mod settings;
mod status;
mod token_file;
mod words;

pub use self::{
    browser_page::browser_page,
    checked::CheckedApp,
    formats::{Section, format_label, format_sections, group_label},
    problem::{Action, Problem},
    removal::{thing, why_left},
    report::{ReportLine, ReportSection, report, worst},
    settings::{SettingsInWords, settings_problem, unclear_entry},
    status::{Say, told, told_end, told_lines},
    token_file::{warning, was_open},
};
