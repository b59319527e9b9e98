//! A network in which every real host name leads to the stand-ins, and nothing else is reached.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde::de::DeserializeOwned;
use spartan_fakes::{Addresses, Endpoint, Kind, Secret};
use tempfile::TempDir;
use url::Url;

use crate::programs;

/// Not a loopback address, because resolvers overlook IPv4 where a machine has none but loopback's: RFC 5737, for
/// documents.
const ADDRESS: &str = "192.0.2.1";

/// How many seconds a program may take: each has waits of its own that nothing else ends.
const LONGEST: &str = "60";

/// Run in namespaces of its own, where it changes nothing outside: the address, the names, then the stand-ins.
const SET_UP: &str = "ip link set lo up && ip address add \"$1/32\" dev lo && mount --bind \"$2\" /etc/hosts \
                      && shift 2 && exec \"$@\"";

/// A network of its own, and the programs on it.
pub struct Network {
    stand_ins: Child,
    addresses: Addresses,
    python: PathBuf,
    // Goes with the network: it holds the names.
    _folder: TempDir,
}

impl Network {
    /// A network, or `None` and a word about it where this machine allows none, as a container or a chroot does. Whatever
    /// else goes wrong is a failure.
    pub fn open(options: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let hosts = folder.path().join("hosts");
        fs::write(&hosts, "").unwrap();
        if let Err(refusal) = is_allowed(&hosts) {
            // Past the test runner, which would keep the words of a test that passes to itself.
            let _ =
                writeln!(io::stderr(), "The reference programs were not run: no network of one's own here. {refusal}");
            return None;
        }
        let python = programs::python().unwrap_or_else(|problem| panic!("{problem}"));
        let (stand_ins, addresses) = start(&hosts, options);
        Some(Self { stand_ins, addresses, python, _folder: folder })
    }

    /// Runs one of the programs beside this file to its end; gives what it printed.
    pub fn run<T: DeserializeOwned>(&self, script: &str, words: &[&str]) -> T {
        let enter = ["nsenter", "--preserve-credentials", "--user", "--net", "--mount", "--target"];
        let authority = &self.addresses.ca_file;
        let output = Command::new("timeout")
            .arg(LONGEST)
            .args(enter)
            .arg(self.stand_ins.id().to_string())
            .arg(&self.python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(script))
            .args(words)
            // The settings of this machine must not lead a program past the network or the authority.
            .env_clear()
            .envs(env::var_os("PATH").map(|path| ("PATH", path)))
            .envs([("SSL_CERT_FILE", authority), ("REQUESTS_CA_BUNDLE", authority)])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script} failed:\n{printed}{complaints}");
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{script}: {error}\n{printed}{complaints}"))
    }

    /// The endpoints that had requests, and how many.
    pub fn counts(&self) -> BTreeMap<Endpoint, u32> {
        let mut counts: BTreeMap<_, _> = self.run("fetch.py", &[&format!("{}/counts", self.addresses.control)]);
        counts.retain(|_, count| *count > 0);
        counts
    }

    /// Every secret so far.
    pub fn issued(&self) -> Issued {
        Issued(self.run("fetch.py", &[&format!("{}/issued", self.addresses.control)]))
    }
}

/// What the stand-ins have issued and were told.
pub struct Issued(Vec<Secret>);

impl Issued {
    /// The secrets of a kind, oldest first.
    pub fn of(&self, kind: Kind) -> Vec<&str> {
        self.0.iter().filter(|secret| secret.kind == kind).map(|secret| secret.value.as_str()).collect()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        // They end with their input.
        drop(self.stand_ins.stdin.take());
        let _ = self.stand_ins.wait();
    }
}

/// Makes the network once with nothing on it; an error is what the machine said.
fn is_allowed(hosts: &Path) -> Result<(), String> {
    let output = apart(hosts).arg("true").output().map_err(|error| format!("unshare: {error}"))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
}

fn start(hosts: &Path, options: &[&str]) -> (Child, Addresses) {
    let mut stand_ins = apart(hosts)
        .arg(env!("CARGO_BIN_EXE_spartan-fakes"))
        .args(["--real-names", "--listen", &format!("{ADDRESS}:443")])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(stand_ins.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let addresses = serde_json::from_str(&line).unwrap_or_else(|error| {
        let mut complaints = String::new();
        let _ = stand_ins.stderr.take().unwrap().read_to_string(&mut complaints);
        panic!("the stand-ins did not start: {error}\n{line}{complaints}")
    });
    fs::write(hosts, names(&addresses)).unwrap();
    (stand_ins, addresses)
}

/// A command that runs what is added to it in namespaces of its own.
fn apart(hosts: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--mount", "sh", "-c", SET_UP, "sh", ADDRESS]).arg(hosts);
    command
}

/// The text of a hosts file.
fn names(addresses: &Addresses) -> String {
    let pages = [&addresses.consumers.authorize, &addresses.live.authorize, &addresses.link];
    let services = [&addresses.user, &addresses.xsts, &addresses.spartan, &addresses.profile];
    let line = |address: &&String| format!("{ADDRESS} {}\n", Url::parse(address).unwrap().host_str().unwrap());
    let names: String = pages.iter().chain(&services).map(line).collect();
    format!("127.0.0.1 localhost\n{names}")
}
