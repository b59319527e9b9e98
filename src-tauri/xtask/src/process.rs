//! Starts other programs from the top of the checkout.

use std::{
    env,
    ffi::OsStr,
    path::PathBuf,
    process::{Command, ExitStatus},
};

/// Returns the cargo that started this program.
pub fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Returns the command `program`, run at the top of the checkout.
pub fn program(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(checkout());
    // Cargo describes *this* package in the environment. If it were passed on, build scripts that watch these variables
    // (ring's does) would run again after each change between `cargo build` and `cargo xtask`.
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        let is_ours = name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_");
        // A certificate and its passwords are for the bundler, not for build scripts.
        if is_ours || name_text.starts_with(SIGNING) {
            command.env_remove(&name);
        }
    }
    command
}

/// The prefix of the variables that hold Apple signing credentials.
pub const SIGNING: &str = "APPLE_";

/// Returns the top of the checkout. The path of the build wouldn't do: checkouts may share a target folder.
pub fn checkout() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(package).join("../..")
}

/// Shows and runs the command. Fails if it doesn't succeed.
pub fn run(command: &mut Command) -> Result<(), String> {
    let line = line(command);
    run_shown_as(command, &line)
}

/// Does the same, but shows a different command line.
pub fn run_shown_as(command: &mut Command, line: &str) -> Result<(), String> {
    println!("$ {line}");
    ended_well(line, command.status().map_err(|error| format!("`{line}` could not be started: {error}."))?)
}

/// Fails if a command didn't succeed.
pub fn ended_well(line: &str, status: ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("`{line}` stopped with {status}.")) }
}

/// Returns the command's output. Fails if it doesn't succeed.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{}` stopped with {}.\n{said}", line(command), output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns whether the command can be started and succeeds; its output isn't shown.
pub fn works(command: &mut Command) -> bool {
    output(command).is_ok()
}

/// Returns the command as a person would type it.
pub fn line(command: &Command) -> String {
    let name = PathBuf::from(command.get_program());
    let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(name).chain(words).collect::<Vec<_>>().join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}.", line(command))
}
