//! Responses, built so that what is read of them could be far larger than they are.

use crate::asks::Ask;

pub const MB: usize = 1024 * 1024;

/// `start`, then `item` until there are so many bytes, then `end`.
fn filled(start: &str, item: &str, end: &str, bytes: usize) -> Vec<u8> {
    let count = (bytes - start.len() - end.len()) / item.len();
    let mut filled = Vec::with_capacity(bytes);
    filled.extend_from_slice(start.as_bytes());
    (0..count).for_each(|_| filled.extend_from_slice(item.as_bytes()));
    filled.extend_from_slice(end.as_bytes());
    filled
}

/// The same with a number in the place of each `#`.
fn numbered(start: &str, item: &str, end: &str, bytes: usize) -> Vec<u8> {
    let mut filled = start.as_bytes().to_vec();
    let mut number = 0;
    while filled.len() < bytes {
        filled.extend_from_slice(item.replace('#', &format!("{number:x}")).as_bytes());
        number += 1;
    }
    filled.extend_from_slice(end.as_bytes());
    filled
}

const REAL: &str = r#"{"message":{"content":"Hi"},"finish_reason":"stop"}"#;
/// Of most answers: where each item became a value of some hundred bytes, memory would be far beyond what is asserted.
const LIMIT: usize = MB;

