//! The table.

use crate::{
    round::{Round, median, milliseconds},
    runs::{Line, Program, ROUND_TRIP, ROUNDS, Runs},
};

/// A line of the table.
struct Row {
    what: &'static str,
    program: Program,
    method: &'static str,
    line: Line,
    until: Until,
    /// The requests of which each waits for the one before.
    dependent: u32,
    /// The round trips that no program can do without.
    floor: Option<u32>,
    /// What SPNKr does for the same.
    spnkr: Option<&'static str>,
}

/// When the clock stops.
#[derive(Clone, Copy)]
enum Until {
    /// The Spartan token is on the disk.
    Spartan,
    /// Everything is there.
    All,
}

const ROWS: [Row; 11] = [
    Row { until: Until::Spartan, floor: Some(4), ..ours("code → Spartan token", "code", 4) },
    Row { floor: Some(5), spnkr: Some("code"), ..ours("code → Spartan token, clearance, gamertag", "code", 5) },
    row(Program::Spnkr, "the same", "code", 7),
    row(Program::PythonXbox, "code → XSTS token for Xbox Live", "code", 3),
    Row {
        until: Until::Spartan,
        floor: Some(4),
        spnkr: Some("refresh"),
        ..ours("renewal, user token good, no connection → Spartan token", "renewal", 2)
    },
    Row { floor: Some(0), spnkr: Some("refresh"), ..ours("renewal, nothing due", "nothing due", 0) },
    row(Program::Spnkr, "any refresh", "refresh", 6),
    row(Program::PythonXbox, "refresh, everything due", "refresh", 3),
    row(Program::PythonXbox, "refresh, nothing due", "nothing due", 0),
    Row { line: Line::None, spnkr: Some("code"), ..ours("own work: code → everything, no delay", "code", 5) },
    Row { line: Line::None, ..row(Program::Spnkr, "the same", "code", 7) },
];

/// All that was measured, in words.
pub fn table(runs: &Runs) -> String {
    let mut text = format!(
        "\nMedians of {ROUNDS} rounds; a round trip takes {} ms. Opening connections counts, building clients does not. This \
         crate's times\nhave its writes to the disk in them. Requests are those of the whole run.\n\n",
        ROUND_TRIP.as_millis(),
    );
    text += &cells(["", "", "median", "trips", "requests", "dependent", "floor", "to SPNKr"].map(str::to_owned));
    text.extend(ROWS.iter().filter_map(|row| row.told(runs)));
    text += "\nThis crate's steps in milliseconds; legs that do not wait for each other go side by side.\n";
    for (name, method, line) in
        [("code", "code", Line::Long), ("renewal", "renewal", Line::Long), ("no delay", "code", Line::None)]
    {
        text.extend(runs.of(Program::Ours, method, line).map(|rounds| format!("{name:10}{}\n", steps(rounds))));
    }
    if let Some(refusal) = &runs.refusal {
        text += "\nSPNKr and python-xbox were not run: no network of one's own here. ";
        text += refusal;
    }
    text
}

impl Row {
    fn told(&self, runs: &Runs) -> Option<String> {
        let rounds = runs.of(self.program, self.method, self.line)?;
        let took = self.median(rounds)?;
        let trips = |count: f64| count * milliseconds(ROUND_TRIP);
        let spnkr = self.spnkr.and_then(|method| runs.of(Program::Spnkr, method, self.line));
        let ratio = spnkr.map(|rounds| took / median(rounds.iter().map(|round| round.all)));
        Some(cells([
            self.what.to_owned(),
            self.program.name().to_owned(),
            format!("{took:.1} ms"),
            match self.line {
                Line::Long => format!("{:.1}", took / trips(1.0)),
                Line::None => String::new(),
            },
            format!("{:.0}", median(rounds.iter().map(|round| round.requests.into()))),
            self.dependent.to_string(),
            self.floor.map(|floor| format!("{floor} · {:.0} ms", trips(floor.into()))).unwrap_or_default(),
            ratio.map(|ratio| format!("{:.1} %", ratio * 100.0)).unwrap_or_default(),
        ]))
    }

    fn median(&self, rounds: &[Round]) -> Option<f64> {
        match self.until {
            Until::Spartan => rounds.iter().map(|round| round.spartan).collect::<Option<Vec<_>>>().map(median),
            Until::All => Some(median(rounds.iter().map(|round| round.all))),
        }
    }
}

const fn ours(what: &'static str, method: &'static str, dependent: u32) -> Row {
    row(Program::Ours, what, method, dependent)
}

const fn row(program: Program, what: &'static str, method: &'static str, dependent: u32) -> Row {
    Row { what, program, method, line: Line::Long, until: Until::All, dependent, floor: None, spnkr: None }
}

fn steps(rounds: &[Round]) -> String {
    let all = || rounds.iter().flat_map(|round| &round.steps);
    let told = rounds[0].steps.iter().map(|(step, _)| {
        let times = all().filter(|(name, _)| name == step).map(|(_, time)| *time);
        format!("{step} {:.1}", median(times))
    });
    told.collect::<Vec<_>>().join(" · ")
}

fn cells([what, program, rest @ ..]: [String; 8]) -> String {
    let [median, trips, requests, dependent, floor, ratio] = rest;
    format!("{what:56}{program:12}{median:>9}{trips:>7}{requests:>10}{dependent:>11}{floor:>12}{ratio:>10}\n")
}
