//! A connection as slow as one to a real service: everything arrives later, and nothing else changes.

use std::{
    io, thread,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, duplex, split},
    sync::mpsc,
    task::spawn_blocking,
};

/// Enough space for all data of one round trip: a full buffer would block the writer.
const ROOM: usize = 1 << 20;
const CHUNK: usize = 1 << 16;

/// Puts a connection with this round trip in front of an accepted stream. Returns its near end and the future that
/// carries the data; the future completes once the near end is closed and all data has arrived.
pub(crate) fn lengthened<S>(far: S, round_trip: Duration) -> (DuplexStream, impl Future<Output = ()> + Send)
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    // A loopback connection opens instantly; over a real one, no data flows before the first round trip.
    let opened = Instant::now() + round_trip;
    let (near, inner) = duplex(ROOM);
    let ((from_far, to_far), (from_near, to_near)) = (split(far), split(inner));
    let inward = carry(from_far, to_near, opened, round_trip / 2);
    let outward = carry(from_near, to_far, opened, round_trip / 2);
    let work = async move {
        tokio::select! {
            _ = outward => {}
            // A client that has finished sending can still receive an answer.
            () = async { let _ = inward.await; std::future::pending().await } => {}
        }
    };
    (near, work)
}

/// Carries all data in one direction, each chunk with its own delay. The delay of data that arrives before `opened`
/// counts from `opened`.
async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    opened: Instant,
    takes: Duration,
) -> io::Result<()> {
    let (put, mut under_way) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let listen = async move {
        let mut chunk = vec![0; CHUNK];
        loop {
            // A broken connection ends like a closed one.
            let length = from.read(&mut chunk).await.unwrap_or_default();
            let due = Instant::now().max(opened) + takes;
            if put.send((due, chunk[..length].to_vec())).is_err() || length == 0 {
                return Ok(());
            }
        }
    };
    let deliver = async move {
        while let Some((due, chunk)) = under_way.recv().await {
            until(due).await?;
            if chunk.is_empty() {
                return to.shutdown().await;
            }
            to.write_all(&chunk).await?;
        }
        Ok(())
    };
    tokio::try_join!(listen, deliver).map(|_| ())
}

/// Sleeps on a thread, because a runtime's own timers are late by a millisecond or two and a chain crosses the
/// connection often.
async fn until(due: Instant) -> io::Result<()> {
    let left = due.saturating_duration_since(Instant::now());
    if !left.is_zero() {
        spawn_blocking(move || thread::sleep(left)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUND_TRIP: Duration = Duration::from_millis(60);

    #[tokio::test]
    async fn a_first_answer_takes_two_round_trips_and_a_second_one_more() {
        let began = Instant::now();
        let (mut client, work) = echoed();
        tokio::spawn(work);
        for trips in [2, 3, 4] {
            client.write_all(b"?").await.unwrap();
            client.read_u8().await.unwrap();
            assert!(began.elapsed() >= ROUND_TRIP * trips, "{trips}: {:?}", began.elapsed());
        }
    }

    #[tokio::test]
    async fn everything_arrives_in_order_up_to_the_end() {
        let (mut client, work) = echoed();
        tokio::spawn(work);
        let sent: Vec<u8> = (0..300_000_u32).flat_map(u32::to_be_bytes).collect();
        let (mut from, mut to) = split(&mut client);
        let say = async {
            for part in sent.chunks(7_777) {
                to.write_all(part).await.unwrap();
            }
            to.shutdown().await.unwrap();
        };
        let mut came = Vec::new();
        let ((), heard) = tokio::join!(say, from.read_to_end(&mut came));
        heard.unwrap();
        assert_eq!(came, sent);
    }

    #[tokio::test]
    async fn the_line_ends_with_its_near_end() {
        let (mut client, far) = duplex(ROOM);
        let (near, work) = lengthened(far, ROUND_TRIP);
        drop(near);
        work.await;
        assert_eq!(client.read(&mut [0]).await.unwrap(), 0);
    }

    /// Returns the client's end of a connection whose other end echoes everything.
    fn echoed() -> (DuplexStream, impl Future<Output = ()> + Send) {
        let (client, far) = duplex(ROOM);
        let (near, work) = lengthened(far, ROUND_TRIP);
        let echo = async move {
            let (mut from, mut to) = split(near);
            tokio::io::copy(&mut from, &mut to).await.unwrap();
            to.shutdown().await.unwrap();
        };
        (client, async move {
            tokio::join!(work, echo);
        })
    }
}
