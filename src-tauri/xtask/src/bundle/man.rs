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

/// The folder of the man pages in the stage.
const PAGES: &str = "man";

/// Asks the program that was just built, and writes what it says into the stage.
pub fn write(ground: &Ground, programs: &Programs) -> Result<(), String> {
    let ask = |words: &[&str]| process::output(process::program(&programs.spartan).args(words));
    let page = ask(&["man"])?;
    let mut named = commands(&page);
    ground.stage_text(&format!("{PAGES}/spartan.1"), page)?;
    // A command's page may name commands of its own.
    while let Some(command) = named.pop() {
        let page = ask(&["man", &command])?;
        named.extend(commands(&page));
        ground.stage_text(&format!("{PAGES}/spartan-{command}.1"), page)?;
    }
    for (shell, file) in SHELLS {
        ground.stage_text(file, ask(&["completions", shell])?)?;
    }
    Ok(())
}

/// The names of all pages, in the folder where they are staged.
pub fn pages(ground: &Ground) -> Result<Vec<String>, String> {
    let all = super::proof::files(&ground.stage.join(PAGES))?;
    Ok(all.into_iter().filter(|name| name.ends_with(".1")).map(|name| format!("{PAGES}/{name}")).collect())
}

/// The commands whose pages the program's own one names.
fn commands(page: &str) -> Vec<String> {
    let named = page.lines().filter_map(|line| line.strip_prefix("spartan\\-")?.strip_suffix("(1)"));
    named.map(|name| name.replace("\\-", "-")).filter(|name| !name.ends_with("help")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_that_the_page_names_has_a_page() {
        let page = ".SH SUBCOMMANDS\n.TP\nspartan\\-token(1)\nPrint a token\n.TP\nspartan\\-sign\\-in(1)\n.TP\nspartan\\-help(1)\nHelp\n";
        assert_eq!(commands(page), ["token", "sign-in"]);
    }
}
