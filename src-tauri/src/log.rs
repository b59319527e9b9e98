//! The log: our own crates only, in one file that is begun anew when it grows.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
    sync::Mutex,
};

use spartan_auth::{
    files::{self, Files, RealFiles},
    places::Places,
};
use tracing::Level;
use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt};

/// A file that is larger than this at a start is begun anew, in bytes.
const LARGEST: u64 = 1 << 20;

/// Begins to log. `RUST_LOG` has no effect: nobody can make it say more than it should.
pub(crate) fn begin(places: &Places) -> io::Result<()> {
    let file = open(&places.log().join("spartan-tray.log"))?;
    let ours = Targets::new().with_target("spartan_auth", Level::INFO).with_target("spartan_tray", Level::INFO);
    let lines = fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
    registry().with(ours).with(lines).try_init().map_err(io::Error::other)
}

fn open(path: &Path) -> io::Result<File> {
    RealFiles.make_folder(path.parent().unwrap_or(Path::new(".")))?;
    let file = files::owners_alone(OpenOptions::new().create(true).append(true)).open(path)?;
    if file.metadata()?.len() > LARGEST {
        file.set_len(0)?;
    }
    Ok(file)
}
