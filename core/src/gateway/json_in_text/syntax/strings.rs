//! Strings as models write them: in any quotes, with line breaks, and with quotes that should have been escaped.

use super::{Fault, Reader, bare_key_length};

/// What a string is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Member,
    Item,
}

impl Reader<'_, '_> {
    pub(super) fn string(&mut self, role: Role) -> Result<String, Fault> {
        let opening = self.peek()?;
        let closing = closing_quotes(opening).unwrap_or_default();
        self.at += opening.len_utf8();
        let mut string = String::new();
        let mut has_inner_quote = false;
        loop {
            let char = self.peek()?;
            self.at += char.len_utf8();
            match char {
                '\\' => self.escape(&mut string)?,
                _ if closing.contains(char) && self.closes(opening, role)? => return Ok(string),
                // Behind an inner quote these are rather the JSON's own.
                '{' | '}' | '[' | ']' | '\n' if has_inner_quote => return self.malformed(),
                _ => {
                    has_inner_quote |= char == '"' && opening == '"';
                    string.push(char);
                }
            }
        }
    }

    /// Whether the quote just passed ends its string. Only '"' always does, unless quotes may be inner ones: others are
    /// apostrophes too, unless what may follow a string follows.
    fn closes(&self, opening: char, role: Role) -> Result<bool, Fault> {
        if opening == '"' && (!self.inner_quotes || role == Role::Key) {
            return Ok(true);
        }
        let after = self.rest().trim_start();
        let next = after.chars().next().ok_or(Fault::Unclosed)?;
        if opening != '"' {
            return Ok(matches!(next, ',' | ':' | '}' | ']'));
        }
        match next {
            '}' | ']' => Ok(true),
            ',' => Ok(role == Role::Item || begins_a_key(after[1..].trim_start())),
            '"' => Ok(role == Role::Member && self.rest()[..self.rest().len() - after.len()].contains('\n')),
            // The key of a next member, whose comma is missing or inside of this string.
            ':' => self.malformed(),
            _ => Ok(after.starts_with("//") || after.starts_with("/*")),
        }
    }

    fn escape(&mut self, string: &mut String) -> Result<(), Fault> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        match char {
            'n' => string.push('\n'),
            't' => string.push('\t'),
            'r' => string.push('\r'),
            'b' => string.push('\u{8}'),
            'f' => string.push('\u{C}'),
            'u' => self.unicode(string)?,
            // `\'` and `\$` are no escapes of JSON, but plain enough.
            _ => string.push(char),
        }
        Ok(())
    }

    fn unicode(&mut self, string: &mut String) -> Result<(), Fault> {
        let Some(high) = hex(self.rest()) else { return self.malformed() };
        let escape = &self.text[self.at - 2..self.at + 4];
        self.at += 4;
        let low = self.rest().strip_prefix("\\u").and_then(hex);
        let pair = low.and_then(|low| char::decode_utf16([high, low]).next()?.ok());
        match (char::from_u32(high.into()), pair) {
            (Some(char), _) => string.push(char),
            (None, Some(char)) => {
                string.push(char);
                self.at += 6;
            }
            // Half of a surrogate pair: JSON has it, text does not. It stays as it is written.
            (None, None) => string.push_str(escape),
        }
        Ok(())
    }
}

fn hex(text: &str) -> Option<u16> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}

/// What may close a string that opens so; `None` if nothing opens so.
pub(in crate::gateway::json_in_text) fn closing_quotes(opening: char) -> Option<&'static str> {
    match opening {
        '"' => Some("\""),
        '\'' => Some("'"),
        '“' | '”' | '„' => Some("”“"),
        '‘' | '’' => Some("’‘"),
        _ => None,
    }
}

/// Whether a key of an object may follow a comma here, or the object's end.
fn begins_a_key(text: &str) -> bool {
    let bare_key = bare_key_length(text);
    text.is_empty()
        || text.starts_with(['}', '"', '\'', '“', '„', '‘', '#'])
        || text.starts_with("//")
        || text.starts_with("/*")
        || bare_key > 0 && text[bare_key..].trim_start().starts_with(':')
}
