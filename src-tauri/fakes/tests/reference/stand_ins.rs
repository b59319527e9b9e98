//! The mock services as a separate process.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, Command, Stdio},
};

use spartan_fakes::Addresses;

/// Running mock services; they stop when this value is dropped.
pub struct StandIns {
    process: Child,
    pub addresses: Addresses,
}

impl StandIns {
    /// Starts them with a command that runs their program.
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

    /// Returns the process ID; others can be run in its namespaces.
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for StandIns {
    fn drop(&mut self) {
        // They exit when their input closes.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
