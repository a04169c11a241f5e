//! Reads from HTML what a consent page needs: one form, its hidden fields and its buttons.

/// The first form of a page, if it is posted.
#[derive(Debug)]
pub struct HtmlForm {
    /// Where it is posted to, as the page says it: often a path. Empty means the page's own address.
    pub action: String,
    hidden: Vec<(String, String)>,
    buttons: Vec<(String, String)>,
}

impl HtmlForm {
    /// Reads it from a page.
    pub fn find(html: &str) -> Option<Self> {
        let (_, inside) = html.split_once("<form")?;
        let (opening, rest) = inside.split_once('>')?;
        let (content, _) = rest.split_once("</form>")?;
        if !attribute(opening, "method")?.eq_ignore_ascii_case("post") {
            return None;
        }
        let named = |tag: &str| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()));
        let hidden = tags(content, "<input").filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"));
        Some(Self {
            action: attribute(opening, "action").unwrap_or_default(),
            hidden: hidden.filter_map(named).collect(),
            buttons: tags(content, "<button").filter_map(named).collect(),
        })
    }

    pub(crate) fn has_button(&self, name: &str, value: &str) -> bool {
        self.buttons.iter().any(|(button, sends)| button == name && sends == value)
    }

    /// The body that is posted with these values: of the button that is pressed, and of the fields that are filled in.
    pub fn encode(&self, filled: &[(&str, &str)]) -> String {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(&self.hidden).extend_pairs(filled);
        body.finish()
    }
}

/// The visible text of the page.
pub(crate) fn visible_text(html: &str) -> String {
    let main =
        html.split_once("<main>").and_then(|(_, rest)| rest.split_once("</main>")).map_or(html, |(main, _)| main);
    let words = main.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    unescape(&words.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "))
}

/// The insides of the opening tags that start with `name`.
fn tags<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(name).skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
}

/// The double-quoted value of an attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescape(value))
}

fn unescape(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_fields_are_read_and_unescaped() {
        let html = r#"<main><p>Hi</p><form class="x" method="POST" action="/go?a=1&amp;b=2">
            <input type="hidden" name="t" value="1&amp;lt;"><input name="seen" value="x">
            <button name="decision" value="allow">Allow</button></form></main>"#;
        let form = HtmlForm::find(html).expect("a form");
        assert_eq!(form.action, "/go?a=1&b=2");
        assert!(form.has_button("decision", "allow"));
        assert!(!form.has_button("decision", "deny"));
        assert_eq!(form.encode(&[("decision", "allow")]), "t=1%26lt%3B&decision=allow");
        assert_eq!(visible_text(html), "Hi Allow");
    }

    #[test]
    fn a_page_without_a_form_has_none() {
        for html in ["", "<form", "<form>", r#"<form method="get"></form>"#, "<p>no</p>"] {
            assert!(HtmlForm::find(html).is_none(), "{html}");
        }
    }
}
