//! Replacing the process with another command.

use std::process::Stdio;

use spartan_auth::jiff::SignedDuration;
use spartan_fakes::{Endpoint, Fakes, Fault, Kind, Setup, Times};

use crate::{
    keyring, sealed,
    spartan::{Ran, Spartan, Waiting},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_command_has_the_tokens_in_its_environment_and_in_no_argument() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let token = fakes.last(Kind::Spartan).unwrap();
    let print = "echo $HALO_SPARTAN_TOKEN; test -n \"$HALO_CLEARANCE_TOKEN\"; tr '\\0' ' ' < /proc/$$/cmdline";
    let out = spartan.run(&["exec", "--", "sh", "-c", print]).done();
    assert_eq!(out.matches(&token).count(), 1, "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_exit_code_and_its_signal_are_the_commands_own() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let code = |words: &[&str]| -> i32 {
        let ran: Ran = spartan.bare(&[&["exec", "--"], words].concat()).output().unwrap().into();
        ran.code
    };
    assert_eq!(code(&["sh", "-c", "exit 7"]), 7);
    assert_eq!(code(&["sh", "-c", "kill -9 $$"]), -9);
    assert_eq!(code(&["nothing-of-that-name"]), 127);
    assert_eq!(code(&["/etc/passwd"]), 126);
    assert_eq!(code(&["sh", "-c", "trap 'exit 9' PIPE; kill -PIPE $$; exit 1"]), 9, "signals are as they were");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_not_there_is_told_from_one_that_nothing_can_run() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    for missing in ["/no/such/command", "./no-such-command", "no-such-command"] {
        let refused = spartan.run(&["exec", "--", missing]).refused(127);
        assert!(refused.contains(&format!("There's no command \"{missing}\"")), "{refused}");
    }
    desktop.install("orphan", "#!/no/such/interpreter\n");
    let whole = desktop.path("bin/orphan").display().to_string();
    for script in ["orphan", "bin/orphan", &whole] {
        let refused = spartan.run(&["exec", "--", script]).refused(126);
        assert!(refused.contains(&format!("\"{script}\" exists")), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_the_same_process_afterwards() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let mut command = spartan.bare(&["exec", "--", "sh", "-c", "echo $$; ulimit -c"]);
    let child = command.stdout(Stdio::piped()).spawn().unwrap();
    let pid = child.id();
    let ran: Ran = child.wait_with_output().unwrap().into();
    let limit = spartan.shell("ulimit -c").done();
    assert_eq!(ran.out, format!("{pid}\n{limit}"), "its limits are the person's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_nothing_is_run() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    spartan.run(&["exec", "--", "touch", "ran"]).refused(3);
    assert!(!desktop.path("ran").exists());
    assert_eq!(spartan.run(&["exec"]).code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_or_being_told_to_end_while_it_renews_has_its_own_code_and_runs_nothing() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    fakes.fail(Endpoint::Spartan, Fault::Hang, Times::Always);
    sealed::let_spartan_tokens_have(&desktop, SignedDuration::ZERO);
    let before = fakes.count(Endpoint::Spartan);
    for (times, signal, code) in [(1, "INT", 130), (2, "TERM", 143)] {
        let waiting = Waiting::start(&mut spartan.bare(&["exec", "--", "touch", "ran"]));
        desktop.until("a renewal", async || (fakes.count(Endpoint::Spartan) >= before + times).then_some(())).await;
        waiting.signal(signal);
        let ran = waiting.end();
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (code, "", ""));
    }
    assert!(!desktop.path("ran").exists());
}
