//! The findings of a report on this computer, the vault's key, the vault and the services, for support; never on the
//! vault's contents.

mod hosts;
mod key;
mod system;
mod vault;

use std::path::PathBuf;

use rustls::pki_types::CertificateDer;

pub use self::{
    hosts::{Addresses, Host, HostClock},
    system::system,
    vault::SizeClass,
};
use spartan_auth::endpoints::Endpoints;
use spartan_vault::{fs::paths::Paths, key::key_place::KeyPlace};

use crate::error::Error;

/// What to examine.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The paths of the program's files.
    pub paths: Paths,
    /// Where the vault's key is stored.
    pub keys: KeyPlace,
    /// The services' addresses.
    pub endpoints: Endpoints,
    /// Certificate authorities to trust in addition to the system's.
    pub authorities: Vec<CertificateDer<'static>>,
}

/// What was found about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The thing.
    pub about: About,
    /// What was found, in order.
    pub findings: Vec<Finding>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The keyring.
    Keyring,
    /// The key file.
    KeyFile,
    /// The key, whose place is unknown.
    Key,
    /// The vault.
    Vault,
    /// The services.
    Services,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was observed.
    pub observation: Observation,
    /// What's wrong, if anything.
    pub error: Option<Error>,
}

/// What was observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observation {
    /// The key file can be read.
    KeyFile {
        /// The file.
        path: PathBuf,
    },
    /// An entry was written to the keyring, read and deleted.
    Keyring,
    /// The keyring returned another text than was written.
    KeyringGarbles,
    /// An entry couldn't be written to the keyring, read and deleted.
    KeyringRefuses {
        /// The keyring's own message.
        why: String,
    },
    /// The key can't be used.
    NoKey,
    /// There's no vault.
    NoVault,
    /// The vault's file can't be examined.
    VaultOutOfReach,
    /// There's a vault.
    Vault {
        /// Its size.
        size: SizeClass,
    },
    /// The vault opens.
    VaultOpens,
    /// The vault doesn't open.
    VaultStaysShut,
    /// A host was queried.
    Host(Host),
    /// The hosts agree on the time.
    Clock,
}

/// Examines the key, the vault and the services, and returns the findings in that order. Takes as long as the slowest
/// check; each has a time limit.
pub async fn look(subject: &Subject) -> Vec<Section> {
    let (key, vault, hosts) = tokio::join!(
        key::look(&subject.keys),
        vault::look(&subject.paths, &subject.keys),
        hosts::look(&subject.endpoints, &subject.authorities),
    );
    let about = match subject.keys {
        KeyPlace::Keyring(_) => About::Keyring,
        KeyPlace::File(_) => About::KeyFile,
        KeyPlace::Unknown { .. } => About::Key,
    };
    vec![
        Section { about, findings: vec![key] },
        Section { about: About::Vault, findings: vault },
        Section { about: About::Services, findings: hosts },
    ]
}

impl Finding {
    /// Returns a finding that everything is OK.
    const fn well(observation: Observation) -> Finding {
        Finding { observation, error: None }
    }

    /// Returns a finding that something is wrong.
    const fn wrong(observation: Observation, error: Error) -> Finding {
        Finding { observation, error: Some(error) }
    }
}
