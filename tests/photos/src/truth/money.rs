//! Amounts as countries write them.

use super::countries::Country;

/// An amount in whole smallest units, as a decimal with a point: `-12.40`.
pub(super) fn decimal(units: i64, digits: u32) -> String {
    let scale = 10_i64.pow(digits);
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) = (units.abs() / scale, units.abs() % scale);
    if digits == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = digits as usize)
    }
}

/// As the country writes it: `1.234,40`; in India `1,23,456.00`.
pub(super) fn local(units: i64, country: &Country, grouped: bool) -> String {
    let plain = decimal(units.abs(), country.digits);
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut written = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        let is_group = if country.region == "IN" { left == 3 || left > 3 && left % 2 == 1 } else { left % 3 == 0 };
        if grouped && at > 0 && is_group {
            written.push_str(country.group);
        }
        written.push(digit);
    }
    if !rest.is_empty() {
        written.push(country.decimal);
        written.push_str(rest);
    }
    if units < 0 { format!("-{written}") } else { written }
}

/// With the currency's sign, as receipts print a total.
pub(super) fn signed(units: i64, country: &Country, grouped: bool) -> String {
    let number = local(units, country, grouped);
    let sign = country.sign;
    if country.sign_first {
        let space = if sign.chars().all(char::is_alphabetic) { " " } else { "" };
        match number.strip_prefix('-') {
            Some(number) => format!("-{sign}{space}{number}"),
            None => format!("{sign}{space}{number}"),
        }
    } else {
        let space = if sign == "円" { "" } else { " " };
        format!("{number}{space}{sign}")
    }
}
