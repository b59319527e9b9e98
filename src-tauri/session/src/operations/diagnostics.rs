//! A report on this computer, the vault's key, the vault and the services, for support; never on the vault's contents.

mod hosts;
mod key;
mod system;
mod vault;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use serde::{Serialize, Serializer, ser::SerializeStruct};

pub use self::system::system;
use spartan_auth::endpoints::Endpoints;
use spartan_vault::{fs::paths::Paths, key::key_place::KeyPlace};

use crate::error::Error;

/// What to examine.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The paths of the program's files.
    pub places: Paths,
    /// Where the vault's key is stored.
    pub keys: KeyPlace,
    /// The services' addresses.
    pub endpoints: Endpoints,
    /// Certificate authorities to trust in addition to the system's.
    pub authorities: Vec<CertificateDer<'static>>,
}

/// A section of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its title.
    pub title: &'static str,
    /// Its findings.
    pub findings: Vec<Finding>,
}

/// A finding. Serialized as its text, and whether it's OK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The text, on one line.
    pub words: String,
    /// What's wrong, if anything.
    pub error: Option<Error>,
}

/// Examines the key, the vault and the services, and returns the findings in that order. Takes as long as the slowest
/// check; each has a time limit.
pub async fn look(subject: &Subject) -> Vec<Section> {
    let (key, vault, hosts) = tokio::join!(
        key::look(&subject.keys),
        vault::look(&subject.places, &subject.keys),
        hosts::look(&subject.endpoints, &subject.authorities),
    );
    let title = match subject.keys {
        KeyPlace::Keyring(_) => "Keyring",
        KeyPlace::File(_) => "Key file",
        KeyPlace::Unknown { .. } => "Key",
    };
    vec![
        Section { title, findings: vec![key] },
        Section { title: "Vault", findings: vault },
        Section { title: "Services", findings: hosts },
    ]
}

/// Returns the most severe error: an error that prevents the vault from opening comes before a service that doesn't
/// respond.
#[must_use]
pub fn worst(sections: &[Section]) -> Option<&Error> {
    sections.iter().flat_map(|section| &section.findings).find_map(|finding| finding.error.as_ref())
}

/// Appends each error's text, as formatted by `say`.
pub fn tell(sections: &mut [Section], say: impl Fn(&Error) -> String) {
    for finding in sections.iter_mut().flat_map(|section| &mut section.findings) {
        if let Some(error) = &finding.error {
            finding.words += &say(error);
        }
    }
}

/// Returns the report as text.
#[must_use]
pub fn text(now: Timestamp, sections: &[Section]) -> String {
    let section = |Section { title, findings }: &Section| {
        let lines: Vec<&str> = findings.iter().map(|finding| finding.words.as_str()).collect();
        let lines = if lines.is_empty() { "none".into() } else { lines.join("\n") };
        format!("\n{title}\n{}\n{lines}\n", "-".repeat(title.len()))
    };
    let sections: String = sections.iter().map(section).collect();
    format!("Spartan Tray report, {now:.0}\n{sections}")
}

impl Finding {
    /// Returns a finding that everything is OK.
    #[must_use]
    pub fn well(words: impl Into<String>) -> Finding {
        Finding { words: words.into(), error: None }
    }

    /// Returns a finding that something is wrong; `before` is the text before that of the error, which [`tell`]
    /// appends.
    #[must_use]
    pub fn wrong(before: impl Into<String>, error: Error) -> Finding {
        Finding { words: before.into(), error: Some(error) }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut finding = to.serialize_struct("Finding", 2)?;
        finding.serialize_field("words", &self.words)?;
        finding.serialize_field("ok", &self.error.is_none())?;
        finding.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{KeyCause, VaultCause};

    #[test]
    fn a_report_has_its_sections_one_below_the_other() {
        let sections = [
            Section { title: "Keyring", findings: vec![Finding::well("works"), Finding::well("well")] },
            Section { title: "Last events", findings: Vec::new() },
        ];
        let expected = "Spartan Tray report, 1970-01-01T00:00:00Z\n\
                        \nKeyring\n-------\nworks\nwell\n\
                        \nLast events\n-----------\nnone\n";
        assert_eq!(text(Timestamp::UNIX_EPOCH, &sections), expected);
    }

    #[test]
    fn the_worst_is_what_comes_first() {
        let wrong =
            |error: Error| Section { title: "x", findings: vec![Finding::well("y"), Finding::wrong("", error)] };
        let (locked, busy) = (Error::from(KeyCause::Locked), Error::from(VaultCause::Busy));
        assert_eq!(worst(&[wrong(locked.clone()), wrong(busy)]), Some(&locked));
        assert_eq!(worst(&[Section { title: "x", findings: vec![Finding::well("y")] }]), None);
    }

    #[test]
    fn as_json_a_finding_is_its_words_and_whether_all_is_well() {
        let well = serde_json::to_value(Finding::well("works")).unwrap();
        assert_eq!(well, serde_json::json!({ "words": "works", "ok": true }));
        let mut sections =
            [Section { title: "x", findings: vec![Finding::wrong("does not open: ", KeyCause::Dismissed.into())] }];
        tell(&mut sections, |error| error.cause.code().into_owned());
        let wrong = serde_json::to_value(&sections[0].findings[0]).unwrap();
        assert_eq!(wrong, serde_json::json!({ "words": "does not open: keyring.dismissed", "ok": false }));
    }
}
