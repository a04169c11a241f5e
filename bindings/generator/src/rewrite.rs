//! Changes to generated text that fail loudly where the text is not as expected: another version of UniFFI writes other
//! code, and a change that silently does nothing would be a defect in an app.

use anyhow::{Result, bail};
use regex::{Captures, Regex};

/// Replaces every occurrence of `old`, of which there must be one at least.
pub fn replace(text: &mut String, old: &str, new: &str) -> Result<()> {
    if !text.contains(old) {
        bail!("UniFFI wrote no {old:?}: adapt the generator to its new version");
    }
    *text = text.replace(old, new);
    Ok(())
}

/// Replaces every match of `pattern`, of which there must be one at least.
pub fn replace_matches(text: &mut String, pattern: &str, new: impl Fn(&Captures<'_>) -> String) -> Result<()> {
    let regex = Regex::new(pattern)?;
    if !regex.is_match(text) {
        bail!("UniFFI wrote nothing like {pattern:?}: adapt the generator to its new version");
    }
    *text = regex.replace_all(text, |captures: &Captures<'_>| new(captures)).into_owned();
    Ok(())
}

/// Changes what stands between the first `start` and the next `end`.
pub fn within(text: &mut String, start: &str, end: &str, change: impl FnOnce(&mut String) -> Result<()>) -> Result<()> {
    let Some(from) = text.find(start) else { bail!("UniFFI wrote no {start:?}: adapt the generator") };
    let Some(length) = text[from..].find(end) else {
        bail!("UniFFI wrote no {end:?} after {start:?}: adapt the generator")
    };
    let mut part = text[from..from + length].to_owned();
    change(&mut part)?;
    text.replace_range(from..from + length, &part);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_finds_nothing_is_an_error() {
        let mut text = "let a = 1".to_owned();
        assert!(replace(&mut text, "let b", "var b").is_err());
        assert!(replace_matches(&mut text, "let [c-d]", |_| String::new()).is_err());
        assert!(within(&mut text, "let", "func", |_| Ok(())).is_err());
        within(&mut text, "let a", "1", |part| replace(part, "a", "b")).unwrap();
        assert_eq!(text, "let b = 1");
    }
}
