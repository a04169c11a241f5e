//! A calendar date from the text that gives it (P7).
//!
//! Reads ISO 8601 dates and the forms that people and tills write: in numbers, or with an English month. A date that can
//! be read in two ways is read only if the user's locale says which, and a day that does not exist is not a date. The time
//! of day and its zone are dropped: the date is the one that the receipt shows, where it was printed.

use chrono::NaiveDate;

/// More characters than any date with its weekday, time and zone needs.
const MAX_CHARACTERS: usize = 64;

/// What a locale writes first in a date of numbers, where the numbers themselves leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// 31/12/2026 and 31/12/26.
    Day,
    /// 12/31/2026 and 12/31/26.
    Month,
    /// 26/12/31. It leaves 03/04/2026 open.
    Year,
}

/// Where the month comes first: the United States and its islands, and the Philippines, as in the Unicode CLDR.
const MONTH_FIRST_REGIONS: &str = "AS GU MH MP PH PR UM US VI";
/// Where the year does.
const YEAR_FIRST_REGIONS: &str = "CN HU JP KP KR LT MN TW";
/// Where several orders are in daily use, so that the region tells nothing.
const MIXED_REGIONS: &str = "CA PA SE ZA";
/// Languages that say it without a region, because the day comes first wherever they are spoken.
const DAY_FIRST_LANGUAGES: &str = "bg cs da de el et fi fr hr id is it lv nb nl nn no pl pt ro ru sk sl sr tr uk vi";

const MONTHS: &str = "january february march april may june july august september october november december";
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";

/// What a locale writes first, by its language in lower and its region in upper case; `None` where they do not tell.
pub(super) fn order(language: &str, region: Option<&str>) -> Option<First> {
    let one_of = |list: &str, wanted: &str| list.split(' ').any(|item| item == wanted);
    match region {
        Some(region) if one_of(MONTH_FIRST_REGIONS, region) => Some(First::Month),
        Some(region) if one_of(YEAR_FIRST_REGIONS, region) => Some(First::Year),
        Some(region) if one_of(MIXED_REGIONS, region) => None,
        Some(_) => Some(First::Day),
        None => one_of(DAY_FIRST_LANGUAGES, language).then_some(First::Day),
    }
}

/// The date; `None` if the text is none, is one that does not exist, or may be two.
///
/// Years have four digits from 1900 to 2099, or two: 00 to 79 are 2000 to 2079, 80 to 99 are 1980 to 1999.
pub(super) fn read(text: &str, order: Option<First>) -> Option<NaiveDate> {
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        return None;
    }
    let text = without_time(&text.to_lowercase());
    let (fields, mark) = split(&text)?;
    match fields.map(|field| field.parse::<u32>().is_ok()) {
        [true, true, true] => in_numbers(fields, mark, order),
        [true, false, true] if fields[0].len() == 4 => date(fields[0], month(fields[1])?, fields[2]),
        [true, false, true] => date(fields[2], month(fields[1])?, fields[0]),
        [false, true, true] => date(fields[2], month(fields[0])?, fields[1]),
        _ => None,
    }
}

/// The text without the time of day, the weekday, and the words and points that dates are dressed with.
fn without_time(text: &str) -> String {
    // ISO 8601 joins date and time by a T, and its basic form has no marks.
    let text = match text.split_once('t') {
        Some((date, time)) if date.ends_with(|char: char| char.is_ascii_digit()) && is_time(time) => date,
        _ => text,
    };
    let text: String = match text.as_bytes() {
        digits if digits.len() == 8 && digits.iter().all(u8::is_ascii_digit) => {
            format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])
        }
        _ => text.replace(['年', '月', '년', '월'], "-").replace(['日', '일'], " "),
    };
    let is_dress = |word: &str| {
        is_time(word)
            || is_name(word.trim_end_matches('.'), WEEKDAYS)
            || matches!(word, "at" | "of" | "on" | "the" | "am" | "pm" | "a.m." | "p.m." | "z" | "utc" | "gmt" | "uhr")
    };
    let words: Vec<&str> = text.split([' ', ',', '\t', '\n', '\u{A0}', '\u{202F}']).collect();
    let kept: Vec<&str> = words.into_iter().filter(|word| !word.is_empty() && !is_dress(word)).collect();
    // "4. 3. 2026" and "2026- 3-4" have spaces after their marks only, which are theirs.
    kept.join(" ").replace(". ", ".").replace("- ", "-").trim_end_matches('.').to_owned()
}

