//! A network in which every real host name leads to the stand-ins, and nothing else is reached.

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
    stand_ins: StandIns,
    python: PathBuf,
    // Goes with the network: it holds the names.
    _folder: TempDir,
}

impl Network {
    /// A network with the stand-ins on it, which `program` plays; an error is what this machine said where it allows
    /// none, as a container or a chroot does. Whatever else goes wrong is a panic.
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

    /// Where everything is.
    pub fn addresses(&self) -> &Addresses {
        &self.stand_ins.addresses
    }

    /// Runs a script to its end, one beside this file or at a path of its own; gives what it printed.
    pub fn python<T: DeserializeOwned>(&self, script: impl AsRef<Path>, words: &[&str]) -> T {
        let script = Path::new(programs::FOLDER).join(script);
        self.run(&self.python, &[&[script.to_str().unwrap()], words].concat())
    }

    /// Runs a program to its end; gives what it printed.
    pub fn run<T: DeserializeOwned>(&self, program: &Path, words: &[&str]) -> T {
        let enter = ["nsenter", "--preserve-credentials", "--user", "--net", "--mount", "--target"];
        let authority = &self.addresses().ca_file;
        let output = Command::new("timeout")
            .arg(LONGEST)
            .args(enter)
            .arg(self.stand_ins.id().to_string())
            .arg(program)
            .args(words)
            // The settings of this machine must not lead a program past the network or the authority.
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

/// Makes the network once with nothing on it; an error is what the machine said.
fn is_allowed(hosts: &Path) -> Result<(), String> {
    let output = apart(hosts).arg("true").output().map_err(|error| format!("unshare: {error}"))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
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
