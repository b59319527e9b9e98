//! `spartan completions`.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::Spartan;
use crate::{failure::Failure, out};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan completions bash > ~/.local/share/bash-completion/completions/spartan
  spartan completions fish > ~/.config/fish/completions/spartan.fish
  spartan completions powershell >> $PROFILE")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        generate(self.shell, &mut Spartan::command(), "spartan", &mut script);
        out::answer(&String::from_utf8_lossy(&script))
    }
}
