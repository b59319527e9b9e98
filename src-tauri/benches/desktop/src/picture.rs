//! The screen as it was when something was waited for in vain.

use std::path::PathBuf;

use crate::desktop::Desktop;

impl Desktop {
    /// Takes a picture into the desktop's folder, which stays after a failure.
    pub fn picture_of_failure(&self) -> PathBuf {
        let file = self.path("log/screen.png");
        if let Err(words) = self.ask(&["import", "-window", "root", &file.to_string_lossy()]) {
            eprintln!("no picture: {words}");
        }
        file
    }
}
