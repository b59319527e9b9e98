//! The stand-ins as a process of their own.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, Command, Stdio},
};

use spartan_fakes::Addresses;

/// Running stand-ins; they end when this is dropped.
pub struct StandIns {
    process: Child,
    pub addresses: Addresses,
}

impl StandIns {
    /// Starts them by a command that runs their program.
    pub fn start(command: &mut Command) -> Self {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addresses = serde_json::from_str(&line).unwrap_or_else(|error| {
            let mut complaints = String::new();
            let _ = process.stderr.take().unwrap().read_to_string(&mut complaints);
            panic!("the stand-ins did not start: {error}\n{line}{complaints}")
        });
        Self { process, addresses }
    }

    /// The process, in whose namespaces others can be run.
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for StandIns {
    fn drop(&mut self) {
        // They end with their input.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
