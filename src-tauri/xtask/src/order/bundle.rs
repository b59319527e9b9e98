//! The options of `cargo xtask bundle`.

use std::path::PathBuf;

/// What to bundle, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The system and processor, as Rust names them; this machine's if there is none.
    pub target: Option<String>,
    /// A file with further settings for Tauri's bundler, such as a certificate.
    pub settings: Option<PathBuf>,
    /// Whether to create an `AppImage`.
    pub app_image: AppImage,
}

/// How Tauri's bundler gets the programs that create an `AppImage`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AppImage {
    /// Create one only if those programs are already here.
    #[default]
    Offline,
    /// Allow it to download them.
    Online,
}

impl Bundle {
    /// Parses the arguments of `cargo xtask bundle`; `None` if one of them isn't valid.
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
        assert_eq!(Bundle::parse(&[]).unwrap().app_image, AppImage::Offline);
        assert_eq!(Bundle::parse(&["--appimage"]).unwrap().app_image, AppImage::Online);
    }

    #[test]
    fn choices_come_in_any_order() {
        let wanted = Bundle::parse(&["--config", "a.json", "--target", "x"]);
        assert_eq!(wanted, Bundle::parse(&["--target", "x", "--config", "a.json"]));
        assert_eq!(wanted.unwrap().target.as_deref(), Some("x"));
    }

    #[test]
    fn a_choice_without_its_value_is_not_understood() {
        assert_eq!(Bundle::parse(&["--target"]), None);
        assert_eq!(Bundle::parse(&["loud"]), None);
    }
}
