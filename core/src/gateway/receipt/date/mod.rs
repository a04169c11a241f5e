//! A calendar date from the text that gives it (P7).
//!
//! Reads ISO 8601 dates and the forms that people and tills write: in numbers, or with a month's name in any language that
//! the CLDR covers. A date that can be read in two ways is read only if the place says which; a day that does not exist, or
//! that is still to come, is not a date. The time of day and its zone are dropped: the date is the one that the receipt
//! shows, where it was printed.

mod era;
mod order;
mod words;

use super::place::Place;
use chrono::{Datelike, NaiveDate};
use era::Year;
use order::Order;
use words::{Field, Word, words};

/// More characters than any date with its weekday, time and zone needs.
const MAX_CHARACTERS: usize = 96;

/// The date; `None` if the text is none, is one that does not exist or is still to come, or may be two.
///
/// Years have four digits from 1900, or two: those up to today's are of this century, 80 to 99 of the last one. Years of
/// other eras are read where they say so, as `令和8年` and `พ.ศ. 2569` do, or where their place leaves no doubt.
pub(super) fn read(text: &str, place: &Place) -> Option<NaiveDate> {
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        return None;
    }
    let (text, era) = era::named(words::plain(text));
    let reader = Reader { place, era };
    let fields: [Field; 3] = words(&text, place)?.try_into().ok()?;
    let date = match &fields {
        [Field::Number(one), Field::Number(two), Field::Number(three)] => reader.in_numbers(one, two, three),
        [Field::Number(one), Field::Month(month), Field::Number(three)] if one.is_a_year() => {
            reader.date(one, *month, three)
        }
        [Field::Number(one), Field::Month(month), Field::Number(three)] => reader.date(three, *month, one),
        [Field::Month(month), Field::Number(day), Field::Number(year)] => reader.date(year, *month, day),
        [Field::Number(year), Field::Number(day), Field::Month(month)] if year.is_a_year() => {
            reader.date(year, *month, day)
        }
        _ => None,
    };
    date.filter(|date| place.is_past(*date) && date.year() >= 1900)
}

struct Reader<'a> {
    place: &'a Place,
    /// The first year of the era that the text names, less one.
    era: Option<i32>,
}

impl Reader<'_> {
    /// A date in numbers: every order that makes a date of them is possible, and there must be one only.
    fn in_numbers(&self, one: &Word, two: &Word, three: &Word) -> Option<NaiveDate> {
        // The marks between numbers are the same, unless they are the words for year, month and day.
        if one.mark != two.mark && !one.is_year {
            return None;
        }
        let number = |word: &Word| word.digits.parse::<u32>().ok().filter(|_| word.digits.len() <= 2);
        let year_first = || self.date(one, number(two)?, three);
        if one.is_a_year() || self.era.is_some() && three.digits.len() < 3 {
            return year_first();
        }
        let day_first = number(two).and_then(|month| self.date(three, month, one));
        let month_first = number(one).and_then(|month| self.date(three, month, two));
        let year_first = year_first().filter(|_| three.digits.len() <= 2);
        let order = order::of(self.place);
        let year = if order == Order::Year && !three.is_a_year() { one } else { three };
        if self.year(year) == Year::InDoubt {
            return None;
        }
        let preferred = match (order, one.mark) {
            // Points part days, months and years in Europe, and years, months and days in Asia; who writes the month first
            // writes a slash.
            (Order::Month, '.') => None,
            (Order::Day, _) => day_first,
            (Order::Month, _) => month_first,
            (Order::Year, _) => year_first,
            (Order::Unknown, '.') => match year_first {
                Some(other) if day_first.is_some_and(|date| date < other) => return None,
                _ => day_first,
            },
            (Order::Unknown | Order::Mixed, _) => None,
        };
        preferred.or_else(|| {
            let mut possible = [day_first, month_first, year_first].into_iter().flatten();
            let first = possible.next()?;
            possible.all(|other| other == first).then_some(first)
        })
    }

    /// The date of a year, a month, and a day of one or two digits, if there is such a day.
    fn date(&self, year: &Word, month: u32, day: &Word) -> Option<NaiveDate> {
        if day.digits.len() > 2 {
            return None;
        }
        let day: u8 = day.digits.parse().ok()?;
        match self.year(year) {
            Year::Common(year @ 1900..) => NaiveDate::from_ymd_opt(year, month, day.into()),
            Year::Of(calendar, year) => calendar.date(year, month.try_into().ok()?, day),
            _ => None,
        }
    }

    fn year(&self, word: &Word) -> Year {
        match (word.digits.parse::<i32>(), self.era) {
            (Ok(number), Some(before)) => Year::Common(before.saturating_add(number)),
            (Ok(number), None) => era::year(number, word.digits.len(), self.place),
            _ => Year::None,
        }
    }
}

#[cfg(test)]
mod tests;
