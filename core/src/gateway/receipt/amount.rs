//! An amount of money from the text that gives it (P7).
//!
//! Reads the ways in which amounts are written around the world. Money is decimal from its first digit to its last and
//! never passes through binary floating point. An amount that can be read in two ways is not read.

use rust_decimal::Decimal;

/// More characters than any amount of money with its currency needs.
const MAX_CHARACTERS: usize = 64;

/// An amount as it is written, taken apart.
pub(super) struct Written {
    /// All from its first digit to its last: digits, and the marks between them.
    number: String,
    /// A minus before or after it, or parentheses around it.
    negative: bool,
    /// A dash in place of its decimals, as in `12.-`: it has none.
    whole: bool,
    /// What stands before and after the number and its sign, both trimmed: a currency, or empty.
    pub(super) around: [String; 2],
}

/// The value of a number in JSON, whose only mark is the decimal point. `None` beyond what [`Decimal`] holds exactly.
pub(super) fn from_json(number: &str) -> Option<Decimal> {
    let value = if number.contains(['e', 'E']) {
        Decimal::from_scientific(number).ok()?
    } else {
        Decimal::from_str_exact(number).ok()?
    };
    Some(if value.is_zero() { value.abs() } else { value })
}

/// The value of a text such as `1.5e2`, whose exponent says that its mark is the decimal point; `None` without one.
pub(super) fn from_exponent(text: &str) -> Option<Decimal> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    if is_number && text.contains(['e', 'E']) { from_json(text) } else { None }
}

impl Written {
    /// Takes a text apart; `None` if it has no digit, two signs, or is too long.
    pub(super) fn new(text: &str) -> Option<Self> {
        let text: String = text.chars().take(MAX_CHARACTERS + 1).filter_map(plain).collect();
        if text.chars().count() > MAX_CHARACTERS {
            return None;
        }
        let is_digit = |char: char| char.is_ascii_digit();
        let (mut start, end) = (text.find(is_digit)?, text.rfind(is_digit)? + 1);
        // ".50" begins with its mark, "Rs.50" does not.
        if let Some(before) = text[..start].strip_suffix(['.', ','])
            && !before.ends_with(char::is_alphabetic)
        {
            start -= 1;
        }
        let (mut before, mut after) = (text[..start].trim(), text[end..].trim());

        let mut minuses = 0;
        if let (Some(inner_before), Some(inner_after)) = (strip_edge(before, '('), strip_edge(after, ')')) {
            // Around the number: "12 (EUR)" has its pair on one side.
            (before, after) = (inner_before, inner_after);
            minuses += 1;
        }
        let without_decimals = [".--", ",--", ".-", ",-", ":-"].iter().find_map(|mark| after.strip_prefix(mark));
        let whole = without_decimals.is_some();
        after = without_decimals.unwrap_or(after).trim();
        for side in [&mut before, &mut after] {
            if let Some(rest) = strip_edge(side, '-') {
                *side = rest;
                minuses += 1;
            } else if let Some(rest) = strip_edge(side, '+') {
                *side = rest;
            }
        }
        let around = [before.to_owned(), after.to_owned()];
        (minuses < 2).then(|| Self { number: text[start..end].to_owned(), negative: minuses == 1, whole, around })
    }

    /// The value; `None` if the marks make no sense, or more than one.
    ///
    /// Of two different marks the last is the decimal one. A single `.` or `,` before exactly three digits groups them,
    /// unless the currency may have `three_decimals`: then it could be either.
    pub(super) fn value(&self, three_decimals: bool) -> Option<Decimal> {
        let number = self.number.as_str();
        let marks: Vec<(usize, char)> = number.char_indices().filter(|(_, char)| !char.is_ascii_digit()).collect();
        let Some(&(last_at, last)) = marks.last() else { return self.signed(number, "") };
        if marks.iter().any(|(_, mark)| !matches!(mark, '.' | ',' | '\'' | ' ')) {
            return None;
        }
        let mut others = marks.iter().map(|&(_, mark)| mark).filter(|&mark| mark != last);
        let grouping = others.next();
        let last_is_single = marks.iter().filter(|&&(_, mark)| mark == last).count() == 1;
        let (integer, decimals) = (&number[..last_at], &number[last_at + 1..]);

        match (last, grouping) {
            // Two marks: the last one once, and one other kind.
            ('.' | ',', Some(grouping)) if last_is_single && others.all(|mark| mark == grouping) => {
                self.signed(&ungroup(integer, grouping)?, decimals)
            }
            ('.' | ',', None) if last_is_single => {
                let may_group = decimals.len() == 3 && (1..=3).contains(&integer.len()) && integer != "0";
                match (may_group, self.whole || !three_decimals) {
                    (true, true) => self.signed(&ungroup(number, last)?, ""),
                    (true, false) => None,
                    (false, _) => self.signed(integer, decimals),
                }
            }
            (_, None) => self.signed(&ungroup(number, last)?, ""),
            _ => None,
        }
    }

    fn signed(&self, integer: &str, decimals: &str) -> Option<Decimal> {
        if self.whole && !decimals.is_empty() {
            return None;
        }
        let point = if decimals.is_empty() { "" } else { "." };
        let zero = if integer.is_empty() { "0" } else { "" };
        let value = Decimal::from_str_exact(&format!("{zero}{integer}{point}{decimals}")).ok()?;
        Some(if self.negative && !value.is_zero() { -value } else { value })
    }
}

/// One character in its plain form; `None` for marks of direction, which are invisible.
fn plain(char: char) -> Option<char> {
    Some(match char {
        '０'..='９' => char::from_digit(u32::from(char) - u32::from('０'), 10)?,
        '．' => '.',
        '，' => ',',
        '’' | '‘' | '＇' | '´' | '`' => '\'',
        '−' | '–' | '—' | '‐' | '‑' | '－' => '-',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => return None,
        // No-break, narrow no-break, figure and thin spaces are all of this class.
        char if char.is_whitespace() => ' ',
        char => char,
    })
}

/// A text without one such character at its start or else at its end, trimmed.
fn strip_edge(text: &str, edge: char) -> Option<&str> {
    text.strip_prefix(edge).or_else(|| text.strip_suffix(edge)).map(str::trim)
}

/// The digits of an integer grouped by threes, or by commas in the Indian way: `1,23,45,678`.
fn ungroup(integer: &str, mark: char) -> Option<String> {
    let groups: Vec<&str> = integer.split(mark).collect();
    let [first, middle @ .., last] = &groups[..] else { return None };
    let all_are = |length: usize| middle.iter().all(|group| group.len() == length);
    let by_threes = (1..=3).contains(&first.len()) && all_are(3);
    let indian = mark == ',' && (1..=2).contains(&first.len()) && all_are(2);
    let grouped = (by_threes || indian) && last.len() == 3 && !first.starts_with('0');
    let digits = groups.concat();
    (grouped && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
