//! `spartan man`.

use clap::{Args, Command, CommandFactory, builder::Resettable};
use clap_mangen::{
    Man as Page,
    roff::{Roff, roman},
};

use super::Spartan;
use crate::{exit::Exit, failure::Failure, out};

/// Print a page of the manual, as man reads it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan man > spartan.1             the program's own page
  spartan man token | man -l -        a command's page, to read
  spartan man vault init | man -l -   one of a command's commands")]
pub struct Man {
    /// Which command's page [default: the program's own]
    command: Vec<String>,
}

impl Man {
    /// Prints it.
    pub fn run(&self) -> Result<(), Failure> {
        let mut all = Spartan::command();
        // Fills in what commands have in common, and how each is called in whole.
        all.build();
        let wanted: Vec<&str> = self.command.iter().flat_map(|word| word.split_whitespace()).collect();
        let wanted = [&["spartan"], &wanted[..]].concat().join("-");
        let unknown = || Failure::new(Exit::Usage, "There's no such command.", "See: spartan --help");
        let page = page(find(&all, &wanted).ok_or_else(unknown)?);
        let page =
            page.map_err(|error| Failure::new(Exit::Failed, format!("The page can't be written: {error}."), ""))?;
        out::answer(&page)
    }
}

/// The command whose page has this name.
fn find<'a>(command: &'a Command, name: &str) -> Option<&'a Command> {
    let own = command.get_display_name().unwrap_or_else(|| command.get_name());
    if own == name {
        return Some(command);
    }
    command.get_subcommands().find_map(|below| find(below, name))
}

fn page(command: &Command) -> std::io::Result<String> {
    let behind = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut page = Vec::new();
    // Without a date: the same source makes the same page. An empty one would be left out, and the next taken for it.
    let title = Page::new(command.clone().after_help(Resettable::Reset)).date(" ");
    title.source(concat!("spartan ", env!("CARGO_PKG_VERSION"))).manual("Spartan Tray").render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned() + &sections(&behind))
}

/// What stands behind a command's help, in sections of its own; examples keep their lines.
fn sections(behind: &str) -> String {
    let mut roff = Roff::new();
    for part in behind.split("\n\n") {
        if let Some(examples) = part.strip_prefix("Examples:\n") {
            roff.control("SH", ["EXAMPLES"]).control("nf", []).text([roman(examples)]).control("fi", []);
        } else if let Some(codes) = part.strip_prefix("Exit codes: ") {
            roff.control("SH", ["EXIT STATUS"]).text([roman(codes)]);
        } else {
            roff.control("PP", []).text([roman(part)]);
        }
    }
    // As in the rest of the page, which says what it is: a plain one would be shown curled.
    roff.to_roff().replace('\'', r"\*(Aq")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_keep_their_lines_and_exit_codes_have_their_own_section() {
        let page = sections("Examples:\n  spartan 'a-b'   what it does\n  .env\n\nExit codes: 0 done,\n1 not.");
        let expected = ".SH EXAMPLES\n.nf\n  spartan \\*(Aqa\\-b\\*(Aq   what it does\n  .env\n.fi\n.SH \"EXIT STATUS\"\n0 done,\n1 not.\n";
        assert_eq!(page, expected);
    }
}
