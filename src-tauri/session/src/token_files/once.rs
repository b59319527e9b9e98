//! Writing tokens to a user's file once, without a settings entry that keeps them fresh.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use spartan_vault::vault;
use uuid::Uuid;

use super::{
    TokenFiles, Warning, contents,
    dotenv::{self, Ours},
    place, rewrite, warning,
};
use crate::{
    error::{Error, OpenTo, TokenFileCause},
    format::{Format, JSON, Shell, UNTIL, VARIABLES},
};

/// Tokens for a file, and what they may replace in it.
#[derive(Debug)]
pub struct Once {
    text: SecretString,
    form: Form,
}

#[derive(Debug)]
enum Form {
    /// Lines in a `.env` file, among other lines.
    Lines(Vec<&'static str>),
    /// A whole file in a format.
    Whole(Format),
    /// A whole file with lines for this shell.
    Sets(Shell),
}

/// A file to which tokens were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenOnce {
    /// Its path, with links resolved.
    pub file: PathBuf,
    /// Who else had access before; now only the owner does.
    pub was_open: Option<OpenTo>,
    /// Ways in which its contents might leave this computer.
    pub warnings: Vec<Warning>,
}

impl Once {
    /// Returns text in a format.
    #[must_use]
    pub fn of_format(format: Format, text: SecretString) -> Once {
        let form = format.variables().map_or(Form::Whole(format), |names| Form::Lines(names.to_vec()));
        Once { text, form }
    }

    /// Returns lines that set variables.
    #[must_use]
    pub fn of_variables(shell: Shell, variables: &[(&'static str, SecretString)]) -> Once {
        let given = variables.iter().map(|(name, _)| *name);
        let form = match shell {
            // Always both of Halo's variables: without a clearance, an old one must be removed.
            Shell::Dotenv => Form::Lines(given.chain(Format::Dotenv.variables().into_iter().flatten()).collect()),
            Shell::Posix | Shell::Powershell => Form::Sets(shell),
        };
        Once { text: shell.write(variables), form }
    }

    /// Returns the new contents. Fails if the old ones may not be replaced.
    fn beside(&self, file: &Path, before: &[u8]) -> Result<Vec<u8>, TokenFileCause> {
        let text = self.text.expose_secret();
        let Form::Lines(names) = &self.form else {
            let after = [text.as_bytes(), b"\n"].concat();
            let is_ours = before.is_empty() || before == after || self.form.is_whole_file(before);
            return if is_ours { Ok(after) } else { Err(TokenFileCause::Foreign { file: file.into() }) };
        };
        if contents::is_no_text(before) {
            return Err(TokenFileCause::NotText { file: file.into() });
        }
        let comment = text.lines().next().filter(|line| line.starts_with(UNTIL)).map(str::to_owned);
        let values = dotenv::values(text.as_bytes(), names);
        Ok(dotenv::with(before, &Ours { names, values, comment }))
    }
}

impl Form {
    /// Whether a whole file looks as if it was written in this form. Always `false` for a program, because the user may
    /// have changed it.
    fn is_whole_file(&self, text: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(text) else { return false };
        let line = Some(text.trim_end()).filter(|line| line.lines().count() == 1);
        match self {
            Form::Sets(shell) => text.lines().all(|line| VARIABLES.iter().any(|name| shell.sets(line, name))),
            // Any short word could be a clearance; Halo's are GUIDs.
            Form::Whole(Format::Clearance) => line.is_some_and(|line| Uuid::try_parse(line).is_ok()),
            // Not the user's own object that happens to have one of the same names.
            Form::Whole(Format::Json) => is_our_object(text),
            Form::Whole(format) => contents::is_ours(*format, text.as_bytes()),
            Form::Lines(_) => false,
        }
    }
}

fn is_our_object(text: &str) -> bool {
    let object: Option<Map<String, Value>> = serde_json::from_str(text).ok();
    object.is_some_and(|object| object.contains_key(JSON[0]) && object.keys().all(|name| JSON.contains(&name.as_str())))
}

impl TokenFiles {
    /// Writes tokens once to the file at an absolute path, which may contain links.
    ///
    /// The file is replaced atomically, and only its owner can open it. Other lines in a `.env` are kept. Fails and
    /// leaves the file unchanged if it has any other content, or if a token file isn't allowed there.
    pub async fn write_once(&self, named: PathBuf, once: Once) -> Result<WrittenOnce, Error> {
        let all = self.clone();
        vault::to_its_end(async move {
            let _lock = all.lock().await?;
            Ok(all.blocking(move |all| all.put(&named, &once)).await??)
        })
        .await
    }

    fn put(&self, named: &Path, once: &Once) -> Result<WrittenOnce, TokenFileCause> {
        let file = place::find(named)?;
        place::check_at(&file, &self.paths)?;
        let was_open = rewrite::open_to(&file);
        rewrite::rewrite(self.files.as_ref(), &file, |before| once.beside(&file, before).map(Some))?;
        Ok(WrittenOnce { warnings: warning::of(&file), file, was_open })
    }
}