/// Whether this is a time of day or an offset from UTC: `14:30`, `14:30:05.123+02:00`, `3:15pm`, `+0200`.
fn is_time(word: &str) -> bool {
    let digits = word.trim_end_matches("am").trim_end_matches("pm").trim_end_matches('z');
    let has_hours = digits.starts_with(|char: char| char.is_ascii_digit()) && digits.contains(':');
    let is_offset = digits.starts_with(['+', '-']) && matches!(digits.len(), 3 | 5 | 6);
    let only_time = digits.chars().all(|char| char.is_ascii_digit() || matches!(char, ':' | '.' | '+' | '-'));
    only_time && (has_hours || is_offset)
}

/// The three fields of a date and the mark between them, which must be the same twice if all are numbers.
fn split(text: &str) -> Option<([&str; 3], char)> {
    let is_mark = |char: char| matches!(char, '-' | '/' | '.' | ' ');
    let fields: Vec<&str> = text.split(is_mark).filter(|field| !field.is_empty()).collect();
    let marks: Vec<char> = text.chars().filter(|&char| is_mark(char)).collect();
    let fields: [&str; 3] = fields.try_into().ok()?;
    let day_or_year = |field: &str| field.starts_with(|char: char| char.is_ascii_digit());
    let has_name = fields.iter().any(|field| !day_or_year(field));
    let fields = fields.map(|field| if has_name { without_ordinal(field) } else { field });
    let [first, .., last] = marks[..] else { return None };
    let is_text = has_name || marks.len() == 2 && first == last;
    is_text.then_some((fields, first))
}

/// `4th` as `4`.
fn without_ordinal(field: &str) -> &str {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| field.strip_suffix(ending));
    number.filter(|number| number.parse::<u32>().is_ok()).unwrap_or(field)
}

/// A date in numbers: every order that makes a date of them is possible, and there must be one only.
fn in_numbers(fields: [&str; 3], mark: char, order: Option<First>) -> Option<NaiveDate> {
    let [one, two, three] = fields;
    let number = |field: &str| field.parse::<u32>().ok();
    let year_first = date(one, number(two)?, three);
    if one.len() == 4 {
        return year_first;
    }
    let day_first = date(three, number(two)?, one);
    if mark == '.' {
        return day_first;
    }
    let month_first = date(three, number(one)?, two);
    let year_first = year_first.filter(|_| three.len() == 2);
    let preferred = match order {
        Some(First::Day) => day_first,
        Some(First::Month) => month_first,
        Some(First::Year) => year_first,
        None => None,
    };
    preferred.or_else(|| {
        let mut possible = [day_first, month_first, year_first].into_iter().flatten();
        let first = possible.next()?;
        possible.all(|other| other == first).then_some(first)
    })
}

/// The date of a year of two or four digits, a month, and a day of one or two digits, if there is such a day.
fn date(year: &str, month: u32, day: &str) -> Option<NaiveDate> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year) || !digits(day) || day.len() > 2 {
        return None;
    }
    let year = match (year.len(), year.parse::<i32>().ok()?) {
        (2, year @ ..80) => 2000 + year,
        (2, year) => 1900 + year,
        (4, year @ 1900..=2099) => year,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)
}

/// The month, from 1, of an English name or its abbreviation.
fn month(name: &str) -> Option<u32> {
    (1..).zip(MONTHS.split(' ')).find(|(_, month)| is_name(name, month)).map(|(number, _)| number)
}

/// Whether a text is one of these names, or begins it with at least three letters.
fn is_name(text: &str, names: &str) -> bool {
    text.len() >= 3 && names.split(' ').any(|name| name.starts_with(text))
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
