//! An amount of money from the text that gives it (P7).
//!
//! Reads the ways in which amounts are written around the world. Money is decimal from its first digit to its last and
//! never passes through binary floating point. An amount that can be read in two ways is not read.

use super::characters::{digit, is_direction};
use super::place::Place;
use super::{cldr, currency};
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

/// What the currency and the locale tell of a single mark before three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimals {
    /// The currency may have thousandths.
    may_be_three: bool,
    /// The currency may have fewer decimals.
    may_be_fewer: bool,
    /// The locale's decimal mark.
    mark: Option<char>,
    /// The decimal mark that the receipt's other amounts show.
    own: Option<char>,
}

impl Decimals {
    /// Of an amount in one of these currencies; without one it may be any.
    pub(super) fn of(currencies: &[&str], place: &Place) -> Self {
        let is_unknown = currencies.is_empty();
        Self {
            may_be_three: is_unknown || currencies.iter().any(|code| currency::has_three_decimals(code)),
            may_be_fewer: is_unknown || currencies.iter().any(|code| !currency::has_only_three_decimals(code)),
            mark: decimal_mark(place),
            own: None,
        }
    }

    /// Of a weight or a count, which may have any decimals.
    pub(super) fn of_a_quantity(self) -> Self {
        Self { may_be_three: true, may_be_fewer: true, mark: None, ..self }
    }

    /// The same on a receipt whose other amounts show this decimal mark.
    pub(super) fn shown(self, own: Option<char>) -> Self {
        Self { own, ..self }
    }
}

/// The decimal mark of a locale whose currency has thousandths; elsewhere nothing depends on it.
fn decimal_mark(place: &Place) -> Option<char> {
    let (tag, region) = (place.tag()?, place.region.as_deref()?);
    let lists = |list: &str, wanted: &str| list.split(' ').any(|known| known == wanted);
    let of_region = |list: &str| list.split(' ').any(|known| known.ends_with(region));
    if lists(cldr::marks::DECIMAL_POINT, &tag) {
        Some('.')
    } else if lists(cldr::marks::DECIMAL_COMMA, &tag) {
        Some(',')
    } else {
        // The CLDR has no English of Kuwait: it has a point like all English, if its region's languages have one too.
        let is_point =
            place.language == "en" && of_region(cldr::marks::DECIMAL_POINT) && !of_region(cldr::marks::DECIMAL_COMMA);
        is_point.then_some('.')
    }
}

/// The value of a number in JSON, whose mark is the decimal point. `None` beyond what [`Decimal`] holds exactly, and where
/// the model may have copied a grouped number: no amount of yen is 1.234.
pub(super) fn from_json(number: &str, decimals: &Decimals) -> Option<Decimal> {
    let (integer, fraction) = number.trim_start_matches('-').split_once('.').unwrap_or_default();
    let may_group = fraction.len() == 3 && (1..=3).contains(&integer.len()) && integer != "0";
    if may_group && !decimals.may_be_three {
        return None;
    }
    exact(number)
}

/// The value of a number in JSON as it stands, with any decimals.
pub(super) fn exact(number: &str) -> Option<Decimal> {
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
    if is_number && text.contains(['e', 'E']) { exact(text) } else { None }
}

impl Written {
    /// Takes a text apart; `None` if it has no digit, two signs, a dash that may be none, or is too long.
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
        let (mut before, mut after) = (&text[..start], &text[end..]);

