//! Searches for secrets where there mustn't be any.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

/// A place that was searched, and its contents.
#[derive(Clone)]
pub struct Place {
    /// Where it is, for the failure's message.
    pub name: String,
    /// The contents.
    pub content: String,
}

/// Returns every file below a folder. Secrets are ASCII, so they can be found even in binary files.
pub fn files(folder: &Path) -> Vec<Place> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.flat_map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => files(&entry.path()),
        Ok(kind) if kind.is_file() => vec![place(&entry.path())],
        _ => Vec::new(),
    });
    paths.collect()
}

/// Returns the arguments of every process on this machine.
pub fn arguments() -> Vec<Place> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let is_process = |name: &std::ffi::OsStr| name.to_string_lossy().bytes().all(|byte| byte.is_ascii_digit());
    entries.filter(|entry| is_process(&entry.file_name())).map(|entry| place(&entry.path().join("cmdline"))).collect()
}

/// Returns where each secret was found, in any encoding; empty if all is well.
pub fn found(secrets: &[(String, String)], paths: &[Place]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, secret) in secrets {
        let disguises = disguises(secret);
        let holds = |place: &&Place| disguises.iter().any(|disguise| place.content.contains(disguise));
        found.extend(paths.iter().filter(holds).map(|place| format!("{name} in {}", place.name)));
    }
    found
}

fn place(file: &Path) -> Place {
    // A file that no longer exists contains nothing.
    let content = fs::read(file).unwrap_or_default();
    Place { name: file.display().to_string(), content: String::from_utf8_lossy(&content).into_owned() }
}

/// Returns the secret as it is, percent-encoded, and as base64 at any offset within what was encoded.
fn disguises(secret: &str) -> Vec<String> {
    let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let mut disguises = vec![secret.to_owned(), percent];
    for shift in 0..3 {
        let shifted = [&[0; 3][..shift], secret.as_bytes()].concat();
        // Six bits a letter: the first letters hold the shift as well, the last one may hold what follows.
        let (first, last) = ((shift * 8).div_ceil(6), shifted.len() * 8 / 6);
        disguises.push(STANDARD_NO_PAD.encode(&shifted)[first..last].to_owned());
        disguises.push(URL_SAFE_NO_PAD.encode(&shifted)[first..last].to_owned());
    }
    disguises
}

#[test]
fn a_secret_is_found_in_each_of_its_disguises() {
    let secret = "v4=eyJ?ab>cd~ef/gh+ij";
    let secrets = [("a token".to_owned(), secret.to_owned())];
    let seen = |content: String| !found(&secrets, &[Place { name: String::new(), content }]).is_empty();

    assert!(seen(format!("{{\"token\":\"{secret}\"}}")));
    assert!(seen("token=v4%3DeyJ%3Fab%3Ecd%7Eef%2Fgh%2Bij&more".to_owned()));
    for before in ["", "x", "xy"] {
        let text = format!("{before}{secret}zz");
        assert!(seen(STANDARD_NO_PAD.encode(&text)) && seen(URL_SAFE_NO_PAD.encode(&text)), "{before}");
    }
    assert!(!seen("v4=eyJ?ab".to_owned()));
}

#[test]
fn a_secret_is_found_in_a_nested_file_and_in_the_arguments_of_a_process() {
    let secrets = [("a token".to_owned(), format!("hush-{}", std::process::id()))];
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fs::create_dir_all(folder.path().join("a/.b")).expect("a folder can be made");
    fs::write(folder.path().join("a/.b/c"), [b"\xff\0", secrets[0].1.as_bytes(), b"\xfe"].concat())
        .expect("it is written");
    assert_eq!(found(&secrets, &files(folder.path())).len(), 1);

    assert_eq!(found(&secrets, &arguments()), Vec::<String>::new());
    let mut cat = Command::new("cat");
    let mut reader =
        cat.args(["-", &secrets[0].1]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("cat starts");
    // A process that has only just been started shows no arguments yet; one that answers does.
    reader.stdin.as_mut().expect("it is piped").write_all(b"x").expect("cat listens");
    reader.stdout.as_mut().expect("it is piped").read_exact(&mut [0]).expect("cat answers");
    assert_eq!(found(&secrets, &arguments()).len(), 1);
    reader.kill().and_then(|()| reader.wait()).expect("cat ends");
}
