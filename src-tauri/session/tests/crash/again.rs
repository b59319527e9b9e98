//! This test program, started as another process.

use std::{
    env,
    process::{Command, Stdio},
};

use serde::{Serialize, de::DeserializeOwned};

const TOLD: &str = "CRASH_TEST_TOLD";

/// Returns a command that runs one test of this program, which is otherwise ignored, and passes it a value.
pub fn again(test: &str, told: &impl Serialize) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "--ignored", test]).env(TOLD, serde_json::to_string(told).unwrap());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Returns the value passed to this process; `None` if a person started it.
pub fn told<T: DeserializeOwned>() -> Option<T> {
    env::var(TOLD).ok().map(|told| serde_json::from_str(&told).unwrap())
}
