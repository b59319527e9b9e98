//! Notes about a token file's location, in words.

use std::path::Path;

use spartan_session::{error::OpenTo, token_files::Warning};

/// Returns what may happen to a file with tokens, and what helps.
#[must_use]
pub fn warning(warning: &Warning) -> String {
    match warning {
        Warning::Tracked { file } => format!(
            "Git tracks {}, so the next commit would take the token along. To keep the file out of it, run \
             `git rm --cached` on it and name it in .gitignore.",
            file.display()
        ),
        Warning::NotIgnored { file } => format!(
            "{} lies in a git repository that does not ignore it, so `git add .` would take the token along. Name it in \
             .gitignore to keep it out.",
            file.display()
        ),
        Warning::InCloud { folder, cloud } => format!(
            "{} looks like a folder of {cloud}, which would copy the token to other computers. A folder outside of it \
             keeps the token here.",
            folder.display()
        ),
    }
}

/// Returns who could open a file that's now its owner's alone.
#[must_use]
pub fn was_open(file: &Path, to: &OpenTo) -> String {
    let to = match to {
        OpenTo::Mode(mode) => format!("mode {mode:o}"),
        OpenTo::Listed(sids) => sids.join(", "),
        OpenTo::Owner => "its owner".into(),
    };
    format!("Others could open {} ({to}); now only you can.", file.display())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_warning_says_what_happens_and_what_helps() {
        let file = PathBuf::from("/f/.env");
        let cloud = Warning::InCloud { folder: "/f".into(), cloud: "Dropbox" };
        for about in [Warning::Tracked { file: file.clone() }, Warning::NotIgnored { file }, cloud] {
            let words = warning(&about);
            assert!(
                words.contains("/f") && words.ends_with('.') && !words.contains('!') && !words.contains("  "),
                "{words}"
            );
        }
    }

    #[test]
    fn who_could_open_a_file_is_told_in_the_systems_terms() {
        let told = |to| was_open(Path::new("/f"), &to);
        assert_eq!(told(OpenTo::Mode(0o644)), "Others could open /f (mode 644); now only you can.");
        assert!(told(OpenTo::Listed(vec!["S-1-1-0".into(), "S-1-5-7".into()])).contains("(S-1-1-0, S-1-5-7)"));
    }
}
