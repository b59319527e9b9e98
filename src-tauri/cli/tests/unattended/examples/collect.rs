//! Collects examples from each command's help, the README files and documents, and what's copied for a shell.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::machine::Machine;

/// The top of the checkout.
const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Shell lines shown to a reader.
pub struct Example {
    /// Where it's from.
    pub from: String,
    /// Its lines, ready to be run.
    pub text: String,
}

impl Example {
    /// Returns the example with a value for each placeholder.
    pub fn of(from: &str, text: &str) -> Example {
        let mut filled = String::new();
        for (at, piece) in text.split('<').enumerate() {
            match piece.split_once('>').filter(|(name, _)| at > 0 && name.chars().all(|c| c.is_ascii_alphabetic())) {
                Some((_, behind)) => filled.extend(["5ba3a4e1-0c1b-4b0e-9a44-5a7c6f0d2e11", behind]),
                None if at > 0 => filled.extend(["<", piece]),
                None => filled.push_str(piece),
            }
        }
        Example { from: from.to_owned(), text: filled.replace('…', "x") }
    }
}

/// Returns all examples.
pub fn examples(machine: &Machine) -> Vec<Example> {
    let documents = documents().into_iter().flat_map(|file| {
        let name = file.strip_prefix(TOP).unwrap_or(&file).display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        [fenced(&text), inline(&text)].concat().into_iter().map(move |text| Example::of(&name, &text))
    });
    let copied = ["curl", "curl-with-token"].map(|format| Example {
        from: format!("--format {format}"),
        text: machine.succeeds(&["token", "--format", format]),
    });
    documents.chain(of_help(machine)).chain(copied).collect()
}

/// Returns every README and document, including future ones.
fn documents() -> Vec<PathBuf> {
    let top = Path::new(TOP);
    let crates = fs::read_dir(top.join("src-tauri")).unwrap().map(|entry| entry.unwrap().path());
    let folders = crates.chain([top.to_owned(), top.join(".github")]).filter(|folder| folder.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    files.filter(|file| file.extension().is_some_and(|ending| ending == "md")).collect()
}

/// Returns a document's shell blocks.
fn fenced(text: &str) -> Vec<String> {
    let blocks = text.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    blocks.filter(|(language, _)| SHELLS.contains(language)).map(|(_, lines)| lines.to_owned()).collect()
}

const SHELLS: [&str; 6] = ["", "sh", "bash", "shell", "console", "powershell"];

/// Returns inline examples that do more than name a command: they pipe, write, or insert another command's output.
fn inline(text: &str) -> Vec<String> {
    let outside = text.split("\n```").step_by(2).flat_map(str::lines);
    let spans = outside.flat_map(|line| line.split('`').skip(1).step_by(2));
    spans.filter(|span| span.contains("spartan ") && span.contains(['|', '>', '$'])).map(str::to_owned).collect()
}

/// Returns the examples in the help of the command and each of its subcommands.
fn of_help(machine: &Machine) -> Vec<Example> {
    let mut commands = vec![vec![]];
    let mut found = Vec::new();
    while let Some(command) = commands.pop() {
        let help = machine.succeeds(&[&command[..], &["--help".to_owned()]].concat());
        let from = format!("spartan {}", [&command[..], &["--help".to_owned()]].concat().join(" "));
        found.extend(lines_of(&help).map(|line| Example::of(&from, line)));
        let inner = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        let names = inner.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
        commands.extend(names.map(|name| [&command[..], &[name.to_owned()]].concat()));
    }
    found
}

/// Returns the lines of a help's examples, without the notes beside or below them.
fn lines_of(help: &str) -> impl Iterator<Item = &str> {
    let behind = help.split_once("Examples:\n").map(|(_, behind)| behind).unwrap_or_default();
    let lines = behind.lines().take_while(|line| !line.is_empty());
    let examples = lines.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    examples.map(|line| line.split("   ").next().unwrap_or(line))
}
