//! How this program becomes an administrator.

use std::{ffi::OsStr, process::Command};

use crate::process;

/// What lets it do what only an administrator may.
#[derive(Clone, Copy, Debug)]
pub enum Rights {
    /// It is run by one.
    Root,
    /// `sudo` asks the person.
    Sudo,
}

impl Rights {
    /// The rights that are to be had here, if any.
    pub fn here() -> Option<Self> {
        if process::output(process::program("id").arg("-u")).is_ok_and(|uid| uid.trim() == "0") {
            return Some(Self::Root);
        }
        process::works(process::program("sudo").arg("-V")).then_some(Self::Sudo)
    }

    /// `program`, to be started as an administrator.
    pub fn command(self, program: impl AsRef<OsStr>) -> Command {
        match self {
            Self::Root => process::program(program),
            Self::Sudo => {
                let mut sudo = process::program("sudo");
                sudo.arg(program);
                sudo
            }
        }
    }
}
