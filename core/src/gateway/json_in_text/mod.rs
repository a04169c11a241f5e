//! The JSON in what a model wrote, between its thoughts, its fences and its prose (P11).
//!
//! A model writes more than its answer: thoughts, drafts, the schema that it was given, examples. [`find`] gives the whole
//! pieces of JSON that follow the thoughts, with what the prose says of them; [`choose`] tells which of several is meant,
//! and which of its fields are not sure; [`unwrapped`] takes an answer out of its wrapper. What is cut off is never
//! completed, and nothing inside of it is looked at: a part of an answer must not pass for the answer.
//!
//! The work and the memory are linear in the text's length, and the recursion is bounded.

mod choice;
mod draft_words;
mod json;
mod labels;
mod prose;
mod signs;
mod syntax;
mod template;
mod thoughts;
pub(super) mod work;
mod wrapper;

pub(super) use choice::{Candidate, Introduction, Presentation, choose};
pub(super) use json::Json;
pub(super) use prose::sentences;
pub(super) use template::{is_placeholder, is_schema};
pub(super) use wrapper::{plain_key, unwrapped};

use super::chat::ChatAnswer;
use crate::error::Error;
use crate::redaction::scrub;
use syntax::{Fault, MAX_VALUES};

/// The answer ends inside an object or an array.
#[derive(Debug, PartialEq)]
pub(super) struct Cut;

/// The error of an answer that is cut off.
pub(super) fn truncated(answer: &ChatAnswer) -> Error {
    Error::Truncated {
        text: answer.text.clone(),
        request_id: answer.request_id.clone(),
        detail: "the model's answer is cut off".to_owned(),
    }
}

/// The error of a response that is not what was asked for. It has all that the model said.
pub(super) fn invalid_output(answer: &ChatAnswer, detail: &str) -> Error {
    let parts = [Some(&answer.text), answer.refusal.as_ref()];
    let said: Vec<&str> = parts.into_iter().flatten().map(String::as_str).filter(|text| !text.is_empty()).collect();
    Error::InvalidOutput { text: said.join("\n"), request_id: answer.request_id.clone(), detail: scrub(detail, &[]) }
}

/// One whole value in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) json: Json,
    /// The text of it, if that is JSON as RFC 8259 has it.
    pub(super) written: Option<String>,
    pub(super) presentation: Presentation,
    /// Something before it is cut off.
    pub(super) follows_cut: bool,
    /// The prose after it, as much of it as may be about it.
    pub(super) after: String,
}

/// What a text holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    /// The whole pieces, in their order.
    pub(super) pieces: Vec<Piece>,
    /// An object or an array has no end. What stands before it is a draft; a whole answer may follow it all the same.
    pub(super) is_cut: bool,
    /// One piece is all that follows the thoughts.
    pub(super) is_alone: bool,
}

/// Where a piece stands in the text.
struct Place {
    start: usize,
    end: usize,
}

/// The pieces of JSON in what follows a model's thoughts: objects, arrays of them, and a block that is JSON as a whole.
pub(super) fn find(text: &str) -> Found {
    let mut budget = MAX_VALUES;
    let found = find_in(text, &mut budget, 0);
    // More than can be meant: what is missing could be the answer.
    if budget == 0 { Found::default() } else { found }
}

fn find_in(text: &str, budget: &mut usize, depth: usize) -> Found {
    work::note(text.len());
    let Some(text) = thoughts::answer_after(text) else { return Found::default() };
    let mut scan = Scan { text, budget, depth, found: Vec::new(), drafts: 0, prose: 0, is_cut: false };
    for (start, end) in prose::blocks(text) {
        if *scan.budget == 0 {
            break;
        }
        scan.block(start, end);
    }
    let Scan { found, is_cut, .. } = scan;
    let places: Vec<(usize, usize)> = found.iter().map(|(place, _)| (place.start, place.end)).collect();
    let mut pieces: Vec<Piece> = found.into_iter().map(|(_, piece)| piece).collect();
    let mut from = 0;
    // The label before the last piece stands after it, too.
    let mut is_repeated = false;
    for (index, piece) in pieces.iter_mut().enumerate() {
        let (start, end) = places[index];
        // Pieces of one string stand at one place; the prose between them was judged inside of it.
        let shares = |other: Option<&(usize, usize)>| other.is_some_and(|other| other.0 == start);
        let shares_next = shares(places.get(index + 1));
        let shares_last = index > 0 && shares(places.get(index - 1));
        let until = if shares_next { end } else { places.get(index + 1).map_or(text.len(), |next| next.0) };
        let (before, after) = (if shares_last { "" } else { &text[from..start] }, &text[end..until]);
        work::note(before.len() + after.len() + end - start);
        piece.presentation.is_step |= signs::is_followed_by_a_step(before, after);
        piece.presentation.is_draft |= piece.presentation.is_step
            || prose::calls_it_a_draft(before, after)
            || signs::show_a_draft(before, &text[start..end], after)
            || until == text.len() && signs::ends_open(after);
        if !shares_next {
            piece.after = prose::beginning(after);
        }
        if !shares_last {
            piece.presentation.introduction = match prose::introduction(before) {
                Introduction::Words | Introduction::Revision if is_repeated => Introduction::Another,
                introduction => introduction,
            };
        }
        is_repeated = signs::is_followed_by_its_label(before, after);
        from = end;
    }
    let is_alone = match places[..] {
        [(start, end)] => !is_cut && !prose::has_words(&text[..start]) && !prose::has_words(&text[end..]),
        _ => false,
    };
    Found { pieces, is_cut, is_alone }
}

