//! `spartan keep` and `spartan watch`: a person's file has fresh tokens, using only this command.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use spartan_fakes::{Endpoint, Kind, Lives};

use crate::machine::{Ended, Machine};

const OTHERS: &str = "# mine\nA=1\nB='x\ny'\n";
/// Long enough for any machine; a test that waits this long has failed.
const TOO_LONG: Duration = Duration::from_secs(60);

fn project(machine: &Machine, name: &str) -> PathBuf {
    let folder = machine.home().canonicalize().unwrap().join("project");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

fn keep(machine: &Machine, arguments: &[&str]) -> Ended {
    Ended::of(&machine.spartan(&[&["keep"], arguments].concat()).output().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_kept_listed_and_stopped() {
    let machine = Machine::signed_in().await;
    let nothing = keep(&machine, &[]);
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(0), ""), "{nothing:?}");
    assert!(nothing.words.contains("no file is kept"), "{nothing:?}");

    let file = project(&machine, ".env");
    fs::write(&file, OTHERS).unwrap();
    let kept = keep(&machine, &[file.to_str().unwrap()]);
    assert_eq!((kept.code, kept.out.as_str()), (Some(0), ""), "{kept:?}");
    let token = machine.succeeds(&["token"]);
    assert!(text(&file).starts_with(OTHERS) && text(&file).contains(token.trim()), "{}", text(&file));
    assert!(!kept.words.contains(token.trim()) && kept.words.contains("contains the tokens of"), "{kept:?}");

    let listed = machine.succeeds(&["keep"]);
    let line = listed.lines().nth(1).unwrap();
    assert!(line.starts_with(file.to_str().unwrap()) && line.contains("dotenv") && line.ends_with("fresh"), "{listed}");
    let status: serde_json::Value = serde_json::from_str(&machine.succeeds(&["status", "--json"])).unwrap();
    assert_eq!(status["kept_files"][0]["state"], "fresh", "{status:#}");
    assert_eq!(status["kept_files"][0]["file"], file.to_str().unwrap());

    let stopped = keep(&machine, &["--stop", file.to_str().unwrap()]);
    assert_eq!((stopped.code, stopped.out.as_str()), (Some(0), ""), "{stopped:?}");
    assert_eq!(text(&file), OTHERS);
    let again = keep(&machine, &["--stop", file.to_str().unwrap()]);
    assert_eq!(again.code, Some(2), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_over_are_listed_as_that() {
    let machine = short_lived(8).await;
    let file = project(&machine, ".env");
    assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
    tokio::time::sleep(Duration::from_secs(9)).await;
    for command in [&["keep"][..], &["status"]] {
        let listed = machine.succeeds(command);
        assert!(listed.contains("holds tokens that have expired") && !listed.contains("fresh"), "{listed}");
    }
    let status: serde_json::Value = serde_json::from_str(&machine.succeeds(&["status", "--json"])).unwrap();
    assert_eq!(status["kept_files"][0]["state"], "expired", "{status:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_files_name_is_taken_from_where_the_command_runs_and_tells_the_format() {
    let machine = Machine::signed_in().await;
    let file = project(&machine, "token.json");
    let mut command = machine.spartan(&["keep", "token.json"]);
    let kept = Ended::of(&command.current_dir(file.parent().unwrap()).output().unwrap());
    assert_eq!(kept.code, Some(0), "{kept:?}");
    let json: serde_json::Value = serde_json::from_str(&text(&file)).unwrap();
    assert!(json["spartan_token"].as_str().unwrap().starts_with("v4="));
    let nameless = keep(&machine, &[project(&machine, "token").to_str().unwrap()]);
    assert_eq!(nameless.code, Some(2), "{nameless:?}");
    assert!(nameless.words.contains("--format"), "{nameless:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_and_what_had_better_be_known_is_said() {
    let machine = Machine::signed_in().await;
    let foreign = project(&machine, "poem.json");
    fs::write(&foreign, "a poem").unwrap();
    let refused = keep(&machine, &[foreign.to_str().unwrap()]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{refused:?}");
    assert!(refused.words.contains("did not write"), "{refused:?}");
    assert_eq!(text(&foreign), "a poem");
    let ours = machine.data().canonicalize().unwrap().join(".env");
    assert_eq!(keep(&machine, &[ours.to_str().unwrap()]).code, Some(2));
    let xbl = keep(&machine, &[project(&machine, "x").to_str().unwrap(), "--format", "xbl-header"]);
    assert_eq!(xbl.code, Some(2), "{xbl:?}");

    #[cfg(unix)]
    {
        let real = project(&machine, "real.env");
        fs::write(&real, OTHERS).unwrap();
        let mode = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs::set_permissions(&real, mode(0o644)).unwrap();
        let link = project(&machine, ".env");
        std::os::unix::fs::symlink("real.env", &link).unwrap();
        let kept = keep(&machine, &[link.to_str().unwrap()]);
        assert_eq!(kept.code, Some(0), "{kept:?}");
        assert!(kept.words.contains(&format!("{} leads to {}", link.display(), real.display())), "{kept:?}");
        assert!(kept.words.contains("mode 644"), "{kept:?}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_turned_keeps_no_token_and_what_stays_is_told() {
    use std::os::unix::fs::symlink;
    let machine = Machine::signed_in().await;
    let (real, other, link) = (project(&machine, "real"), project(&machine, "other"), project(&machine, "l.env"));
    for leave in [vec!["sign-out", "--all"], vec!["keep", "--stop", link.to_str().unwrap()]] {
        machine.sign_in();
        fs::write(&real, OTHERS).unwrap();
        symlink("real", &link).unwrap();
        assert_eq!(keep(&machine, &[link.to_str().unwrap()]).code, Some(0));
        fs::remove_file(&link).unwrap();
        symlink("other", &link).unwrap();
        machine.succeeds(&leave);
        assert_eq!((text(&real).as_str(), other.exists()), (OTHERS, false), "{leave:?}");
        fs::remove_file(&link).unwrap();
    }

    machine.sign_in();
    assert_eq!(keep(&machine, &[real.to_str().unwrap(), "--format", "dotenv"]).code, Some(0));
    let moved = project(&machine, "moved");
    fs::rename(&real, &moved).unwrap();
    symlink("moved", &real).unwrap();
    let signed_out = machine.run(&["sign-out", "--all"]);
    let told = format!("Tokens are still in {}, ", real.display());
    assert!(signed_out.code == Some(1) && signed_out.words.contains(&told), "{signed_out:?}");
    fs::rename(&moved, &real).unwrap();
    machine.succeeds(&["keep", "--stop", real.to_str().unwrap()]);
    assert_eq!(text(&real), OTHERS);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_takes_the_lines_out_and_so_does_removing_everything() {
    let machine = Machine::signed_in().await;
    let file = project(&machine, ".env");
    for leave in [&["sign-out", "--all"][..], &["purge", "--yes"]] {
        machine.sign_in();
        fs::write(&file, OTHERS).unwrap();
        assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
        assert_ne!(text(&file), OTHERS);
        assert!(machine.succeeds(&["purge", "--dry-run"]).contains(file.to_str().unwrap()));
        machine.succeeds(leave);
        assert_eq!(text(&file), OTHERS, "{leave:?}");
    }
}

/// Returns every way to delete a sign-in permanently, on a machine with a token file.
async fn leaving() -> Vec<(Machine, PathBuf, &'static [&'static str])> {
    let mut all = Vec::new();
    for leave in [&["sign-out", "--all"][..], &["purge", "--yes"]] {
        let machine = Machine::signed_in().await;
        let file = project(&machine, ".env");
        fs::write(&file, OTHERS).unwrap();
        assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
        all.push((machine, file, leave));
    }
    all
}

fn spoil(machine: &Machine, from: &str, to: &str) {
    let settings = fs::read_to_string(machine.settings()).unwrap();
    assert!(settings.contains(from));
    fs::write(machine.settings(), settings.replace(from, to)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_not_understood_is_named_and_leaves_no_token_behind() {
    for (from, to) in [("format = \"", "format = \"x"), ("[[keep]]", "[[Keep]]"), ("account = ", "acount = ")] {
        for (machine, file, leave) in leaving().await {
            spoil(&machine, from, to);
            for look in [&["keep"][..], &["status"], leave] {
                let ended = machine.run(look);
                let named = ended.words.contains(&to[..4]) || ended.words.contains("[[keep]] 1");
                let named = named && ended.words.contains(file.to_str().unwrap());
                assert!(ended.code == Some(0) && named, "{look:?}: {ended:?}");
            }
            assert_eq!(text(&file), OTHERS, "{leave:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_tokens_may_stay_no_success_is_reported() {
    for (machine, file, leave) in leaving().await {
        spoil(&machine, "format = \"", "format = \"x");
        let tokens = text(&file).replace("# Kept fresh by Spartan Tray", "# Mine");
        fs::write(&file, &tokens).unwrap();
        let ended = machine.run(leave);
        let told = format!("Tokens may still be in {}", file.display());
        assert!(ended.code == Some(1) && ended.words.contains(&told), "{ended:?}");
        assert_eq!(text(&file), tokens);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_are_no_toml_are_looked_through_and_no_success_is_reported() {
    for (machine, file, leave) in leaving().await {
        spoil(&machine, "[[keep]]", "theme = \n[[keep]]");
        let mut command = machine.spartan(leave);
        let ended = Ended::of(&command.env("SPARTAN_VAULT_KEY_FILE", machine.key_file()).output().unwrap());
        assert!(ended.code != Some(0) && ended.words.contains(file.to_str().unwrap()), "{ended:?}");
        // Purging removes nothing while the settings can't be read.
        let is_purge = leave[0] == "purge";
        assert_eq!((text(&file) == OTHERS, machine.vault().exists()), (!is_purge, is_purge), "{ended:?}");
    }
}

/// `spartan watch` and its output.
struct Watching {
    child: Child,
    said: BufReader<std::process::ChildStderr>,
}

impl Watching {
    fn begin(machine: &Machine, arguments: &[&str]) -> Watching {
        let mut command = machine.spartan(&[&["watch"], arguments].concat());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        Watching { child, said }
    }

    /// Returns the next line that contains this text.
    fn says(&mut self, wanted: &str) -> String {
        let mut all = String::new();
        loop {
            let begin = all.len();
            assert!(self.said.read_line(&mut all).unwrap() > 0, "it never said {wanted}: {all}");
            if all[begin..].contains(wanted) {
                return all[begin..].to_owned();
            }
        }
    }

    #[cfg(unix)]
    fn ends_by(mut self, signal: &str) -> Option<i32> {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns a machine on which a Spartan token has this lifetime.
async fn short_lived(seconds: u64) -> Machine {
    let lives = Lives { xsts_halo: Duration::from_secs(seconds), ..Lives::default() };
    Machine::signed_in_for(lives).await
}

fn until(holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < TOO_LONG, "it never happens");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn watching_renews_writes_the_file_and_runs_the_command_until_it_is_told_to_end() {
    let machine = short_lived(9).await;
    let file = project(&machine, ".env");
    fs::write(&file, OTHERS).unwrap();
    assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
    let ran = project(&machine, "ran");
    let run = format!("echo \"$HALO_SPARTAN_FILE\" >>'{}'", ran.display());
    let mut watching = Watching::begin(&machine, &["--run", &run]);
    let mut seen = BTreeSet::from([text(&file)]);
    for _ in 0..2 {
        watching.says(&format!("wrote {}", file.display()));
        assert!(text(&file).starts_with(OTHERS) && seen.insert(text(&file)), "{seen:?}");
    }
    until(|| fs::read_to_string(&ran).is_ok_and(|ran| ran.lines().count() >= 2));
    assert!(text(&ran).lines().all(|line| line == file.to_str().unwrap()));
    assert_eq!(watching.ends_by("-INT"), Some(130));
    assert!(text(&file).starts_with(OTHERS) && text(&file).contains("HALO_SPARTAN_TOKEN="));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_command_is_told_to_end_with_it() {
    let machine = short_lived(9).await;
    let file = project(&machine, ".env");
    assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
    let (began, ended) = (project(&machine, "began"), project(&machine, "ended"));
    let run = format!(
        "trap 'echo >\"{}\"; exit' TERM; echo >'{}'; while :; do sleep 0.1; done",
        ended.display(),
        began.display()
    );
    let watching = Watching::begin(&machine, &["--run", &run]);
    until(|| began.exists());
    assert_eq!(watching.ends_by("-TERM"), Some(143));
    assert!(ended.exists());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn what_the_command_started_ends_with_it_and_what_does_not_want_to_is_ended() {
    for (trap, patient) in [("", Duration::from_secs(4)), ("trap '' TERM; ", TOO_LONG)] {
        let machine = short_lived(9).await;
        let file = project(&machine, ".env");
        assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
        let beat = project(&machine, "beat");
        let run = format!("({trap}while :; do echo >>'{}'; sleep 0.1; done) & wait", beat.display());
        let watching = Watching::begin(&machine, &["--run", &run]);
        until(|| beat.exists());
        let begun = Instant::now();
        assert_eq!(watching.ends_by("-TERM"), Some(143));
        assert!(begun.elapsed() < patient, "{:?}", begun.elapsed());
        std::thread::sleep(Duration::from_millis(200));
        let last = text(&beat);
        std::thread::sleep(Duration::from_millis(500));
        assert_eq!(text(&beat), last, "{run}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn two_that_watch_renew_once_and_write_the_same() {
    let machine = short_lived(12).await;
    let file = project(&machine, ".env");
    assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
    let before = machine.fakes.count(Endpoint::Spartan);
    let old = text(&file);
    let both = [Watching::begin(&machine, &[]), Watching::begin(&machine, &[])];
    until(|| text(&file) != old);
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(machine.fakes.count(Endpoint::Spartan), before + 1);
    assert!(text(&file).contains(&machine.fakes.last(Kind::Spartan).unwrap()));
    for watching in both {
        assert_eq!(watching.ends_by("-TERM"), Some(143));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_anybody_there_is_nothing_to_watch() {
    let machine = Machine::signed_in().await;
    machine.succeeds(&["sign-out", "--all"]);
    let ended = machine.run(&["watch"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    machine.sign_in();
    let unknown = machine.run(&["watch", "--account", "Nobody"]);
    assert_eq!(unknown.code, Some(5), "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn watching_ends_once_somebody_has_signed_everybody_out() {
    let machine = Machine::signed_in().await;
    let file = project(&machine, ".env");
    assert_eq!(keep(&machine, &[file.to_str().unwrap()]).code, Some(0));
    let mut watching = Watching::begin(&machine, &[]);
    watching.says("is good until");
    machine.succeeds(&["sign-out", "--all"]);
    watching.says("nobody is signed in any longer");
    assert_eq!(watching.child.wait().unwrap().code(), Some(3));
    assert!(!file.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn watching_one_account_ends_once_that_one_is_signed_out_and_says_so() {
    let machine = Machine::signed_in().await;
    machine.sign_in_as("sixpounder@example.com");
    let mut watching = Watching::begin(&machine, &["--account", "Six Pounder 07"]);
    watching.says("is good until");
    machine.succeeds(&["sign-out", "Six Pounder 07"]);
    watching.says("Six Pounder 07 was signed out by another program");
    assert_eq!(watching.child.wait().unwrap().code(), Some(3));
}
