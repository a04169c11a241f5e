//! JSON as models write it: RFC 8259, and the slips that leave its meaning clear.
//!
//! Read besides: comments, trailing commas, a comma forgotten at the end of a line, single and curly quotes, keys without
//! quotes, doubled braces, line breaks in strings, Python's and JavaScript's words, and quotes that should have been escaped,
//! as in `"Pizza 12" Deluxe"`. A number is kept as it is written. What has no end is never completed, and what has two
//! readings (`1,234.56` without quotes) is malformed.

mod strings;

use super::json::Json;
use super::work;
use strings::Role;
pub(super) use strings::closing_quotes;

/// Deeper than any receipt; bounds the recursion.
const MAX_DEPTH: usize = 64;

/// More than any answer needs. Bounds the memory: a value of few bytes takes many.
pub(in crate::gateway) const MAX_VALUES: usize = 50_000;

/// Why a text is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It ends inside the value.
    Unclosed,
    /// It breaks at this byte.
    Malformed(usize),
    /// The same, at quotes of which it is not clear which ones end a string.
    OddQuotes(usize),
}

/// The value that begins at this byte, and where it ends. `budget` is how many values may still be read.
pub(super) fn value(text: &str, start: usize, budget: &mut usize) -> Result<(Json, usize), Fault> {
    let mut read = |inner_quotes| {
        let mut reader = Reader { text, at: start, depth: 0, inner_quotes, budget: &mut *budget };
        let json = reader.value(Role::Item);
        work::note(reader.at - start);
        Ok((json?, reader.at))
    };
    // Where each quote ends its string there is one reading, and no other is looked for.
    match read(false) {
        Err(Fault::Malformed(at)) => match read(true) {
            Err(Fault::Malformed(other)) if other == at => Err(Fault::Malformed(at)),
            Err(Fault::Malformed(other) | Fault::OddQuotes(other)) => Err(Fault::OddQuotes(at.max(other))),
            // A string that has no end: all was looked at.
            Err(Fault::Unclosed) => Err(Fault::OddQuotes(text.len())),
            Ok(read) => Ok(read),
        },
        read => read,
    }
}

struct Reader<'a, 'b> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// A quote in a string may be a part of it.
    inner_quotes: bool,
    budget: &'b mut usize,
}

