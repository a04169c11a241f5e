//! One number of money, as receipts print it.

use std::str::FromStr as _;

use rust_decimal::{Decimal, RoundingStrategy};

use super::currencies;

/// The most digits of an amount on a receipt.
const MAX_DIGITS: usize = 9;
const MINUS: [char; 4] = ['-', '−', '–', '—'];

/// An amount such as `31.95`, `€31.95`, `1.234,56`, `1'234.50`, `1,23,456.00` or `-CHF 3.40`, in a currency with so many decimals.
/// A number with other decimals is none, and neither is one with anything else beside it.
pub(super) fn amount(text: &str, digits: u32) -> Option<Decimal> {
    let (is_negative, number) = unsigned(text)?;
    let separators: Vec<(usize, char)> = number.char_indices().filter(|(_, char)| !char.is_ascii_digit()).collect();
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    let decimals = digits as usize;
    let starts_and_ends =
        number.starts_with(|char: char| char.is_ascii_digit()) && number.ends_with(|char: char| char.is_ascii_digit());
    // Nothing is printed with a zero before other digits: `065` is the end of `1,065`.
    let is_cut = plain.len() > decimals + 1 && plain.starts_with('0');
    if !starts_and_ends || is_cut || plain.len() > MAX_DIGITS || plain.len() <= decimals {
        return None;
    }
    let (groups, mark) = match (digits, separators.split_last()) {
        (0, _) => (&separators[..], None),
        (_, Some((last, groups))) if number.len() - last.0 == decimals + last.1.len_utf8() => (groups, Some(last.1)),
        _ => return None,
    };
    let end = number.len() - if digits == 0 { 0 } else { decimals + 1 };
    if !are_groups(groups, mark, end) {
        return None;
    }
    let value = Decimal::from_str(&plain).ok()? / Decimal::from(10_u32.pow(digits));
    let mut value = if is_negative { -value } else { value };
    value.rescale(digits);
    Some(value)
}

/// Whether a number has a minus, and what is left of it without minus and currency.
fn unsigned(text: &str) -> Option<(bool, &str)> {
    let mut number = text.trim();
    let mut minuses = 0;
    for _ in 0..3 {
        if let Some(rest) = number.strip_prefix(MINUS).or_else(|| number.strip_suffix(MINUS)) {
            minuses += 1;
            number = rest.trim();
        }
        number = currencies::without_sign(number).trim();
    }
    (minuses <= 1).then_some((minuses == 1, number))
}

/// Whether marks stand between thousands: all alike, none like the decimal mark, three digits apart at the end and two or three
/// before.
fn are_groups(groups: &[(usize, char)], mark: Option<char>, end: usize) -> bool {
    let known = |char: char| matches!(char, '.' | ',' | '\'' | '’') && Some(char) != mark;
    let are_alike = groups.iter().all(|(_, char)| known(*char) && Some(*char) == groups.first().map(|first| first.1));
    let widths = groups.iter().enumerate().map(|(index, (at, char))| {
        let next = groups.get(index + 1).map_or(end, |next| next.0);
        (index + 1 == groups.len(), next - at - char.len_utf8())
    });
    let mut widths = widths;
    are_alike && widths.all(|(is_last, width)| width == 3 || !is_last && width == 2)
}

/// Rounded as shops do.
pub(super) fn half_up(exact: Decimal, digits: u32) -> Decimal {
    exact.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    // P7: what may be another number is none
    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        for (text, digits, value) in [
            ("31.95", 2, "31.95"),
            ("€31.95", 2, "31.95"),
            ("31,95€", 2, "31.95"),
            ("1,234.56", 2, "1234.56"),
            ("1.234,56", 2, "1234.56"),
            ("1'234.50", 2, "1234.50"),
            ("₹1,23,456.00", 2, "123456.00"),
            ("-3,40", 2, "-3.40"),
            ("−€3.40", 2, "-3.40"),
            ("€-3.40", 2, "-3.40"),
            ("3,40-", 2, "-3.40"),
            ("CHF3.40", 2, "3.40"),
            ("¥1,240", 0, "1240"),
            ("480", 0, "480"),
            ("12.350", 3, "12.350"),
            ("1,234.500", 3, "1234.500"),
        ] {
            assert_eq!(amount(text, digits), value.parse().ok(), "{text}");
        }
        for (text, digits) in [
            ("", 2),
            ("-", 2),
            ("31", 2),
            ("31.9", 2),
            ("31.950", 2),
            (".95", 2),
            ("1.2.34", 2),
            ("12,34.56", 2),
            ("1,234,56", 2),
            ("--3.40", 2),
            ("~3.40", 2),
            ("3.4O", 2),
            ("l2.40", 2),
            ("3.40%", 2),
            ("99999999999.00", 2),
            ("12.40", 0),
            ("065", 0),
            ("012.40", 2),
            ("1,24", 0),
            ("18:42", 0),
            ("3-5", 0),
            ("12.35", 3),
        ] {
            assert_eq!(amount(text, digits), None, "{text}");
        }
    }
}
