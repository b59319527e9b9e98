//! A user's journey under Windows: signing in, requesting tokens and signing out, with the mock services instead of the
//! real ones.

mod calls;
mod terminal;

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use self::calls::{Call, LEAVING, NOBODY, Prints, Program, SOMEBODY};
use super::wine::Wine;
use crate::{
    control,
    stand_ins::{self, StandIns},
};

/// Runs all steps, and returns their number.
pub fn go(wine: &Wine, stand_ins: &StandIns) -> Result<usize, String> {
    println!("\n=== The command line, under Windows");
    let mut way = Way { wine, stand_ins, addresses: as_wine_takes_it(stand_ins.line()), steps: 0 };
    NOBODY.iter().try_for_each(|call| way.call(call))?;
    way.import()?;
    let signed_in = Instant::now();
    SOMEBODY.iter().try_for_each(|call| way.call(call))?;
    way.look_at_the_vault()?;
    way.interrupt()?;
    way.ask_together(signed_in)?;
    way.sign_in_on_another_device()?;
    LEAVING.iter().try_for_each(|call| way.call(call))?;
    Ok(way.steps)
}

struct Way<'run> {
    wine: &'run Wine<'run>,
    stand_ins: &'run StandIns,
    addresses: String,
    steps: usize,
}

const SPARTAN: &str = "/builds/x86_64-pc-windows-gnu/debug/spartan.exe";

/// The program's data folder in Wine's files.
const DATA: &str = "/wine/drive_c/users/root/AppData/Local/app.spartantray.demo";

/// The app and the people that the mock services know.
const CLIENT_ID: &str = "5ba3a4e1-0c1b-4b0e-9a44-5a7c6f0d2e11";
const CURTIS: &str = "curtis@example.com";
const SIXPOUNDER: &str = "sixpounder@example.com";

/// Wine 10 sometimes reports 0 for a program that exits with another code while one of its threads also ends: in 4 of
/// 60 runs of the same refusals. What fails changes nothing, so it's repeated.
const TRIES: usize = 4;

/// The number of simultaneous requests.
const TOGETHER: usize = 8;

impl Way<'_> {
    fn call(&mut self, call: &Call) -> Result<(), String> {
        let ask = || finished(self.program(call.program).args(call.words), "");
        let mut output = ask()?;
        for _ in 1..TRIES {
            if call.exit == 0 || output.status.code() != Some(0) {
                break;
            }
            println!("Wine says 0 for: {}. Once more.", call.headline);
            output = ask()?;
        }
        self.judge(call.headline, &output, call.exit, call.prints)
    }

    fn import(&mut self) -> Result<(), String> {
        let token = control::seed(self.stand_ins, CLIENT_ID, CURTIS)?;
        let mut import = self.program(Program::Spartan);
        let output = finished(import.args(["import", "--client-id", CLIENT_ID]), &format!("{token}\r\n"))?;
        self.judge("A sign-in is taken over from another program", &output, 0, Prints::Nothing)
    }

    /// Wine stores a mode instead of an access list; its last digit applies to everyone else.
    fn look_at_the_vault(&mut self) -> Result<(), String> {
        let vault = format!("{DATA}/vault");
        let output = finished(self.command("stat").args(["-c", "%a", DATA, &vault]), "")?;
        let open = Prints::None(&["1\n", "2\n", "3\n", "4\n", "5\n", "6\n", "7\n"]);
        self.judge("The vault and its folder are closed to others", &output, 0, open)
    }

    /// Ctrl-C reaches the command, which decides; the program in between passes on its exit code.
    fn interrupt(&mut self) -> Result<(), String> {
        let waits = format!("wine {SPARTAN} exec -- 'Z:{}' sign-in --way device --no-open", SPARTAN.replace('/', "\\"));
        let mut terminal = self.command("script");
        let output = terminal::interrupt(terminal.args(["-qec", &waits, "/dev/null"]), "and enter")?;
        self.judge("Ctrl-C reaches a command, and its end is passed on", &output, 130, Prints::All(&["and enter"]))
    }

    /// All of them get the one token that one of them requests.
    fn ask_together(&mut self, signed_in: Instant) -> Result<(), String> {
        // A token lasts four hours: after a minute it has less time left than requested, and its successor has more.
        thread::sleep(Duration::from_secs(61).saturating_sub(signed_in.elapsed()));
        let before = count(&control::counts(self.stand_ins)?, "spartan");
        let ask = |_| start(self.program(Program::Spartan).args(["token", "--min-ttl", "3h59m"]));
        let asking = (0..TOGETHER).map(ask).collect::<Result<Vec<_>, _>>()?;
        let outputs = asking.into_iter().map(ended).collect::<Result<Vec<_>, _>>()?;
        let after = count(&control::counts(self.stand_ins)?, "spartan");
        for output in &outputs {
            self.judge("One of many that ask at once", output, 0, Prints::Token)?;
        }
        let same = outputs.iter().all(|output| output.stdout == outputs[0].stdout);
        if same && before.zip(after).is_some_and(|(before, after)| after == before + 1) {
            return Ok(());
        }
        Err(format!("One renewal was to serve all {TOGETHER}: there were {before:?} Spartan tokens, then {after:?}."))
    }

    fn sign_in_on_another_device(&mut self) -> Result<(), String> {
        let mut sign_in = self.program(Program::Spartan);
        let mut child = start(sign_in.args(["sign-in", "--way", "device", "--no-open"]))?;
        let mut said = String::new();
        if let Some(stderr) = child.stderr.take() {
            let mut lines = BufReader::new(stderr);
            let code = user_code(&mut lines, &mut said).ok_or(format!("It printed no code to enter:\n{said}"))?;
            control::approve(self.stand_ins, &code, SIXPOUNDER)?;
            lines.read_to_string(&mut said).map_err(|error| error.to_string())?;
        }
        let output = Output { stderr: said.into_bytes(), ..ended(child)? };
        self.judge("Somebody else signs in on another device", &output, 0, Prints::Nothing)
    }

    fn program(&self, program: Program) -> Command {
        let mut command = self.command("wine");
        command.arg(match program {
            Program::Spartan => SPARTAN,
            Program::Registry => "reg",
        });
        command
    }

    fn command(&self, program: &str) -> Command {
        self.wine.command(&[("SPARTAN_TRAY_STAND_INS", &self.addresses)], program)
    }

    fn judge(&mut self, headline: &str, output: &Output, exit: i32, prints: Prints) -> Result<(), String> {
        let stdout = String::from_utf8_lossy(&output.stdout);
        if output.status.code() == Some(exit) && prints.are(&stdout) {
            println!("ok: {headline}");
            self.steps += 1;
            return Ok(());
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "Failed: {headline}.\nIt was to end with {exit} and ended with {}.\nOn standard output:\n{stdout}\n\
             On standard error:\n{stderr}",
            output.status
        ))
    }
}

