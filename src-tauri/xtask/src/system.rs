//! The operating system, as far as installing packages is concerned.

/// How to install packages on this system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Debian and its derivatives: this program installs the packages.
    Debian,
    /// Ubuntu and its derivatives: the same, but its Chromium is a snap, which doesn't run in a container.
    Ubuntu,
    /// Another system: the person installs what this text names.
    Other(&'static str),
}

const FEDORA: &str = "  sudo dnf install gcc pkgconf-pkg-config webkit2gtk4.1-devel dbus-devel";
const ARCH: &str = "  sudo pacman -S --needed gcc pkgconf webkit2gtk-4.1 dbus";
const SUSE: &str = "  sudo zypper install gcc pkg-config webkit2gtk3-devel dbus-1-devel";
const LINUX: &str = "  a C compiler, pkg-config, and the development files of WebKitGTK 4.1 and D-Bus";
const MACOS: &str = "  xcode-select --install";
const WINDOWS: &str = "  the C++ build tools of Visual Studio, and WebView2 (part of Windows 11)";

impl System {
    /// Returns the system this runs on.
    pub fn here() -> Self {
        match std::env::consts::OS {
            "windows" => Self::Other(WINDOWS),
            "macos" => Self::Other(MACOS),
            _ => Self::of(&std::fs::read_to_string("/etc/os-release").unwrap_or_default()),
        }
    }

    /// Returns the Linux system that this text of `/etc/os-release` describes.
    fn of(os_release: &str) -> Self {
        let names = [value(os_release, "ID"), value(os_release, "ID_LIKE")].join(" ");
        let first = names.split_whitespace().find_map(|name| match name {
            "debian" => Some(Self::Debian),
            "ubuntu" => Some(Self::Ubuntu),
            "fedora" | "rhel" => Some(Self::Other(FEDORA)),
            "arch" => Some(Self::Other(ARCH)),
            "suse" | "opensuse" => Some(Self::Other(SUSE)),
            _ => None,
        });
        first.unwrap_or(Self::Other(LINUX))
    }
}

/// Returns the value of `key` without its quotes; empty if it's missing.
fn value<'text>(os_release: &'text str, key: &str) -> &'text str {
    let of_line = |line: &'text str| line.trim().strip_prefix(key)?.strip_prefix('=');
    os_release.lines().find_map(of_line).unwrap_or_default().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_ubuntu_and_their_children_are_told_apart() {
        for (text, system) in [
            ("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n", System::Debian),
            ("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n", System::Ubuntu),
            ("ID=pop\nID_LIKE=\"ubuntu debian\"\n", System::Ubuntu),
        ] {
            assert_eq!(System::of(text), system, "{text}");
        }
    }

    #[test]
    fn a_system_that_says_what_it_is_like_is_told_that_systems_packages() {
        assert_eq!(System::of("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), System::Other(FEDORA));
        assert_eq!(System::of("ID=manjaro\nID_LIKE=arch\n"), System::Other(ARCH));
    }

    #[test]
    fn an_unknown_system_is_told_in_words() {
        for text in ["", "ID=nixos\n", "VERSION_ID=12\nBUG_REPORT_URL=debian\n"] {
            assert_eq!(System::of(text), System::Other(LINUX), "{text}");
        }
    }
}
