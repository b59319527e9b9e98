//! The command, as a script or a person calls it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Output, Stdio},
};

use spartan_fakes::{Fakes, Pick};

use crate::desktop::Desktop;

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_spartan");
/// The first account of the mock services.
pub const CURTIS: &str = "curtis@example.com";
/// The second account of the mock services.
pub const POUNDER: &str = "sixpounder@example.com";

/// The command on one computer, with one set of mock services.
pub struct Spartan<'a> {
    pub desktop: &'a Desktop,
    pub fakes: &'a Fakes,
}

/// The result of a call.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        use std::os::unix::process::ExitStatusExt;
        let code = output.status.code().unwrap_or_else(|| -output.status.signal().unwrap_or_default());
        let text = |bytes| String::from_utf8(bytes).expect("it writes text");
        Ran { code, out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    /// Returns the output of a call, which must have succeeded.
    pub fn done(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// Returns the error output of a call, which must have exited with that code and printed nothing else.
    pub fn refused(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{self:?}");
        assert!(self.err.starts_with("spartan: ") && !self.err.contains("panicked"), "{self:?}");
        self.err
    }
}

impl<'a> Spartan<'a> {
    pub fn new(desktop: &'a Desktop, fakes: &'a Fakes) -> Spartan<'a> {
        Spartan { desktop, fakes }
    }

    /// Returns the command with these arguments and a time limit of a minute.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = self.with_environment("timeout");
        command.args(["--foreground", "60", BINARY]).args(words).stdin(Stdio::null());
        command
    }

    /// Returns the command without a time limit, for sending it signals.
    pub fn bare(&self, words: &[&str]) -> Command {
        let mut command = self.with_environment(BINARY);
        command.args(words).stdin(Stdio::null());
        command
    }

    /// Returns another program in the same environment.
    pub fn with_environment(&self, program: &str) -> Command {
        let mut command = self.desktop.command(program);
        let addresses = serde_json::to_string(self.fakes.addresses()).expect("addresses are plain data");
        command.env("SPARTAN_TRAY_STAND_INS", addresses).env("SPARTAN", BINARY);
        command
    }

    pub fn run(&self, words: &[&str]) -> Ran {
        self.command(words).output().expect("it starts").into()
    }

    /// Runs the command with this input.
    pub fn fed(&self, words: &[&str], input: &str) -> Ran {
        let mut command = self.command(words);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It may exit without reading all of it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    /// Runs a shell line.
    pub fn shell(&self, line: &str) -> Ran {
        self.with_environment("bash").args(["-c", line]).stdin(Stdio::null()).output().expect("bash starts").into()
    }

    /// Signs in as a person who pastes the URL.
    pub fn sign_in(&self, email: &str) -> Ran {
        self.sign_in_with(&["sign-in", "--way", "paste"], email)
    }

    pub fn sign_in_with(&self, words: &[&str], email: &str) -> Ran {
        let mut waiting = Waiting::start(&mut self.command(words));
        let page = waiting.line_with("http");
        let back = self.fakes.sign_in(&page, &Pick::Account(email.into())).expect("the page redirects");
        waiting.write(&back);
        waiting.end()
    }

    /// Returns the command after a sign-in.
    pub fn signed_in(desktop: &'a Desktop, fakes: &'a Fakes) -> Spartan<'a> {
        let spartan = Spartan::new(desktop, fakes);
        let ran = spartan.sign_in(CURTIS);
        assert_eq!(ran.code, 0, "{ran:?}");
        spartan
    }
}

/// A command that waits for a person.
pub struct Waiting {
    child: Child,
    said: String,
    errors: BufReader<std::process::ChildStderr>,
}

impl Waiting {
    pub fn start(command: &mut Command) -> Waiting {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let errors = BufReader::new(child.stderr.take().unwrap());
        Waiting { child, said: String::new(), errors }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Reads until a line contains `part`, and returns it without the surrounding spaces.
    pub fn line_with(&mut self, part: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.errors.read_line(&mut line).expect("it writes text");
            assert!(read > 0, "it ended without {part:?}: {}", self.said);
            self.said += &line;
            if line.contains(part) {
                return line.trim().to_owned();
            }
        }
    }

    /// Returns the next line that isn't empty.
    pub fn next_line(&mut self) -> String {
        loop {
            let line = self.line_with("");
            if !line.is_empty() {
                return line;
            }
        }
    }

    pub fn write(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().expect("its input is open"), "{line}").expect("it reads");
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.pid())]).status();
        assert!(sent.unwrap().success());
    }

    /// Sends a signal, unless the process has exited.
    pub fn signal_if_there(&self, name: &str) {
        Command::new("sh")
            .args(["-c", &format!("kill -{name} {}", self.pid())])
            .stderr(Stdio::null())
            .status()
            .unwrap();
    }

    /// Waits until it exits.
    pub fn end(mut self) -> Ran {
        // Keeps its input open, so that the end of the input isn't what ends it.
        let input = self.child.stdin.take();
        self.errors.read_to_string(&mut self.said).expect("it writes text");
        let output = self.child.wait_with_output().unwrap();
        drop(input);
        Ran { err: self.said, ..output.into() }
    }
}
