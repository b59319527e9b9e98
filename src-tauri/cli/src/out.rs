//! The program's output: answers go to standard output, everything else to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use crate::{exit::Exit, failure::Failure};

/// Writes an answer, followed by one newline. A closed pipe isn't a failure: its reader has read enough.
pub fn answer(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.trim_end_matches('\n').as_bytes()).and_then(|()| out.write_all(b"\n"));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Failed, format!("The output can't be written: {error}."), ""))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a failure to standard error, as one line. After Ctrl-C, it has no words and nothing is written.
pub fn report(failure: &Failure) {
    if !failure.what.is_empty() {
        say(&format!("spartan: {}", failure.line()));
    }
}

/// Writes a message to standard error, if that's possible.
pub fn say(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Writes a prompt, after which the person types on the same line.
#[cfg(unix)]
pub fn ask(words: &str) {
    let mut out = io::stderr().lock();
    let _ = write!(out, "{words}").and_then(|()| out.flush());
}

/// Returns whether a person sees the answer.
pub fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// Returns whether a person can be asked: standard input and standard error are both a terminal.
pub fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
