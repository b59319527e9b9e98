//! The table.

use std::error::Error;

use crate::{
    numbers::Samples,
    parts::Parts,
    rounds::{Measured, Rounds},
    scale::Scale,
    wear::{FIRST, Wear},
};

/// What is to be reached.
enum Target {
    /// At most so many times what the bare program has.
    OfBare(f64),
    /// At most this, in the row's unit.
    AtMost(f64),
    /// Shown to understand the other rows.
    None,
}

/// One measure.
struct Row {
    what: &'static str,
    unit: &'static str,
    /// Digits after the point.
    digits: usize,
    samples: fn(&Measured) -> &Samples,
    target: Target,
}

const ROWS: [Row; 11] = [
    Row { target: Target::OfBare(1.25), ..seconds("start → window visible", |of| &of.start_to_window) },
    seconds("start → page drawn", |of| &of.start_to_page),
    Row { target: Target::OfBare(1.1), ..megabytes("memory with window", |of| &of.with_window) },
    Row { target: Target::OfBare(1.2), ..megabytes("memory, started hidden", |of| &of.started_hidden) },
    Row { target: Target::OfBare(1.1), ..megabytes("memory, hidden again", |of| &of.hidden_again) },
    megabytes("  of it, the program itself", |of| &of.hidden_again_own),
    Row { target: Target::AtMost(40.0), ..megabytes("  of that, Pss_Anon", |of| &of.hidden_again_anonymous) },
    Row { target: Target::AtMost(0.2), ..seconds("processor, 10 min hidden", |of| &of.processor) },
    Row { unit: "a second", digits: 2, target: Target::AtMost(1.0), ..seconds("wake-ups, hidden", |of| &of.wakes) },
    Row { target: Target::AtMost(0.3), ..seconds("tray click → window visible", |of| &of.click_to_window) },
    seconds("tray click → page drawn", |of| &of.click_to_page),
];

const LARGEST: f64 = 9.0;
const GROWTH: f64 = 1.05;

/// All that was measured, in words.
pub fn write(scale: &Scale, rounds: &Rounds, wear: &Wear, parts: &Parts) -> Result<String, Box<dyn Error>> {
    let mut text = vec![
        format!(
            "\nMedians of {} rounds in one desktop, in turn; memory is PSS of all processes. Ours is signed in.\n",
            scale.rounds,
        ),
        line(["", "Spartan Tray", "bare", "ratio", "to reach", ""].map(str::to_owned)),
    ];
    for row in ROWS {
        text.push(row.told(rounds)?);
    }
    text.push(size(parts));
    text.push(format!(
        "\nThe first paint had gamertag and countdown in {} of {} starts: {}",
        rounds.ours.at_once,
        scale.rounds,
        if rounds.ours.at_once == scale.rounds { "reached" } else { "MISSED" },
    ));
    text.push(growth(scale, wear));
    text.push(format!("\nThe executable's sections, in MB: {}.", list(&parts.sections, 8)));
    text.push(format!("Its crates, with what was compiled into them: {}.", list(&parts.crates, 20)));
    Ok(text.join("\n"))
}

fn size(parts: &Parts) -> String {
    line([
        "executable".to_owned(),
        format!("{:.2} MB", parts.ours),
        format!("{:.2} MB", parts.bare),
        format!("{:.2}", parts.ours / parts.bare),
        format!("≤ {LARGEST:.0} MB"),
        verdict(parts.ours, LARGEST).to_owned(),
    ])
}

fn growth(scale: &Scale, wear: &Wear) -> String {
    let (early, late) = (wear.early.all, wear.late.all);
    format!(
        "Hidden after {FIRST} renewals and {FIRST} openings {early:.1} MB, after {} and {} {late:.1} MB: {:+.1} %, \
         to reach at most {:.0} %: {}",
        scale.renewals,
        scale.openings,
        (late / early - 1.0) * 100.0,
        (GROWTH - 1.0) * 100.0,
        verdict(late, early * GROWTH),
    )
}

impl Row {
    fn told(&self, rounds: &Rounds) -> Result<String, Box<dyn Error>> {
        let median = |of| (self.samples)(of).median().ok_or("there was no round");
        let (ours, bare) = (median(&rounds.ours)?, median(&rounds.bare)?);
        let told = |value: f64| format!("{value:.*} {}", self.digits, self.unit);
        let (to_reach, verdict) = match self.target {
            Target::OfBare(ratio) => (format!("≤ {ratio} × bare"), verdict(ours, bare * ratio)),
            Target::AtMost(most) => (format!("≤ {most} {}", self.unit), verdict(ours, most)),
            Target::None => (String::new(), ""),
        };
        let ratio = if bare > 0.0 { format!("{:.2}", ours / bare) } else { String::new() };
        Ok(line([self.what.to_owned(), told(ours), told(bare), ratio, to_reach, verdict.to_owned()]))
    }
}

const fn seconds(what: &'static str, samples: fn(&Measured) -> &Samples) -> Row {
    Row { what, unit: "s", digits: 3, samples, target: Target::None }
}

const fn megabytes(what: &'static str, samples: fn(&Measured) -> &Samples) -> Row {
    Row { what, unit: "MB", digits: 1, samples, target: Target::None }
}

fn verdict(value: f64, most: f64) -> &'static str {
    if value <= most { "reached" } else { "MISSED" }
}

fn list(parts: &[(String, f64)], most: usize) -> String {
    let told = parts.iter().take(most).map(|(name, size)| format!("{name} {size:.2}"));
    told.collect::<Vec<_>>().join(" · ")
}

fn line([what, ours, bare, ratio, to_reach, verdict]: [String; 6]) -> String {
    format!("{what:30}{ours:>16}{bare:>16}{ratio:>8}  {to_reach:16}{verdict}")
}
