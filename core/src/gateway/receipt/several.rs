//! The receipts of an answer to one question about several.
//!
//! A list is the answer. Without one, each object of a receipt is one of them, unless words say that it revises the one before.

use super::Receipt;
use super::found::{self, Said};
use super::place::Place;
use super::reading::read_said;
use crate::gateway::json_in_text::{Cut, Found, Introduction, Json, Piece, plain_key};

/// Keys of a list of receipts, in the form of [`plain_key`].
const LISTS: &[&str] = &["receipts", "data", "results", "result", "invoices", "documents", "answer", "output"];

/// How deep the list may be wrapped.
const MAX_WRAPPERS: usize = 3;

/// More receipts than are on one photo.
const MAX_RECEIPTS: usize = 64;

/// The receipts that were found; `None` if nothing tells which of several answers is meant, or there is none.
pub(super) fn read_receipts(found: Found, place: &Place) -> Result<Option<Vec<Receipt>>, Cut> {
    let mut is_cut = found.is_cut;
    let (mut lists, mut singles): (Vec<(Introduction, Vec<Said>)>, Vec<Said>) = Default::default();
    for piece in found.pieces {
        let (presentation, follows_cut) = (piece.presentation, piece.follows_cut);
        if let Some(receipts) = list(&piece.json, 0) {
            if presentation.is_draft && !presentation.is_step {
                continue;
            }
            is_cut &= !follows_cut;
            let said = receipts.iter().take(MAX_RECEIPTS).filter_map(|json| found::said(plain_piece(json.clone())));
            lists.push((presentation.introduction, said.collect()));
        } else if let Some(said) = found::said(piece) {
            if presentation.is_draft && !presentation.is_step {
                continue;
            }
            is_cut &= !follows_cut;
            if presentation.introduction == Introduction::Revision {
                singles.pop();
            }
            if singles.last() != Some(&said) && singles.len() < MAX_RECEIPTS {
                singles.push(said);
            }
        }
    }
    if is_cut {
        return Err(Cut);
    }
    let Some((introduction, last)) = lists.pop() else {
        return Ok((!singles.is_empty()).then(|| singles.iter().map(|said| read_said(said, place)).collect()));
    };
    let is_sure = introduction == Introduction::Revision || lists.iter().all(|(_, other)| *other == last);
    Ok(is_sure.then(|| last.iter().map(|said| read_said(said, place)).collect()))
}

/// A receipt of a list, of which no words say anything.
fn plain_piece(json: Json) -> Piece {
    let (written, after) = (None, String::new());
    Piece { json, written, presentation: Default::default(), follows_cut: false, after }
}

/// The objects of a list of receipts, under a wrapper's key or alone. An object that is a receipt holds none.
fn list(json: &Json, depth: usize) -> Option<&[Json]> {
    match json {
        Json::List(items) if items.iter().all(|item| matches!(item, Json::Object(_))) => Some(items),
        Json::Object(members) if depth < MAX_WRAPPERS && !found::is_receipt(members) => {
            let named = members.iter().filter(|(key, _)| LISTS.contains(&plain_key(key).as_str()));
            let mut lists = named.filter_map(|(_, value)| list(value, depth + 1));
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "several_receipts_tests.rs"]
mod tests;
