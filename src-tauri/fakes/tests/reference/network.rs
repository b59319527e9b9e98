//! A network in which every real host name leads to the mock services, and nothing else can be reached.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::de::DeserializeOwned;
use spartan_fakes::Addresses;
use tempfile::TempDir;
use url::Url;

use crate::{programs, stand_ins::StandIns};

/// Not a loopback address, because resolvers ignore IPv4 if a machine only has loopback's. Reserved for documentation
/// by RFC 5737.
const ADDRESS: &str = "192.0.2.1";

/// The time limit of a program, in seconds: each has its own waits that nothing else ends.
const LONGEST: &str = "60";

/// Runs in separate namespaces, so that it changes nothing outside: sets up the address and the names, then starts the
/// mock services.
const SET_UP: &str = "ip link set lo up && ip address add \"$1/32\" dev lo && mount --bind \"$2\" /etc/hosts \
                      && shift 2 && exec \"$@\"";

/// A separate network and the programs on it.
pub struct Network {
    stand_ins: StandIns,
    python: PathBuf,
    // Deleted with the network; it contains the host names.
    _folder: TempDir,
}

impl Network {
    /// Returns a network with the mock services, run by `program`. Fails with this machine's message if it doesn't
    /// allow a network, as in a container or a chroot. Panics on any other error.
    pub fn open(program: &Path, options: &[impl AsRef<OsStr>]) -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let hosts = folder.path().join("hosts");
        fs::write(&hosts, "").unwrap();
        is_allowed(&hosts)?;
        let python = programs::python().unwrap_or_else(|problem| panic!("{problem}"));
        let listen = ["--real-names", "--listen", &format!("{ADDRESS}:443")];
        let stand_ins = StandIns::start(apart(&hosts).arg(program).args(listen).args(options));
        fs::write(&hosts, names(&stand_ins.addresses)).unwrap();
        Ok(Self { stand_ins, python, _folder: folder })
    }

    /// Returns the address of every service.
    pub fn addresses(&self) -> &Addresses {
        &self.stand_ins.addresses
    }

    /// Runs a script to its end, one beside this file or at its own path, and returns its output.
    pub fn python<T: DeserializeOwned>(&self, script: impl AsRef<Path>, words: &[&str]) -> T {
        let script = Path::new(programs::FOLDER).join(script);
        self.run(&self.python, &[&[script.to_str().unwrap()], words].concat())
    }

    /// Runs a program to its end, and returns its output.
    pub fn run<T: DeserializeOwned>(&self, program: &Path, words: &[&str]) -> T {
        let enter = ["nsenter", "--preserve-credentials", "--user", "--net", "--mount", "--target"];
        let authority = &self.addresses().ca_file;
        let output = Command::new("timeout")
            .arg(LONGEST)
            .args(enter)
            .arg(self.stand_ins.id().to_string())
            .arg(program)
            .args(words)
            // This machine's settings must not lead a program past the network or the authority.
            .env_clear()
            .envs(env::var_os("PATH").map(|path| ("PATH", path)))
            .envs([("SSL_CERT_FILE", authority), ("REQUESTS_CA_BUNDLE", authority)])
            .envs([("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONPATH", programs::FOLDER)])
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?} failed:\n{printed}{complaints}");
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{words:?}: {error}\n{printed}{complaints}"))
    }
}

/// Creates the network once with nothing on it. Fails with the machine's message.
fn is_allowed(hosts: &Path) -> Result<(), String> {
    let output = apart(hosts).arg("true").output().map_err(|error| format!("unshare: {error}"))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
}

/// Returns a command that runs its arguments in separate namespaces.
fn apart(hosts: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--mount", "sh", "-c", SET_UP, "sh", ADDRESS]).arg(hosts);
    command
}

/// Returns the text of a hosts file.
fn names(addresses: &Addresses) -> String {
    let pages = [&addresses.consumers.authorize, &addresses.live.authorize, &addresses.link];
    let services = [&addresses.user, &addresses.xsts, &addresses.spartan, &addresses.profile];
    let line = |address: &&String| format!("{ADDRESS} {}\n", Url::parse(address).unwrap().host_str().unwrap());
    let names: String = pages.iter().chain(&services).map(line).collect();
    format!("127.0.0.1 localhost\n{names}")
}
