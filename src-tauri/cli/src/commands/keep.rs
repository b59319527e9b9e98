//! `spartan keep`.

use std::path::{Path, PathBuf};

use clap::{
    Args, ValueHint,
    builder::{PossibleValuesParser, TypedValueParser},
};
use spartan_auth::clock::{Clock, Moment};
use spartan_messages::{Problem, unclear_entry};
use spartan_session::{
    error::Error,
    format::Format,
    renewal::fresh::{Beside, Wanted},
    settings::token_file::{FORMATS, TokenFile},
    token_files::{SetUp, Standing, TokenFiles, Written},
};
use spartan_vault::account::{Contents, choice::label};

use super::{
    output::{notes, whole},
    whose::Whose,
};
use crate::{
    exit::Exit,
    failure::{Failure, called},
    here::Here,
    out,
    table::{plain, table},
};

/// Keep fresh tokens in one of your files
///
/// The tray program, or `spartan watch`, writes the file after each renewal. In a `.env` file, only the lines with the
/// tokens change; in the other formats, the whole file is the program's. Signing out removes what was written. Without
/// a file, lists the files that are kept fresh.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan keep .env                   HALO_SPARTAN_TOKEN and HALO_CLEARANCE_TOKEN, beside your own lines
  spartan keep .env --format dotenv-spnkr
  spartan keep token.json             one JSON object
  spartan keep                        list the files, and whether they're fresh
  spartan keep --stop .env            stop, and remove the lines")]
pub struct Keep {
    #[command(flatten)]
    pub whose: Whose,
    /// The file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The format [default: dotenv for a .env file, json for a .json file]
    #[arg(long, requires = "file", value_parser = a_format())]
    format: Option<Format>,
    /// Stop keeping this file fresh, and remove what was written to it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["file", "format"])]
    stop: Option<PathBuf>,
}

impl Keep {
    /// Sets up a token file, stops one, or lists them all.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        if here.named.is_some() && self.file.is_none() {
            return Err(Failure::new(Exit::Usage, "--account needs a file to keep.", "Nothing was done."));
        }
        match (self.file, self.stop) {
            (Some(file), _) => keep(here, &whole(&file)?, self.format).await,
            (None, Some(file)) => stop(here, &whole(&file)?).await,
            (None, None) => list(here).await,
        }
    }
}

async fn keep(here: &Here, file: &Path, format: Option<Format>) -> Result<(), Failure> {
    let format = format.or_else(|| by_name(file)).ok_or_else(|| {
        let names = FORMATS.map(Format::name).join(", ");
        Failure::new(
            Exit::Usage,
            "The file's name doesn't show its format.",
            format!("Name it with --format: {names}."),
        )
    })?;
    let account = here.fresh(Wanted { beside: Beside::Clearance, ..Wanted::default() }).await?;
    let set_up = here.token_files().keep(&here.vault, here.asked, file.into(), format, account.id).await?;
    for line in told(&set_up, &called(label(&account))) {
        out::say(&format!("spartan: {}", plain(&line)));
    }
    Ok(())
}

/// Returns what was done, and notes about the file's location.
fn told(set_up: &SetUp, whose: &str) -> Vec<String> {
    let SetUp { token_file, written, was_open, warnings } = set_up;
    let mut lines = Vec::new();
    if let Some(link) = &token_file.link {
        lines.push(format!("{} leads to {}.", link.display(), token_file.file.display()));
    }
    let file = token_file.file.display();
    lines.push(match written {
        Written::Anew => format!("{file} now contains the tokens of {whose} as {}.", token_file.format),
        Written::Same => format!("{file} already contains the tokens of {whose} as {}.", token_file.format),
        Written::NotYet | Written::GivenBack => format!("{file} will be written once there's something for it."),
    });
    lines.extend(notes(&token_file.file, was_open.as_ref(), warnings));
    lines.push("The tray program keeps it fresh, or: spartan watch".to_owned());
    lines
}

