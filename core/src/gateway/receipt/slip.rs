//! Whether one amount is read as another by a single slip, as blurred print, OCR and models do.

use rust_decimal::Decimal;

/// Whether a single slip turns one amount into the other: a digit misread, lost or added, two neighbouring digits swapped, or the
/// decimal mark lost or moved. Signs do not count.
pub(super) fn is_one_slip(one: Decimal, other: Decimal) -> bool {
    let (one, other) = (one.abs().normalize(), other.abs().normalize());
    if one == other {
        return false;
    }
    let (a, b) = (digits(one, other.scale()), digits(other, one.scale()));
    let has_one_more = has_one_more_digit(one, other) || has_one_more_digit(other, one);
    has_one_more || has_one_other_digit(&a, &b) || has_other_mark(&a, &b)
}

/// The digits of an amount with at least so many decimals.
fn digits(mut amount: Decimal, decimals: u32) -> Vec<u8> {
    amount.rescale(amount.scale().max(decimals));
    amount.mantissa().unsigned_abs().to_string().into_bytes()
}

/// A digit is another, or two neighbours are swapped.
fn has_one_other_digit(one: &[u8], other: &[u8]) -> bool {
    let length = one.len().max(other.len());
    let padded = |digits: &[u8]| [vec![b'0'; length - digits.len()], digits.to_vec()].concat();
    let (one, other) = (padded(one), padded(other));
    let differing: Vec<usize> = (0..length).filter(|at| one[*at] != other[*at]).collect();
    match differing[..] {
        [_] => true,
        [first, second] => second == first + 1 && one[first] == other[second] && one[second] == other[first],
        _ => false,
    }
}

/// The one amount is written as the other is, with a digit more.
fn has_one_more_digit(one: Decimal, other: Decimal) -> bool {
    let written = one.to_string();
    let places = written.char_indices().filter(|(_, char)| char.is_ascii_digit());
    let mut without = places.map(|(at, _)| [&written[..at], &written[at + 1..]].concat());
    without.any(|text| text.parse() == Ok(other))
}

/// The same digits with the mark elsewhere: the zeros at the end may differ.
fn has_other_mark(one: &[u8], other: &[u8]) -> bool {
    let significant = |digits: &[u8]| {
        let zeros = digits.iter().rev().take_while(|digit| **digit == b'0').count();
        digits[..digits.len() - zeros].to_vec()
    };
    significant(one) == significant(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_slip(one: &str, other: &str) -> bool {
        let (one, other) = (one.parse().unwrap(), other.parse().unwrap());
        assert_eq!(is_one_slip(one, other), is_one_slip(other, one), "{one} {other}");
        is_one_slip(one, other)
    }

    // P14
    #[test]
    fn one_slip_is_told_from_another_amount() {
        for (one, other) in [
            ("24.00", "20.00"),
            ("24.00", "24.01"),
            ("12.00", "2.00"),
            ("12.34", "21.34"),
            ("12.34", "12.43"),
            ("12.34", "123.4"),
            ("12.34", "1.234"),
            ("12.34", "1234"),
            ("123.45", "13.45"),
            ("91.95", "91.5"),
            ("1240", "124"),
            ("0.50", "5"),
            ("0.05", "0.5"),
            ("-5.00", "6"),
        ] {
            assert!(is_slip(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("17.00", "20.00"),
            ("5.50", "6.00"),
            ("12.34", "13.25"),
            ("12.34", "34.12"),
            ("1.00", "-1"),
            ("0", "0.00"),
        ] {
            assert!(!is_slip(one, other), "{one} {other}");
        }
    }
}
