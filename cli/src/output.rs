//! How results and errors are written.
//!
//! Colour is always written and taken out again where it does not belong: `anstream` does that for everything that is no
//! terminal, and for `NO_COLOR`.

use crate::failure::Failure;
use crate::foreign;
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

pub use crate::foreign::{printable, readable};

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const GREEN: Style = AnsiColor::Green.on_default();
pub const RED: Style = AnsiColor::Red.on_default().bold();

/// How wide the program's own text is, in characters: the usual width of a terminal.
pub const WIDTH: usize = 80;

/// Writes a line of the result.
pub fn line(text: impl Display) -> Result<(), Failure> {
    write(format_args!("{text}\n"))
}

/// Writes a part of the result, to be seen at once.
pub fn write(text: impl Display) -> Result<(), Failure> {
    let mut stdout = anstream::stdout();
    write!(stdout, "{text}").and_then(|()| stdout.flush()).map_err(|error| Failure::from_output(&error))
}

/// Writes a JSON object as the result, on one line or on many.
pub fn json(value: &impl Serialize, on_one_line: bool) -> Result<(), Failure> {
    let text = if on_one_line { serde_json::to_string(value) } else { serde_json::to_string_pretty(value) };
    json_text(&text.map_err(|error| Failure::other("output", format!("The result could not be written: {error}.")))?)
}

/// Writes JSON as the result. Not through `anstream`: what that takes for commands to a terminal is the result's own.
pub fn json_text(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{}", foreign::json(text)).and_then(|()| stdout.flush());
    written.map_err(|error| Failure::from_output(&error))
}

/// Prints something that is no result, to standard error.
pub fn note(text: impl Display) {
    // Without standard error there is nowhere to say that there is none.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Writes over the line that the cursor is in, on a terminal.
pub fn overwrite(text: impl Display) {
    let mut stderr = anstream::stderr();
    let _ = write!(stderr, "\r\x1b[K{text}").and_then(|()| stderr.flush());
}

/// Prints what failed, to standard error.
pub fn error(sentence: &str) {
    note(format_args!("{RED}aipass:{RED:#} {sentence}"));
}

/// Prints a failure, unless the user has seen it already; the status to exit with.
pub fn report(failure: &Failure) -> ExitCode {
    if !failure.sentence.is_empty() {
        error(&failure.sentence);
    }
    ExitCode::from(failure.status as u8)
}

/// Names and values, one row a line, aligned.
pub fn rows(rows: &[(&str, &str)]) -> Result<(), Failure> {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default() + 2;
    rows.iter().try_for_each(|(name, value)| line(format_args!("{BOLD}{name:<width$}{BOLD:#}{}", printable(value))))
}

/// Breaks a streamed text into lines at its words, indented, as it comes.
pub struct Paragraph {
    indent: usize,
    /// Where the next word would stand, counted from the indent.
    column: usize,
    word: String,
}

impl Paragraph {
    pub fn new(indent: usize) -> Self {
        Self { indent, column: 0, word: String::new() }
    }

    /// Takes the next piece; what can be written of the text so far. A word is held back until it is whole.
    pub fn push(&mut self, piece: &str) -> String {
        let mut out = String::new();
        for character in piece.chars() {
            if character.is_whitespace() {
                self.end_word(&mut out);
            }
            match character {
                '\n' if self.column > 0 => {
                    out.push('\n');
                    self.column = 0;
                }
                c if c.is_whitespace() => {}
                c => foreign::push_readable(c, &mut self.word),
            }
        }
        out
    }

    /// The rest of the text.
    pub fn end(&mut self) -> String {
        let mut out = String::new();
        self.end_word(&mut out);
        if self.column > 0 {
            out.push('\n');
        }
        out
    }

    fn end_word(&mut self, out: &mut String) {
        let width = self.word.chars().count();
        if width == 0 {
            return;
        }
        if self.column > 0 && self.indent + self.column + 1 + width > WIDTH {
            out.push('\n');
            self.column = 0;
        }
        if self.column == 0 {
            out.extend(std::iter::repeat_n(' ', self.indent));
        } else {
            out.push(' ');
            self.column += 1;
        }
        self.column += width;
        out.push_str(&self.word);
        self.word.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_streamed_text_is_broken_at_its_words() {
        let mut paragraph = Paragraph::new(70);
        let mut out = String::new();
        for piece in ["You pa", "id 18.00 EUR", " at\n", "\u{1b}[2JCafé"] {
            out.push_str(&paragraph.push(piece));
        }
        out.push_str(&paragraph.end());
        let indent = " ".repeat(70);
        assert_eq!(out, format!("{indent}You paid\n{indent}18.00 EUR\n{indent}at\n{indent}\\u001b[2JCafé\n"));
        assert_eq!(Paragraph::new(4).end(), "");
    }
}