/// Returns the mock services' line in a form that Wine accepts: Wine compares a host only with the names in a
/// certificate, not with its IP addresses, and trusts only the authorities that the system trusts.
fn as_wine_takes_it(line: &str) -> String {
    let by_name = line.replace("https://127.0.0.1:", "https://localhost:");
    match stand_ins::text(line, "ca_file") {
        Some(file) => by_name.replace(&format!("\"ca_file\":\"{file}\","), ""),
        None => by_name,
    }
}

/// Returns the number of requests to an endpoint.
fn count(counts: &str, endpoint: &str) -> Option<u32> {
    let (_, rest) = counts.split_once(&format!("\"{endpoint}\":"))?;
    rest.split(|end: char| !end.is_ascii_digit()).next()?.parse().ok()
}

/// Returns the code, which is alone on a line below the address at which to enter it.
fn user_code(lines: &mut impl BufRead, said: &mut String) -> Option<String> {
    loop {
        let from = said.len();
        if lines.read_line(said).ok()? == 0 {
            return None;
        }
        let line = said[from..].trim();
        let is_code = |line: &str| line.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        if !line.is_empty() && is_code(line) {
            return Some(line.to_owned());
        }
    }
}

fn start(command: &mut Command) -> Result<Child, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|error| format!("Wine could not be started: {error}."))
}

fn finished(command: &mut Command, input: &str) -> Result<Output, String> {
    let mut child = start(command)?;
    if let Some(mut stdin) = child.stdin.take() {
        match stdin.write_all(input.as_bytes()) {
            // It may have exited without reading.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.to_string()),
            _ => {}
        }
    }
    ended(child)
}

fn ended(child: Child) -> Result<Output, String> {
    child.wait_with_output().map_err(|error| format!("Wine did not end: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wine_is_told_names_and_no_authority() {
        let line = r#"{"ca_file":"/tmp/x/ca.pem","control":"http://127.0.0.1:1","user":"https://127.0.0.1:2/user"}"#;
        assert_eq!(as_wine_takes_it(line), r#"{"control":"http://127.0.0.1:1","user":"https://localhost:2/user"}"#);
    }

    #[test]
    fn a_count_is_found_by_the_endpoints_whole_name() {
        let counts = r#"{"xspartan":1,"spartan":12,"user":3}"#;
        assert_eq!((count(counts, "spartan"), count(counts, "user"), count(counts, "sp")), (Some(12), Some(3), None));
    }

    #[test]
    fn the_code_to_enter_stands_alone_on_its_line() {
        let text = "On any device, open http://127.0.0.1:1/link and enter:\n\n  AB12CD34\n\nmore";
        let mut said = String::new();
        assert_eq!(user_code(&mut text.as_bytes(), &mut said), Some("AB12CD34".into()));
        assert!(text.starts_with(&said), "the rest is left to be read");
        assert_eq!(user_code(&mut &b"Open it\n"[..], &mut said), None);
    }
}
