//! What the program writes: what was asked for to standard output, all other words to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use crate::{exit::Exit, failure::Failure};

/// Writes what was asked for, with one newline at its end. Whoever closed the pipe has read enough, which is no failure.
pub fn answer(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.trim_end_matches('\n').as_bytes()).and_then(|()| out.write_all(b"\n"));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Failed, format!("What was asked for cannot be written: {error}."), ""))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says something to whoever looks; nothing depends on it.
pub fn say(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Asks for what is then typed in, on the same line.
#[cfg(unix)]
pub fn ask(words: &str) {
    let mut out = io::stderr().lock();
    let _ = write!(out, "{words}").and_then(|()| out.flush());
}

/// Whether somebody sees what was asked for.
pub fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// Whether somebody is there who may be asked something: on standard input and standard error alike.
pub fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
