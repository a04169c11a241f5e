//! Dates, as receipts print them.

use chrono::NaiveDate;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// German names that begin differently.
const MONATE: [(&str, u32); 4] = [("mär", 3), ("mai", 5), ("okt", 10), ("dez", 12)];

/// The first date that can be only one date.
pub(crate) fn find(lines: &[String]) -> Option<NaiveDate> {
    lines.iter().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let numeric = words.iter().find_map(|word| numeric(word));
        numeric.or_else(|| words.windows(3).find_map(|words| with_month_name([words[0], words[1], words[2]])))
    })
}

/// `2026-03-04`, `04.03.2026`, `24/03/2026`, `03/24/26`. P7: 03/04/2026 is two dates, so it is none.
fn numeric(word: &str) -> Option<NaiveDate> {
    // A lone letter before it may name an era: R8.3.14.
    if word.find(|c: char| c.is_ascii_digit()) == Some(1) && word.starts_with(char::is_alphabetic) {
        return None;
    }
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let separator = word.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
    let parts: Vec<u32> = word.split(separator).map(str::parse).collect::<Result<_, _>>().ok()?;
    let [first, second, third] = parts[..] else { return None };
    if first > 1000 {
        return date(first, second, third);
    }
    let (day_first, month_first) = (date(third, second, first), date(third, first, second));
    match separator {
        // With dots, the day comes first everywhere.
        '.' => day_first,
        _ if day_first == month_first => day_first,
        _ => day_first.xor(month_first),
    }
}

/// `21 Feb 2026`, `Feb 21, 2026`, `21. März 2026`.
fn with_month_name([first, second, year]: [&str; 3]) -> Option<NaiveDate> {
    let number = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let year = number(year)?;
    month(second)
        .and_then(|month| date(year, month, number(first)?))
        .or_else(|| month(first).and_then(|month| date(year, month, number(second)?)))
}

fn month(word: &str) -> Option<u32> {
    let start: String = word.to_lowercase().chars().take(3).collect();
    let english = MONTHS.iter().position(|name| *name == start).and_then(|index| u32::try_from(index + 1).ok());
    english.or_else(|| MONATE.iter().find(|(name, _)| *name == start).map(|(_, month)| *month))
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = if year < 100 { year + 2000 } else { year };
    // A telephone number with dots in it may look like a date, but not like one in this century.
    if !(2000..2100).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        find(&[text.to_owned()]).map(|date| date.to_string())
    }

    #[test]
    fn dates_in_common_forms_are_read() {
        for text in [
            "2026-03-24",
            "24.03.2026",
            "24.03.26",
            "24/03/2026",
            "03/24/2026",
            "24-03-2026",
            "Datum: 24.03.2026, 18:42",
            "24 Mar 2026",
            "24 March 2026 10:00",
            "Mar 24, 2026",
            "24. März 2026",
        ] {
            assert_eq!(read(text).as_deref(), Some("2026-03-24"), "{text}");
        }
        assert_eq!(read("04/04/2026").as_deref(), Some("2026-04-04"));
    }

    // P7: 03/04/2026 without a locale hint is ambiguous: null
    #[test]
    fn what_is_no_single_date_is_none() {
        for text in
            ["03/04/2026", "R8.3.14", "91/13/2026", "30.02.2026", "0221 555 0134", "1.2.3.4", "12.40", "", "24.03.1026"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
