//! The labels of the output formats in menus.

use serde::Serialize;
use spartan_session::format::{Format, Group};

/// The formats of a group, serialized for a menu.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "FormatSection"))]
pub struct Section {
    group: Group,
    label: &'static str,
    formats: Vec<Line>,
}

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "FormatLine"))]
struct Line {
    name: Format,
    label: &'static str,
}

/// Returns every format in its group, serialized for a menu.
#[must_use]
pub fn format_sections() -> [Section; 4] {
    let of = |group| Format::ALL.into_iter().filter(move |format| format.group() == group);
    let line = |name| Line { name, label: format_label(name) };
    Group::ALL.map(|group| Section { group, label: group_label(group), formats: of(group).map(line).collect() })
}

/// Returns the heading of a group's formats.
#[must_use]
pub const fn group_label(group: Group) -> &'static str {
    match group {
        Group::Values => "Values",
        Group::Settings => "For a program's settings",
        Group::Asking => "Programs that ask each time",
        Group::Holding => "Programs with the token inside",
    }
}

/// Returns a format's label, below its group's.
#[must_use]
pub const fn format_label(format: Format) -> &'static str {
    match format {
        Format::Token => "Spartan token",
        Format::Header => "Header",
        Format::Clearance => "Clearance",
        Format::ClearanceHeader => "Clearance header",
        Format::XblHeader => "XBL3.0 header",
        Format::Xuid => "XUID",
        Format::Json => "JSON",
        Format::Dotenv => ".env lines",
        Format::DotenvSpnkr => ".env lines for SPNKr",
        Format::Curl | Format::CurlWithToken => "curl",
        Format::CurlPowershell | Format::CurlPowershellWithToken => "PowerShell",
        Format::Python | Format::PythonWithToken => "Python with SPNKr",
        Format::Javascript | Format::JavascriptWithToken => "JavaScript",
        Format::Csharp | Format::CsharpWithToken => "C#",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_format_has_a_label_of_its_own_in_its_group() {
        let labels: BTreeSet<_> =
            Format::ALL.map(|format| (group_label(format.group()), format_label(format))).into_iter().collect();
        assert_eq!(labels.len(), Format::ALL.len());
        let sections = format_sections();
        assert_eq!(sections.iter().map(|section| section.formats.len()).sum::<usize>(), Format::ALL.len());
    }
}
