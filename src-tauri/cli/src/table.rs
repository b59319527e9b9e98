//! Plain tables for a terminal.

/// Returns lines with aligned columns, two spaces apart.
pub fn table<const N: usize>(head: &[String; N], lines: impl Iterator<Item = [String; N]>) -> String {
    let lines: Vec<[String; N]> = std::iter::once(head.clone()).chain(lines).collect();
    let widths: [usize; N] =
        std::array::from_fn(|column| lines.iter().map(|line| width(&line[column])).max().unwrap_or_default());
    let row = |line: &[String; N]| {
        let cells = line.iter().zip(widths).map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide - width(cell))));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    lines.iter().map(row).collect::<Vec<_>>().join("\n")
}

pub use spartan_auth::plain::line as plain;

fn width(cell: &str) -> usize {
    cell.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_and_no_line_ends_with_a_space() {
        let head = ["A", "B"].map(str::to_owned);
        let lines = [["long one", "x"], ["é", ""]].map(|line| line.map(str::to_owned));
        assert_eq!(table(&head, lines.into_iter()), "A         B\nlong one  x\né");
    }
}
