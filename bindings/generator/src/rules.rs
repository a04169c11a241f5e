//! Rules that change the text that UniFFI wrote.

use crate::api::Api;
use anyhow::{Context, Result};

/// One change.
pub struct Rule {
    /// What the code does after it, in a few words.
    pub what: &'static str,
    /// When it can be deleted.
    pub until: Until,
    /// Makes the change, or fails if the text is not as expected.
    pub change: fn(&mut String, &Api) -> Result<()>,
}

/// When a rule can be deleted.
pub enum Until {
    /// When these issues or pull requests of mozilla/uniffi-rs are done and released.
    Upstream(&'static [u32]),
    /// When UniFFI does this. No issue about it was found in November 2026.
    Unreported(&'static str),
    /// Never: UniFFI cannot know this.
    Ours,
}

impl std::fmt::Display for Until {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Upstream(issues) => {
                let issues: Vec<_> = issues.iter().map(|number| format!("uniffi-rs#{number}")).collect();
                write!(f, "needed until {}", issues.join(", "))
            }
            Self::Unreported(what) => write!(f, "needed until UniFFI {what}"),
            Self::Ours => write!(f, "needed for this library's own API"),
        }
    }
}

/// Makes all changes, in order.
pub fn apply(rules: &[Rule], code: &mut String, api: &Api) -> Result<()> {
    for Rule { what, until, change } in rules {
        change(code, api).with_context(|| format!("the rule \"{what}\" ({until}) does not fit to this UniFFI"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_what_it_does_and_until_when() {
        let rules: Vec<_> = crate::swift::RULES.iter().chain(crate::kotlin::RULES).collect();
        assert!(rules.len() > 20);
        for Rule { what, until, .. } in rules {
            assert!(!what.is_empty());
            match until {
                Until::Upstream(issues) => assert!(!issues.is_empty(), "{what}"),
                Until::Unreported(wish) => assert!(!wish.is_empty(), "{what}"),
                Until::Ours => {}
            }
        }
    }
}
