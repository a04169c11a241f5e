use super::*;
use proptest::prelude::*;

const LIMIT: usize = 1024;

type Outcome = (Vec<(String, String)>, Option<EventError>);

/// Every event of a stream that arrives in these chunks, as (name, data), and the error that ended it.
fn read<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, limit: usize) -> Outcome {
    let mut parser = EventParser::new(limit);
    let mut events = Vec::new();
    let mut chunks = chunks.into_iter();
    loop {
        let chunk = chunks.next();
        parser.push(chunk.unwrap_or_default());
        loop {
            match if chunk.is_some() { parser.next_event() } else { parser.finish() } {
                Ok(Some(event)) => events.push((event.name.to_owned(), event.data.into_owned())),
                Ok(None) => break,
                Err(error) => return (events, Some(error)),
            }
        }
        if chunk.is_none() {
            return (events, None);
        }
    }
}

/// The data of every event, which must be the same in one chunk and byte by byte.
fn data(stream: impl AsRef<[u8]>) -> Vec<String> {
    let whole = read([stream.as_ref()], LIMIT);
    assert_eq!(whole, read(stream.as_ref().chunks(1), LIMIT));
    assert_eq!(whole.1, None);
    whole.0.into_iter().map(|(_, data)| data).collect()
}

// P5
#[test]
fn lines_end_with_lf_cr_or_crlf() {
    for end in ["\n", "\r", "\r\n"] {
        assert_eq!(data(format!("data: a{end}data: b{end}{end}data: c{end}{end}")), ["a\nb", "c"], "{end:?}");
    }
    assert_eq!(data("data: a\r\ndata: b\n\rdata: c\r\r\n"), ["a\nb", "c"]);
}

// P5
#[test]
fn an_event_is_complete_without_the_lf_that_may_follow_its_cr() {
    let mut parser = EventParser::new(LIMIT);
    parser.push(b"data: a\r\r");
    assert_eq!(parser.next_event().unwrap().unwrap().data, "a");
    parser.push(b"\ndata: b\n\n");
    assert_eq!(parser.next_event().unwrap().unwrap().data, "b");
}

// P5
#[test]
fn a_character_may_be_split_between_chunks() {
    assert_eq!(data("data: 1 € 😀 é\n\n"), ["1 € 😀 é"]);
}

// P5
#[test]
fn a_byte_order_mark_is_skipped_once() {
    assert_eq!(data("\u{FEFF}data: a\n\n"), ["a"]);
    assert_eq!(data("\u{FEFF}\u{FEFF}data: a\n\n"), [""; 0]);
    assert_eq!(data("data: \u{FEFF}a\n\n\u{FEFF}data: b\n\n"), ["\u{FEFF}a"]);
    assert_eq!(data("\u{FEFF}"), [""; 0]);
    assert_eq!(data(b"\xEF\xBB"), [""; 0]);
}

// P5
#[test]
fn comments_and_unknown_fields_are_skipped() {
    assert_eq!(data(": ping\n\n:\n\ndata: a\n: between\nData: x\n data: y\ndat: z\ndata: b\n\n"), ["a\nb"]);
}

// P5
#[test]
fn id_and_retry_leave_the_event_as_it_is() {
    assert_eq!(data("id: 7\ndata: a\nretry: 10\n\nid: x\0y\nretry: soon\ndata: b\nid\n\nid: 9\n\n"), ["a", "b"]);
}

// P5
#[test]
fn the_name_is_the_last_event_line_and_holds_for_one_event() {
    let stream = b"event: x\nevent: error\ndata: a\n\ndata: b\n\nevent: lost\n\ndata: c\nevent:\n\n";
    let named = |name: &str, data: &str| (name.to_owned(), data.to_owned());
    let expected = vec![named("error", "a"), named("message", "b"), named("message", "c")];
    assert_eq!(read([&stream[..]], LIMIT), (expected, None));
}

// P5
#[test]
fn only_one_space_after_the_colon_is_dropped() {
    assert_eq!(data("data:a\n\ndata:  a \n\ndata:\ta:b\n\n"), ["a", " a ", "\ta:b"]);
}

// P5
#[test]
fn empty_data_lines_count() {
    assert_eq!(data("data\n\ndata:\ndata\n\ndata: \ndata: a\n\n"), ["", "\n", "\na"]);
}

// P5
#[test]
fn an_event_line_between_two_data_lines_keeps_both() {
    assert_eq!(
        data("data: a\nevent: some name\ndata: a much longer second line\n\n"),
        ["a\na much longer second line"]
    );
}

