//! The man page and the completions of `spartan`, written by itself.

use super::{Ground, Programs};
use crate::process;

/// Shells, each with the name of its file in the stage.
pub const SHELLS: [(&str, &str); 4] = [
    ("bash", "completions/spartan.bash"),
    ("zsh", "completions/_spartan"),
    ("fish", "completions/spartan.fish"),
    ("powershell", "completions/spartan.ps1"),
];

/// The man page in the stage.
pub const PAGE: &str = "spartan.1";

/// Asks the program that was just built, and writes what it says into the stage.
pub fn write(ground: &Ground, programs: &Programs) -> Result<(), String> {
    let ask = |words: &[&str]| process::output(process::program(&programs.spartan).args(words));
    ground.stage_text(PAGE, ask(&["man"])?)?;
    for (shell, file) in SHELLS {
        ground.stage_text(file, ask(&["completions", shell])?)?;
    }
    Ok(())
}
