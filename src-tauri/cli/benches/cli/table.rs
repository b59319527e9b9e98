//! The numbers, in a table.

use crate::{
    ROUND_TRIP_MS,
    inside::{AT_ONCE, Measured, ROUNDS},
};

/// What was measured, beside what a script with SPNKr takes.
pub fn of(measured: &Measured) -> String {
    let Measured { valid, keyring, expired, spnkr, at_once, requests } = measured;
    let theirs = (!spnkr.is_empty()).then(|| median(spnkr));
    let mut text = format!(
        "\nMedians of {ROUNDS} processes each, from start to end; a round trip to the services takes {ROUND_TRIP_MS} ms.\n\n"
    );
    text += &row(["", "median", "slowest", "to SPNKr"].map(str::to_owned));
    for (what, times) in [
        ("spartan token, good token", valid),
        ("  of that the keyring", keyring),
        ("spartan token, expired token: renewed", expired),
        ("Python with SPNKr: refresh and print", spnkr),
    ] {
        if !times.is_empty() {
            text += &line(what, median(times), Some(slowest(times)), theirs);
        }
    }
    text += &line(&format!("{AT_ONCE} × spartan token at once, expired token"), *at_once, None, theirs);
    let share = median(keyring) / median(valid) * 100.0;
    let keyring = format!("\nThe keyring is {share:.0} % of what a good token takes. ");
    text + &keyring + &format!("The {AT_ONCE} at once made {requests} requests together.\n")
}

fn line(what: &str, took: f64, slowest: Option<f64>, theirs: Option<f64>) -> String {
    row([
        what.to_owned(),
        format!("{took:.1} ms"),
        slowest.map(|slowest| format!("{slowest:.1} ms")).unwrap_or_default(),
        theirs.map(|theirs| format!("{:.1} %", took / theirs * 100.0)).unwrap_or_default(),
    ])
}

fn row([what, median, slowest, ratio]: [String; 4]) -> String {
    format!("{what:46}{median:>12}{slowest:>12}{ratio:>11}\n")
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn slowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}