        let mut minuses = 0;
        if let (Some(inner_before), Some(inner_after)) = (strip_edge(before, '('), strip_edge(after, ')')) {
            // Around the number: "12 (EUR)" has its pair on one side.
            (before, after) = (inner_before, inner_after);
            minuses += 1;
        }
        const WITHOUT_DECIMALS: [&str; 8] = [".--", ",--", ".-", ",-", ":-", "/-", "/=", "=/"];
        let without_decimals = WITHOUT_DECIMALS.iter().find_map(|mark| after.trim_start().strip_prefix(mark));
        let whole = without_decimals.is_some();
        after = without_decimals.unwrap_or(after);
        let (before, minus_before) = before_number(without_label(before))?;
        let (after, minus_after) = after_number(after)?;
        minuses += u8::from(minus_before) + u8::from(minus_after);
        let around = [before.to_owned(), after.to_owned()];
        (minuses < 2).then(|| Self { number: text[start..end].to_owned(), negative: minuses == 1, whole, around })
    }

    /// The value; `None` if the marks make no sense, or more than one.
    ///
    /// Of two different marks the last is the decimal one. A single `.` or `,` before exactly three digits groups them,
    /// unless the currency may have thousandths or is not known: then the locale must tell that it is the decimal mark.
    pub(super) fn value(&self, decimals: &Decimals) -> Option<Decimal> {
        let number = self.number.as_str();
        let marks: Vec<(usize, char)> = number.char_indices().filter(|(_, char)| !char.is_ascii_digit()).collect();
        let Some(&(last_at, last)) = marks.last() else { return self.signed(number, "") };
        if marks.iter().any(|&(_, mark)| !matches!(mark, '.' | ',' | '\'' | ' ' | ARABIC_POINT | ARABIC_COMMA)) {
            return None;
        }
        let mut others = marks.iter().map(|&(_, mark)| mark).filter(|&mark| mark != last);
        let grouping = others.next();
        let last_is_single = marks.iter().filter(|&&(_, mark)| mark == last).count() == 1;
        let (integer, fraction) = (&number[..last_at], &number[last_at + last.len_utf8()..]);

        match (last, grouping) {
            // Two marks: the last one once, and one other kind.
            ('.' | ',' | ARABIC_POINT, Some(grouping))
                if last_is_single && grouping != ARABIC_POINT && others.all(|mark| mark == grouping) =>
            {
                self.signed(&ungroup(integer, grouping)?, fraction)
            }
            (ARABIC_POINT, None) if last_is_single => self.signed(integer, fraction),
            (ARABIC_POINT, _) => None,
            ('.' | ',', None) if last_is_single => {
                let may_group = fraction.len() == 3 && (1..=3).contains(&integer.len()) && integer != "0";
                if !may_group {
                    self.signed(integer, fraction)
                } else if let Some(own) = decimals.own.filter(|_| !self.whole) {
                    match (own == last, decimals.may_be_three) {
                        (true, true) => self.signed(integer, fraction),
                        (true, false) => None,
                        (false, _) => self.signed(&ungroup(number, last)?, ""),
                    }
                } else if self.whole || !decimals.may_be_three {
                    self.signed(&ungroup(number, last)?, "")
                } else if !decimals.may_be_fewer && decimals.mark == Some(last) {
                    self.signed(integer, fraction)
                } else {
                    None
                }
            }
            (_, None) => self.signed(&ungroup(number, last)?, ""),
            _ => None,
        }
    }

    /// The decimal mark, if the number shows which it is.
    pub(super) fn decimal_mark(&self) -> Option<char> {
        let mark = |char: char| matches!(char, '.' | ',');
        let at = self.number.rfind(|char: char| !char.is_ascii_digit())?;
        let last = self.number[at..].chars().next().filter(|&char| mark(char))?;
        let (integer, fraction) = (&self.number[..at], &self.number[at + 1..]);
        let is_single = !integer.contains(last);
        let groups = fraction.len() == 3 && integer.len() <= 3 && integer != "0" && !integer.contains(mark);
        (is_single && !groups && !fraction.is_empty() && !integer.is_empty()).then_some(last)
    }

    /// The value with its only mark as the decimal one, where three digits follow it: a price per litre of 1.789.
    pub(super) fn value_in_thousandths(&self) -> Option<Decimal> {
        let (integer, fraction) = self.number.split_once(['.', ','])?;
        let is_plain = fraction.len() == 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
        if is_plain { self.signed(integer, fraction) } else { None }
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

/// The marks that are written with Arabic digits, and have one meaning each.
const ARABIC_POINT: char = '٫';
const ARABIC_COMMA: char = '٬';
/// The sign that is a minus and never a dash.
const MINUS: char = '−';

/// One character in its plain form; `None` for marks of direction, which are invisible.
fn plain(char: char) -> Option<char> {
    if is_direction(char) {
        return None;
    }
    Some(match digit(char).unwrap_or(char) {
        '．' => '.',
        '，' => ',',
        '’' | '‘' | '＇' | '´' | '`' => '\'',
        '–' | '—' | '‐' | '‑' | '－' => '-',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        // No-break, narrow no-break, figure and thin spaces are all of this class.
        char if char.is_whitespace() => ' ',
        char => char,
    })
}

/// A text without the word for an amount before it, and without the mark between the two.
fn without_label(before: &str) -> &str {
    const LABELS: [&str; 5] = ["grand total", "total paid", "total", "amount paid", "amount"];
    let text = before.trim_start();
    let label = LABELS.iter().find_map(|label| {
        let start = text.get(..label.len()).filter(|start| start.eq_ignore_ascii_case(label))?;
        text[start.len()..].starts_with([':', '=', ' ']).then_some(start.len())
    });
    let text = label.map_or(text, |length| {
        let behind = text[length..].trim_start();
        // "Total - 12.50": a dash between spaces parts the two, as in "USD - 12.50".
        behind.strip_prefix("- ").unwrap_or(behind).trim_start_matches([':', '=', ' '])
    });
    let end = text.trim_end();
    end.strip_suffix([':', '=']).filter(|name| !name.is_empty()).unwrap_or(text)
}

/// What stands before a number without its sign, and whether that is a minus. `None` where a dash may be one or may part
/// the currency from the number: `USD - 12.50` is 12.50, `USD -12.50` and `$-12.50` are negative, `USD-12.50` may be both.
fn before_number(before: &str) -> Option<(&str, bool)> {
    let close = before.trim_end();
    let Some(dash) = close.chars().next_back().filter(|char| matches!(*char, '-' | MINUS)) else {
        return at_the_start(close.trim());
    };
    let rest = &close[..close.len() - dash.len_utf8()];
    let name = rest.trim();
    if name.is_empty() {
        return Some((name, true));
    }
    let (space_before, space_after) = (rest.ends_with(' '), close.len() < before.len());
    match (space_before, space_after) {
        (true, true) if dash == '-' => Some((name, false)),
        (true, false) => Some((name, true)),
        (false, false) if dash == MINUS || !name.ends_with(char::is_alphabetic) => Some((name, true)),
        _ => None,
    }
}

/// The same where the sign, if any, stands before the currency.
fn at_the_start(before: &str) -> Option<(&str, bool)> {
    if let Some(name) = before.strip_prefix(['-', MINUS]) {
        // "- USD 12" may be an item of a list.
        return (!name.starts_with(' ')).then_some((name, true));
    }
    Some((strip_edge(before, '+').unwrap_or(before), false))
}

/// What stands after a number without its sign, and whether that is a minus; `None` where a dash may be none.
fn after_number(after: &str) -> Option<(&str, bool)> {
    let close = after.trim_start();
    let Some(dash) = close.chars().next().filter(|char| matches!(*char, '-' | MINUS)) else {
        let close = close.trim_end();
        let Some(name) = close.strip_suffix(['-', MINUS]) else {
            return Some((strip_edge(close, '+').unwrap_or(close), false));
        };
        return (!name.ends_with(' ')).then_some((name, true));
    };
    let rest = &close[dash.len_utf8()..];
    let name = rest.trim();
    if name.is_empty() {
        return Some((name, true));
    }
    let (space_before, space_after) = (close.len() < after.len(), rest.starts_with(' '));
    match (space_before, space_after) {
        (true, true) if dash == '-' => Some((name, false)),
        (false, true) => Some((name, true)),
        _ => None,
    }
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
