//! The stand-ins for Microsoft, Xbox and Halo, as a process beside ours.

use std::{
    env,
    io::{self, BufRead, BufReader},
    path::PathBuf,
    process::{Child, Stdio},
};

use crate::process;

/// The stand-ins, until they are dropped.
pub struct StandIns {
    child: Child,
    line: String,
}

impl StandIns {
    /// Starts those that cargo has just built; they are ready when they have said where they listen.
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

    /// The one line of JSON in which they say where everything is.
    pub fn line(&self) -> &str {
        self.line.trim()
    }
}

/// They end when their input ends, so that an interrupted command leaves none behind either.
impl Drop for StandIns {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// A program just built: cargo puts it beside this one.
pub fn built(name: &str) -> Result<PathBuf, String> {
    beside_us(&format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// A place beside this program, and so beside the builds.
pub fn beside_us(name: &str) -> Result<PathBuf, String> {
    let here = env::current_exe().map_err(|error| format!("This program cannot find itself: {error}."))?;
    Ok(here.with_file_name(name))
}

/// The text under a key of the stand-ins' JSON, which writes no space and, where we read, no escape.
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
