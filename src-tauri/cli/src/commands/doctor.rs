//! `spartan doctor`.

use clap::Args;
use jiff::Timestamp;
use spartan_messages::{Problem, settings_problem};
use spartan_session::{
    operations::diagnostics::{self, Finding, Section, Subject},
    redact::Private,
    settings::Settings,
};
use spartan_vault::settings_file;

use crate::{failure::Failure, here::Here, out};

/// Look for what is wrong: with the key, the vault, the connections and the clock
///
/// What it prints has no token, name or address of yours in it. The keyring is never unlocked for it, and nothing is
/// changed. The exit code is that of the worst finding.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan doctor
  spartan doctor --json | jq '.sections[].findings[] | select(.ok | not)'")]
pub struct Doctor {
    /// As JSON, with `"schema": 1`
    #[arg(long)]
    json: bool,
}

impl Doctor {
    /// Prints the report, and ends as the worst of it does.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let subject = Subject {
            places: here.places.clone(),
            keys: here.keys.clone(),
            endpoints: here.world.endpoints.clone(),
            authorities: here.world.authorities.clone(),
        };
        let mut sections = vec![program(here)];
        sections.extend(diagnostics::look(&subject).await);
        diagnostics::tell(&mut sections, |error| Problem::from(error).message);
        let private = Private::new(here.person.as_deref(), []);
        for finding in sections.iter_mut().flat_map(|section| &mut section.findings) {
            finding.words = private.redact(&finding.words);
        }
        out::answer(&if self.json { json(&sections) } else { diagnostics::text(Timestamp::now(), &sections) })?;
        diagnostics::worst(&sections).map_or(Ok(()), |error| Err(error.clone().into()))
    }
}

fn program(here: &Here) -> Section {
    let demo = if cfg!(feature = "demo") { ", demo" } else { "" };
    let version = format!("spartan {}{demo}", env!("CARGO_PKG_VERSION"));
    let lines = [version, diagnostics::system()].map(Finding::well);
    let settings = if let Err(cause) = settings_file::key_file(&here.places) {
        vec![Finding::wrong("", cause.into())]
    } else {
        let problems = Settings::read(&here.places).problems;
        let words = problems.iter().map(|problem| format!("settings file: {}", settings_problem(problem)));
        words.map(Finding::well).collect()
    };
    Section { title: "Program and system", findings: lines.into_iter().chain(settings).collect() }
}

fn json(sections: &[Section]) -> String {
    let ok = diagnostics::worst(sections).is_none();
    format!("{:#}", serde_json::json!({ "schema": 1, "ok": ok, "sections": sections }))
}
