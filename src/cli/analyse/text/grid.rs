//! A table whose columns line up.

use std::fmt::Write;

/// Rows under a heading. The first column is text and stands left, the others stand right.
pub struct Grid {
    rows: Vec<Vec<String>>,
}

impl Grid {
    pub fn new<const N: usize>(heading: [&str; N]) -> Self {
        Self { rows: vec![heading.map(str::to_owned).to_vec()] }
    }

    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    /// Without a heading, for tables whose columns are known only when they are printed.
    pub fn of_any_width() -> Self {
        Self { rows: Vec::new() }
    }

    pub fn add(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Writes the table, indented, after a blank line.
    pub fn print(&self, out: &mut String) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
        let widths: Vec<usize> = (0..columns).map(|column| wide(column).unwrap_or(0)).collect();
        if !out.ends_with("\n\n") {
            out.push('\n');
        }
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let space = " ".repeat(widths[column].saturating_sub(width(cell)));
                if column == 0 {
                    line = format!("  {cell}{space}");
                } else {
                    let _ = write!(line, "   {space}{cell}");
                }
            }
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

/// Places that a text takes: letters of East Asian scripts take two.
fn width(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}');
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_the_first_to_the_left_and_the_others_to_the_right() {
        let mut grid = Grid::new(["name", "n"]);
        grid.row(["李伟".to_owned(), "3".to_owned()]);
        grid.row(["Annika".to_owned(), "10".to_owned()]);

        let mut out = String::new();
        grid.print(&mut out);

        assert_eq!(out, "\n  name      n\n  李伟      3\n  Annika   10\n");
    }
}
