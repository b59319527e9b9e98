//! The result of an Azure app check, in words.

use serde::Serialize;
use spartan_auth::app_check::Checked;

use crate::catalogue;

/// The result of an Azure app check, in words. Serialized as `{"kind", "message", "help"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CheckedApp {
    /// The result.
    pub kind: Checked,
    /// What was found.
    pub message: &'static str,
    /// What to do.
    pub help: &'static str,
}

impl From<Checked> for CheckedApp {
    fn from(kind: Checked) -> CheckedApp {
        let entry = catalogue::find(match kind {
            Checked::Good => "check.good",
            Checked::Unknown => "app.unknown",
            Checked::NotPersonal => "app.not_personal",
            Checked::NotPublic => "check.not_public",
            Checked::Unclear => "check.unclear",
        });
        CheckedApp { kind, message: entry.what, help: entry.todo }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_result_has_words_of_its_own() {
        let all = [Checked::Good, Checked::Unknown, Checked::NotPersonal, Checked::NotPublic, Checked::Unclear];
        let mut said: Vec<_> = all.iter().map(|checked| CheckedApp::from(*checked).message).collect();
        said.dedup();
        assert_eq!(said.len(), all.len());
    }
}
