//! Every leg of the chain in every mishap on the network: the step, the remedy, what is stored, what was sent.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

use std::{fmt::Debug, pin::Pin};

use spartan_auth::leg::Leg;

use crate::{
    cell::Checked,
    column::{COLUMNS, Column},
    expiry::{EXPIRIES, LIVES},
    matrix::MATRIX,
    stage::Stage,
};

mod cell;
mod column;
mod expiry;
mod kept;
mod lame;
mod matrix;
mod mishap;
mod right;
#[path = "../wire/run.rs"]
#[expect(dead_code, reason = "the wire tests, which own this file, use more of it")]
mod run;
mod stage;
#[path = "../wire/wire.rs"]
#[expect(dead_code, reason = "the wire tests, which own this file, use more of it")]
mod wire;

type Playing<'a> = Pin<Box<dyn Future<Output = Checked> + Send + 'a>>;

#[tokio::test(flavor = "multi_thread")]
async fn each_leg_comes_out_of_each_mishap_as_the_matrix_says() {
    let cells = |place: usize| MATRIX.iter().map(move |(mishap, comes)| (*mishap, comes[place]));
    let columns = COLUMNS.iter().enumerate().map(|(place, column)| {
        play(column, cells(place), |stage, (mishap, comes)| Box::pin(stage.meets(mishap, comes)))
    });
    no_complaints(columns).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expiry_is_read_in_every_spelling_and_one_that_is_over_costs_no_good_token() {
    let telling = COLUMNS.iter().filter(|column| !matches!(column.leg, Leg::Microsoft | Leg::Clearance));
    let columns = telling
        .map(|column| play(column, EXPIRIES.into_iter(), |stage, (tells, made)| Box::pin(stage.reads(tells, made))));
    no_complaints(columns).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_lives_as_long_as_it_says_within_reason() {
    let telling = COLUMNS.iter().filter(|column| column.leg == Leg::Microsoft);
    let columns = telling
        .map(|column| play(column, LIVES.into_iter(), |stage, (tells, seconds)| Box::pin(stage.lives(tells, seconds))));
    no_complaints(columns).await;
}

/// Tests a column's cells one after the other.
async fn play<T: Copy + Debug>(
    column: &'static Column,
    cells: impl Iterator<Item = T>,
    play: impl Fn(&Stage, T) -> Playing<'_>,
) -> Vec<String> {
    let stage = Stage::new(column).await;
    let mut complaints = Vec::new();
    for cell in cells {
        if let Err(complaint) = play(&stage, cell).await {
            complaints.push(format!("{} × {cell:?}: {complaint}", column.name()));
        }
    }
    complaints
}

/// Tests the columns in parallel.
async fn no_complaints(columns: impl Iterator<Item = impl Future<Output = Vec<String>> + Send + 'static>) {
    let columns: Vec<_> = columns.map(tokio::spawn).collect();
    let mut complaints = Vec::new();
    for column in columns {
        complaints.extend(column.await.unwrap());
    }
    assert!(complaints.is_empty(), "{} cells are not as they should be:\n{}", complaints.len(), complaints.join("\n"));
}
