//! Which of several pieces is the answer, and what of it is sure (P11, R2).

use std::collections::BTreeMap;

/// What the words between a piece and the piece before it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::gateway) enum Introduction {
    /// There are none.
    #[default]
    Nothing,
    /// It is another answer beside the one before, such as a second receipt's.
    Another,
    /// Words that do not tell.
    Words,
    /// It is better than what was said before.
    Revision,
}

/// How the text presents a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::gateway) struct Presentation {
    /// It is an example, a draft, or only a part of the answer.
    pub(in crate::gateway) is_draft: bool,
    /// It is a step, and the next one follows: a draft, or one of several answers.
    pub(in crate::gateway) is_step: bool,
    pub(in crate::gateway) introduction: Introduction,
}

/// A piece that may be the answer.
#[derive(Debug, Clone)]
pub(in crate::gateway) struct Candidate<K, V> {
    /// What it says, under the names of the fields that were asked for.
    pub(in crate::gateway) fields: BTreeMap<K, V>,
    pub(in crate::gateway) presentation: Presentation,
}

/// The answer's fields. The last candidate's, where it names at least the fields of all others, and repeats or replaces
/// each of them: any if words call it the better one, a draft if any words introduce it. Otherwise only fields on which all
/// candidates agree: two answers that differ and do not revise each other are two readings. `None` if no candidate is more
/// than a draft.
///
/// `is_of_another` tells whether a candidate is about another thing than the last one, and so no draft of it.
pub(in crate::gateway) fn choose<K: Ord + Clone, V: PartialEq + Clone>(
    candidates: &[Candidate<K, V>],
    is_of_another: impl Fn(&BTreeMap<K, V>) -> bool,
) -> Option<BTreeMap<K, V>> {
    let (last, earlier) = candidates.split_last()?;
    if candidates.iter().all(|candidate| candidate.presentation.is_draft) {
        return None;
    }
    let tells_of_several =
        candidates.iter().skip(1).any(|candidate| candidate.presentation.introduction == Introduction::Another);
    let replaces = |other: Presentation| match last.presentation.introduction {
        _ if tells_of_several => false,
        Introduction::Revision => true,
        Introduction::Words => other.is_draft && !other.is_step,
        Introduction::Nothing | Introduction::Another => false,
    };
    let is_better = |other: &Candidate<K, V>| {
        let names_all = other.fields.keys().all(|name| last.fields.contains_key(name));
        names_all && (other.fields == last.fields || replaces(other.presentation) && !is_of_another(&other.fields))
    };
    if !last.presentation.is_draft && earlier.iter().all(is_better) {
        return Some(last.fields.clone());
    }
    let agreed = |name: &K, value: &V| earlier.iter().all(|other| other.fields.get(name) == Some(value));
    Some(last.fields.iter().filter(|(name, value)| agreed(name, value)).map(|(k, v)| (k.clone(), v.clone())).collect())
}
