//! A report for getting help: `spartan-auth`'s findings and the shell's own, without anything private.

mod save;
mod system;

use jiff::Timestamp;
use spartan_messages::{ReportLine, ReportSection};
use spartan_session::operations::diagnostics::{self, Subject};
use tauri::{AppHandle, Manager};

pub(crate) use self::save::save;
use crate::shell::Shell;

/// Returns a report. It takes as long as its slowest check, each of which has a time limit.
pub(crate) async fn report(app: &AppHandle) -> String {
    let shell = app.state::<Shell>();
    let subject = Subject {
        paths: shell.paths.clone(),
        keys: shell.keys.clone(),
        endpoints: shell.environment.endpoints.clone(),
        authorities: shell.environment.authorities.clone(),
    };
    let mut sections = vec![section("Program and system", system::lines(&shell))];
    sections.extend(diagnostics::look(&subject).await.into_iter().map(ReportSection::from));
    sections.push(section("Last events", shell.log.last()));
    shell.log.redact(&spartan_messages::report(Timestamp::now(), &sections))
}

fn section(title: &'static str, lines: Vec<String>) -> ReportSection {
    ReportSection { title, lines: lines.into_iter().map(ReportLine::well).collect() }
}
