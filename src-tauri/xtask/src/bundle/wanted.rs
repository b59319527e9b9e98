//! What of a bundle can be chosen.

use std::path::PathBuf;

/// Choices of one bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// For which system and processor, as Rust names them; this one where nothing is said.
    pub target: Option<String>,
    /// A file with further settings for Tauri's bundler, such as a certificate.
    pub settings: Option<PathBuf>,
    /// Whether there is to be an `AppImage`.
    pub app_image: AppImage,
}

/// Tauri's bundler makes an `AppImage` with programs that it takes from the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AppImage {
    /// One is made where those programs are here already.
    #[default]
    Offline,
    /// The bundler may fetch them.
    Online,
}

impl Wanted {
    /// Reads the words after `cargo xtask bundle`; `None` where one of them is not understood.
    pub fn parse(words: &[&str]) -> Option<Self> {
        match words {
            [] => Some(Self::default()),
            [rest @ .., "--appimage"] => Some(Self { app_image: AppImage::Online, ..Self::parse(rest)? }),
            [rest @ .., "--target", target] => Some(Self { target: Some((*target).to_owned()), ..Self::parse(rest)? }),
            [rest @ .., "--config", file] => Some(Self { settings: Some(file.into()), ..Self::parse(rest)? }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_fetched_unless_that_was_said() {
        assert_eq!(Wanted::parse(&[]).unwrap().app_image, AppImage::Offline);
        assert_eq!(Wanted::parse(&["--appimage"]).unwrap().app_image, AppImage::Online);
    }

    #[test]
    fn choices_come_in_any_order() {
        let wanted = Wanted::parse(&["--config", "a.json", "--target", "x"]);
        assert_eq!(wanted, Wanted::parse(&["--target", "x", "--config", "a.json"]));
        assert_eq!(wanted.unwrap().target.as_deref(), Some("x"));
    }

    #[test]
    fn a_choice_without_its_value_is_not_understood() {
        assert_eq!(Wanted::parse(&["--target"]), None);
        assert_eq!(Wanted::parse(&["loud"]), None);
    }
}
