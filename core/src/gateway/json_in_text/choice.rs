//! Which of several pieces is the answer, and what of it is sure (P11, R2).

use std::collections::BTreeMap;

/// A piece that may be the answer.
#[derive(Debug, Clone)]
pub(in crate::gateway) struct Candidate<K, V> {
    /// What it says, under the names of the fields that were asked for.
    pub(in crate::gateway) fields: BTreeMap<K, V>,
    /// As [`Piece::is_draft`](super::Piece::is_draft).
    pub(in crate::gateway) is_draft: bool,
    /// As [`Piece::is_introduced`](super::Piece::is_introduced).
    pub(in crate::gateway) is_introduced: bool,
}

/// The answer's fields: the last candidate's, where it names at least the fields of all others and words introduce it as the
/// better one. Otherwise only fields on which all candidates agree. `None` if no candidate is more than a draft.
///
/// `are_two` tells whether two candidates are about different things, so that neither is a draft of the other.
pub(in crate::gateway) fn choose<K: Ord + Clone, V: PartialEq + Clone>(
    candidates: &[Candidate<K, V>],
    are_two: impl Fn(&BTreeMap<K, V>, &BTreeMap<K, V>) -> bool,
) -> Option<BTreeMap<K, V>> {
    let (last, earlier) = candidates.split_last()?;
    if candidates.iter().all(|candidate| candidate.is_draft) {
        return None;
    }
    let is_better = |other: &Candidate<K, V>| {
        let names_all = other.fields.keys().all(|name| last.fields.contains_key(name));
        names_all && (last.is_introduced && !are_two(&other.fields, &last.fields) || other.fields == last.fields)
    };
    if !last.is_draft && earlier.iter().all(is_better) {
        return Some(last.fields.clone());
    }
    let agreed = |name: &K, value: &V| earlier.iter().all(|other| other.fields.get(name) == Some(value));
    Some(last.fields.iter().filter(|(name, value)| agreed(name, value)).map(|(k, v)| (k.clone(), v.clone())).collect())
}
