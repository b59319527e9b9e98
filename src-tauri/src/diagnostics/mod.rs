//! A report for whoever helps: what this computer, its keyring, the vault and the services say, without anything private.

mod hosts;
mod keyring;
mod save;
mod system;
mod vault;

use jiff::Timestamp;
use tauri::{AppHandle, Manager};

pub(crate) use self::save::save;
use crate::start::Shell;

/// A part of the report.
struct Section {
    title: &'static str,
    lines: Vec<String>,
}

/// Looks at everything; takes as long as the slowest that is asked, with limits to each.
pub(crate) async fn report(app: &AppHandle) -> String {
    let shell = app.state::<Shell>();
    let (keyring, vault, hosts) = tokio::join!(
        keyring::round_trip(shell.places.identifier()),
        vault::lines(&shell.places),
        hosts::lines(&shell.world),
    );
    let sections = [
        Section { title: "Program and system", lines: system::lines(app, &shell) },
        Section { title: "Keyring", lines: vec![keyring] },
        Section { title: "Vault", lines: vault },
        Section { title: "Services", lines: hosts },
        Section { title: "Last events", lines: shell.log.last() },
    ];
    shell.log.redact(&text(Timestamp::now(), &sections))
}

fn text(now: Timestamp, sections: &[Section]) -> String {
    let section = |Section { title, lines }: &Section| {
        let lines = if lines.is_empty() { "none".into() } else { lines.join("\n") };
        format!("\n{title}\n{}\n{lines}\n", "-".repeat(title.len()))
    };
    let sections: String = sections.iter().map(section).collect();
    format!("Spartan Tray report, {now:.0}\n{sections}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_its_sections_one_below_the_other() {
        let sections = [
            Section { title: "Keyring", lines: vec!["works".into(), "well".into()] },
            Section { title: "Last events", lines: Vec::new() },
        ];
        let expected = "Spartan Tray report, 1970-01-01T00:00:00Z\n\
                        \nKeyring\n-------\nworks\nwell\n\
                        \nLast events\n-----------\nnone\n";
        assert_eq!(text(Timestamp::UNIX_EPOCH, &sections), expected);
    }
}
