//! Changes to generated text. Each fails if the text is not as expected: another version of UniFFI may write other code,
//! and a change that silently did nothing would be a defect in an app.

use anyhow::{Context, Result, bail};
use regex::{Captures, Regex};

/// Replaces every occurrence of `old`. There must be at least one.
pub fn replace(text: &mut String, old: &str, new: &str) -> Result<()> {
    if !text.contains(old) {
        bail!("UniFFI wrote no {old:?}");
    }
    *text = text.replace(old, new);
    Ok(())
}

/// Replaces every match of `pattern`. There must be at least one.
pub fn replace_matches(text: &mut String, pattern: &str, new: impl Fn(&Captures<'_>) -> String) -> Result<()> {
    if !replace_matches_if_any(text, pattern, new)? {
        bail!("UniFFI wrote nothing like {pattern:?}");
    }
    Ok(())
}

/// Replaces every match of `pattern`. Returns whether there was one.
pub fn replace_matches_if_any(text: &mut String, pattern: &str, new: impl Fn(&Captures<'_>) -> String) -> Result<bool> {
    let regex = Regex::new(pattern)?;
    if !regex.is_match(text) {
        return Ok(false);
    }
    *text = regex.replace_all(text, |captures: &Captures<'_>| new(captures)).into_owned();
    Ok(true)
}

/// Changes what stands between the first `start` and the next `end`.
pub fn within(text: &mut String, start: &str, end: &str, change: impl FnOnce(&mut String) -> Result<()>) -> Result<()> {
    let Some(from) = text.find(start) else { bail!("UniFFI wrote no {start:?}") };
    let Some(length) = text[from..].find(end) else { bail!("UniFFI wrote no {end:?} after {start:?}") };
    let mut part = text[from..from + length].to_owned();
    change(&mut part).with_context(|| format!("after {start:?}"))?;
    text.replace_range(from..from + length, &part);
    Ok(())
}

/// Adds to the end of the comment that stands before the first `declaration`.
pub fn append_to_comment(text: &mut String, declaration: &str, addition: &str) -> Result<()> {
    let end = "\n */\n";
    let Some(at) = text.find(&format!("{end}{declaration}")) else {
        bail!("UniFFI wrote no {declaration:?} with a comment before it");
    };
    text.insert_str(at, addition);
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
        assert!(append_to_comment(&mut text, "let a", "").is_err());
        within(&mut text, "let a", "1", |part| replace(part, "a", "b")).unwrap();
        assert_eq!(text, "let b = 1");
    }

    #[test]
    fn a_comment_is_continued() {
        let mut text = "/**\n * One.\n */\nlet a = 1".to_owned();
        append_to_comment(&mut text, "let a", "\n * Two.").unwrap();
        assert_eq!(text, "/**\n * One.\n * Two.\n */\nlet a = 1");
    }
}
