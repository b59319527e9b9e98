//! A report for support: what was found, in words.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use spartan_auth::jiff::Timestamp;
use spartan_session::{
    error::Error,
    operations::diagnostics::{self, About, Finding, Host, HostClock, Observation, SizeClass},
};

use crate::{Problem, words};

/// A section of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportSection {
    /// Its title.
    pub title: &'static str,
    /// What was found.
    #[serde(rename = "findings")]
    pub lines: Vec<ReportLine>,
}

/// A line of a report. Serialized as its text, and whether it's OK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLine {
    /// The text, on one line.
    pub words: String,
    /// What's wrong, if anything.
    pub error: Option<Error>,
}

/// Returns the most severe error: an error that prevents the vault from opening comes before a service that doesn't
/// respond.
#[must_use]
pub fn worst(sections: &[ReportSection]) -> Option<&Error> {
    sections.iter().flat_map(|section| &section.lines).find_map(|line| line.error.as_ref())
}

/// Returns a report as text.
#[must_use]
pub fn report(now: Timestamp, sections: &[ReportSection]) -> String {
    let section = |ReportSection { title, lines }: &ReportSection| {
        let lines: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
        let lines = if lines.is_empty() { "none".into() } else { lines.join("\n") };
        format!("\n{title}\n{}\n{lines}\n", "-".repeat(title.len()))
    };
    let sections: String = sections.iter().map(section).collect();
    format!("Spartan Tray report, {now:.0}\n{sections}")
}

impl ReportLine {
    /// Returns a line that says that everything is OK.
    #[must_use]
    pub fn well(words: impl Into<String>) -> ReportLine {
        ReportLine { words: words.into(), error: None }
    }

    /// Returns a line that says what's wrong.
    #[must_use]
    pub fn wrong(error: Error) -> ReportLine {
        ReportLine { words: words::message(&error), error: Some(error) }
    }
}

impl From<diagnostics::Section> for ReportSection {
    fn from(section: diagnostics::Section) -> ReportSection {
        let title = match section.about {
            About::Keyring => "Keyring",
            About::KeyFile => "Key file",
            About::Key => "Key",
            About::Vault => "Vault",
            About::Services => "Services",
        };
        ReportSection { title, lines: section.findings.into_iter().map(ReportLine::from).collect() }
    }
}

impl From<Finding> for ReportLine {
    fn from(Finding { observation, error }: Finding) -> ReportLine {
        let seen = observed(&observation);
        let words = match error.as_ref().map(|error| Problem::from(error).message) {
            Some(wrong) if seen.is_empty() => wrong,
            Some(wrong) => format!("{seen}{}{wrong}", separator(&observation)),
            None => seen,
        };
        ReportLine { words, error }
    }
}

impl Serialize for ReportLine {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut line = to.serialize_struct("ReportLine", 2)?;
        line.serialize_field("words", &self.words)?;
        line.serialize_field("ok", &self.error.is_none())?;
        line.end()
    }
}

/// Returns what's between an observation and what's wrong with it.
const fn separator(observation: &Observation) -> &'static str {
    if matches!(observation, Observation::Host(_)) { "; " } else { ": " }
}

/// Returns what was observed; nothing if the error says it all.
fn observed(observation: &Observation) -> String {
    match observation {
        Observation::KeyFile { path } => format!("{} can be read, by its owner alone", path.display()),
        Observation::Keyring => "an entry was written, read and deleted".into(),
        Observation::KeyringGarbles => "another text was read than was written".into(),
        Observation::KeyringRefuses { why } => format!("an entry could not be written, read and deleted: {why}"),
        Observation::NoKey | Observation::Clock => String::new(),
        Observation::NoVault => "there is none".into(),
        Observation::VaultOutOfReach => "cannot be looked at".into(),
        Observation::Vault { size } => format!("there is one, {}", size_class(*size)),
        Observation::VaultOpens => "opens".into(),
        Observation::VaultStaysShut => "does not open".into(),
        Observation::Host(host) => queried(host),
    }
}

const fn size_class(size: SizeClass) -> &'static str {
    match size {
        SizeClass::Empty => "empty",
        SizeClass::Small => "up to 16 KB",
        SizeClass::Medium => "up to 256 KB",
        SizeClass::Large => "more than 256 KB",
    }
}

