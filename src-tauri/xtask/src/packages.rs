//! The system packages that a build and the tests need, each with its reason.
//!
//! Not in the lists, although Tauri's own guide includes them: `libssl-dev` (TLS is rustls), `librsvg2-dev` (only an
//! `AppImage` needs it), `libxdo-dev` (only menus with *Cut* and *Paste* use it), `libayatana-appindicator3-dev` (the
//! tray icon talks to the bus itself) and `build-essential` (nothing here is C++ or calls make).

/// A package, by its name in Debian and Ubuntu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// The name for `apt-get install`.
    pub name: &'static str,
    /// The completion of "needed for …".
    pub why: &'static str,
}

/// What any build needs.
pub const LINKING: &[Package] =
    &[package("gcc", "linking, and the cryptography of TLS"), package("libc6-dev", "linking")];

/// What a build of the program needs in addition.
pub const WINDOW: &[Package] = &[
    package("pkg-config", "finding the libraries below"),
    package("libwebkit2gtk-4.1-dev", "the window, with GTK"),
    package("libdbus-1-dev", "the window's link to the desktop"),
];

/// What the tests of the command need: a session with a keyring.
pub const SESSION: &[Package] = &[
    package("dbus", "a private session bus"),
    package("gnome-keyring", "a keyring"),
    package("libsecret-tools", "looking into the keyring"),
    package("libglib2.0-bin", "locking the keyring"),
];

/// What the tests of the program need in addition: a whole desktop without a screen.
pub const DESKTOP: &[Package] = &[
    package("xvfb", "a display without a screen"),
    package("openbox", "a window manager"),
    package("webkit2gtk-driver", "clicking in the window"),
    package("xdotool", "pressing keys in the sign-in window"),
    package("wmctrl", "closing a window from its title bar"),
    package("xclip", "reading the clipboard"),
    package("xdg-utils", "opening the person's own browser"),
    package("imagemagick", "screenshots"),
    package("xfce4-panel", "a panel that shows the tray icon"),
];

/// What checking the page's types needs.
pub const TYPES: &[Package] = &[package("node-typescript", "checking the page's types")];

/// What third-party programs need in tests and benchmarks: themselves, and a separate network.
pub const REFERENCE: &[Package] = &[
    package("python3-venv", "the programs that show the stand-ins to be true"),
    package("curl", "running what is copied for it"),
    package("iproute2", "the network on which those programs run"),
    package("mount", "that network's host names"),
];

/// What packaging needs on a system that creates Debian's packages.
pub const PACKING: &[Package] =
    &[package("dpkg-dev", "the libraries that a package depends on"), package("binutils", "the same for an .rpm")];

/// What testing the packages needs: a fresh system, and the tools that check packages.
pub const PROOF: &[Package] = &[
    package("debootstrap", "a fresh system in a folder"),
    package("lintian", "Debian's rules for packages"),
    package("desktop-file-utils", "the rules for entries of a menu"),
    package("appstream", "the rules for pages of a software centre"),
    package("rpm", "what an .rpm requires"),
    package("rpm2cpio", "what an .rpm holds"),
    package("cpio", "unpacking it"),
];

/// What building a wheel needs.
pub const WHEEL: &[Package] = &[package("python3-venv", "building the wheel")];

/// What creating the screenshots for the documents needs.
pub const PICTURES: &[Package] = &[package("imagemagick", "putting pictures side by side")];

/// Installs Tauri's bundler; needed only if no other npm is installed.
pub const NPM: Package = package("npm", "Tauri's bundler");

/// What a separate Debian in a folder needs.
pub const FOLDER: &[Package] = &[
    package("debootstrap", "a fresh Debian in a folder"),
    package("debian-archive-keyring", "knowing that it is Debian's"),
    package("mount", "showing it the sources"),
];

/// What downloading the compiler for macOS needs.
pub const ZIG: &[Package] = &[package("python3-venv", "fetching a compiler for macOS")];

/// Stores the key to a sign-in; needed only if nothing else does.
pub const KEYRING: Package = package("gnome-keyring", "keeping the key to your sign-in");

/// Runs the page's tests; needed only if no other Node is installed.
pub const NODE: Package = package("nodejs", "the tests of the page");

/// Runs the page in a browser whose pixels can be read; without one, its tests are skipped.
pub const CHROMIUM: Package = package("chromium", "the page in a browser");

/// Returns the packages of `wanted` that `installed` doesn't list, in order.
pub fn missing(wanted: impl IntoIterator<Item = Package>, installed: &[String]) -> Vec<Package> {
    wanted.into_iter().filter(|package| !installed.iter().any(|name| name == package.name)).collect()
}

/// Returns the packages that are fully installed, from the output of `dpkg-query -W -f '${Package} ${Status}\n'`.
pub fn installed(listing: &str) -> Vec<String> {
    let whole = |line: &str| line.strip_suffix(" install ok installed").map(str::to_owned);
    listing.lines().filter_map(whole).collect()
}

const fn package(name: &'static str, why: &'static str) -> Package {
    Package { name, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_there_is_missing() {
        let there = ["pkg-config", "libdbus-1-dev"].map(str::to_owned);
        let names: Vec<_> = missing(WINDOW.iter().copied(), &there).iter().map(|package| package.name).collect();
        assert_eq!(names, ["libwebkit2gtk-4.1-dev"]);
    }

    #[test]
    fn a_removed_or_half_installed_package_does_not_count() {
        let listing = "gcc install ok installed\nxvfb deinstall ok config-files\nxclip install ok half-configured\n";
        assert_eq!(installed(listing), ["gcc"]);
    }

    #[test]
    fn no_package_is_listed_twice() {
        let lists = [LINKING, WINDOW, SESSION, DESKTOP, REFERENCE, PACKING, PROOF, &[NODE, NPM, CHROMIUM]];
        let mut names: Vec<_> = lists.iter().copied().flatten().map(|package| package.name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
