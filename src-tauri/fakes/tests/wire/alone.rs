//! The binary on its own.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, Command, Stdio},
};

use spartan_fakes::Addresses;

#[test]
fn it_prints_one_line_and_ends_when_its_input_closes() {
    let mut child =
        started(&["--life-halo", "5", "--life-device", "60", "--poll-interval", "1", "--round-trip-ms", "50"]);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let addresses: Addresses = serde_json::from_str(&line).unwrap();
    assert!(addresses.ca_file.is_file() && addresses.control.starts_with("http://127.0.0.1:"));

    drop(child.stdin.take());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert!(child.wait().unwrap().success());
    assert!(!addresses.ca_file.exists(), "the folder goes with the process");
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_asked_to() {
    use std::{
        thread::sleep,
        time::{Duration, Instant},
    };

    let mut child = started(&[]);
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let addresses: Addresses = serde_json::from_str(&line).unwrap();
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(asked.success());
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(5), "it goes on");
        sleep(Duration::from_millis(20));
    }
    assert!(!addresses.ca_file.exists());
}

#[test]
fn it_says_what_it_does_not_understand() {
    for words in [&["--life-moon", "5"][..], &["--life-halo"], &["--life-halo", "long"], &["--listen", "127.0.0.1:1"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_spartan-fakes")).args(words).output().unwrap();
        assert!(!output.status.success() && output.stdout.is_empty());
        assert!(String::from_utf8(output.stderr).unwrap().contains("usage: spartan-fakes"));
    }
}

fn started(words: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_spartan-fakes"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}
