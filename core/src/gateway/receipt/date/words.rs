//! The parts of a date's text: numbers, and names of months; all else that dates are dressed with is passed over.

use crate::gateway::receipt::characters::{digit, is_direction};
use crate::gateway::receipt::cldr::names::{MONTHS, WEEKDAYS};
use crate::gateway::receipt::place::Place;

/// A number of a date, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) digits: String,
    /// The mark to the next number: `-`, `/`, `.`, or a space.
    pub(super) mark: char,
    /// The word for year follows it.
    pub(super) is_year: bool,
}

impl Word {
    /// Whether this can be nothing but a year.
    pub(super) fn is_a_year(&self) -> bool {
        self.is_year || self.digits.len() >= 3
    }
}

/// One of the three parts of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    Number(Word),
    /// The month that a name stands for, from 1.
    Month(u32),
}

/// Words around dates that say nothing of them.
const DRESS: &str = "at of on the de del di da do d' den der le el il an am pm a.m p.m a.m. p.m. z utc gmt cet cest wet west eet eest \
    bst ist est edt cst cdt mst mdt pst pdt jst kst msk aest aedt uhr h hs hrs hr klo kl kl. um à às alle ore ч г г. год года р р. року \
    рік r r. roku год. m m. d d. g. gada năm ngày tháng ngày วันที่ ปี เวลา น. น um o'clock 오전 오후 上午 下午 午前 午後 tarih tarihi date data datum fecha";

/// A text in lower case, its digits and marks in their plain form.
pub(super) fn plain(text: &str) -> String {
    let chars = text.chars().filter(|char| !is_direction(*char));
    let chars = chars.map(|char| match digit(char).unwrap_or(char) {
        '／' => '/',
        '．' | '。' => '.',
        '－' | '‐' | '‑' | '–' | '—' | '−' => '-',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '’' => '\'',
        '،' | '、' | '，' => ',',
        char if char.is_whitespace() => ' ',
        char => char,
    });
    chars.flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}

/// The fields of a date; `None` if there is a word that is none.
pub(super) fn words(text: &str, place: &Place) -> Option<Vec<Field>> {
    let text = in_marks(text);
    let parts: Vec<&str> = text.split([' ', ',', '(', ')']).filter(|part| !part.is_empty()).collect();
    let mut fields = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        // Names of months have up to three words.
        let names = (1..=3.min(parts.len() - at)).rev().find_map(|count| {
            let name = parts[at..at + count].join(" ");
            let is_named = count > 1 || own_month(&name, place).is_some() || !is_dress(&name);
            Some((Field::Month(month(&name, place).filter(|_| is_named)?), count))
        });
        if let Some((field, count)) = names {
            mark_before(&mut fields, ' ');
            fields.push(field);
            at += count;
            continue;
        }
        let part = parts[at];
        at += 1;
        if is_dress(part) || is_time(part) {
            continue;
        }
        let spaced = fields.last().is_some_and(|field| matches!(field, Field::Number(word) if word.mark == '\0'));
        if spaced {
            mark_before(&mut fields, ' ');
        }
        numbers(part, &mut fields, place)?;
    }
    // "14.30" is a time only beside a whole date.
    if fields.len() == 5 && !text.contains(':') {
        without_pointed_time(&mut fields);
    }
    Some(fields)
}

/// The text with marks for the words of Chinese, Japanese and Korean dates, and without their times.
fn in_marks(text: &str) -> String {
    let mut text = text.to_owned();
    if let [date, time] = text.split('t').collect::<Vec<_>>()[..]
        && date.ends_with(|char: char| char.is_ascii_digit())
        && (is_time(time) || time.is_empty())
    {
        // ISO 8601 joins date and time by a T.
        text = date.to_owned();
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Its basic form has no marks.
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
    }
    for (hour, minute) in [('時', '分'), ('时', '分'), ('시', '분'), ('點', '分'), ('点', '分')] {
        text = without_time_in_words(&text, hour, minute);
    }
    let mut marked = String::with_capacity(text.len() + 8);
    let mut behind_digit = false;
    for char in text.replace("元年", "1年").chars() {
        match char {
            '年' | '년' if behind_digit => marked.push_str("年 "),
            '月' | '월' if behind_digit => marked.push_str("月 "),
            '日' | '일' | '号' | '號' if behind_digit => marked.push(' '),
            _ => marked.push(char),
        }
        behind_digit = char.is_ascii_digit();
    }
    marked
}

/// A text without `14時30分05秒`.
fn without_time_in_words(text: &str, hour: char, minute: char) -> String {
    let Some(at) = text.find(hour) else { return text.to_owned() };
    let before = text[..at].trim_end();
    let before = before.trim_end_matches(|char: char| char.is_ascii_digit());
    let after = text[at + hour.len_utf8()..].trim_start_matches(|char: char| {
        char.is_ascii_digit() || char == ' ' || char == minute || matches!(char, '秒' | '초')
    });
    format!("{before} {after}")
}

