//! The mock services as a program: prints their addresses as one line of JSON, and serves until its input closes.

use std::{env, io, process::ExitCode, str::FromStr, thread, time::Duration};

use jiff::SignedDuration;
use spartan_fakes::{Fakes, Listen, Setup};
use tokio::sync::oneshot;

const USAGE: &str =
    "usage: spartan-fakes [--real-names [--listen ADDRESS]] [--life-LEG SECONDS]... [--poll-interval SECONDS]
    [--clock-ahead SECONDS] [--round-trip-ms MILLISECONDS]
  LEG is code, device, access, user, xbox or halo. It serves until its input closes or it is asked to end.";

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), String> {
    let setup = setup(env::args().skip(1)).map_err(|problem| format!("{problem}\n{USAGE}"))?;
    let asked_to_end = asked_to_end().map_err(|error| format!("The stand-ins cannot be told to end: {error}"))?;
    let fakes = Fakes::try_start(setup).await.map_err(|error| format!("The stand-ins cannot start: {error}"))?;
    let line = serde_json::to_string(fakes.addresses());
    println!("{}", line.map_err(|error| format!("The addresses cannot be written: {error}"))?);
    tokio::select! {
        () = input_closed() => {}
        () = asked_to_end => {}
    }
    Ok(())
}

fn setup(mut words: impl Iterator<Item = String>) -> Result<Setup, String> {
    let mut setup = Setup::default();
    let mut listen = None;
    let mut real_names = false;
    while let Some(word) = words.next() {
        let lives = &mut setup.lives;
        match word.as_str() {
            "--real-names" => real_names = true,
            "--listen" => listen = Some(value(&word, &mut words)?),
            "--clock-ahead" => setup.clock_ahead = SignedDuration::from_secs(value(&word, &mut words)?),
            "--round-trip-ms" => setup.round_trip = Duration::from_millis(value(&word, &mut words)?),
            "--life-code" => lives.code = Duration::from_secs(value(&word, &mut words)?),
            "--poll-interval" => setup.poll_interval = Duration::from_secs(value(&word, &mut words)?),
            "--life-device" => lives.device_code = Duration::from_secs(value(&word, &mut words)?),
            "--life-access" => lives.access = Duration::from_secs(value(&word, &mut words)?),
            "--life-user" => lives.user = Duration::from_secs(value(&word, &mut words)?),
            "--life-xbox" => lives.xsts_xbox = Duration::from_secs(value(&word, &mut words)?),
            "--life-halo" => lives.xsts_halo = Duration::from_secs(value(&word, &mut words)?),
            _ => return Err(format!("{word} is not known.")),
        }
    }
    setup.listen = match (real_names, listen) {
        (true, address) => Listen::RealNames(address.unwrap_or_else(|| ([127, 0, 0, 1], 443).into())),
        (false, None) => Listen::Loopback,
        (false, Some(_)) => return Err("--listen goes with --real-names.".into()),
    };
    Ok(setup)
}

/// Returns the parsed argument of an option.
fn value<T: FromStr>(option: &str, words: &mut impl Iterator<Item = String>) -> Result<T, String> {
    let word = words.next().ok_or_else(|| format!("{option} lacks its value."))?;
    word.parse().map_err(|_| format!("{word} is nothing that {option} takes."))
}

/// Runs on its own thread, because a read that never returns would keep the runtime from shutting down.
async fn input_closed() {
    let (closed, wait) = oneshot::channel();
    thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = closed.send(());
    });
    let _ = wait.await;
}

/// Listens for signals from the moment of the call, so that none is lost once the line has been printed.
#[cfg(unix)]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(windows)]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
