//! What this computer, the vault's key, the vault and the services say, for whoever helps; never what is in the vault.

mod hosts;
mod key;
mod system;
mod vault;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use serde::{Serialize, Serializer, ser::SerializeStruct};

pub use self::system::system;
use crate::{endpoints::Endpoints, error::Error, key_place::KeyPlace, places::Places};

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Where the program's files are.
    pub places: Places,
    /// Where the vault's key is.
    pub keys: KeyPlace,
    /// Where the services are.
    pub endpoints: Endpoints,
    /// Whom to trust beside those whom the system trusts.
    pub authorities: Vec<CertificateDer<'static>>,
}

/// A part of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What it is about.
    pub title: &'static str,
    /// What was seen.
    pub findings: Vec<Finding>,
}

/// One thing that was seen. As JSON it is the words, and whether all is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What, in a line.
    pub words: String,
    /// What is wrong, where something is.
    pub error: Option<Error>,
}

/// Looks at key, vault and services, in that order; takes as long as the slowest that is asked, with limits to each.
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

/// The worst of what is wrong: what keeps the vault shut comes before a service that does not answer.
#[must_use]
pub fn worst(sections: &[Section]) -> Option<&Error> {
    sections.iter().flat_map(|section| &section.findings).find_map(|finding| finding.error.as_ref())
}

/// Adds what each error says, as `say` puts it.
pub fn tell(sections: &mut [Section], say: impl Fn(&Error) -> String) {
    for finding in sections.iter_mut().flat_map(|section| &mut section.findings) {
        if let Some(error) = &finding.error {
            finding.words += &say(error);
        }
    }
}

/// The report as text.
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
    /// All is well.
    #[must_use]
    pub fn well(words: impl Into<String>) -> Finding {
        Finding { words: words.into(), error: None }
    }

    /// Something is wrong; `before` are the words in front of the error's own, which [`tell`] adds.
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
