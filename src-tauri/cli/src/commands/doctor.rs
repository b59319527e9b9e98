//! `spartan doctor`.

use clap::Args;
use jiff::Timestamp;
use spartan_messages::{ReportLine, ReportSection, report, settings_problem, worst};
use spartan_session::{
    operations::diagnostics::{self, Subject},
    redact::Private,
    settings::Settings,
};
use spartan_vault::settings_file;

use crate::{failure::Failure, here::Here, out};

/// Check the key, the vault, the connections and the clock
///
/// The output contains no token, name or address of yours. Never unlocks the keyring, and changes nothing. The exit
/// code is that of the worst problem.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan doctor
  spartan doctor --json | jq '.sections[].findings[] | select(.ok | not)'")]
pub struct Doctor {
    /// Print JSON, with `"schema": 1`
    #[arg(long)]
    json: bool,
}

impl Doctor {
    /// Prints the report, and ends as the worst of it does.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let subject = Subject {
            paths: here.paths.clone(),
            keys: here.keys.clone(),
            endpoints: here.environment.endpoints.clone(),
            authorities: here.environment.authorities.clone(),
        };
        let mut sections = vec![program(here)];
        sections.extend(diagnostics::look(&subject).await.into_iter().map(ReportSection::from));
        let private = Private::new(here.person.as_deref(), []);
        for line in sections.iter_mut().flat_map(|section| &mut section.lines) {
            line.words = private.redact(&line.words);
        }
        out::answer(&if self.json { json(&sections) } else { report(Timestamp::now(), &sections) })?;
        worst(&sections).map_or(Ok(()), |error| Err(error.clone().into()))
    }
}

fn program(here: &Here) -> ReportSection {
    let demo = if cfg!(feature = "demo") { ", demo" } else { "" };
    let version = format!("spartan {}{demo}", env!("CARGO_PKG_VERSION"));
    let lines = [version, diagnostics::system()].map(ReportLine::well);
    let settings = if let Err(cause) = settings_file::key_file(&here.paths) {
        vec![ReportLine::wrong(cause.into())]
    } else {
        let problems = Settings::read(&here.paths).problems;
        let words = problems.iter().map(|problem| format!("settings file: {}", settings_problem(problem)));
        words.map(ReportLine::well).collect()
    };
    ReportSection { title: "Program and system", lines: lines.into_iter().chain(settings).collect() }
}

fn json(sections: &[ReportSection]) -> String {
    let ok = worst(sections).is_none();
    format!("{:#}", serde_json::json!({ "schema": 1, "ok": ok, "sections": sections }))
}
