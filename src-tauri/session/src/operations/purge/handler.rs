//! The entries of the program's link handler in lists shared with other programs. Does no I/O.

/// Returns the list without the file that handles the program's links; `None` if the list doesn't contain it.
pub(super) fn without(list: &str, ours: &str) -> Option<String> {
    let kept: String = list.split_inclusive('\n').filter_map(|line| kept(line, ours)).collect();
    (kept != list).then_some(kept)
}

/// Returns a line without the program's file; `None` if no other handler is left in it.
fn kept(line: &str, ours: &str) -> Option<String> {
    let whole = Some(line.to_owned());
    let Some((kind, files)) = line.trim_end().split_once('=') else { return whole };
    let is_ours = |file: &&str| file.trim() == ours;
    if !kind.trim().starts_with("x-scheme-handler/") || !files.split(';').any(|file| is_ours(&file)) {
        return whole;
    }
    let others: Vec<&str> = files.split(';').filter(|file| !file.is_empty() && !is_ours(file)).collect();
    let end = line.strip_prefix(line.trim_end()).unwrap_or_default();
    (!others.is_empty()).then(|| format!("{kind}={};{end}", others.join(";")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "spartan-tray-handler.desktop";

    #[test]
    fn only_the_programs_own_part_goes() {
        let list = "[Default Applications]\n\
                    text/html=firefox.desktop\n\
                    x-scheme-handler/spartan-tray=spartan-tray-handler.desktop\n\
                    x-scheme-handler/https=firefox.desktop;spartan-tray-handler.desktop;\n\
                    \n\
                    [Added Associations]\n\
                    x-scheme-handler/spartan-tray=spartan-tray-handler.desktop;\n";
        let expected = "[Default Applications]\n\
                        text/html=firefox.desktop\n\
                        x-scheme-handler/https=firefox.desktop;\n\
                        \n\
                        [Added Associations]\n";
        assert_eq!(without(list, OURS).unwrap(), expected);
    }

    #[test]
    fn a_list_of_others_is_not_touched() {
        for list in [
            "",
            "no list at all",
            "[Default Applications]\nx-scheme-handler/https=firefox.desktop\n",
            "x-scheme-handler/spartan-tray=my-spartan-tray-handler.desktop\n",
            "text/html=spartan-tray-handler.desktop.bak\n",
        ] {
            assert_eq!(without(list, OURS), None, "{list}");
        }
    }
}
