//! Years of the common era and of others.
//!
//! Converted are the eras whose months and days are the common ones: the Buddhist era of Thailand, the Republic's of Taiwan,
//! the emperors' of Japan; and, where the year has four digits, the calendars of Iran and Afghanistan and of Saudi Arabia.
//! The calendars of Nepal and Ethiopia have years that may be common ones; a year that may be one of theirs is not read.

use crate::gateway::receipt::place::Place;
use chrono::{Datelike, NaiveDate};
use icu_calendar::cal::Hijri;
use icu_calendar::{AsCalendar, Date};

/// Names before a year, and the year before the era's first.
const NAMED: &[(&str, i32)] = &[
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("中華民國", 1911),
    ("中华民国", 1911),
    ("民國", 1911),
    ("民国", 1911),
    ("พุทธศักราช", -543),
    ("พ.ศ.", -543),
    ("พศ", -543),
    ("b.e.", -543),
    ("西暦", 0),
    ("西元", 0),
    ("公元", 0),
    ("คริสต์ศักราช", 0),
    ("ค.ศ.", 0),
];

/// Letters that stand for Japan's eras, just before the year: `R8.3.4`.
const JAPANESE_LETTERS: [(char, i32); 3] = [('r', 2018), ('h', 1988), ('s', 1925)];

/// How far back a receipt is likely to be, in years, where its era is in doubt.
const LIKELY: i32 = 30;

/// A text in lower case without the name of its era, and the year before the era's first.
pub(super) fn named(text: String) -> (String, Option<i32>) {
    for &(name, before) in NAMED {
        if let Some(at) = text.find(name) {
            let rest = format!("{} {}", &text[..at], text[at + name.len()..].replace("元年", "1年"));
            return (rest, Some(before));
        }
    }
    let mut chars = text.chars();
    let letter = chars.next().and_then(|first| JAPANESE_LETTERS.iter().find(|(letter, _)| *letter == first));
    let rest = chars.as_str().trim_start_matches('.');
    match letter {
        Some(&(_, before)) if rest.starts_with(|char: char| char.is_ascii_digit()) => (rest.to_owned(), Some(before)),
        _ => (text, None),
    }
}

/// A calendar whose months are not the common ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    /// The solar calendar of Iran and Afghanistan.
    Persian,
    /// Saudi Arabia's civil calendar. In other countries a month may begin a day earlier or later.
    UmmAlQura,
}

impl Calendar {
    /// The calendar in which a region's tills may print a year of four digits that is none of the common era.
    fn of_region(region: &str) -> Option<Self> {
        match region {
            "IR" | "AF" => Some(Self::Persian),
            "SA" => Some(Self::UmmAlQura),
            _ => None,
        }
    }

    /// The common date of a day of this calendar; `None` if there is no such day.
    pub(super) fn date(self, year: i32, month: u8, day: u8) -> Option<NaiveDate> {
        match self {
            Self::Persian => common_date(Date::try_new_persian(year, month, day).ok()?),
            Self::UmmAlQura => {
                common_date(Date::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok()?)
            }
        }
    }
}

fn common_date<C: AsCalendar>(date: Date<C>) -> Option<NaiveDate> {
    // Both count days from the first of January of the year 1.
    NaiveDate::from_num_days_from_ce_opt(date.to_rata_die().to_i64_date().try_into().ok()?)
}

/// What a year of so many digits means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// A year of the common era.
    Common(i32),
    /// A year of a calendar with months of its own.
    Of(Calendar, i32),
    /// It may be of another era, too.
    InDoubt,
    /// None of which there are receipts.
    None,
}

/// The common year that a year of so many digits means at a place.
pub(super) fn year(number: i32, digits: usize, place: &Place) -> Year {
    let today = place.today.year();
    let is_likely = |year: i32| (today - LIKELY..=today + 1).contains(&year);
    let region = place.region.as_deref().unwrap_or_default();
    let common = match digits {
        2 if 2000 + number <= today + 1 => 2000 + number,
        2 if number >= 80 => 1900 + number,
        // Of a year to come, or of one before there were such tills.
        2 if region == "TH" && is_likely(1957 + number) => return Year::Common(1957 + number),
        3 if region == "TW" && is_likely(1911 + number) => return Year::Common(1911 + number),
        4 if region == "TH" && is_likely(number - 543) => return Year::Common(number - 543),
        4 if (1900..=2099).contains(&number) => number,
        4 => return Calendar::of_region(region).map_or(Year::None, |calendar| Year::Of(calendar, number)),
        _ => return Year::None,
    };
    let other_years: &[i32] = match (digits, region) {
        (2, "TH") => &[1957 + number],
        (2, "JP") => &[2018 + number],
        (2, "TW") => &[1911 + number],
        // Persian years begin in March, as Nepal's do in April and Ethiopia's in September.
        (2, "IR" | "AF") => return Year::InDoubt,
        (2, "NP") => &[1943 + number],
        (2 | 4, "ET") => &[common + 7, common + 8],
        (4, "NP") => &[common - 57, common - 56],
        _ => &[],
    };
    if other_years.iter().any(|&year| is_likely(year)) { Year::InDoubt } else { Year::Common(common) }
}
