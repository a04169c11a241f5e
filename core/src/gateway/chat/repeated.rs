//! Chunks that differ from an earlier one in their text alone, as nearly all of an answer's do: what stands around the text is
//! compared with the earlier one's, and not read again. What they say is the same as if they were read.

use super::assembly::Assembly;
use super::choice::TextKind;
use super::event::{ChatEvent, Events};
use super::wire::Completion;
use crate::gateway::lenient;

/// The members that may hold the text.
const MEMBERS: [&str; 3] = ["\"content\"", "\"reasoning_content\"", "\"reasoning\""];
/// The longest chunk whose surroundings are kept (S8).
const MAX_LENGTH: usize = 4096;
/// After so many chunks whose surroundings no other one had, none are kept any more: this server changes more than the text.
const MAX_UNIQUE: u32 = 8;
/// Stands in the place of a chunk's text, to see whether that place holds what the model says.
const PROBE: &str = "\"a probe\"";

/// The surroundings of the text of a chunk.
struct Surroundings {
    before: String,
    after: String,
    kind: TextKind,
    choice: u32,
}

/// What a chunk says whose surroundings are known.
pub(super) struct Said {
    pub kind: TextKind,
    pub choice: u32,
    pub text: String,
}

/// The surroundings of the text that came last.
#[derive(Default)]
pub(super) struct Repeated {
    known: Option<Surroundings>,
    /// Whether another chunk had them, too.
    has_served: bool,
    /// How many chunks one after another had surroundings that no other one had.
    unique: u32,
}

impl Repeated {
    /// What the chunk says, if it differs from an earlier one in its text alone.
    pub fn read(&mut self, chunk: &str) -> Option<Said> {
        let known = self.known.as_ref()?;
        let text = chunk.strip_prefix(known.before.as_str())?.strip_suffix(known.after.as_str())?;
        // One string and nothing else, or the chunk differs in more. Where it is empty, another member may count.
        let text = serde_json::from_str::<String>(text).ok().filter(|text| !text.is_empty())?;
        self.has_served = true;
        Some(Said { kind: known.kind, choice: known.choice, text })
    }

    /// To be told of each chunk that was read as a whole: `said`, if it said one thing and no more. `n` choices were asked for.
    ///
    /// Of another chunk nothing is kept, and what was known is forgotten: a chunk between may have replaced what the others say
    /// besides their text, such as the cost.
    pub fn has_read(&mut self, chunk: &str, said: Option<&ChatEvent>, n: usize) {
        self.known = None;
        let Some(said) = said else { return };
        self.unique = if self.has_served { 0 } else { self.unique + 1 };
        self.has_served = false;
        if self.unique <= MAX_UNIQUE && chunk.len() <= MAX_LENGTH {
            self.known = surroundings(chunk, said, n);
        }
    }
}

fn surroundings(chunk: &str, said: &ChatEvent, n: usize) -> Option<Surroundings> {
    let (kind, choice) = match *said {
        ChatEvent::Text { choice, .. } => (TextKind::Text, choice),
        ChatEvent::Reasoning { choice, .. } => (TextKind::Reasoning, choice),
        _ => return None,
    };
    MEMBERS.iter().find_map(|member| {
        let (before, after) = around(chunk, member)?;
        // A name that is written in another way could be any; and what a whole message adds depends on what came before it.
        if [before, after].iter().any(|part| part.contains('\\') || part.contains("\"message\"")) {
            return None;
        }
        let says_the_probe = says_the_probe(&[before, PROBE, after].concat(), kind, choice, n);
        says_the_probe.then(|| Surroundings { before: before.to_owned(), after: after.to_owned(), kind, choice })
    })
}

/// What stands before and after the string that is the value of this member.
fn around<'a>(chunk: &'a str, member: &str) -> Option<(&'a str, &'a str)> {
    let behind = &chunk[chunk.find(member)? + member.len()..];
    let value = behind.trim_start().strip_prefix(':')?.trim_start();
    let mut is_escaped = false;
    let end = value.bytes().enumerate().skip(1).find_map(|(at, byte)| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end.then_some(at + 1)
    });
    let end = end.filter(|_| value.starts_with('"'))?;
    Some((&chunk[..chunk.len() - value.len()], &value[end..]))
}

