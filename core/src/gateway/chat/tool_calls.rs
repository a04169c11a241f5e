//! Tool calls out of the pieces in which they come.
//!
//! OpenAI numbers a call's pieces with one `index`, and only the first has the id and the name. Others count all calls as the first,
//! leave the number out, repeat the id, change it, or give the name last. The rules:
//!
//! 1. A piece with a known id belongs to that call. Otherwise its index ties it to a call; without an index it belongs to the last.
//! 2. A piece that names a tool begins a call, unless the call that it is tied to still waits for its name, or has the same name and
//!    is not complete.
//! 3. A piece without a name continues a call. Only after a call that is complete, or under an index of its own, a new id begins one,
//!    which waits for its name. If no name comes, its arguments belong to the call before, and are dropped if they do not fit.

use super::event::ToolCallPart;
use super::message::ToolCall;
use super::wire::{FunctionPiece, ToolCallPiece};
use crate::gateway::lenient;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The most calls of one choice: more than a model can mean (S8).
const MAX_CALLS: usize = 128;
/// The most pieces of calls that are read of one message or delta.
pub(super) const MAX_PIECES: usize = 8 * MAX_CALLS;

/// The calls of a choice that is still arriving.
#[derive(Default)]
pub(super) struct ToolCalls {
    calls: Vec<Call>,
    /// Where in `calls` the call is that the server last meant by an index.
    places: BTreeMap<u32, usize>,
    /// Where the call is that the last piece belonged to.
    last: Option<usize>,
    /// How many calls have a name.
    named: u32,
}

#[derive(Default)]
struct Call {
    id: String,
    name: String,
    arguments: String,
    balance: Balance,
    /// Its number in the answer, once it has a name.
    number: Option<u32>,
}

/// What a piece says, without empty texts.
struct Piece {
    index: Option<u32>,
    id: Option<String>,
    name: Option<String>,
    arguments: String,
}

impl ToolCalls {
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Adds a piece of a call. Gives what is new of a call that has a name.
    pub fn take(&mut self, piece: ToolCallPiece) -> Option<ToolCallPart> {
        let piece = Piece::from(piece);
        if piece.says_nothing() {
            return None;
        }
        let at = self.continued(&piece).or_else(|| self.begin())?;
        self.add(at, piece)
    }

    /// Adds the calls of a whole message. Those that came in pieces before are completed, not repeated.
    pub fn take_whole(&mut self, calls: &RawValue, mut events: impl FnMut(ToolCallPart)) {
        let mut in_pieces = vec![true; self.calls.len()];
        lenient::each(calls, MAX_PIECES, |call: ToolCallPiece| {
            let call = Piece::from(call);
            let part = match (&call.name, self.in_pieces(&call, &mut in_pieces)) {
                (None, _) if call.says_nothing() => None,
                (None, _) => self.continued(&call).or_else(|| self.begin()).and_then(|at| self.add(at, call)),
                (Some(_), Some(at)) => self.complete(at, call.arguments),
                (Some(_), None) => self.begin().and_then(|at| self.add(at, call)),
            };
            part.into_iter().for_each(&mut events);
        });
    }

    /// There are no more pieces: what has no name yet belongs to the call before it, if it completes that.
    pub fn settle(&mut self, mut events: impl FnMut(ToolCallPart)) {
        while let Some(nameless) = self.calls.iter().position(|call| call.number.is_none()) {
            let rest = self.calls.remove(nameless).arguments;
            let before = nameless.checked_sub(1).and_then(|before| self.calls.get_mut(before));
            let fits = |call: &&mut Call| !call.is_complete() && call.balance.is_completed_by(&rest);
            if let Some(call) = before.filter(fits)
                && let Some(index) = call.number
            {
                call.push(&rest);
                events(ToolCallPart { index, id: None, name: None, arguments_json: rest });
            }
        }
        self.places.clear();
        self.last = None;
    }

    /// The calls that have a name. One that was cut off is none, where the model was: it could not be called.
    pub fn into_calls(mut self, was_cut: bool) -> Vec<ToolCall> {
        self.calls.retain(|call| call.number.is_some() && !(was_cut && call.balance.is_open()));
        self.calls.sort_by_key(|call| call.number);
        let whole = |call: Call| {
            // Some servers begin with an empty object and send the arguments after it.
            let rest = call.arguments.strip_prefix("{}").filter(|rest| rest.trim_start().starts_with('{'));
            let arguments_json = rest.map(str::to_owned).unwrap_or(call.arguments);
            ToolCall { id: call.id, name: call.name, arguments_json }
        };
        self.calls.into_iter().map(whole).collect()
    }

    fn begin(&mut self) -> Option<usize> {
        (self.calls.len() < MAX_CALLS).then(|| self.calls.push(Call::default()))?;
        Some(self.calls.len() - 1)
    }

