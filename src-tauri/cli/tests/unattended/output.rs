//! `--output`: a person's file gets tokens once, and stays as it was if there are none or it can't be written.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use crate::machine::{Ended, Machine, all};

const MINE: &str = "MINE=1\n";

/// Returns a file that others can read, in a project's folder.
fn project(machine: &Machine, name: &str) -> PathBuf {
    let folder = machine.home().canonicalize().unwrap().join("project");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), MINE).unwrap();
    fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o644)).unwrap();
    folder.join(name)
}

fn mode(file: &Path) -> u32 {
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread")]
async fn a_env_has_the_tokens_beside_a_persons_own_lines_and_nobody_else_reads_it() {
    let machine = Machine::signed_in().await;
    let file = project(&machine, ".env");
    let mut command = machine.spartan(&["env", "--output", ".env"]);
    let ended = Ended::of(&command.current_dir(file.parent().unwrap()).output().unwrap());
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.words.contains("Others could open") && ended.words.contains("mode 644"), "{ended:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{MINE}{}", machine.succeeds(&["env"])));
    assert_eq!(mode(&file), 0o600);
    assert_eq!(machine.succeeds(&["env", "--output", file.to_str().unwrap()]), "");
    assert!(!machine.succeeds(&["keep"]).contains(".env"), "it is not kept fresh");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_command_writes_what_it_would_print_and_replaces_nothing_of_a_persons() {
    let machine = Machine::signed_in().await;
    for words in [&["env", "--shell", "posix"][..], &["token"], &["token", "--format", "python"]] {
        let file = project(&machine, "file");
        let to_file = [words, &["--output", file.to_str().unwrap()]].concat();
        let refused = machine.run(&to_file);
        assert_eq!((refused.code, fs::read_to_string(&file).unwrap().as_str()), (Some(2), MINE), "{refused:?}");
        assert!(refused.words.contains("did not write"), "{refused:?}");
        fs::remove_file(&file).unwrap();
        machine.succeeds(&to_file);
        assert_eq!((fs::read_to_string(&file).unwrap(), mode(&file)), (machine.succeeds(words), 0o600));
    }
    let both = machine.run(&["token", "--show", "--output", "file"]);
    assert_eq!(both.code, Some(2), "{both:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_the_file_stays_as_it_was() {
    let machine = Machine::new().await;
    machine.succeeds(&["vault", "init", "--key-file", machine.key_file().to_str().unwrap()]);
    let file = project(&machine, ".env");
    let before = all(file.parent().unwrap());
    for words in [&["env"][..], &["token"], &["token", "--format", "python"]] {
        let ended = machine.run(&[words, &["--output", file.to_str().unwrap()]].concat());
        assert_eq!((ended.code, ended.out.as_str()), (Some(3), ""), "{ended:?}");
    }
    assert_eq!((all(file.parent().unwrap()), mode(&file)), (before, 0o644));
}

/// Mounts over the shell's current folder, and enters it again.
const FULL: &str = "mount -t tmpfs -o size=4k full \"$PWD\" && cd \"$PWD\" && printf 'MINE=1\\n' > .env";
const READ_ONLY: &str =
    "printf 'MINE=1\\n' > .env && mount --bind \"$PWD\" \"$PWD\" && mount -o remount,bind,ro \"$PWD\" && cd \"$PWD\"";

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_written_the_file_stays_and_no_token_lies_about() {
    let machine = Machine::signed_in().await;
    let folder = project(&machine, "unused").parent().unwrap().to_owned();
    for mounts in [FULL, READ_ONLY] {
        let line =
            format!("{mounts} && {{ \"$SPARTAN\" env --output .env; echo $?; cat .env; grep -r v4= . || true; }}");
        let mut command = machine.anything("unshare");
        command.args(["--user", "--map-current-user", "--mount", "--keep-caps", "sh", "-c", &line]);
        command.env("SPARTAN", env!("CARGO_BIN_EXE_spartan")).current_dir(&folder);
        let ended = Ended::of(&command.output().unwrap());
        if ended.words.starts_with("unshare:") || ended.words.starts_with("mount:") {
            return println!("not checked: no mounts of one's own here: {}", ended.words);
        }
        assert_eq!(ended.out, format!("1\n{MINE}"), "{ended:?}");
        assert!(ended.words.contains("cannot be read or written") && !ended.words.contains("by itself"), "{ended:?}");
    }
}
