//! What the desktop may refuse, in words: what happened, and what to do.

use std::fmt::Display;

use spartan_messages::Problem;

/// Something that the desktop doesn't let the program do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoWebview,
    NoTray,
    NoBrowser,
    NoBrowserForSignIn,
    NoSignInWindow,
    NoClipboard,
    NoQr,
    NoStartAtLogin,
    NotClosed,
    NotSaved,
    NotChanged,
}

impl Refusal {
    /// What happened, and what to do.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Refusal::NoWebview => (
                "Spartan Tray could not open its window.",
                if cfg!(windows) {
                    "Install Microsoft's WebView2 Runtime, then start Spartan Tray again."
                } else if cfg!(target_os = "macos") {
                    "Restart the computer, then start Spartan Tray again."
                } else {
                    "Install WebKitGTK 4.1 (the package is called libwebkit2gtk-4.1-0 or webkit2gtk4.1), make sure that \
                     you are in a graphical session, then start Spartan Tray again."
                },
            ),
            Refusal::NoTray => (
                "This desktop shows no tray icons, so closing the window ends Spartan Tray.",
                "Tokens are not renewed while it is closed; you stay signed in. Close the window once more to end it, or \
                 minimize it. On GNOME, the extension AppIndicator adds a tray.",
            ),
            Refusal::NoBrowser => ("Your browser could not be opened.", "Open the page yourself."),
            Refusal::NoBrowserForSignIn => {
                ("Your browser could not be opened.", "Copy the sign-in link and open it in your browser.")
            }
            Refusal::NoSignInWindow => {
                ("The sign-in window could not be opened.", "Try again, or sign in another way.")
            }
            Refusal::NoClipboard => {
                ("The clipboard could not be reached.", "Another program may be holding it. Try again.")
            }
            Refusal::NoQr => ("The QR code could not be drawn.", "Type the address in."),
            Refusal::NoStartAtLogin => {
                ("Starting at login could not be changed.", "Try again, or change it in your system's own settings.")
            }
            Refusal::NotClosed => ("The window could not be closed.", "Try again."),
            Refusal::NotSaved => (
                "The report could not be saved.",
                "Make room in your downloads folder and try again, or copy the report instead.",
            ),
            Refusal::NotChanged => (
                "Spartan Tray couldn't save your last change, such as a sign-out, before it closed.",
                "Start Spartan Tray again, and look at your accounts.",
            ),
        }
    }

    /// Returns the problem to show if nothing more is known.
    pub(crate) fn problem(self) -> Problem {
        let (message, help) = self.words();
        Problem::new(message, help)
    }

    /// Returns the problem to show, with the system's message in its details.
    pub(crate) fn with(self, error: &dyn Display) -> Problem {
        let details = format!("Spartan Tray {}\ncause: {error}", env!("CARGO_PKG_VERSION"));
        Problem { details, ..self.problem() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Refusal; 11] = [
        Refusal::NoWebview,
        Refusal::NoTray,
        Refusal::NoBrowser,
        Refusal::NoBrowserForSignIn,
        Refusal::NoSignInWindow,
        Refusal::NoClipboard,
        Refusal::NoQr,
        Refusal::NoStartAtLogin,
        Refusal::NotClosed,
        Refusal::NotSaved,
        Refusal::NotChanged,
    ];

    #[test]
    fn each_says_in_sentences_what_happened_and_what_to_do() {
        for refusal in ALL {
            let Problem { message, help, .. } = refusal.problem();
            for words in [message, help] {
                assert!(words.len() >= 10 && words.ends_with('.') && !words.contains("  "), "{refusal:?}: {words}");
            }
        }
    }

    #[test]
    fn what_the_system_said_is_among_the_details_and_not_among_the_words() {
        let problem = Refusal::NotSaved.with(&"ENOSPC");
        assert!(problem.details.contains("cause: ENOSPC"));
        assert!(!problem.to_string().contains("ENOSPC"));
    }
}
