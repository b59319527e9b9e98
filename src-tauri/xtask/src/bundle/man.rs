//! The man pages and completions of `spartan`, which the program generates.

use super::{Ground, Programs};
use crate::process;

/// The shells, each with the name of its file in the stage.
pub const SHELLS: [(&str, &str); 4] = [
    ("bash", "completions/spartan.bash"),
    ("zsh", "completions/_spartan"),
    ("fish", "completions/spartan.fish"),
    ("powershell", "completions/spartan.ps1"),
];

/// The folder of the man pages in the stage.
const PAGES: &str = "man";

/// Runs the program that was just built, and writes its output into the stage.
pub fn write(ground: &Ground, programs: &Programs) -> Result<(), String> {
    let ask = |words: &[&str]| process::output(process::program(&programs.spartan).args(words));
    let page = ask(&["man"])?;
    let mut named = commands(&page);
    ground.stage_text(&format!("{PAGES}/spartan.1"), page)?;
    // A command's page may list subcommands.
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

/// Returns the names of all staged pages.
pub fn pages(ground: &Ground) -> Result<Vec<String>, String> {
    let all = super::proof::files(&ground.stage.join(PAGES))?;
    Ok(all.into_iter().filter(|name| name.ends_with(".1")).map(|name| format!("{PAGES}/{name}")).collect())
}

/// Returns the commands whose pages this page lists.
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
