//! Whether memory grows with what a program has done.

use std::error::Error;

use tokio::time::sleep;

use crate::{
    program::{Kind, Stage},
    rounds::SETTLE,
    scale::Scale,
    usage::Memory,
};

/// Memory of the hidden program.
pub struct Wear {
    /// After the first ten renewals and openings.
    pub early: Memory,
    /// After all of them.
    pub late: Memory,
}

/// What the first measurement comes after.
pub const FIRST: u32 = 10;

/// Renews and opens as often as the scale says.
pub async fn measure(stage: &Stage<'_>, scale: &Scale) -> Result<Wear, Box<dyn Error>> {
    let program = stage.start(Kind::Ours, &["--hidden"])?;
    stage.settled(Kind::Ours).await;
    let mut early = None;
    let (mut renewals, mut openings) = (0, 0);
    while renewals < scale.renewals || openings < scale.openings {
        if openings < scale.openings {
            stage.click(Kind::Ours).await?;
            stage.close(Kind::Ours, &program).await?;
            openings += 1;
        }
        // Evenly between the openings, but for the first ten of both.
        let due = if openings <= FIRST { openings } else { scale.renewals * openings / scale.openings };
        while renewals < due {
            stage.renew().await;
            renewals += 1;
        }
        if openings == FIRST && early.is_none() {
            sleep(SETTLE).await;
            early = Some(Memory::of(program.pid())?);
        }
    }
    sleep(SETTLE).await;
    let late = Memory::of(program.pid())?;
    stage.end(program).await;
    Ok(Wear { early: early.ok_or("there were fewer than ten openings")?, late })
}