// P5
#[test]
fn line_separators_of_unicode_are_data() {
    assert_eq!(data("data: a\u{2028}b\u{2029}c\u{85}d\n\n"), ["a\u{2028}b\u{2029}c\u{85}d"]);
}

// P5
#[test]
fn bytes_that_are_not_utf8_are_replaced() {
    assert_eq!(data(b"data: a\xFFb\xE2\x82\n\ndata: c\n\n"), ["a\u{FFFD}b\u{FFFD}", "c"]);
}

// P5
#[test]
fn the_end_of_the_stream_hands_over_what_lacks_its_blank_line() {
    for tail in ["data: [DONE]", "data: [DONE]\n", "data: [DONE]\r", "data: [DONE]\r\n", "data:[DONE]\n: bye"] {
        assert_eq!(data(format!("data: a\n\n{tail}")), ["a", "[DONE]"], "{tail:?}");
    }
    assert_eq!(data("data: a\n\nevent: x\n"), ["a"]);
}

// P5
#[test]
fn next_event_alone_keeps_an_unfinished_event_back() {
    let mut parser = EventParser::new(LIMIT);
    parser.push(b"data: a\n");
    assert!(parser.next_event().unwrap().is_none());
}

// P4, P5
#[test]
fn an_event_over_the_limit_is_an_error_however_it_arrives() {
    let too_large = Some(EventError::TooLarge { limit: 16 });
    for stream in
        ["data: a\n\ndata: 0123456789A", "data: a\n\ndata: 0\ndata: 1\n:234567\n", "data: a\n\n: 0123456789abcdef\n"]
    {
        let expected = (vec![("message".to_owned(), "a".to_owned())], too_large.clone());
        assert_eq!(read([stream.as_bytes()], 16), expected);
        assert_eq!(read(stream.as_bytes().chunks(1), 16), expected);
    }
    let mut parser = EventParser::new(16);
    parser.push(&[b'x'; 17]);
    for more in ["", "\n", "\n"] {
        parser.push(more.as_bytes());
        assert_eq!(parser.next_event().err(), too_large);
    }
}

// P4
#[test]
fn keep_alive_comments_take_no_memory() {
    let mut parser = EventParser::new(64);
    for _ in 0..10_000 {
        parser.push(b": keep-alive\nevent: ping\n");
        assert!(parser.next_event().unwrap().is_none());
    }
    assert!(parser.buffer.capacity() < 1024);
}

/// The standard's algorithm as it is written there, on the whole stream at once, with the tail handed over.
fn by_the_standard(stream: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(stream);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    let (mut events, mut name, mut data) = (Vec::new(), String::new(), String::new());
    for line in text.split('\n').chain([""]) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        match field {
            _ if line.is_empty() => {
                if let Some(data) = data.strip_suffix('\n') {
                    events.push((if name.is_empty() { "message".into() } else { name }, data.to_owned()));
                }
                (name, data) = Default::default();
            }
            "event" => name = value.strip_prefix(' ').unwrap_or(value).to_owned(),
            "data" => data = data + value.strip_prefix(' ').unwrap_or(value) + "\n",
            _ => {}
        }
    }
    events
}

/// Bytes that look like a stream often enough to reach every branch.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["data:", "data: ", "data", "event: ", "id: ", ":", " ", "a€😀", "\u{FEFF}"])
            .prop_map(|text| text.as_bytes().to_vec()),
        4 => prop::sample::select(vec!["\n", "\r", "\r\n", "\n\n"]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    // P5
    #[test]
    fn events_are_the_standards_however_the_stream_is_split(
        stream in streams(),
        sizes in prop::collection::vec(1_usize..9, 1..20),
    ) {
        let mut rest = &stream[..];
        let chunks: Vec<&[u8]> = sizes.iter().cycle().map_while(|&size| {
            let (chunk, after) = rest.split_at(size.min(rest.len()));
            rest = after;
            (!chunk.is_empty()).then_some(chunk)
        }).collect();
        prop_assert_eq!(read(chunks.iter().copied(), LIMIT), (by_the_standard(&stream), None));
        prop_assert_eq!(read([&stream[..]], LIMIT), (by_the_standard(&stream), None));
        // A limit may not depend on the split either.
        prop_assert_eq!(read(chunks, 12), read([&stream[..]], 12));
    }

    // S3
    #[test]
    fn no_bytes_panic(stream in prop::collection::vec(any::<u8>(), 0..400), size in 1_usize..50, limit in 0_usize..64) {
        read(stream.chunks(size), limit);
    }
}
