//! Standard input from a person or a script: lines, and secrets that mustn't be on a command line.

use std::{
    io::{self, BufRead, Read},
    time::Duration,
};

use spartan_auth::secrecy::SecretString;
use tokio::{sync::mpsc, time::timeout};

use crate::{exit::Exit, failure::Failure};

/// The longest input; no valid one is longer.
const LONGEST: u64 = 1 << 20;

/// Reads one line; on a terminal, prompts for it with `words` and doesn't show it.
pub async fn secret(words: &str) -> Result<SecretString, Failure> {
    if !io::IsTerminal::is_terminal(&io::stdin()) {
        return line().await;
    }
    hidden(words).await
}

/// If it's dropped early, by Ctrl-C for example, the terminal shows again what's typed.
#[cfg(unix)]
async fn hidden(words: &str) -> Result<SecretString, Failure> {
    use crate::out;
    let _hidden = Hidden::begin();
    out::ask(words);
    let said = line().await;
    // The terminal didn't show the person's line break either.
    out::say("");
    said
}

#[cfg(not(unix))]
async fn hidden(words: &str) -> Result<SecretString, Failure> {
    let words = words.to_owned();
    blocking(move || rpassword::prompt_password(words)).await.map(SecretString::from)
}

/// Returns the next line of standard input.
pub async fn line() -> Result<SecretString, Failure> {
    let read = || {
        let mut line = String::new();
        // The buffer of standard input is shared, so that the next line isn't lost.
        io::stdin().lock().read_line(&mut line)?;
        if line.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(line) }
    };
    blocking(read).await.map(|line| SecretString::from(line.trim_end_matches(['\r', '\n'])))
}

/// A pasted text arrives at once, however many lines it has.
const QUIET: Duration = Duration::from_millis(100);

/// The lines of standard input, as they arrive.
pub struct Lines(mpsc::Receiver<io::Result<String>>);

impl Lines {
    /// Starts reading; nothing else may read standard input from now on.
    pub fn begin() -> Lines {
        let (tell, lines) = mpsc::channel(1);
        tokio::task::spawn_blocking(move || {
            for line in io::stdin().lock().lines() {
                if tell.blocking_send(line).is_err() {
                    break;
                }
            }
        });
        Lines(lines)
    }

    /// Returns the next line, and those pasted with it.
    pub async fn pasted(&mut self) -> Result<SecretString, Failure> {
        let mut pasted = self
            .0
            .recv()
            .await
            .unwrap_or(Err(io::ErrorKind::UnexpectedEof.into()))
            .map_err(|error| not_read(&error))?;
        while let Ok(Some(line)) = timeout(QUIET, self.0.recv()).await {
            pasted.push('\n');
            pasted.push_str(&line.map_err(|error| not_read(&error))?);
        }
        Ok(pasted.into())
    }
}

/// Reads all of standard input; a terminal doesn't show it.
pub async fn everything() -> Result<SecretString, Failure> {
    let _hidden = Hidden::begin();
    let read = || {
        let mut bytes = Vec::new();
        io::stdin().lock().take(LONGEST).read_to_end(&mut bytes)?;
        text(bytes)
    };
    blocking(read).await.map(SecretString::from)
}

/// Decodes UTF-8, or UTF-16 with a byte order mark, as older versions of Windows write it.
fn text(bytes: Vec<u8>) -> io::Result<String> {
    let from_utf16 = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).filter_map(|pair| Some(read(pair.try_into().ok()?))).collect();
        String::from_utf16(&units).map_err(|_| io::ErrorKind::InvalidData.into())
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into()),
    }
}

async fn blocking<T: Send + 'static>(read: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Failure> {
    let read = tokio::task::spawn_blocking(read).await.map_err(io::Error::other).flatten();
    read.map_err(|error| not_read(&error))
}

fn not_read(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Failure::new(Exit::Usage, "Standard input is empty.", ""),
        _ => Failure::new(Exit::Usage, format!("Standard input can't be read: {error}."), ""),
    }
}

/// A terminal that doesn't show what's typed until this is dropped.
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
            // If it's shown all the same, the person can see that.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_as_it_was_written() {
        assert_eq!(text("é=1".into()).unwrap(), "é=1");
        assert_eq!(text(vec![0xff, 0xfe, 0xe9, 0, b'=', 0]).unwrap(), "é=");
        assert_eq!(text(vec![0xfe, 0xff, 0, 0xe9, 0, b'=']).unwrap(), "é=");
        assert!(text(vec![0xff, b'a']).is_err());
        assert!(text(vec![0xff, 0xfe, 0, 0xd8]).is_err());
    }
}
