//! The tests of the program in a desktop, run where the program is installed.

use std::path::PathBuf;

use serde_json::Value;

use super::Ground;
use crate::process;

/// The built tests, and the folder for their screenshots.
pub struct Tests {
    /// The program that contains all tests.
    pub program: PathBuf,
    /// The folder for screenshots, at the same path wherever the tests run.
    pub pictures: PathBuf,
}

/// Builds them like `cargo xtask test`: a different selection of packages would rebuild everything.
pub fn build(ground: &Ground) -> Result<Tests, String> {
    let mut cargo = process::cargo();
    cargo.args(["test", "--locked", "--workspace", "--features", "demo", "--test", "desktop"]);
    println!("$ {}", process::line(&cargo));
    let said = process::output(cargo.args(["--no-run", "--message-format", "json-render-diagnostics"]))?;
    let program = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find_map(|message| {
        let is_it = message["target"]["name"] == "desktop" && message["executable"].is_string();
        is_it.then(|| message["executable"].as_str().map(PathBuf::from))?
    });
    let program = program.ok_or("cargo names no built tests.")?;
    Ok(Tests { program, pictures: ground.metadata.target_folder()?.join("tmp/screenshots") })
}
