//! Every program in turn, over a long line and over none.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use serde::de::DeserializeOwned;
use spartan_fakes::{CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET};

use crate::{network::Network, round::Round, stand_ins::StandIns};

/// How often each program runs in each way.
pub const ROUNDS: u32 = 15;
/// There and back on the long line.
pub const ROUND_TRIP: Duration = Duration::from_millis(50);
/// Who signs in.
pub const ACCOUNT: &str = "curtis@example.com";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Ours,
    Spnkr,
    PythonXbox,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Long,
    None,
}

/// A program's way into the chain, and the line that it goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub program: Program,
    pub method: &'static str,
    pub line: Line,
}

/// All that was run, and why the rest was not.
pub struct Runs {
    pub done: Vec<(Run, Vec<Round>)>,
    /// What this machine said where it allows no network of one's own.
    pub refusal: Option<String>,
}

/// Every run in its order.
const ALL: [Run; 10] = [
    run(Program::Ours, "code", Line::Long),
    run(Program::Ours, "renewal", Line::Long),
    run(Program::Ours, "nothing due", Line::Long),
    run(Program::Spnkr, "code", Line::Long),
    run(Program::Spnkr, "refresh", Line::Long),
    run(Program::PythonXbox, "code", Line::Long),
    run(Program::PythonXbox, "refresh", Line::Long),
    run(Program::PythonXbox, "nothing due", Line::Long),
    run(Program::Ours, "code", Line::None),
    run(Program::Spnkr, "code", Line::None),
];

/// Makes them all, or this crate's alone where the others cannot reach the stand-ins.
pub fn all() -> Runs {
    let mut runs = Runs { done: Vec::new(), refusal: None };
    for line in [Line::Long, Line::None] {
        let place = Place::open(line).unwrap_or_else(|refusal| {
            runs.refusal = Some(refusal);
            Place::Loopback(StandIns::start(Command::new(stand_ins()).args(options(line))))
        });
        for run in ALL.into_iter().filter(|run| run.line == line) {
            runs.done.extend(place.make(run).map(|rounds| (run, rounds)));
        }
    }
    runs
}

impl Runs {
    /// The rounds of one run, where it was made.
    pub fn of(&self, program: Program, method: &'static str, line: Line) -> Option<&[Round]> {
        let found = self.done.iter().find(|(run, _)| *run == Run { program, method, line });
        found.map(|(_, rounds)| rounds.as_slice())
    }
}

impl Program {
    pub const fn name(self) -> &'static str {
        match self {
            Program::Ours => "this crate",
            Program::Spnkr => "SPNKr",
            Program::PythonXbox => "python-xbox",
        }
    }
}

const fn run(program: Program, method: &'static str, line: Line) -> Run {
    Run { program, method, line }
}

/// Where programs meet the stand-ins.
enum Place {
    /// All of them, under the real host names.
    Network(Network),
    /// This crate alone, on ports of this machine.
    Loopback(StandIns),
}

impl Place {
    fn open(line: Line) -> Result<Place, String> {
        Network::open(&stand_ins(), &options(line)).map(Place::Network)
    }

    fn make(&self, run: Run) -> Option<Vec<Round>> {
        match (self, run.program) {
            (Place::Network(network), Program::Ours) => {
                Some(network.run(&this(), &["ours", run.method, &json(network.addresses())]))
            }
            (Place::Network(network), Program::Spnkr) => Some(peer(network, "spnkr_rounds.py", run.method)),
            (Place::Network(network), Program::PythonXbox) => Some(peer(network, "python_xbox_rounds.py", run.method)),
            (Place::Loopback(stand_ins), Program::Ours) => {
                Some(printed(Command::new(this()).args(["ours", run.method, &json(&stand_ins.addresses)])))
            }
            (Place::Loopback(_), Program::Spnkr | Program::PythonXbox) => None,
        }
    }
}

fn peer(network: &Network, script: &str, method: &str) -> Vec<Round> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/chain").join(script);
    let words = [method, &ROUNDS.to_string(), &network.addresses().control];
    network.python(script, &[&words[..], &[CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, ACCOUNT]].concat())
}

fn options(line: Line) -> Vec<String> {
    match line {
        Line::Long => vec!["--round-trip-ms".to_owned(), ROUND_TRIP.as_millis().to_string()],
        Line::None => Vec::new(),
    }
}

fn this() -> PathBuf {
    env::current_exe().unwrap()
}

/// Cargo puts benches into a folder beside the programs.
fn stand_ins() -> PathBuf {
    let folder = this().parent().and_then(Path::parent).unwrap().to_owned();
    let program = folder.join(format!("spartan-fakes{}", env::consts::EXE_SUFFIX));
    assert!(program.exists(), "the stand-ins are not built; `cargo xtask bench chain` builds them");
    program
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn printed<T: DeserializeOwned>(command: &mut Command) -> T {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?} failed");
    serde_json::from_slice(&output.stdout).unwrap()
}
