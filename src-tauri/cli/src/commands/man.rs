//! `spartan man`.

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use super::Spartan;
use crate::{exit::Exit, failure::Failure, out};

/// Print a page of the manual, as man reads it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan man > spartan.1             the program's own page
  spartan man token | man -l -        a command's page, to read")]
pub struct Man {
    /// Which command's page [default: the program's own]
    command: Option<String>,
}

impl Man {
    /// Prints it.
    pub fn run(&self) -> Result<(), Failure> {
        let mut all = Spartan::command();
        // Fills in what commands have in common.
        all.build();
        let command = match &self.command {
            None => Some(all.clone()),
            Some(name) => all.find_subcommand(name).cloned(),
        };
        let unknown = || Failure::new(Exit::Usage, "There is no such command.", "See: spartan --help");
        let mut page = Vec::new();
        let written = Page::new(command.ok_or_else(unknown)?).render(&mut page);
        written.map_err(|error| Failure::new(Exit::Failed, format!("The page cannot be written: {error}."), ""))?;
        out::answer(&String::from_utf8_lossy(&page))
    }
}