impl Reader<'_, '_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Result<char, Fault> {
        self.rest().chars().next().ok_or(Fault::Unclosed)
    }

    fn malformed<T>(&self) -> Result<T, Fault> {
        Err(Fault::Malformed(self.at))
    }

    /// Passes spaces and comments; tells whether a line ended among them.
    fn space(&mut self) -> Result<bool, Fault> {
        let mut line_ended = false;
        loop {
            let rest = self.rest();
            let spaces =
                rest.len() - rest.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}').len();
            line_ended |= rest[..spaces].contains('\n');
            let rest = &rest[spaces..];
            let comment = if rest.starts_with("//") || rest.starts_with('#') {
                rest.find('\n').ok_or(Fault::Unclosed)?
            } else if let Some(inner) = rest.strip_prefix("/*") {
                inner.find("*/").ok_or(Fault::Unclosed)? + 4
            } else {
                0
            };
            self.at += spaces + comment;
            if comment == 0 {
                return Ok(line_ended);
            }
        }
    }

    fn value(&mut self, role: Role) -> Result<Json, Fault> {
        self.space()?;
        if *self.budget == 0 || self.depth > MAX_DEPTH {
            return self.malformed();
        }
        *self.budget -= 1;
        let first = self.peek()?;
        match first {
            '{' => self.nested(Self::object),
            '[' => self.nested(Self::list),
            _ if closing_quotes(first).is_some() => Ok(Json::Text(self.string(role)?)),
            _ => self.word(),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, Fault>) -> Result<Json, Fault> {
        self.depth += 1;
        self.at += 1;
        let json = read(self)?;
        self.depth -= 1;
        Ok(json)
    }

    fn list(&mut self) -> Result<Json, Fault> {
        let mut items = Vec::new();
        loop {
            self.space()?;
            if self.peek()? == ']' {
                break;
            }
            items.push(self.value(Role::Item)?);
            self.comma(']')?;
        }
        self.at += 1;
        Ok(Json::List(items))
    }

    fn object(&mut self) -> Result<Json, Fault> {
        let mut members = Vec::new();
        self.space()?;
        if self.peek()? == '{' {
            // The braces of a template: `{{"amount": 1}}`.
            let inner = self.value(Role::Item)?;
            self.space()?;
            if self.peek()? != '}' {
                return self.malformed();
            }
            self.at += 1;
            return Ok(inner);
        }
        loop {
            self.space()?;
            let first = self.peek()?;
            if first == '}' {
                break;
            }
            let key = if closing_quotes(first).is_some() { self.string(Role::Key)? } else { self.bare_key()? };
            self.space()?;
            if self.peek()? != ':' {
                return self.malformed();
            }
            self.at += 1;
            let value = self.value(Role::Member)?;
            members.push((key, value));
            self.comma('}')?;
        }
        self.at += 1;
        Ok(Json::Object(members))
    }

    /// Passes the comma after a value. One may be missing at the end of a line, where a quoted key follows.
    fn comma(&mut self, end: char) -> Result<(), Fault> {
        let line_ended = self.space()?;
        match self.peek()? {
            ',' => self.at += 1,
            next if next == end => {}
            '"' if end == '}' && line_ended => {}
            _ => return self.malformed(),
        }
        Ok(())
    }

    fn bare_key(&mut self) -> Result<String, Fault> {
        let length = bare_key_length(self.rest());
        if length == self.rest().len() {
            return Err(Fault::Unclosed);
        }
        if length == 0 {
            return self.malformed();
        }
        let key = self.rest()[..length].to_owned();
        self.at += length;
        Ok(key)
    }

    /// A number, or a word that stands for a value.
    fn word(&mut self) -> Result<Json, Fault> {
        let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.' | '_');
        let length = self.rest().find(|char| !is_part(char)).ok_or(Fault::Unclosed)?;
        let word = &self.rest()[..length];
        let json = match word {
            "null" | "None" | "NULL" | "Null" | "nil" | "undefined" | "NaN" | "nan" | "Infinity" | "-Infinity" => {
                Json::Null
            }
            "true" | "True" | "TRUE" => Json::Bool(true),
            "false" | "False" | "FALSE" => Json::Bool(false),
            _ => match number(word) {
                Some(number) => number,
                None => return self.malformed(),
            },
        };
        self.at += length;
        Ok(json)
    }
}

/// The length in bytes of a key without quotes.
pub(super) fn bare_key_length(text: &str) -> usize {
    let starts = text.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '_' | '$'));
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$' | '-');
    if starts { text.find(|char| !is_part(char)).unwrap_or(text.len()) } else { 0 }
}

/// A number, written as JSON has it. Digits behind a zero are a text, such as an article's code.
fn number(word: &str) -> Option<Json> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", word.strip_prefix('+').unwrap_or(word)),
    };
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (integer, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_digits = exponent.get(1..).map_or("0", |digits| digits.strip_prefix(['+', '-']).unwrap_or(digits));
    let is_number = is_digits(integer) && is_digits(decimals) && !(integer.is_empty() && decimals.is_empty());
    if !is_number || exponent_digits.is_empty() || !is_digits(exponent_digits) {
        return None;
    }
    if integer.len() > 1 && integer.starts_with('0') {
        return Some(Json::Text(word.to_owned()));
    }
    let integer = if integer.is_empty() { "0" } else { integer };
    let point = if decimals.is_empty() { "" } else { "." };
    Some(Json::Number(format!("{sign}{integer}{point}{decimals}{exponent}")))
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;
