use super::*;
use proptest::prelude::*;

const MARCH_4: &str = "2026-03-04";

fn iso(text: &str, order: Option<First>) -> Option<String> {
    read(text, order).map(|date| date.to_string())
}

// P7
#[test]
fn dates_of_one_meaning_are_read_whatever_the_locale() {
    for text in [
        MARCH_4,
        "2026-03-04T14:30:00Z",
        "2026-03-04T14:30:00.123+02:00",
        "2026-03-04 14:30",
        "2026-03-04 14:30:05 +0200",
        "20260304",
        "20260304T14:30",
        "2026/03/04",
        "2026/3/4",
        "2026.03.04",
        "2026. 3. 4.",
        "2026年3月4日",
        "2026년 3월 4일",
        "04.03.2026",
        "4.3.2026",
        "4. 3. 2026",
        "04.03.26",
        "04.03.2026, 14:30 Uhr",
        "14:30 04.03.2026",
        "4 March 2026",
        "March 4, 2026",
        "MARCH 4 2026",
        "Mar. 4, 2026",
        "4th of March 2026",
        "Wednesday, March 4th, 2026 at 3:15 PM",
        "Wed 4 Mar 2026 3:15pm",
        "04-Mar-26",
        "4/Mar/2026",
        "2026-Mar-04",
    ] {
        for order in [None, Some(First::Day), Some(First::Month), Some(First::Year)] {
            assert_eq!(iso(text, order).as_deref(), Some(MARCH_4), "{text} {order:?}");
        }
    }
    for (text, date) in [
        ("13/04/2026", "2026-04-13"),
        ("04/13/2026", "2026-04-13"),
        ("5-5-2026", "2026-05-05"),
        ("Sept 1, 2026", "2026-09-01"),
    ] {
        for order in [None, Some(First::Day), Some(First::Month)] {
            assert_eq!(iso(text, order).as_deref(), Some(date), "{text} {order:?}");
        }
    }
}

// P7
#[test]
fn an_ambiguous_date_needs_a_locale() {
    for (text, order, date) in [
        ("03/04/2026", None, None),
        ("03/04/2026", Some(First::Day), Some("2026-04-03")),
        ("03/04/2026", Some(First::Month), Some(MARCH_4)),
        ("03/04/2026", Some(First::Year), None),
        ("03-04-2026", None, None),
        ("3/4/26", Some(First::Month), Some(MARCH_4)),
        ("26/03/04", None, None),
        ("26/03/04", Some(First::Year), Some(MARCH_4)),
        ("13/04/26", None, None),
        ("13/04/26", Some(First::Day), Some("2026-04-13")),
        ("04/13/99", None, Some("1999-04-13")),
    ] {
        assert_eq!(iso(text, order).as_deref(), date, "{text} {order:?}");
    }
}

// P7
#[test]
fn the_order_is_that_of_the_region() {
    for (language, region, expected) in [
        ("en", Some("US"), Some(First::Month)),
        ("es", Some("PR"), Some(First::Month)),
        ("en", Some("GB"), Some(First::Day)),
        ("de", Some("DE"), Some(First::Day)),
        ("ja", Some("JP"), Some(First::Year)),
        ("en", Some("CA"), None),
        ("en", None, None),
        ("de", None, Some(First::Day)),
    ] {
        assert_eq!(order(language, region), expected, "{language} {region:?}");
    }
}

// P7
#[test]
fn what_is_no_date_is_not_read() {
    for text in [
        "",
        "today",
        "31.02.2026",
        "2026-02-29",
        "2026-13-01",
        "31 Feb 2026",
        "0000-00-00",
        "00/00/0000",
        "2569-03-04",
        "March 2026",
        "2026-03",
        "03/04-2026",
        "03/04",
        "4 M 2026",
        "4 Ma 2026",
        "4 Marchy 2026",
        "2026 March",
        "March 4 5 2026",
        "1772582400",
        "04032026",
        "123.4.2026",
        "+4.3.2026",
        "4 March 126",
        "Wednesday",
        "14:30",
        "2026-03-04x",
        &"1/".repeat(500_000),
    ] {
        assert_eq!(iso(text, Some(First::Day)), None, "{text:.40}");
    }
}

// P7
#[test]
fn two_digit_years_turn_at_eighty() {
    assert_eq!(iso("1.1.79", None).as_deref(), Some("2079-01-01"));
    assert_eq!(iso("1.1.80", None).as_deref(), Some("1980-01-01"));
}

proptest! {
    // P7
    #[test]
    fn every_day_survives_its_writing(days in 0_u64..73_000, format in 0_usize..7) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days);
        let format = ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%-d %B %Y", "%b %-d, %Y", "%a, %d %b %Y 23:59:59", "%Y%m%d"][format];
        prop_assert_eq!(read(&day.format(format).to_string(), None), Some(day));
    }

    // S3
    #[test]
    fn no_text_panics(text in "([0-9./: T年-]|mar|am|\\PC){0,30}") {
        read(&text, None);
        read(&text, Some(First::Year));
    }
}
