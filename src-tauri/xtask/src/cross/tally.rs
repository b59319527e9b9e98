//! The closing lines of test runners, unchanged.

use std::{
    io::{self, BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use super::visit;
use crate::process;

/// Runs a command of a visit, shows its output live, and keeps the closing lines of its test runners.
pub fn run(command: &mut Command, closing: &mut Vec<String>) -> Result<(), String> {
    let line = visit::line(command);
    println!("$ {line}");
    let failed = |error: io::Error| format!("`{line}` could not be run: {error}.");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    follow(&mut child, closing).map_err(failed)?;
    process::ended_well(&line, child.wait().map_err(failed)?)
}

fn follow(child: &mut Child, closing: &mut Vec<String>) -> io::Result<()> {
    let Some(stdout) = child.stdout.take() else { return Ok(()) };
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if is_closing(&line) {
            closing.push(line.trim_end().to_owned());
        }
    }
    Ok(())
}

fn is_closing(line: &str) -> bool {
    line.starts_with("test result: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_runners_last_line_is_kept() {
        assert!(is_closing("test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"));
        assert!(!is_closing("test vault::keeping ... ok"));
    }
}
