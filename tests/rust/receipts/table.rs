//! How often each field was read right, not at all, or wrong.

use std::collections::BTreeMap;

#[derive(Default)]
pub struct Table {
    rows: BTreeMap<String, [usize; 3]>,
    /// What was wrong, one line each.
    pub wrong: Vec<String>,
}

impl Table {
    /// Counts one field: what was expected, what was read, and whether it may as well be left unread. `at` says where.
    pub fn take(&mut self, field: &str, expected: Option<&str>, read: Option<&str>, may_be_unread: bool, at: &str) {
        // All items' totals are one row.
        let row: Vec<&str> = field.split('.').filter(|part| part.parse::<u32>().is_err()).collect();
        let row = self.rows.entry(row.join(".")).or_default();
        match (expected, read) {
            (None, None) => {}
            (Some(expected), Some(read)) if expected == read => row[0] += 1,
            (Some(_), None) if may_be_unread => {}
            (Some(_), None) => row[1] += 1,
            (expected, Some(read)) => {
                row[2] += 1;
                self.wrong.push(format!("{at}: {field} is {}, and {read:?} was read", expected.unwrap_or("nothing")));
            }
        }
    }

    /// The share of what there was to read that was read right.
    pub fn right(&self) -> f64 {
        let sum = |at: usize| self.rows.values().map(|row| row[at]).sum::<usize>() as f64;
        sum(0) / (sum(0) + sum(1) + sum(2)).max(1.0)
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "| field | right | null | wrong |\n|---|---|---|---|")?;
        for (field, [right, null, wrong]) in &self.rows {
            writeln!(f, "| {field} | {right} | {null} | {wrong} |")?;
        }
        writeln!(f, "{:.1} % right, {} wrong", self.right() * 100.0, self.wrong.len())?;
        self.wrong.iter().take(40).try_for_each(|line| writeln!(f, "  {line}"))
    }
}