    /// The call that a piece continues; `None` if it begins one.
    fn continued(&self, piece: &Piece) -> Option<usize> {
        let tied = match piece.index {
            Some(index) => self.places.get(&index).copied(),
            None => self.last,
        };
        let by_id = piece.id.as_ref().and_then(|id| self.calls.iter().rposition(|call| call.id == *id));
        if let Some(at) = by_id {
            // Calls that share an id are told apart by their indices.
            let begins = tied.is_none() && piece.name.is_some() && self.calls[at].is_complete();
            return (!begins).then_some(at);
        }
        let Some(at) = tied else {
            let is_tail = piece.id.is_none() && piece.name.is_none();
            return self.last.filter(|&at| is_tail && !self.calls[at].is_complete());
        };
        let call = &self.calls[at];
        let continues = match (&piece.name, &piece.id) {
            (None, None) => true,
            (None, Some(_)) => call.id.is_empty() || !call.is_complete(),
            (Some(_), id) if call.name.is_empty() => id.is_none() || call.id.is_empty(),
            (Some(name), Some(_)) => call.id.is_empty() && call.name == *name && !call.is_complete(),
            (Some(name), None) if call.name == *name => !call.is_complete(),
            // A name that comes in two pieces.
            (Some(_), None) => piece.index.is_some() && call.arguments.is_empty(),
        };
        continues.then_some(at)
    }

    fn add(&mut self, at: usize, piece: Piece) -> Option<ToolCallPart> {
        if let Some(index) = piece.index {
            self.places.insert(index, at);
        }
        self.last = Some(at);
        let call = &mut self.calls[at];
        call.push(&piece.arguments);
        // A second id names the same call, and the same name names the same tool.
        let id = piece.id.filter(|_| call.id.is_empty());
        let name = piece.name.filter(|name| call.name != *name);
        call.id.extend(id.as_deref());
        call.name.extend(name.as_deref());
        match call.number {
            Some(index) => Some(ToolCallPart { index, id, name, arguments_json: piece.arguments }),
            None if call.name.is_empty() => None,
            None => {
                let index = self.named;
                self.named += 1;
                call.number = Some(index);
                let id = Some(call.id.clone()).filter(|id| !id.is_empty());
                Some(ToolCallPart { index, id, name, arguments_json: call.arguments.clone() })
            }
        }
    }

    /// The call that a whole call came as before, in pieces; each of them is found once.
    fn in_pieces(&self, whole: &Piece, in_pieces: &mut [bool]) -> Option<usize> {
        let is_same = |call: &Call| {
            let same_id = whole.id.as_ref().is_none_or(|id| call.id.is_empty() || call.id == *id);
            same_id && whole.name.as_ref() == Some(&call.name)
        };
        let at = (0..in_pieces.len()).find(|&at| in_pieces[at] && is_same(&self.calls[at]))?;
        in_pieces[at] = false;
        Some(at)
    }

    /// Brings a call's arguments up to those of the whole call.
    fn complete(&mut self, at: usize, whole: String) -> Option<ToolCallPart> {
        let call = &mut self.calls[at];
        if let Some(rest) = whole.strip_prefix(call.arguments.as_str()) {
            let rest = rest.to_owned();
            call.push(&rest);
            let part = ToolCallPart { index: call.number?, id: None, name: None, arguments_json: rest };
            return Some(part).filter(|part| !part.arguments_json.is_empty());
        }
        if !call.is_complete() {
            (call.arguments, call.balance) = (String::new(), Balance::default());
            call.push(&whole); // the pieces were not all
        }
        None
    }
}

impl From<ToolCallPiece> for Piece {
    fn from(piece: ToolCallPiece) -> Self {
        let FunctionPiece { name, arguments } = piece.function.unwrap_or_default();
        let not_empty = |text: &String| !text.is_empty();
        let (id, name) = (piece.id.filter(not_empty), name.filter(not_empty));
        Self { index: piece.index, id, name, arguments: arguments.0.unwrap_or_default() }
    }
}

impl Piece {
    fn says_nothing(&self) -> bool {
        self.id.is_none() && self.name.is_none() && self.arguments.is_empty()
    }
}

impl Call {
    fn push(&mut self, arguments: &str) {
        self.balance.push(arguments);
        self.arguments.push_str(arguments);
    }

    fn is_complete(&self) -> bool {
        self.balance.has_begun && !self.balance.is_open()
    }
}

/// Whether every bracket and quote of a JSON text is closed, piece by piece.
#[derive(Clone, Copy, Default)]
struct Balance {
    depth: usize,
    in_string: bool,
    after_backslash: bool,
    has_begun: bool,
}

impl Balance {
    fn push(&mut self, text: &str) {
        for byte in text.bytes() {
            self.has_begun |= !byte.is_ascii_whitespace();
            if std::mem::take(&mut self.after_backslash) {
                continue;
            }
            match byte {
                b'"' => self.in_string = !self.in_string,
                b'\\' if self.in_string => self.after_backslash = true,
                b'{' | b'[' if !self.in_string => self.depth += 1,
                b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn is_open(&self) -> bool {
        self.in_string || self.depth > 0
    }

    fn is_completed_by(mut self, rest: &str) -> bool {
        self.push(rest);
        self.has_begun && !self.is_open()
    }
}
