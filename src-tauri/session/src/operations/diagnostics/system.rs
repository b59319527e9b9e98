//! This computer's operating system.

/// Returns the distribution or operating system, its version, and the processor architecture.
#[must_use]
pub fn system() -> String {
    format!("{}, {}", of_system(), std::env::consts::ARCH)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn of_system() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let kernel = rustix::system::uname();
    let (system, version) = (kernel.sysname().to_string_lossy(), kernel.release().to_string_lossy());
    format!("{}, {system} {version}", named(&release).unwrap_or("unknown distribution"))
}

#[cfg(any(windows, target_os = "macos"))]
fn of_system() -> String {
    os_info::get().to_string()
}

/// Returns a distribution's own name, from os-release(5).
#[cfg(all(unix, not(target_os = "macos")))]
fn named(release: &str) -> Option<&str> {
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches(['"', '\'']))
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_called_what_it_calls_itself() {
        assert_eq!(
            named("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"),
            Some("Debian GNU/Linux 12 (bookworm)")
        );
        assert_eq!(named("PRETTY_NAME=Arch"), Some("Arch"));
        assert_eq!(named("ID=debian\n"), None);
    }
}
