//! Two readings of one page, compared: what they read differently is unsure.

use rust_decimal::Decimal;

use super::rows::{Figure, Row};

/// Of 100. A number that only one reading has counts from this confidence on.
const MIN_CONFIDENCE_OF_ONE: f32 = 92.0;

/// The rows of the first reading with those that only the second one has. A number stays if both readings have it, or if one has it
/// for certain and the other has none.
pub(super) fn compared(first: Vec<Row>, second: &[Row]) -> Vec<Row> {
    let mut rows: Vec<Row> = first.into_iter().map(|row| with_other(row, second)).collect();
    for row in second.iter().filter(|row| row.has_amount()) {
        if rows.iter().any(|known| is_same_height(known.bottom, row.bottom, known.height.max(row.height))) {
            continue;
        }
        let at = rows.iter().position(|known| known.bottom > row.bottom).unwrap_or(rows.len());
        let mut row = row.clone();
        row.numbers_mut().for_each(|number| doubt(number, None));
        rows.insert(at, row);
    }
    rows
}

fn with_other(mut row: Row, second: &[Row]) -> Row {
    let near: Vec<&Row> =
        second.iter().filter(|other| is_same_height(row.bottom, other.bottom, row.height.max(other.height))).collect();
    if row.figures.is_empty()
        && row.product.is_none()
        && let [other] = near[..]
        && other.numbers().next().is_some()
    {
        row.figures.clone_from(&other.figures);
        row.product.clone_from(&other.product);
        row.numbers_mut().for_each(|number| doubt(number, None));
        row.class.clone_from(&other.class);
        // What was read of the numbers themselves is no part of the name.
        if row.is_unreadable || row.product.is_some() {
            row.label.clone_from(&other.label);
        }
        row.is_unreadable = false;
        return row;
    }
    let others: Vec<&Figure> = near.iter().flat_map(|other| other.numbers()).collect();
    row.numbers_mut().for_each(|number| {
        let same_place = others.iter().find(|other| {
            other.left < number.right
                && other.right > number.left
                && is_same_height(other.bottom, number.bottom, number.height)
        });
        doubt(number, same_place.map(|other| other.value));
    });
    row
}

/// Keeps the value only if another reading has the same, or has nothing there and this one is certain.
fn doubt(number: &mut Figure, other: Option<Option<Decimal>>) {
    let is_sure = match other {
        Some(other) => other == number.value,
        None => number.confidence >= MIN_CONFIDENCE_OF_ONE,
    };
    if !is_sure {
        number.value = None;
    }
}

fn is_same_height(one: f32, other: f32, height: f32) -> bool {
    (one - other).abs() < 0.6 * height
}

/// The rows of a receipt with those of its next photo, without the rows that both show.
pub(super) fn joined(mut rows: Vec<Row>, next: Vec<Row>) -> Vec<Row> {
    let is_same = |one: &Row, other: &Row| one.label == other.label && one.amount() == other.amount();
    let overlaps = |count: &usize| {
        let last = rows.iter().skip(rows.len() - count);
        last.zip(&next).all(|(one, other)| is_same(one, other))
    };
    let count = (1..=rows.len().min(next.len())).rev().find(overlaps).unwrap_or(0);
    rows.extend(next.into_iter().skip(count));
    rows
}
