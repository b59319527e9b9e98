//! What is measured of each program, over and over.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::{
    numbers::Samples,
    program::{Kind, Stage},
    usage::{Memory, Work},
};

/// All rounds of both programs.
#[derive(Default)]
pub struct Rounds {
    pub ours: Measured,
    pub bare: Measured,
}

/// What one program measured: seconds, and MB.
#[derive(Default)]
pub struct Measured {
    pub start_to_window: Samples,
    pub start_to_page: Samples,
    /// How many starts had in their first paint what the program is there for.
    pub at_once: usize,
    pub with_window: Samples,
    pub started_hidden: Samples,
    pub hidden_again: Samples,
    pub hidden_again_own: Samples,
    pub hidden_again_anonymous: Samples,
    pub click_to_window: Samples,
    pub click_to_page: Samples,
    /// In ten minutes.
    pub processor: Samples,
    /// In a second.
    pub wakes: Samples,
}

/// What a program does once after it started or opened a window is done by then.
pub const SETTLE: Duration = Duration::from_secs(5);

/// How often the icon is clicked in a round.
const CLICKS: usize = 3;

impl Rounds {
    /// One more round: a start with a window, which closes and comes back, and one without.
    pub async fn add(&mut self, stage: &Stage<'_>, kind: Kind) -> Result<(), Box<dyn Error>> {
        let measured = self.of(kind);
        let start = Instant::now();
        let program = stage.start(kind, &[])?;
        let seen = stage.seen(kind, start).await?;
        measured.start_to_window.add(seen.visible);
        measured.start_to_page.add(seen.drawn);
        measured.at_once += usize::from(seen.at_once);
        stage.settled(kind).await;
        sleep(SETTLE).await;
        measured.with_window.add(Memory::of(program.pid())?.all);

        stage.close(kind, &program).await?;
        sleep(SETTLE).await;
        let memory = Memory::of(program.pid())?;
        measured.hidden_again.add(memory.all);
        measured.hidden_again_own.add(memory.own);
        measured.hidden_again_anonymous.add(memory.own_anonymous);

        for _ in 0..CLICKS {
            let seen = stage.click(kind).await?;
            measured.click_to_window.add(seen.visible);
            measured.click_to_page.add(seen.drawn);
            stage.close(kind, &program).await?;
        }
        stage.end(program).await;

        let program = stage.start(kind, &["--hidden"])?;
        stage.settled(kind).await;
        sleep(SETTLE).await;
        measured.started_hidden.add(Memory::of(program.pid())?.all);
        stage.end(program).await;
        Ok(())
    }

    /// Watches a program that is hidden after it had a window.
    pub async fn idle(&mut self, stage: &Stage<'_>, kind: Kind, time: Duration) -> Result<(), Box<dyn Error>> {
        let program = stage.start(kind, &[])?;
        stage.seen(kind, Instant::now()).await?;
        stage.settled(kind).await;
        stage.close(kind, &program).await?;
        sleep(SETTLE).await;
        let (start, before) = (Instant::now(), Work::of(program.pid())?);
        sleep(time).await;
        let (processor, wakes) = Work::of(program.pid())?.since(&before);
        let seconds = start.elapsed().as_secs_f64();
        let measured = self.of(kind);
        measured.processor.add(processor / seconds * 600.0);
        measured.wakes.add(wakes / seconds);
        stage.end(program).await;
        Ok(())
    }

    const fn of(&mut self, kind: Kind) -> &mut Measured {
        match kind {
            Kind::Ours => &mut self.ours,
            Kind::Bare => &mut self.bare,
        }
    }
}
