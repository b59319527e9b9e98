//! How this program gets administrator rights.

use std::{ffi::OsStr, process::Command};

use crate::process;

/// The source of administrator rights.
#[derive(Clone, Copy, Debug)]
pub enum Rights {
    /// The current user is root.
    Root,
    /// `sudo` asks the person.
    Sudo,
}

impl Rights {
    /// Returns the rights available here, if any.
    pub fn here() -> Option<Self> {
        if process::output(process::program("id").arg("-u")).is_ok_and(|uid| uid.trim() == "0") {
            return Some(Self::Root);
        }
        process::works(process::program("sudo").arg("-V")).then_some(Self::Sudo)
    }

    /// Returns the command `program`, run as an administrator.
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
