//! The files on a Linux system and their paths, except the tray program, its desktop file and its icons.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{Ground, Programs, ground, man, metainfo, notices};
use crate::process;

/// The source of each file, by its path on the system.
pub type Files = BTreeMap<String, PathBuf>;

/// The kind of a Linux package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Debian's kind.
    Deb,
    /// The kind of Fedora, openSUSE and others.
    Rpm,
}

/// Returns every file of a package, staged with its final mode.
pub fn files(ground: &Ground, programs: &Programs, kind: Kind) -> Result<Files, String> {
    let mut files = Files::from([
        ("/usr/bin/spartan".to_owned(), programs.spartan.clone()),
        ("/usr/share/man/man1/spartan-tray.1.gz".to_owned(), page_of_the_window(ground)?),
        (
            "/usr/share/metainfo/app.spartantray.SpartanTray.metainfo.xml".to_owned(),
            ground.stage_text("app.spartantray.SpartanTray.metainfo.xml", metainfo::text(ground)?)?,
        ),
        (
            "/usr/share/icons/hicolor/scalable/apps/spartan-tray.svg".to_owned(),
            ground.stage_text("spartan-tray.svg", ground::read("icons/icon.svg")?)?,
        ),
    ]);
    for page in man::pages(ground)? {
        let name = page.rsplit('/').next().unwrap_or_default();
        files.insert(format!("/usr/share/man/man1/{name}.gz"), compressed(ground, &page)?);
    }
    files.extend(
        man::SHELLS
            .into_iter()
            .filter_map(|(shell, file)| Some((completions(shell, kind)?.to_owned(), ground.stage.join(file)))),
    );
    files.extend(match kind {
        Kind::Deb => of_debian(ground)?,
        Kind::Rpm => of_rpm(ground)?,
    });
    Ok(files)
}

fn page_of_the_window(ground: &Ground) -> Result<PathBuf, String> {
    let page = ground::read("src-tauri/packaging/linux/spartan-tray.1")?;
    let page = page.replace("@VERSION@", &ground.version).replace("@DATE@", &ground.commit.day);
    ground.stage_text("spartan-tray.1", page)?;
    compressed(ground, "spartan-tray.1")
}

fn completions(shell: &str, kind: Kind) -> Option<&'static str> {
    match (shell, kind) {
        ("bash", _) => Some("/usr/share/bash-completion/completions/spartan"),
        ("fish", _) => Some("/usr/share/fish/vendor_completions.d/spartan.fish"),
        ("zsh", Kind::Deb) => Some("/usr/share/zsh/vendor-completions/_spartan"),
        ("zsh", Kind::Rpm) => Some("/usr/share/zsh/site-functions/_spartan"),
        _ => None,
    }
}

fn of_debian(ground: &Ground) -> Result<Files, String> {
    let folder = "/usr/share/doc/spartan-tray";
    let mit = ground::read("LICENSE-MIT")?;
    let copyright = ground::read("src-tauri/packaging/linux/copyright")?.replace("@MIT@", indented(&mit).trim_end());
    let Ground { version, commit, .. } = ground;
    let changelog = format!(
        "spartan-tray ({version}) unstable; urgency=medium\n\n  * What is new is in the project's own changelog.\n\n -- {}  {}\n",
        commit.author, commit.date
    );
    ground.stage_text("changelog", changelog)?;
    Ok(Files::from([
        (format!("{folder}/copyright"), ground.stage_text("copyright", copyright)?),
        (format!("{folder}/changelog.gz"), compressed(ground, "changelog")?),
        (format!("{folder}/{}.gz", notices::NAME), compressed(ground, notices::NAME)?),
    ]))
}

fn of_rpm(ground: &Ground) -> Result<Files, String> {
    let folder = "/usr/share/licenses/spartan-tray";
    let mut files = Files::from([(format!("{folder}/{}", notices::NAME), ground.stage.join(notices::NAME))]);
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        files.insert(format!("{folder}/{name}"), ground.stage_text(name, ground::read(name)?)?);
    }
    Ok(files)
}

/// Returns a text in the format of Debian's copyright files: each line indented, empty ones with a dot.
fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { " .\n".to_owned() } else { format!(" {line}\n") }).collect()
}

/// Returns a staged file, compressed without its time and name.
fn compressed(ground: &Ground, name: &str) -> Result<PathBuf, String> {
    let file = ground.stage.join(name);
    process::output(process::program("gzip").args(["-9", "--no-name", "--keep", "--force"]).arg(&file))?;
    Ok(Path::new(&format!("{}.gz", file.display())).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_for_debian_has_no_empty_line() {
        assert_eq!(indented("one\n\ntwo\n"), " one\n .\n two\n");
    }

    #[test]
    fn each_shell_finds_its_completions_where_the_system_keeps_them() {
        assert_eq!(completions("zsh", Kind::Deb), Some("/usr/share/zsh/vendor-completions/_spartan"));
        assert_eq!(completions("zsh", Kind::Rpm), Some("/usr/share/zsh/site-functions/_spartan"));
        assert_eq!(completions("powershell", Kind::Deb), None);
    }
}
