//! The stand-ins alone: prints one line of JSON with their addresses, and serves until its input closes.

use std::{env, io, process::ExitCode, thread, time::Duration};

use spartan_fakes::{Fakes, Listen, Setup};
use tokio::sync::oneshot;

const USAGE: &str = "usage: spartan-fakes [--real-names [--listen ADDRESS]] [--life-LEG SECONDS]...
  LEG is code, access, user, xbox or halo. It serves until its input closes or it is asked to end.";

#[tokio::main]
async fn main() -> ExitCode {
    let setup = match setup(env::args().skip(1)) {
        Ok(setup) => setup,
        Err(problem) => return say(&format!("{problem}\n{USAGE}")),
    };
    let fakes = match Fakes::try_start(setup).await {
        Ok(fakes) => fakes,
        Err(error) => return say(&format!("The stand-ins cannot start: {error}")),
    };
    match serde_json::to_string(fakes.addresses()) {
        Ok(line) => println!("{line}"),
        Err(error) => return say(&format!("The addresses cannot be written: {error}")),
    }
    tokio::select! {
        () = input_closed() => {}
        () = asked_to_end() => {}
    }
    ExitCode::SUCCESS
}

fn setup(mut words: impl Iterator<Item = String>) -> Result<Setup, String> {
    let mut setup = Setup::default();
    let mut listen = None;
    let mut real_names = false;
    while let Some(word) = words.next() {
        if word == "--real-names" {
            real_names = true;
            continue;
        }
        let value = words.next().ok_or_else(|| format!("{word} is not known, or lacks its value."))?;
        if word == "--listen" {
            listen = Some(value.parse().map_err(|_| format!("{value} is no address with a port."))?);
            continue;
        }
        let life = match word.as_str() {
            "--life-code" => &mut setup.lives.code,
            "--life-access" => &mut setup.lives.access,
            "--life-user" => &mut setup.lives.user,
            "--life-xbox" => &mut setup.lives.xsts_xbox,
            "--life-halo" => &mut setup.lives.xsts_halo,
            _ => return Err(format!("{word} is not known.")),
        };
        *life = Duration::from_secs(value.parse().map_err(|_| format!("{value} is no number of seconds."))?);
    }
    setup.listen = match (real_names, listen) {
        (true, address) => Listen::RealNames(address.unwrap_or_else(|| ([127, 0, 0, 1], 443).into())),
        (false, None) => Listen::Loopback,
        (false, Some(_)) => return Err("--listen goes with --real-names.".into()),
    };
    Ok(setup)
}

fn say(problem: &str) -> ExitCode {
    eprintln!("{problem}");
    ExitCode::FAILURE
}

/// A thread of its own, because a read that never returns would keep the runtime from ending.
async fn input_closed() {
    let (closed, wait) = oneshot::channel();
    thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = closed.send(());
    });
    let _ = wait.await;
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        },
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}
