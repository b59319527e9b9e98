//! The desktop's clipboard, read as another program reads it.

use std::process::Stdio;

use crate::{desktop::Desktop, process::Process};

impl Desktop {
    /// Returns the clipboard's contents, or `None` if nobody owns it.
    pub fn clipboard(&self) -> Option<String> {
        self.ask(&["xclip", "-selection", "clipboard", "-out"]).ok().filter(|text| !text.is_empty())
    }

    /// Copies a text in another program; it can be pasted for as long as that program lives.
    pub fn copy(&self, text: &str) -> Process {
        let mut command = self.command("xclip");
        command.args(["-selection", "clipboard", "-in", "-quiet"]).stdin(Stdio::piped());
        let mut owner = self.run("copied", &mut command);
        owner.feed(text);
        owner
    }
}