/// What is asked, the answer, and the text of what is read of it; `None` if it is an error.
pub fn inputs() -> Vec<(&'static str, Ask, Vec<u8>, Option<&'static str>)> {
    let whole = |item: &str| filled(&format!(r#"{{"choices":[{REAL}"#), item, "]}", LIMIT);
    let message = |start: &str, item: &str, end: &str| {
        filled(
            &format!(r#"{{"choices":[{{"finish_reason":"stop","message":{{"content":"Hi",{start}"#),
            item,
            &format!("{end}}}}}]}}"),
            LIMIT,
        )
    };
    let events = |item: &str| {
        let event = filled(r#"data: {"choices":[{"delta":{"content":"Hi"}}"#, item, "]}\n\n", MB - 64);
        [event.repeat(2), b"data: [DONE]\n\n".to_vec()].concat()
    };
    let mut inputs = vec![
        ("empty choices", Ask::Chat, filled(r#"{"choices":[{}"#, ",{}", "]}", LIMIT), None),
        ("a choice, then empty ones", Ask::Chat, whole(",{}"), Some("Hi")),
        ("a choice, then lists", Ask::Chat, whole(",[]"), Some("Hi")),
        ("a choice, then zeros", Ask::Chat, whole(",0"), Some("Hi")),
        ("a choice, then ends", Ask::Chat, whole(r#",{"finish_reason":"x"}"#), Some("Hi")),
        (
            "many choices",
            Ask::Chat,
            numbered(&format!(r#"{{"choices":[{REAL}"#), r##",{"index":"#","message":{}}"##, "]}", LIMIT - 64),
            Some("Hi"),
        ),
        ("empty calls", Ask::Chat, message(r#""tool_calls":[{}"#, ",{}", "]"), Some("Hi")),
        ("calls", Ask::Chat, message(r#""tool_calls":[{}"#, r#",{"function":{"name":"x"}}"#, "]"), Some("Hi")),
        ("ids", Ask::Chat, message(r#""tool_calls":[{}"#, r#",{"id":"x"}"#, "]"), Some("Hi")),
        (
            "unknown members",
            Ask::Chat,
            numbered(r#"{"choices":[{"message":{"content":"Hi""#, r##","#":0"##, "}}]}", LIMIT - 64),
            Some("Hi"),
        ),
        (
            "unknown members outside",
            Ask::Chat,
            numbered(&format!(r#"{{"choices":[{REAL}]"#), r##","#":0"##, "}", LIMIT - 64),
            Some("Hi"),
        ),
        ("a nested member", Ask::Chat, message(r#""x":"#, "[", "").into_iter().chain("]".bytes()).collect(), None),
        ("an error of lists", Ask::Chat, filled(r#"{"error":["#, "[],", "0]}", LIMIT), None),
        ("an error of zeros", Ask::Chat, filled(r#"{"error":[0"#, ",0", r#"],"choices":[]}"#, LIMIT), None),
        ("zeros", Ask::Chat, filled("[0", ",0", "]", LIMIT), None),
        ("lists", Ask::Chat, filled("[[]", ",[]", "]", LIMIT), None),
        ("texts", Ask::Chat, filled("[\"\"", ",\"\"", "]", LIMIT), None),
        ("escapes", Ask::Chat, message(r#""reasoning":""#, r"\n", "\""), Some("Hi")),
        ("parts", Ask::Chat, filled(r#"{"choices":[{"message":{"content":["Hi""#, ",\"\"", "]}}]}", LIMIT), Some("Hi")),
        (
            "log-probabilities",
            Ask::Chat,
            filled(
                r#"{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[0"#,
                r#",{"token":"","logprob":0}"#,
                "]}}]}",
                LIMIT,
            ),
            Some("Hi"),
        ),
        (
            "log-probabilities of other tokens",
            Ask::Chat,
            filled(
                r#"{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[{"token":"","logprob":0,"top_logprobs":[0"#,
                r#",{"token":"","logprob":0}"#,
                "]}]}}]}",
                LIMIT,
            ),
            Some("Hi"),
        ),
        ("too large", Ask::Chat, filled(r#"{"choices":[{}"#, ",{}", "]}", 32 * MB), None),
        ("too large a page", Ask::Stream, filled("<html>", "x", "", 8 * MB), None),
        ("an endless line", Ask::Stream, filled("data: ", "x", "", 8 * MB), None),
        ("no fields", Ask::Stream, filled("", "x\n\n", "", LIMIT), None),
        ("one object", Ask::Stream, whole(",{}"), Some("Hi")),
        ("events of empty choices", Ask::Stream, events(",{}"), Some("HiHi")),
        ("events of calls", Ask::Stream, events(r#",{"delta":{"tool_calls":[{},{}]}}"#), Some("HiHi")),
        (
            "events of log-probabilities",
            Ask::Stream,
            {
                let start = r#"data: {"choices":[{"delta":{"content":"Hi"},"logprobs":{"content":[0"#;
                let event = filled(start, r#",{"token":"","logprob":0}"#, "]}}]}\n\n", MB - 64);
                [event.repeat(2), b"data: [DONE]\n\n".to_vec()].concat()
            },
            Some("HiHi"),
        ),
        ("empty images", Ask::Images, filled(r#"{"data":[{}"#, ",{}", "]}", LIMIT), None),
        ("images", Ask::Images, filled(r#"{"data":[{}"#, r#",{"b64_json":"AQ"}"#, "]}", LIMIT), Some("63")),
        ("an image", Ask::Images, filled(r#"{"data":[{"b64_json":""#, "AAAA", "\"}]}", 8 * MB), Some("1")),
        ("an image in lines", Ask::Images, filled(r#"{"data":[{"b64_json":""#, r"AAAA\n", "\"}]}", 8 * MB), Some("1")),
        ("empty embeddings", Ask::Embeddings, filled(r#"{"data":[{}"#, ",{}", "]}", LIMIT), None),
        ("zeros of embeddings", Ask::Embeddings, filled(r#"{"data":[{"embedding":[0"#, ",0", "]}]}", LIMIT), None),
        ("embeddings", Ask::Embeddings, filled(r#"{"data":[{}"#, r#",{"embedding":[0]}"#, "]}", LIMIT), None),
    ];
    inputs.extend(large());
    let vectors = [
        &b"{\"data\":["[..],
        &filled("", &format!("{{\"embedding\":[0{}]}},", ",0".repeat(16_000)), "", 16 * 32_100)[..],
    ]
    .concat();
    let mut vectors = vectors;
    vectors.pop(); // the last comma
    vectors.extend_from_slice(b"]}");
    inputs.push(("vectors", Ask::Embeddings, vectors, Some("16")));
    inputs
}

/// The largest responses that are read, and larger ones. A `*` stands for whatever is read of them.
fn large() -> Vec<(&'static str, Ask, Vec<u8>, Option<&'static str>)> {
    let said = |start: &str, item: &str, bytes: usize| {
        filled(&format!(r#"{{"choices":[{{"finish_reason":"stop","message":{{{start}""#), item, "\"}}]}", bytes)
    };
    let choices = |text: &str| {
        let choice =
            |index: usize| filled(&format!(r#"{{"index":{index},"message":{{"content":""#), text, "\"}}", 4 * MB - 64);
        [b"{\"choices\":[".to_vec(), (0..4).map(choice).collect::<Vec<_>>().join(&b","[..]), b"]}".to_vec()].concat()
    };
    let logprobs = |item: &str| {
        let start = r#"{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[0"#;
        filled(start, item, "]}}]}", 16 * MB)
    };
    let vectors = |vector: String, count: usize| {
        let mut list = filled("{\"data\":[", &format!("{vector},"), "", 10 + count * (vector.len() + 1));
        list.pop();
        list.extend_from_slice(b"]}");
        list
    };
    let floats = |number: &str| format!("{{\"embedding\":[{number}{}]}}", format!(",{number}").repeat(3071));
    let base64 = format!("{{\"embedding\":\"{}\"}}", "AACA".repeat(4096));
    let tops =
        format!(r#",{{"token":"","logprob":0,"top_logprobs":[{}]}}"#, [r#"{"token":"","logprob":0}"#; 20].join(","));
    vec![
        ("4 MB of text", Ask::Chat, said("\"content\":", "text", 4 * MB), Some("*")),
        ("4 MB of escapes", Ask::Chat, said("\"content\":", r"\n", 4 * MB), Some("*")),
        ("4 MB of reasoning", Ask::Chat, said("\"content\":\"Hi\",\"reasoning\":", "text", 4 * MB), Some("Hi")),
        ("4 MB of an unknown member", Ask::Chat, said("\"content\":\"Hi\",\"x\":", "text", 4 * MB), Some("Hi")),
        ("16 MB of text", Ask::Chat, said("\"content\":", "text", 16 * MB), None),
        ("16 MB of text where it is asked for", Ask::LargeChat, said("\"content\":", "text", 16 * MB), Some("*")),
        (
            "16 MB of an unknown member",
            Ask::LargeChat,
            said("\"content\":\"Hi\",\"x\":", "text", 16 * MB),
            Some("2 and 0"),
        ),
        ("16 MB of escapes", Ask::LargeChat, said("\"content\":", r"\u00e9", 16 * MB), Some("*")),
        ("four choices of 4 MB", Ask::LargeChat, choices("text"), Some("*")),
        ("16 MB of other tokens", Ask::LargeChat, logprobs(&tops), Some("*")),
        ("large vectors", Ask::LargeEmbeddings, vectors(floats("0"), 2048), Some("6291456")),
        ("large vectors of long numbers", Ask::LargeEmbeddings, vectors(floats("-0.0123456789"), 256), None),
        ("large vectors in base64", Ask::LargeEmbeddings, vectors(base64, 2048), Some("6291456")),
        ("4 MB of ids", Ask::Models, filled("[\"a\"", ",\"a\"", "]", 4 * MB), Some("20000")),
        (
            "4 MB of models",
            Ask::Models,
            numbered("{\"data\":[{\"id\":\"a\"}", ",{\"id\":\"#\",\"capabilities\":[\"a\",\"b\"]}", "]}", 4 * MB - 64),
            Some("20000"),
        ),
        ("16 MB of models", Ask::Models, filled("{\"data\":[{\"id\":\"a\"}", ",{\"id\":\"a\"}", "]}", 16 * MB), None),
        ("an error in the place of a recording", Ask::Speech, filled("{\"error\":[0", ",[]", "]}", 16 * MB), None),
        ("16 MB of any endpoint", Ask::Raw, filled("[0", ",0", "]", 16 * MB), Some("*")),
    ]
}
