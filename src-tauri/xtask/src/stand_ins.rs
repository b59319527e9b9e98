//! The mock services for Microsoft, Xbox and Halo, as a separate process.

use std::{
    env,
    io::{self, BufRead, BufReader},
    path::PathBuf,
    process::{Child, Stdio},
};

use crate::process;

/// The running mock services; they stop when this value is dropped.
pub struct StandIns {
    child: Child,
    line: String,
}

impl StandIns {
    /// Starts the mock services that cargo has just built; they're ready once they have printed their addresses.
    pub fn start() -> Result<Self, String> {
        let not_started = |error: io::Error| format!("The stand-ins could not be started: {error}.");
        let mut child = process::program(built("spartan-fakes")?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(not_started)?;
        let stdout = child.stdout.take();
        let mut stand_ins = Self { child, line: String::new() };
        if let Some(stdout) = stdout {
            BufReader::new(stdout).read_line(&mut stand_ins.line).map_err(not_started)?;
        }
        if stand_ins.line().is_empty() {
            return Err("The stand-ins ended before they said where they listen.".to_owned());
        }
        Ok(stand_ins)
    }

    /// Returns the one line of JSON with their addresses.
    pub fn line(&self) -> &str {
        self.line.trim()
    }
}

/// They exit when their input closes, so that an interrupted command leaves none running either.
impl Drop for StandIns {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Returns a program that was just built: cargo puts it beside this one.
pub fn built(name: &str) -> Result<PathBuf, String> {
    beside_us(&format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Returns a path beside this program, and so beside the builds.
pub fn beside_us(name: &str) -> Result<PathBuf, String> {
    let here = env::current_exe().map_err(|error| format!("This program cannot find itself: {error}."))?;
    Ok(here.with_file_name(name))
}

/// Returns the text under a key of the mock services' JSON, which contains no spaces and, in what is read here, no
/// escapes.
pub fn text<'json>(json: &'json str, key: &str) -> Option<&'json str> {
    let (_, value) = json.split_once(&format!("\"{key}\":\""))?;
    Some(value.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_its_whole_key() {
        let json = r#"{"uca_file":"/no","ca_file":"/tmp/x/ca.pem","control":"http://127.0.0.1:1","n":2}"#;
        assert_eq!(text(json, "ca_file"), Some("/tmp/x/ca.pem"));
        assert_eq!(text(json, "control"), Some("http://127.0.0.1:1"));
        assert_eq!((text(json, "file"), text(json, "n")), (None, None));
    }
}
