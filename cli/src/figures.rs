//! How amounts, times and counts are written.

use rust_decimal::Decimal;
use std::time::Duration;

/// An amount of the wallet's currency: at least two decimals, no needless zeros beyond.
pub fn money(amount: Decimal) -> String {
    two_decimals(amount.normalize())
}

/// As amounts are written: 18.0 as 18.00. What has no decimals, such as yen, gets none.
pub fn price(amount: Decimal) -> String {
    if amount.scale() == 1 { two_decimals(amount) } else { amount.to_string() }
}

fn two_decimals(mut amount: Decimal) -> String {
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount.to_string()
}

/// Milliseconds: whole ones, below ten with a tenth.
pub fn milliseconds(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 9.95 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}

/// 12345 as 12,345.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_write_them() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(money(decimal("10")), "10.00");
        assert_eq!(money(decimal("9.9974500")), "9.99745");
        assert_eq!(price(decimal("18.0")), "18.00");
        assert_eq!(price(decimal("1240")), "1240");
        assert_eq!(grouped(1234567), "1,234,567");
        assert_eq!(grouped(123), "123");
    }
}
