//! The user's used-up budget, recognised in one place for retries, for a 401 and for the app.

use super::ErrorBody;
use rust_decimal::Decimal;

/// A used-up budget, with the figures where the server's words give them, in the wallet's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    pub spent: Option<Decimal>,
    pub limit: Option<Decimal>,
}

/// Codes and types, in lower case and without `_`, `-` and spaces.
const NAMES: [&str; 4] = ["budgetexceeded", "exceededbudget", "budgetexceedederror", "exceededbudgeterror"];
/// What LiteLLM writes: `Budget has been exceeded! Current cost: 10.02, Max budget: 10.0` and
/// `ExceededBudget: End User=u1 over budget. Spend=0.00088, Budget=0.0001`, of a user, a team, a token or a model.
const PHRASES: [&str; 5] = [
    "budget has been exceeded",
    "exceededbudget:",
    "exceededtokenbudget",
    "exceededmodelbudget",
    "over budget. spend=",
];
const SPENT: [&str; 3] = ["current cost", "spend", "cost"];
const LIMIT: [&str; 2] = ["max budget", "budget"];

impl Budget {
    /// Whether the words name a used-up budget.
    pub fn is_named_in(text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        PHRASES.iter().any(|phrase| text.contains(phrase))
    }
}

impl ErrorBody {
    /// The used-up budget, if a response of this status says so. 402 is AI Pass's own signal.
    pub fn budget(&self, status: u16) -> Option<Budget> {
        let is_name = |word: &String| {
            let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
            NAMES.iter().any(|name| word.eq_ignore_ascii_case(name))
        };
        let is_named = [&self.code, &self.kind].into_iter().flatten().any(is_name) || Budget::is_named_in(&self.text);
        (is_named || status == 402)
            .then(|| Budget { spent: figure(&self.text, &SPENT), limit: figure(&self.text, &LIMIT) })
    }
}

/// The number behind the first of the labels that has one, as in `Current cost: 10.02`, `Spend=0.1`, `Max Budget for Token: 3`.
fn figure(text: &str, labels: &[&str]) -> Option<Decimal> {
    /// So much may stand between a label and its `:` or `=`.
    const MAX_GAP: usize = 24;
    let lower = text.to_ascii_lowercase();
    labels.iter().find_map(|label| {
        lower.match_indices(label).find_map(|(at, _)| {
            let rest = &text[at + label.len()..];
            let gap = rest.find([':', '='])?;
            let is_gap = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '_' | '"' | '\'');
            if gap > MAX_GAP || !rest[..gap].chars().all(is_gap) {
                return None;
            }
            number(rest[gap + 1..].trim_start_matches([' ', '$', '"', '\'', '€', '£']))
        })
    })
}

/// The number at the start of the text. One with commas is read where they can only be thousands; otherwise it is unknown.
fn number(text: &str) -> Option<Decimal> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | 'e' | 'E' | '-' | '+'));
    let number = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', 'e', 'E', '-', '+']);
    let number = match number.split_once(',') {
        None => number.to_owned(),
        Some((first, rest)) => {
            let (groups, fraction) =
                rest.split_once('.').map_or((rest, None), |(groups, fraction)| (groups, Some(fraction)));
            let is_thousands = (1..=3).contains(&first.len())
                && groups.split(',').all(|group| group.len() == 3)
                && !fraction.is_some_and(|fraction| fraction.contains(','));
            if !is_thousands {
                return None;
            }
            number.replace(',', "")
        }
    };
    let lower = number.to_ascii_lowercase();
    lower.parse().or_else(|_| Decimal::from_scientific(&lower)).ok()
}