/// The numbers and names in one word: `04.03.2026`, `4th`, `04-mar-26`, `2026年`.
fn numbers(part: &str, fields: &mut Vec<Field>, place: &Place) -> Option<()> {
    let pieces: Vec<&str> = part.split_inclusive(['-', '/', '.']).collect();
    for piece in pieces {
        let mark = piece.chars().next_back().filter(|char| matches!(char, '-' | '/' | '.'));
        let name = piece.trim_end_matches(['-', '/', '.']);
        if name.is_empty() {
            // "4. 3." has spaces after its marks.
            if let Some(mark) = mark {
                mark_before(fields, mark);
            }
            continue;
        }
        let is_year = name.ends_with('年');
        let digits = without_ending(name);
        if !digits.is_empty() && digits.len() <= 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let mark = if is_year { '年' } else { mark.unwrap_or('\0') };
            fields.push(Field::Number(Word { digits: digits.to_owned(), mark, is_year }));
        } else {
            fields.push(Field::Month(month(name, place)?));
        }
    }
    Some(())
}

/// Gives the last number the mark that follows it, if it has none.
fn mark_before(fields: &mut [Field], mark: char) {
    if let Some(Field::Number(word)) = fields.last_mut()
        && word.mark == '\0'
    {
        word.mark = mark;
    }
}

/// `4th`, `1er`, `4º` and `2026年` as their number.
fn without_ending(word: &str) -> &str {
    const ENDINGS: [&str; 15] = ["年", "月", "st", "nd", "rd", "th", "er", "ère", "ème", "e", "º", "ª", "°", "г", "ής"];
    let number = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(word)
}

fn without_pointed_time(fields: &mut Vec<Field>) {
    let is_time = |hour: &Field, minute: &Field| match (hour, minute) {
        (Field::Number(hour), Field::Number(minute)) => {
            let (h, m) = (hour.digits.parse::<u32>(), minute.digits.parse::<u32>());
            hour.mark == '.'
                && hour.digits.len() <= 2
                && minute.digits.len() == 2
                && h.is_ok_and(|h| h < 24)
                && m.is_ok_and(|m| m < 60)
        }
        _ => false,
    };
    if is_time(&fields[3], &fields[4]) {
        fields.truncate(3);
    }
}

/// Whether this is a time of day or an offset from UTC: `14:30`, `14h30`, `14:30:05.123+02:00`, `3:15pm`, `+0200`, `utc+2`.
fn is_time(word: &str) -> bool {
    const HALVES: [&str; 6] = ["上午", "下午", "오전", "오후", "午前", "午後"];
    let zone = ["utc", "gmt"].iter().find_map(|zone| word.strip_prefix(zone)).unwrap_or(word);
    let time = HALVES.iter().find_map(|half| zone.strip_prefix(half)).unwrap_or(zone);
    let time = ["am", "pm", "utc", "z", "h"].iter().find_map(|end| time.strip_suffix(end)).unwrap_or(time);
    let starts = time.starts_with(|char: char| char.is_ascii_digit());
    // "3pm": a half of the day stands beside it.
    let is_hour = starts && time.len() <= 2 && time.len() < word.len();
    let has_hours = starts && time.contains([':', 'h']);
    let is_offset =
        time.starts_with(['+', '-']) && matches!(time.len(), 2 | 3 | 5 | 6) && !time[1..].contains(['-', '.']);
    let only_time = time.chars().all(|char| char.is_ascii_digit() || matches!(char, ':' | '.' | '+' | '-' | 'h'));
    only_time && (has_hours || is_offset || is_hour)
}

fn is_dress(word: &str) -> bool {
    let name = word.trim_end_matches(['.', ',']);
    let is_weekday = || WEEKDAYS.split(',').any(|day| day == name) || is_english(name, ENGLISH_WEEKDAYS);
    matches!(word, "." | "-" | ":") || DRESS.split_whitespace().any(|dress| dress == word) || is_weekday()
}

/// The month of a name in the place's language; else the only one that it has in any language.
fn month(name: &str, place: &Place) -> Option<u32> {
    let name = name.trim_end_matches('.');
    if name.chars().all(|char| char.is_ascii_digit()) {
        return None;
    }
    if let Some(number) = name.strip_suffix(['月', '월']) {
        return number.parse().ok().filter(|month| (1..=12).contains(month));
    }
    if let Some(own) = own_month(name, place) {
        return Some(own);
    }
    if !is_known(&place.language) {
        return None; // the language's own name may be another's of another month
    }
    if let Some(month) = (1..).zip(ENGLISH_MONTHS.split(' ')).find(|(_, month)| is_english(name, month)) {
        return Some(month.0);
    }
    let mut found = rows().filter_map(|(_, row)| month_in(row, name));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The month of a name in the place's own language.
fn own_month(name: &str, place: &Place) -> Option<u32> {
    let (_, row) = rows().find(|(language, _)| *language == place.language)?;
    month_in(row, name.trim_end_matches('.'))
}

/// Whether the language's own names are known, or it has none because it counts months. Without a language every name is judged
/// by all of them.
fn is_known(language: &str) -> bool {
    matches!(language, "" | "en" | "ja" | "ko" | "yue" | "zh") || rows().any(|(known, _)| known == language)
}

/// The languages and their months.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    MONTHS.split(";\n").filter_map(|row| row.split_once('='))
}

fn month_in(row: &str, name: &str) -> Option<u32> {
    let mut months = (1..).zip(row.split('|'));
    months.find(|(_, names)| names.split(',').any(|known| known == name)).map(|(month, _)| month)
}

const ENGLISH_MONTHS: &str = "january february march april may june july august september october november december";
const ENGLISH_WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";

/// Whether a text is one of these names, or begins it with at least three letters.
fn is_english(text: &str, names: &str) -> bool {
    text.len() >= 3 && names.split(' ').any(|name| name.starts_with(text))
}
