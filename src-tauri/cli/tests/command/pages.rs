//! The help of the command.

use clap_complete::Shell;
use spartan_fakes::{Fakes, Setup};

use crate::{desktop::Desktop, spartan::Spartan};

#[tokio::test(flavor = "multi_thread")]
async fn every_command_has_help_with_examples_and_a_page_of_the_manual() {
    let (desktop, fakes) = (Desktop::start().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let help = spartan.run(&["--help"]).done();
    let (_, codes) = help.split_once("Exit codes: ").unwrap();
    let codes: Vec<&str> = codes.split(|it: char| !it.is_ascii_digit()).filter(|code| !code.is_empty()).collect();
    assert_eq!(codes, ["0", "1", "2", "3", "4", "5", "6", "126", "127", "130", "143"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 8, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        let help = spartan.run(&[name, "--help"]).done();
        assert!(help.contains("Examples:") && !help.contains('\\'), "{help}");
        let page = spartan.run(&["man", name]).done();
        let version = format!(".TH spartan-{name} 1 \" \" \"spartan {}\"", env!("CARGO_PKG_VERSION"));
        assert!(page.contains(&version) && page.contains(".SH EXAMPLES\n.nf\n") && !page.contains("EXTRA"), "{page}");
    }
    assert!(spartan.run(&["man"]).done().contains(".SH \"EXIT STATUS\""));
    let nested = spartan.run(&["man", "vault-init"]).done();
    assert!(nested.contains(".TH spartan-vault-init ") && nested.contains("--key-file".replace('-', "\\-").as_str()));
    for words in [&["man", "vault init"][..], &["man", "vault", "init"]] {
        assert_eq!(spartan.run(words).done(), nested);
    }
    spartan.run(&["man", "nothing"]).refused(2);
    assert!(!help.contains('\u{1b}'), "no colours into a pipe");
}

#[tokio::test(flavor = "multi_thread")]
async fn colours_are_for_terminals_alone_and_for_nobody_who_wants_none() {
    let (desktop, fakes) = (Desktop::start().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let on_terminal = |variable: &str| {
        spartan.shell(&format!("TERM=xterm {variable} script -qec \"$SPARTAN --help\" /dev/null")).done()
    };
    assert!(on_terminal("").contains('\u{1b}'));
    assert!(!on_terminal("NO_COLOR=1").contains('\u{1b}'));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shell_has_completions() {
    let (desktop, fakes) = (Desktop::start().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
        assert!(spartan.run(&["completions", &shell.to_string()]).done().contains("sign-in"), "{shell}");
    }
    spartan.shell("eval \"$($SPARTAN completions bash)\" && complete -p spartan").done();
}