/// Whether this chunk says the probe and nothing else, each time that it comes. Pieces of calls add up without being told.
fn says_the_probe(chunk: &str, kind: TextKind, choice: u32, n: usize) -> bool {
    let expected = kind.event(PROBE.trim_matches('"').to_owned(), choice);
    let mut assembly = Assembly::of(String::new(), n, None);
    (0..2).all(|_| {
        let Ok(completion) = lenient::from_str::<Completion<'_>>(chunk) else { return false };
        let mut events = Events::default();
        let error = assembly.take(completion, &mut events).error;
        let mut said = events.drain().filter(|event| !matches!(event, ChatEvent::Started { .. }));
        error.is_none() && said.next().as_ref() == Some(&expected) && said.next().is_none()
    }) && !assembly.has_calls()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(assembly: &mut Assembly, chunk: &str) -> Vec<ChatEvent> {
        let mut events = Events::default();
        let taken = assembly.take(lenient::from_str(chunk).unwrap(), &mut events);
        assert!(taken.error.is_none());
        events.drain().collect()
    }

    /// Reads the chunks with what is repeated, and compares with reading each of them. How many were not read as a whole.
    fn compare(chunks: &[String], n: usize) -> usize {
        let (mut whole, mut quick) = (Assembly::of("m".into(), n, None), Assembly::of("m".into(), n, None));
        let mut repeated = Repeated::default();
        let mut saved = 0;
        for chunk in chunks {
            let expected = read(&mut whole, chunk);
            if let Some(Said { kind, choice, text }) = repeated.read(chunk) {
                saved += 1;
                let mut events = Events::default();
                quick.add(kind, text, choice, &mut events);
                assert_eq!(events.drain().collect::<Vec<_>>(), expected, "{chunk}");
            } else {
                let events = read(&mut quick, chunk);
                assert_eq!(events, expected, "{chunk}");
                repeated.has_read(chunk, if let [said] = events.as_slice() { Some(said) } else { None }, n);
            }
        }
        assert_eq!(quick.into_response(None).ok(), whole.into_response(None).ok());
        saved
    }

    fn chunks(form: &str, texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| form.replace('@', &serde_json::to_string(text).unwrap())).collect()
    }

    #[test]
    fn a_chunk_that_differs_in_its_text_alone_is_not_read_again() {
        let texts = ["a", "b", "\"", "\\", "{\"content\":\"x\"}", "\n", "emoji \u{1F600}", "", "c"];
        for form in [
            r#"{"id":"1","model":"m","choices":[{"index":0,"delta":{"content":@},"finish_reason":null}]}"#,
            r#"{ "model": "m", "choices": [ { "index": 0, "delta": { "role": "assistant", "content" : @ } } ] }"#,
            r#"{"choices":[{"delta":{"content":"","reasoning_content":@},"index":0}],"usage":null,"x":{"content":"y"}}"#,
        ] {
            let saved = compare(&chunks(form, &texts), 1);
            assert!((5..=7).contains(&saved), "{form}: {saved}");
        }
    }

    #[test]
    fn what_depends_on_more_than_the_text_is_read_as_a_whole() {
        for form in [
            // A whole message says the rest of what it says.
            r#"{"choices":[{"message":{"content":@}}]}"#,
            r#"{"choices":[{"text":@,"logprobs":{"content":"x"}}]}"#,
            r#"{"choices":[{"delta":{"content":"x"},"logprobs":null,"cont\u0065nt":@}]}"#,
            r#"{"content":@,"choices":[{"delta":{"content":"always"}}]}"#,
            r#"{"choices":[{"delta":{"content":[{"type":"text","text":@}]}}]}"#,
        ] {
            assert_eq!(compare(&chunks(form, &["a", "ab", "abc", "abc"]), 1), 0, "{form}");
        }
    }

    // P5: a chunk between two that are alike may replace what they say besides their text
    #[test]
    fn what_a_chunk_between_has_replaced_is_said_again() {
        for (alike, between) in [
            (r#"{"x":1,"choices":[{"delta":{"content":@}}]}"#, r#"{"x":2,"choices":[]}"#),
            (
                r#"{"choices":[{"delta":{"content":@}}],"usage":{"cost":0.01}}"#,
                r#"{"choices":[],"usage":{"cost":0.02}}"#,
            ),
            (
                r#"{"choices":[{"delta":{"content":@,"tool_calls":[{"index":0,"function":{"arguments":"1"}}]}}]}"#,
                r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f"}}]}}]}"#,
            ),
        ] {
            let mut chunks = chunks(alike, &["a", "b", "c"]);
            chunks.insert(1, between.to_owned());
            chunks.insert(3, between.to_owned());
            compare(&chunks, 1);
        }
    }

    #[test]
    fn a_server_that_changes_more_each_time_is_not_looked_at_for_ever() {
        let mut repeated = Repeated::default();
        let said = ChatEvent::Text { text: "a".into(), choice: 0 };
        for id in 0..100 {
            let chunk = format!(r#"{{"id":{id},"choices":[{{"delta":{{"content":"a"}}}}]}}"#);
            assert!(repeated.read(&chunk).is_none());
            repeated.has_read(&chunk, Some(&said), 1);
            assert_eq!(repeated.known.is_some(), id < u64::from(MAX_UNIQUE));
        }
    }

    fn chunk() -> impl Strategy<Value = String> {
        let text = prop_oneof![
            Just("\"\"".to_owned()),
            "[a-c]{1,3}".prop_map(|text| format!("\"{text}\"")),
            Just(r#""\"content\":\"x\"""#.to_owned()),
            Just("null".to_owned()),
            Just(r#"["a"]"#.to_owned()),
            Just(r#""\ud800""#.to_owned()),
        ];
        let around = prop_oneof![
            Just("\"content\":@"),
            Just("\"reasoning\":@"),
            Just("\"reasoning_content\":@,\"reasoning\":\"r\""),
            Just("\"content\":@,\"content\":\"twice\""),
            Just("\"role\":\"assistant\",\"content\":@,\"refusal\":null"),
            Just("\"content\":\"fixed\",\"reasoning\":@"),
            Just("\"x\":{\"content\":@}"),
            Just("\"content\":@,\"y\":1"),
            Just("\"content\":@,\"y\":2"),
            Just("\"content\":@,\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1\"}}]"),
            Just("\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\"}}]"),
            Just("\"content\":@,\"tool_calls\":[]"),
            Just("\"content\":@,\"function_call\":{\"arguments\":\"1\"}"),
            Just("\"content\":@,\"refusal\":\"r\""),
        ];
        let place = prop_oneof![
            Just(r#""choices":[{"index":0,"delta":{@}}]"#),
            Just(r#""choices":[{"index":1,"delta":{@}}]"#),
            Just(r#""choices":[{"delta":{@}},{"delta":{@}}]"#),
            Just(r#""choices":[{"message":{@}}]"#),
            Just(r#""choices":[{"delta":{@},"finish_reason":"stop"}]"#),
            Just(r#""choices":[{"delta":{@}}],"usage":{"total_tokens":3}"#),
            Just(r#""choices":[{"message":{"content":"abc"},"delta":{@}}]"#),
            Just(r#""choices":[]"#),
            Just(r#""choices":[{"delta":{@}}],"usage":{"cost":0.01}"#),
            Just(r#""choices":[{"delta":{@}}],"usage":{"cost":0.02}"#),
            Just(r#""choices":[],"usage":{"cost":0.02}"#),
            Just(r#""choices":[{"delta":{@}}],"usage":{"prompt_tokens_details":{"cached_tokens":5}}"#),
            Just(r#""choices":[],"usage":{"total_tokens":5}"#),
            Just(r#""choices":[],"x":2"#),
        ];
        (text, around, place).prop_map(|(text, around, place)| {
            let chunk = place.replace('@', &around.replace('@', &text));
            format!("{{\"id\":\"1\",{chunk}}}")
        })
    }

    proptest! {
        // P5: nothing is said otherwise for being said quickly
        #[test]
        fn it_says_what_reading_each_chunk_would_say(
            chunks in prop::collection::vec((chunk(), 1..4_usize), 1..12), n in 1..3_usize,
        ) {
            let chunks: Vec<String> =
                chunks.into_iter().flat_map(|(chunk, times)| std::iter::repeat_n(chunk, times)).collect();
            compare(&chunks, n);
        }
    }
}