async fn stop(here: &Here, file: &Path) -> Result<(), Failure> {
    let missing =
        missing(&here.token_files(), |token_file| token_file.file == file || token_file.link.as_deref() == Some(file));
    let stopped = here.token_files().stop(file.into()).await?;
    if missing.is_empty() {
        out::say(&format!("spartan: {} is no longer kept fresh; the tokens were removed from it.", stopped.display()));
    }
    say_missing(&missing);
    Ok(())
}

/// Returns the token files that don't exist, among those that fit.
pub fn missing(files: &TokenFiles, fits: impl Fn(&TokenFile) -> bool) -> Vec<TokenFile> {
    let all = files.list().unwrap_or_default();
    all.into_iter().filter(|token_file| fits(token_file) && !token_file.is_there()).collect()
}

/// Reports token files from which nothing could be removed because they don't exist.
pub fn say_missing(files: &[TokenFile]) {
    for TokenFile { file, .. } in files {
        let said =
            format!("{} doesn't exist. If you moved it, its tokens are still in it: delete them.", file.display());
        out::say(&format!("spartan: {}", plain(&said)));
    }
}

/// Reports each settings entry that isn't understood.
pub fn say_unclear(files: &TokenFiles) {
    for entry in files.unclear() {
        out::say(&format!("spartan: {}", plain(&unclear_entry(&entry))));
    }
}

/// Prints a line for each file. A file that isn't fresh isn't a failure of this command.
async fn list(here: &Here) -> Result<(), Failure> {
    let files = here.token_files();
    let all = files.list().map_err(Error::from)?;
    say_unclear(&files);
    if all.is_empty() {
        out::say("spartan: no file is kept fresh. Keep one: spartan keep .env");
        return Ok(());
    }
    let (contents, now) = (here.contents().await, here.clock.moment());
    let line = |token_file: &TokenFile| {
        let known = contents.as_ref().ok();
        let whose = known
            .and_then(|contents| contents.account(token_file.account))
            .map_or_else(|| "-".to_owned(), |account| called(label(account)));
        [
            token_file.file.display().to_string(),
            token_file.format.to_string(),
            whose,
            standing(&files, token_file, known, now),
        ]
        .map(|cell| plain(&cell))
    };
    out::answer(&table(&["FILE", "FORMAT", "ACCOUNT", "STATE"].map(str::to_owned), all.iter().map(line)))?;
    contents.map(drop)
}

fn standing(files: &TokenFiles, token_file: &TokenFile, contents: Option<&Contents>, now: Moment) -> String {
    match contents.map(|contents| files.standing(token_file, contents, now)) {
        Some(Standing::Fresh) => "fresh".to_owned(),
        Some(Standing::Expired) => "holds tokens that have expired".to_owned(),
        Some(Standing::Older) => "older than the vault's tokens; spartan watch writes it".to_owned(),
        Some(Standing::NotYet) => "nothing to write yet".to_owned(),
        Some(Standing::Left) => "signed out".to_owned(),
        Some(Standing::Refused(error)) => Problem::from(error).message,
        None => "-".to_owned(),
    }
}

/// Returns the format that a file's name implies.
fn by_name(file: &Path) -> Option<Format> {
    let name = file.file_name()?.to_str()?;
    let is = |ending: &str| name.ends_with(ending);
    match name {
        _ if is(".env") || name.starts_with(".env.") => Some(Format::Dotenv),
        _ if is(".json") => Some(Format::Json),
        _ => None,
    }
}

fn a_format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(FORMATS.map(Format::name)).try_map(|name| name.parse::<Format>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_tells_its_format_where_it_is_plain() {
        for (name, format) in [
            (".env", Some(Format::Dotenv)),
            ("bot.env", Some(Format::Dotenv)),
            (".env.local", Some(Format::Dotenv)),
            ("token.json", Some(Format::Json)),
            ("token", None),
            (".environment", None),
            ("..", None),
        ] {
            assert_eq!(by_name(Path::new(name)), format, "{name}");
        }
    }
}
