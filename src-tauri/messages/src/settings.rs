//! The settings as the user sees them, and in words what isn't understood in their file.

use serde::Serialize;
use spartan_auth::plain;
use spartan_session::{
    error::{EntryFlaw, SettingsFlaw},
    settings::{Choices, Setting, Settings, SettingsProblem, token_file::UnclearEntry},
};

/// The settings as the user sees them. Serialized as the choices and the problems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "Settings"))]
pub struct SettingsInWords {
    /// The user's choices, or the defaults.
    #[serde(flatten)]
    pub choices: Choices,
    /// What isn't understood, and what applies instead; each is one or two sentences.
    pub problems: Vec<String>,
}

impl From<Settings> for SettingsInWords {
    fn from(settings: Settings) -> SettingsInWords {
        let problems = settings.problems.iter().map(settings_problem).collect();
        SettingsInWords { choices: settings.choices, problems }
    }
}

/// Returns what isn't understood in the settings file, and what applies instead.
#[must_use]
pub fn settings_problem(problem: &SettingsProblem) -> String {
    match problem {
        SettingsProblem::File(flaw) => format!(
            "The settings file is not understood ({}), so every setting is as usual, and none can be changed before it is \
             mended.",
            settings_flaw(flaw)
        ),
        SettingsProblem::Value { setting, usual } => format!(
            "The setting \"{}\" is not understood, so {usual} holds. It takes {}.",
            setting.key(),
            valid_values(*setting)
        ),
        SettingsProblem::KeyFile => format!("In the settings file {}.", settings_flaw(&SettingsFlaw::KeyFile)),
        SettingsProblem::NoApps => "\"apps\" in the settings file is no list of apps, so none is known.".into(),
        SettingsProblem::Apps { left_out } => format!(
            "{left_out} of the apps in the settings file cannot be used: each needs a client_id and a redirect_uri that \
             this program can receive, and its platform is \"consumers\" or \"live\"."
        ),
        SettingsProblem::Unknown { key } => {
            format!("The settings file has \"{}\", which is no setting.", plain::code(key))
        }
        SettingsProblem::Entry(entry) => unclear_entry(entry).replace(char::is_control, " "),
    }
}

/// Returns what's wrong with an entry for a token file.
#[must_use]
pub fn unclear_entry(entry: &UnclearEntry) -> String {
    let wrong = format!("{} in the settings file is not understood: {}.", entry.place, entry_flaw(entry.flaw));
    match &entry.files[..] {
        [] => format!("{wrong} It names no file."),
        files => format!("{wrong} It doesn't keep {} fresh.", files.join(", ")),
    }
}

/// Returns what's wrong with the settings file, as part of a sentence.
pub(crate) fn settings_flaw(flaw: &SettingsFlaw) -> String {
    match flaw {
        SettingsFlaw::NotText => "it is no text".into(),
        SettingsFlaw::Syntax { line: Some(line), parser } => format!("line {line}: {parser}"),
        SettingsFlaw::Syntax { line: None, parser } => parser.clone(),
        SettingsFlaw::KeyFile => "the setting \"key_file\" takes the whole path of a file".into(),
        SettingsFlaw::Io { kind } => format!("it cannot be read, {kind}"),
    }
}

/// Returns what's wrong with an entry, as part of a sentence.
pub(crate) const fn entry_flaw(flaw: EntryFlaw) -> &'static str {
    match flaw {
        EntryFlaw::Misnamed => "only entries called [[keep]] are read",
        EntryFlaw::NoEntry => "it must be a [[keep]] entry with a file, a format and an account",
        EntryFlaw::File => "its file must be an absolute path",
        EntryFlaw::Link => "its link must be an absolute path",
        EntryFlaw::Spelling => {
            "its file must be written out: without *, ?, ~, a variable such as $HOME, or a space at its end"
        }
        EntryFlaw::Format => "files can't be kept in its format",
        EntryFlaw::Account => "its account must be an account's ID",
        EntryFlaw::Repeated => "an entry above names the same file",
        EntryFlaw::Syntax => "the file isn't valid TOML",
    }
}

const fn valid_values(setting: Setting) -> &'static str {
    match setting {
        Setting::StartAtLogin | Setting::Notifications | Setting::Streaming => "true or false",
        Setting::ClipboardSeconds => "a number from 10 to 600, or 0 for never",
        Setting::Theme => "\"system\", \"light\" or \"dark\"",
        Setting::Log => "\"error\", \"warn\", \"info\" or \"debug\"",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_value_that_is_not_understood_is_told_with_what_holds_and_what_it_takes() {
        let told = |setting, usual: Value| settings_problem(&SettingsProblem::Value { setting, usual });
        assert_eq!(
            told(Setting::Theme, "system".into()),
            "The setting \"theme\" is not understood, so \"system\" holds. It takes \"system\", \"light\" or \"dark\"."
        );
        assert!(told(Setting::ClipboardSeconds, 60.into()).contains("so 60 holds. It takes a number from 10 to 600"));
        assert!(told(Setting::StartAtLogin, false.into()).contains("so false holds. It takes true or false"));
        for setting in Setting::ALL {
            assert!(told(setting, Value::Null).contains(setting.key()), "{setting:?}");
        }
    }

    #[test]
    fn an_entry_is_told_with_its_place_its_flaw_and_its_files_on_one_line() {
        let entry = |files: &[&str]| UnclearEntry {
            place: "[[keep]] 2".into(),
            flaw: EntryFlaw::Format,
            files: files.iter().map(|file| (*file).to_owned()).collect(),
            format: None,
            account: None,
            has_known_keys: true,
        };
        let told = |files| settings_problem(&SettingsProblem::Entry(entry(files)));
        let wrong = "[[keep]] 2 in the settings file is not understood: files can't be kept in its format.";
        assert_eq!(told(&[]), format!("{wrong} It names no file."));
        assert_eq!(told(&["/a/.env", "b\nc"]), format!("{wrong} It doesn't keep /a/.env, b c fresh."));
    }

    #[test]
    fn what_is_wrong_with_the_file_is_told_with_its_line() {
        let parser = String::from("unclosed table");
        let told =
            |line| settings_problem(&SettingsProblem::File(SettingsFlaw::Syntax { line, parser: parser.clone() }));
        assert!(told(Some(2)).starts_with("The settings file is not understood (line 2: unclosed table), so every"));
        assert!(told(None).contains("(unclosed table)"));
        let told = settings_problem(&SettingsProblem::Unknown { key: "colour".into() });
        assert_eq!(told, "The settings file has \"colour\", which is no setting.");
    }

    #[test]
    fn as_json_it_is_the_choices_and_the_problems() {
        let problems = vec![SettingsProblem::NoApps];
        let settings = SettingsInWords::from(Settings { problems, ..Settings::default() });
        let expected = serde_json::json!({
            "start_at_login": false,
            "clipboard_seconds": 60,
            "notifications": true,
            "theme": "system",
            "streaming": false,
            "log": "info",
            "problems": ["\"apps\" in the settings file is no list of apps, so none is known."],
        });
        assert_eq!(serde_json::to_value(settings).unwrap(), expected);
    }
}
