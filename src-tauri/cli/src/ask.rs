//! What a person or a script gives on standard input: lines, and secrets that no command line may hold.

use std::io::{self, BufRead, Read};

use spartan_auth::secrecy::SecretString;

use crate::{exit::Exit, failure::Failure};

/// Nothing that belongs here is longer.
const LONGEST: u64 = 1 << 20;

/// One line; on a terminal it is asked for with `words` and not shown.
pub async fn secret(words: &str) -> Result<SecretString, Failure> {
    if !io::IsTerminal::is_terminal(&io::stdin()) {
        return line().await;
    }
    hidden(words).await
}

/// Dropped before its end, by Ctrl-C say, it leaves a terminal that shows again what is typed.
#[cfg(unix)]
async fn hidden(words: &str) -> Result<SecretString, Failure> {
    use crate::out;
    let _hidden = Hidden::begin();
    out::ask(words);
    let said = line().await;
    // The person's own end of the line was not shown either.
    out::say("");
    said
}

#[cfg(not(unix))]
async fn hidden(words: &str) -> Result<SecretString, Failure> {
    let words = words.to_owned();
    blocking(move || rpassword::prompt_password(words)).await.map(SecretString::from)
}

/// The next line of standard input.
pub async fn line() -> Result<SecretString, Failure> {
    let read = || {
        let mut line = String::new();
        // The buffer of standard input is shared, so that the line after this one is not lost.
        io::stdin().lock().read_line(&mut line)?;
        if line.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(line) }
    };
    blocking(read).await.map(|line| SecretString::from(line.trim_end_matches(['\r', '\n'])))
}

/// All of standard input; on a terminal it is not shown.
pub async fn everything() -> Result<SecretString, Failure> {
    let _hidden = Hidden::begin();
    let read = || {
        let mut text = String::new();
        io::stdin().lock().take(LONGEST).read_to_string(&mut text)?;
        Ok(text)
    };
    blocking(read).await.map(SecretString::from)
}

async fn blocking<T: Send + 'static>(read: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Failure> {
    let read = tokio::task::spawn_blocking(read).await.map_err(io::Error::other).flatten();
    read.map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Failure::new(Exit::Usage, "Standard input ended before anything came.", ""),
        _ => Failure::new(Exit::Usage, format!("Standard input cannot be read: {error}."), ""),
    })
}

/// A terminal that does not show what is typed until this is dropped.
struct Hidden {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

#[cfg(unix)]
impl Hidden {
    fn begin() -> Hidden {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok();
        if let Some(before) = &before {
            let mut hidden = before.clone();
            hidden.local_modes.remove(LocalModes::ECHO);
            // Where it is shown all the same, the person sees that.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &hidden);
        }
        Hidden { before }
    }
}

#[cfg(unix)]
impl Drop for Hidden {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = &self.before {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
    }
}

#[cfg(not(unix))]
impl Hidden {
    const fn begin() -> Hidden {
        Hidden {}
    }
}
