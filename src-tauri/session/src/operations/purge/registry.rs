//! The program's entries under `HKEY_CURRENT_USER` in the Windows registry.

use super::Thing;

/// Returns the autostart entries and the link handler, if any, whether or not they exist.
pub(super) fn entries(identifier: &str, opens_links: Option<&str>) -> Vec<Thing> {
    let version = r"Software\Microsoft\Windows\CurrentVersion";
    // The second is what Task Manager adds for the first.
    let at_login = ["Run", r"Explorer\StartupApproved\Run"]
        .map(|list| Thing::Registered { key: format!(r"{version}\{list}"), value: Some(identifier.to_owned()) });
    let links = opens_links.map(|scheme| Thing::Registered { key: format!(r"Software\Classes\{scheme}"), value: None });
    at_login.into_iter().chain(links).collect()
}

#[cfg(windows)]
mod windows {
    use std::io;

    use windows_registry::CURRENT_USER;

    /// Whether the value, or the whole key, exists.
    pub(in crate::operations::purge) fn has(key: &str, value: Option<&str>) -> bool {
        CURRENT_USER.open(key).is_ok_and(|key| value.is_none_or(|value| key.get_type(value).is_ok()))
    }

    /// Deletes the value, or the whole key, if it exists.
    pub(in crate::operations::purge) fn remove(key: &str, value: Option<&str>) -> io::Result<()> {
        if !has(key, value) {
            return Ok(());
        }
        match value {
            Some(value) => CURRENT_USER.options().write().open(key)?.remove_value(value)?,
            None => CURRENT_USER.remove_tree(key)?,
        }
        Ok(())
    }
}

/// Other systems have no registry.
#[cfg(not(windows))]
mod nowhere {
    pub(in crate::operations::purge) const fn has(_: &str, _: Option<&str>) -> bool {
        false
    }

    pub(in crate::operations::purge) fn remove(_: &str, _: Option<&str>) -> std::io::Result<()> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(windows))]
pub(super) use nowhere::{has, remove};
#[cfg(windows)]
pub(super) use windows::{has, remove};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_ours_goes_and_the_list_that_it_is_in_stays() {
        let registered =
            |key: &str, value: Option<&str>| Thing::Registered { key: key.into(), value: value.map(str::to_owned) };
        let value = Some("app.example");
        assert_eq!(
            entries("app.example", Some("spartan-tray")),
            [
                registered(r"Software\Microsoft\Windows\CurrentVersion\Run", value),
                registered(r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run", value),
                registered(r"Software\Classes\spartan-tray", None),
            ]
        );
        assert_eq!(entries("app.example", None).len(), 2, "what opens no links has no key for them");
    }
}
