//! What a person would read on a proxy's error page.

/// So much of a page is looked at.
const MAX_PAGE: usize = 64 * 1024;
/// So much of its text is kept: the reason stands at the start.
const MAX_TEXT: usize = 1000;

/// The words of an HTML or XML page: its title, and what follows, in one line.
pub(super) fn text(page: &str) -> String {
    let mut text = String::new();
    let mut rest = match page.char_indices().nth(MAX_PAGE) {
        Some((end, _)) => &page[..end],
        None => page,
    };
    while let Some(open) = rest.find('<') {
        push_words(&mut text, &rest[..open]);
        if text.len() > MAX_TEXT {
            break;
        }
        rest = after_tag(&rest[open..]);
    }
    if !rest.starts_with('<') && text.len() <= MAX_TEXT {
        push_words(&mut text, rest);
    }
    text
}

/// What follows a tag, a comment, or a script or style with its content.
fn after_tag(tag: &str) -> &str {
    let starts_with =
        |name: &str| tag.as_bytes().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
    let end = match () {
        () if starts_with("<!--") => "-->",
        () if starts_with("<script") => "</script>",
        () if starts_with("<style") => "</style>",
        () => ">",
    };
    let mut candidates = tag.match_indices(&end[..1]).map(|(at, _)| at);
    let is_end = |at: &usize| {
        tag.as_bytes().get(*at..*at + end.len()).is_some_and(|found| found.eq_ignore_ascii_case(end.as_bytes()))
    };
    candidates.find(is_end).and_then(|at| tag.get(at + end.len()..)).unwrap_or_default()
}

fn push_words(text: &mut String, words: &str) {
    let words = words
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    for word in words.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
}
