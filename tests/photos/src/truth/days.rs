//! Days, and how the calendars of several countries name them.

/// A day of the common calendar, counted from 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `14.03.2026`, with this mark.
    DayFirst(char),
    /// `14.03.26`
    DayFirstShort(char),
    /// `03/14/2026`
    MonthFirst(char),
    /// `2026/03/14`
    YearFirst(char),
    /// `14 March 2026`
    DayMonthName,
    /// `March 14, 2026`
    MonthNameDay,
    /// `2026年3月14日`
    Han,
    /// `令和8年3月14日`
    Reiwa,
    /// `R8.3.14`
    ReiwaLetter,
    /// `14/03/2569`
    Buddhist,
    /// `พ.ศ. 2569`: `14 มีนาคม พ.ศ. 2569`
    BuddhistNamed,
    /// `民國115年3月14日`
    Minguo,
    /// `115/03/14`
    MinguoShort,
    /// `25/09/1447`, Saudi Arabia's calendar
    Hijri,
}

/// The first days of the months of the Umm al-Qura calendar from Muharram 1447 on, as Saudi Arabia published them.
const HIJRI_1447: [(i64, u32, u32); 13] = [
    (2025, 6, 26),
    (2025, 7, 26),
    (2025, 8, 24),
    (2025, 9, 23),
    (2025, 10, 23),
    (2025, 11, 22),
    (2025, 12, 21),
    (2026, 1, 20),
    (2026, 2, 18),
    (2026, 3, 20),
    (2026, 4, 18),
    (2026, 5, 18),
    (2026, 6, 16),
];

impl Day {
    /// Howard Hinnant's `days_from_civil`.
    #[must_use]
    pub fn new(year: i64, month: u32, day: u32) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * i64::from((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Year, month and day.
    #[must_use]
    pub fn civil(self) -> (i64, u32, u32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * month + 2) / 5 + 1) as u32;
        let month = (if month < 10 { month + 3 } else { month - 9 }) as u32;
        (year + era * 400 + i64::from(month <= 2), month, day)
    }

    /// ISO 8601.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// As it is written there; `None` if the calendar's table does not have the day.
    pub(super) fn written(self, form: DateForm, months: &[&str; 12]) -> Option<String> {
        let (year, month, day) = self.civil();
        let name = months[month as usize - 1];
        Some(match form {
            DateForm::DayFirst(mark) => format!("{day:02}{mark}{month:02}{mark}{year}"),
            DateForm::DayFirstShort(mark) => format!("{day:02}{mark}{month:02}{mark}{:02}", year % 100),
            DateForm::MonthFirst(mark) => format!("{month:02}{mark}{day:02}{mark}{year}"),
            DateForm::YearFirst(mark) => format!("{year}{mark}{month:02}{mark}{day:02}"),
            DateForm::DayMonthName => format!("{day} {name} {year}"),
            DateForm::MonthNameDay => format!("{name} {day}, {year}"),
            DateForm::Han => format!("{year}年{month}月{day}日"),
            DateForm::Reiwa => format!("令和{}年{month}月{day}日", year - 2018),
            DateForm::ReiwaLetter => format!("R{}.{month}.{day}", year - 2018),
            DateForm::Buddhist => format!("{day:02}/{month:02}/{}", year + 543),
            DateForm::BuddhistNamed => format!("{day} {name} พ.ศ. {}", year + 543),
            DateForm::Minguo => format!("民國{}年{month}月{day}日", year - 1911),
            DateForm::MinguoShort => format!("{}/{month:02}/{day:02}", year - 1911),
            DateForm::Hijri => {
                let starts = HIJRI_1447.map(|(year, month, day)| Self::new(year, month, day));
                let at = starts.windows(2).position(|month| month[0] <= self && self < month[1])?;
                format!("{:02}/{:02}/1447", self.0 - starts[at].0 + 1, at + 1)
            }
        })
    }
}
