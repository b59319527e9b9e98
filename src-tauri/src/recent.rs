//! Requests that a person may repeat as fast as they can click: one is sent in a few seconds, and its answer told again.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// The last answer to a question, and when it came.
#[derive(Debug)]
pub(crate) struct Recent<Q, A> {
    last: Mutex<Option<(Q, A, Instant)>>,
}

/// Two requests are further apart.
const PACE: Duration = Duration::from_secs(5);

impl<Q, A> Default for Recent<Q, A> {
    fn default() -> Recent<Q, A> {
        Recent { last: Mutex::default() }
    }
}

impl<Q: PartialEq, A: Clone> Recent<Q, A> {
    /// Asks, one at a time. Whoever asks the same at once gets the same answer; another question waits for its turn.
    pub(crate) async fn ask(&self, question: Q, ask: impl AsyncFnOnce(&Q) -> A) -> A {
        let mut last = self.last.lock().await;
        if let Some((known, answer, at)) = &*last {
            let rest = PACE.saturating_sub(at.elapsed());
            if *known == question && !rest.is_zero() {
                return answer.clone();
            }
            tokio::time::sleep(rest).await;
        }
        let answer = ask(&question).await;
        *last = Some((question, answer.clone(), Instant::now()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn whoever_asks_the_same_at_once_gets_the_same_answer() {
        let (recent, asked) = (Recent::default(), AtomicU32::new(0));
        let ask = async |_: &u8| asked.fetch_add(1, Ordering::SeqCst);
        for _ in 0..30 {
            assert_eq!(recent.ask(1, ask).await, 0);
        }
        let (one, other) = tokio::join!(recent.ask(1, ask), recent.ask(1, ask));
        assert_eq!((one, other, asked.load(Ordering::SeqCst)), (0, 0, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn another_question_waits_for_its_turn() {
        let recent = Recent::default();
        let began = tokio::time::Instant::now();
        for question in 0..3_u8 {
            assert_eq!(recent.ask(question, async |asked| *asked).await, question);
        }
        assert!(began.elapsed() > PACE, "{:?}", began.elapsed());
    }
}
