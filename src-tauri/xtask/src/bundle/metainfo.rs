//! The program's page in a software center.

use super::{Ground, ground};

const TEMPLATE: &str = "src-tauri/packaging/linux/app.spartantray.SpartanTray.metainfo.xml";

/// Screenshots of the program, by their names in `docs/images`.
const PICTURES: [(&str, &str); 3] = [
    ("signed-in", "Signed in: the token, how long it is good, and the chain that it comes from"),
    ("first-start", "The first start"),
    ("needs-sign-in", "When only a person can go on"),
];

/// Returns the page. Without a repository it has no links and no screenshots, because those need addresses.
pub fn text(ground: &Ground) -> Result<String, String> {
    if let Some(repository) = &ground.repository {
        return with_links(ground, repository);
    }
    println!("SPARTAN_TRAY_REPOSITORY is not set: the page for software centres has no links and no pictures.");
    filled(ground, "")
}

/// Returns the page for a project at `repository`.
pub fn with_links(ground: &Ground, repository: &str) -> Result<String, String> {
    filled(ground, &links(repository, &ground.version))
}

fn filled(ground: &Ground, links: &str) -> Result<String, String> {
    let page = ground::read(TEMPLATE)?.replace("@VERSION@", &ground.version).replace("@DATE@", &ground.commit.day);
    Ok(page.replace("  @LINKS@\n", links))
}

fn links(repository: &str, version: &str) -> String {
    let url = |kind: &str, path: &str| format!("  <url type=\"{kind}\">{repository}{path}</url>\n");
    let picture = |(at, (name, caption)): (usize, (&str, &str))| {
        let kind = if at == 0 { " type=\"default\"" } else { "" };
        let address = format!("{repository}/raw/v{version}/src-tauri/docs/images/{name}.png");
        format!(
            "    <screenshot{kind}>\n      <caption>{caption}</caption>\n      <image>{address}</image>\n    </screenshot>\n"
        )
    };
    let pictures: String = PICTURES.into_iter().enumerate().map(picture).collect();
    let urls = [url("homepage", ""), url("bugtracker", "/issues"), url("vcs-browser", "")].concat();
    format!("{urls}  <screenshots>\n{pictures}  </screenshots>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process;

    #[test]
    fn each_picture_is_there() {
        for (name, _) in PICTURES {
            let file = process::checkout().join(format!("src-tauri/docs/images/{name}.png"));
            assert!(file.exists(), "{}", file.display());
        }
    }

    #[test]
    fn pictures_are_those_of_the_version() {
        let links = links("https://example.org/x", "1.2.3");
        assert!(links.contains("https://example.org/x/raw/v1.2.3/src-tauri/docs/images/signed-in.png"), "{links}");
        assert_eq!(links.matches("type=\"default\"").count(), 1);
    }
}