struct Scan<'a, 'b> {
    text: &'a str,
    budget: &'b mut usize,
    depth: usize,
    found: Vec<(Place, Piece)>,
    /// How many of them stand before something cut or a revision that cannot be read.
    drafts: usize,
    /// Where the prose begins that stands before the next one.
    prose: usize,
    is_cut: bool,
}

impl Scan<'_, '_> {
    /// The pieces of one block, which is a fence's content or the prose between two fences.
    fn block(&mut self, start: usize, end: usize) {
        let block = &self.text[..end];
        let whole = start + (block[start..].len() - block[start..].trim_start().len());
        if whole == end {
            return;
        }
        // A comment before it is prose about it.
        let has_comment = ["//", "/*", "#"].iter().any(|mark| block[whole..].starts_with(mark));
        match syntax::value(block, whole, &mut *self.budget) {
            Ok((json, length)) if !has_comment && block[length..].trim().is_empty() => {
                return self.add(whole, length, json);
            }
            // A list of plain values; in prose such a bracket may be a mark.
            Err(Fault::Unclosed) if block[whole..].starts_with('[') => return self.cut(),
            _ => {}
        }
        let mut from = start;
        let mut has_odd_quotes = false;
        while let Some(at) = block[from..].find(['{', '[']) {
            let at = from + at;
            if !opens_json(&block[at..]) {
                from = at + 1;
                continue;
            }
            match syntax::value(block, at, &mut *self.budget) {
                Ok((json, end)) => {
                    self.add(at, end, json);
                    from = end;
                }
                // Nothing inside of it is looked at, and what has no end takes the rest of its block.
                Err(Fault::Unclosed) => return self.cut(),
                Err(fault @ (Fault::Malformed(broken) | Fault::OddQuotes(broken))) => {
                    work::note(at - self.prose);
                    if prose::introduction(&block[self.prose..at]) == Introduction::Revision {
                        self.withdraw();
                    }
                    let inner = &block.as_bytes()[at..];
                    let length = if has_odd_quotes { None } else { bracket_length(inner, true) };
                    has_odd_quotes |= length.is_none() || matches!(fault, Fault::OddQuotes(_));
                    let Some(length) = length.or_else(|| bracket_length(inner, false)) else { return self.cut() };
                    from = (at + length).max(broken);
                    while !block.is_char_boundary(from) {
                        from += 1;
                    }
                    self.prose = from;
                    // The bracket that seems to end it may stand in a string.
                    let next = block[from..].find(['{', '[']).unwrap_or_default();
                    work::note(next);
                    if has_odd_quotes && block[from..from + next].contains('"') {
                        return;
                    }
                }
            }
        }
    }

    /// Here something has no end: what is whole before it is not the answer.
    fn cut(&mut self) {
        self.is_cut = true;
        self.withdraw();
    }

    /// What was found so far is not the answer.
    fn withdraw(&mut self) {
        work::note(self.found.len() - self.drafts);
        for (_, piece) in &mut self.found[self.drafts..] {
            piece.presentation.is_draft = true;
        }
        self.drafts = self.found.len();
    }

    fn add(&mut self, start: usize, end: usize, json: Json) {
        self.prose = end;
        const MAX_STRINGS: usize = 2;
        if let Json::Text(inner) = &json {
            // A JSON string that holds the JSON.
            if self.depth < MAX_STRINGS {
                let inner = find_in(inner, self.budget, self.depth + 1);
                let follows_cut = self.is_cut;
                if inner.is_cut {
                    self.cut();
                }
                let pieces = inner.pieces.into_iter();
                let pieces = pieces.map(|piece| Piece { follows_cut: follows_cut || piece.follows_cut, ..piece });
                self.found.extend(pieces.map(|piece| (Place { start, end }, piece)));
                return;
            }
        }
        let written = &self.text[start..end];
        work::note(written.len());
        let is_strict = serde_json::from_str::<serde::de::IgnoredAny>(written).is_ok();
        let piece = Piece {
            json,
            written: is_strict.then(|| written.to_owned()),
            presentation: Presentation::default(),
            follows_cut: self.is_cut,
            after: String::new(),
        };
        self.found.push((Place { start, end }, piece));
    }
}

/// Whether a brace or bracket opens JSON, and not a `{name}` or a `[link]` of prose.
fn opens_json(text: &str) -> bool {
    let inner = text[1..].trim_start();
    let Some(next) = inner.chars().next() else { return text.starts_with('{') };
    if text.starts_with('[') {
        return next == '{';
    }
    let bare_key = syntax::bare_key_length(inner);
    syntax::closing_quotes(next).is_some()
        || matches!(next, '}' | '{' | '#')
        || inner.starts_with("//")
        || inner.starts_with("/*")
        || bare_key > 0 && inner[bare_key..].trim_start().starts_with(':')
}

/// The length in bytes of the object or array that begins here, by its brackets; `None` if it has no end. With `strings`, by
/// those outside of strings.
fn bracket_length(bytes: &[u8], strings: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, &byte) in bytes.iter().enumerate() {
        work::note(1);
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = strings && !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