fn queried(Host { name, addresses, clock }: &Host) -> String {
    let addresses = match addresses {
        Ok(found) => format!("{} IPv4 and {} IPv6 addresses", found.v4, found.v6),
        Err(why) => format!("no address ({why})"),
    };
    let answer = match clock {
        HostClock::NoAnswer => return format!("{name}: {addresses}"),
        HostClock::NoTime => "answers, and tells no time".into(),
        HostClock::Right => "answers, and the clock here is right".into(),
        HostClock::Off { ahead } => format!("answers, and the clock here is {}", words::off(*ahead)),
    };
    format!("{name}: {addresses}; {answer}")
}

#[cfg(test)]
mod tests {
    use spartan_auth::jiff::SignedDuration;
    use spartan_session::{
        error::{KeyCause, VaultCause},
        operations::diagnostics::Addresses,
    };

    use super::*;

    #[test]
    fn a_report_has_its_sections_one_below_the_other() {
        let sections = [
            ReportSection { title: "Keyring", lines: vec![ReportLine::well("works"), ReportLine::well("well")] },
            ReportSection { title: "Last events", lines: Vec::new() },
        ];
        let expected = "Spartan Tray report, 1970-01-01T00:00:00Z\n\
                        \nKeyring\n-------\nworks\nwell\n\
                        \nLast events\n-----------\nnone\n";
        assert_eq!(report(Timestamp::UNIX_EPOCH, &sections), expected);
    }

    #[test]
    fn the_worst_is_what_comes_first() {
        let wrong =
            |error: Error| ReportSection { title: "x", lines: vec![ReportLine::well("y"), ReportLine::wrong(error)] };
        let (locked, busy) = (Error::from(KeyCause::Locked), Error::from(VaultCause::Busy));
        assert_eq!(worst(&[wrong(locked.clone()), wrong(busy)]), Some(&locked));
        assert_eq!(worst(&[ReportSection { title: "x", lines: vec![ReportLine::well("y")] }]), None);
    }

    #[test]
    fn as_json_a_line_is_its_words_and_whether_all_is_well() {
        let well = serde_json::to_value(ReportLine::well("works")).unwrap();
        assert_eq!(well, serde_json::json!({ "words": "works", "ok": true }));
        let error = Some(KeyCause::Dismissed.into());
        let wrong = ReportLine::from(Finding { observation: Observation::VaultStaysShut, error });
        let words = "does not open: The keyring stayed locked.";
        assert_eq!(serde_json::to_value(wrong).unwrap(), serde_json::json!({ "words": words, "ok": false }));
    }

    fn host(addresses: Result<Addresses, String>, clock: HostClock) -> Observation {
        Observation::Host(Host { name: "login.live.com".into(), addresses, clock })
    }

    #[test]
    fn a_host_is_told_in_one_line() {
        let told = |seconds| {
            let clock = HostClock::Off { ahead: SignedDuration::from_secs(seconds) };
            observed(&host(Ok(Addresses { v4: 2, v6: 1 }), clock))
        };
        let known = "login.live.com: 2 IPv4 and 1 IPv6 addresses; answers, and the clock here is";
        assert_eq!(observed(&host(Ok(Addresses { v4: 2, v6: 1 }), HostClock::Right)), format!("{known} right"));
        assert_eq!(told(125), format!("{known} 2 minutes ahead"));
        assert_eq!(told(-45), format!("{known} 45 seconds behind"));
        assert_eq!(told(-20 * 365 * 24 * 3600), format!("{known} 20 years behind"));
    }

    #[test]
    fn what_is_wrong_comes_last_and_alone_if_nothing_was_seen() {
        let line = |observation| ReportLine::from(Finding { observation, error: Some(VaultCause::Busy.into()) }).words;
        let wrong = words::message(&VaultCause::Busy.into());
        assert_eq!(line(Observation::NoKey), wrong);
        assert_eq!(line(Observation::VaultOutOfReach), format!("cannot be looked at: {wrong}"));
        let silent = host(Err("timed out".into()), HostClock::NoAnswer);
        assert_eq!(line(silent), format!("login.live.com: no address (timed out); {wrong}"));
    }
}
