//! The run-time dependencies of the programs on Linux, read from the programs.

use std::collections::BTreeSet;

use super::{Ground, Programs, ground};
use crate::process;

/// Returns Debian's packages for a `Depends` line, with the versions that the programs' symbols need.
pub fn debian(ground: &Ground, programs: &Programs) -> Result<String, String> {
    // It requires a source package.
    let folder = ground.staged("shlibdeps/debian")?;
    ground::empty(&folder)?;
    ground
        .stage_text("shlibdeps/debian/control", "Source: spartan-tray\n\nPackage: spartan-tray\nArchitecture: any\n")?;
    let mut shlibdeps = process::program("dpkg-shlibdeps");
    shlibdeps.current_dir(ground.stage.join("shlibdeps")).arg("-O");
    shlibdeps.args([&programs.tray, &programs.spartan].map(|program| format!("-e{}", program.display())));
    let said = process::output(&mut shlibdeps)?;
    let line = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    line.map(str::to_owned).ok_or("dpkg-shlibdeps names no packages.".to_owned())
}

/// Returns the libraries in the form that an RPM requires; the bundler adds the window's own two.
pub fn rpm(ground: &Ground, programs: &Programs) -> Result<Vec<String>, String> {
    let mut readelf = process::program("readelf");
    readelf.args(["--dynamic", "--version-info", "--wide"]).args([&programs.tray, &programs.spartan]);
    let said = process::output(&mut readelf)?;
    let wide = if ground.target.starts_with("i686") { "" } else { "(64bit)" };
    let others = libraries(&said).filter(|library| !BUNDLERS.contains(library));
    let mut needed: BTreeSet<_> = others.map(|library| format!("{library}(){wide}")).collect();
    needed.extend(newest_glibc(&said).map(|version| format!("libc.so.6(GLIBC_{version}){wide}")));
    Ok(needed.into_iter().collect())
}

const BUNDLERS: [&str; 2] = ["libgtk-3.so.0", "libwebkit2gtk-4.1.so.0"];

fn libraries(readelf: &str) -> impl Iterator<Item = &str> {
    let needed = readelf.lines().filter(|line| line.contains("(NEEDED)"));
    needed.filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0))
}

fn newest_glibc(readelf: &str) -> Option<String> {
    let versions = readelf.split("Name: GLIBC_").skip(1).filter_map(|rest| rest.split_whitespace().next());
    let by_number = |version: &&str| version.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    versions.max_by_key(by_number).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "
 0x0000000000000001 (NEEDED)             Shared library: [libgtk-3.so.0]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x000000000000000e (SONAME)             Library soname: [nothing]
  0x0010:   Name: GLIBC_2.4  Flags: none  Version: 9
  0x0020:   Name: GLIBC_2.34  Flags: none  Version: 8
";

    #[test]
    fn what_is_loaded_at_the_start_is_needed() {
        assert_eq!(libraries(SAID).collect::<Vec<_>>(), ["libgtk-3.so.0", "libc.so.6"]);
    }

    #[test]
    fn versions_are_compared_by_number() {
        assert_eq!(newest_glibc(SAID).as_deref(), Some("2.34"));
        assert_eq!(newest_glibc(""), None);
    }
}
