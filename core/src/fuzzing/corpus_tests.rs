//! The corpora of `fuzz/`, and what fuzzing found once, run with the other tests: as they are, and changed at random. libFuzzer, which
//! `scripts/fuzz` runs, needs nightly Rust; this needs none, and is blind to what an input reaches.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use std::path::Path;

type Target = fn(&[u8]);

const TARGETS: &[(&str, Target)] = &[
    ("audio", super::audio),
    ("callback", super::callback),
    #[cfg(feature = "openid")]
    ("id_token", super::id_token),
    ("metadata", super::metadata),
    ("multipart", super::multipart),
    ("receipt_text", super::receipt_text),
    ("refusal", super::refusal),
    ("sealed_file", super::sealed_file),
    ("stream", super::stream),
    ("token_response", super::token_response),
];

/// Of the cases of a property test so many are changed inputs of one target: most sign in first.
const PART_OF_CASES: u32 = 4;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let mut paths: Vec<_> =
        std::fs::read_dir(corpora.join(target)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

// S3
#[test]
fn every_input_of_the_corpora_is_read_or_refused() {
    for (name, target) in TARGETS {
        let inputs = corpus(name);
        assert!(!inputs.is_empty(), "{name} has no corpus");
        inputs.iter().for_each(|input| target(input));
    }
}

#[derive(Debug, Clone)]
enum Change {
    Put(Index, Vec<u8>),
    Overwrite(Index, u8),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    /// Goes on as another input does.
    Cross(Index, Index, Index),
}

impl Change {
    fn of(&self, input: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let length = input.len();
        match self {
            Self::Put(at, bytes) => {
                let at = at.index(length + 1);
                input.splice(at..at, bytes.iter().copied());
            }
            Self::Overwrite(at, byte) if length > 0 => input[at.index(length)] = *byte,
            Self::Remove(at, count) => {
                let at = at.index(length + 1);
                input.drain(at..length.min(at + count));
            }
            Self::Repeat(at, count, times) => {
                let at = at.index(length + 1);
                let piece = input[at..length.min(at + count)].repeat(*times);
                input.splice(at..at, piece);
            }
            Self::Cross(at, other, from) => {
                let other = other.get(corpus);
                input.truncate(at.index(length + 1));
                input.extend_from_slice(&other[from.index(other.len() + 1)..]);
            }
            Self::Overwrite(..) => {}
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    // What parsers trip over.
    let words: [&[u8]; 24] = [
        b"\"",
        b"\\",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"null",
        b"-1",
        b"1e999",
        b"18446744073709551616",
        b"\\u0000",
        b"\\ud800",
        b"\r\n",
        b"\n\n",
        b"\0",
        b"\x1b[2J",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"%00",
        b"&",
        b"=",
        b"data: ",
    ];
    let bytes = prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 1..9),
    ];
    prop_oneof![
        3 => (any::<Index>(), bytes).prop_map(|(at, bytes)| Change::Put(at, bytes)),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Overwrite(at, byte)),
        2 => (any::<Index>(), 1..40_usize).prop_map(|(at, count)| Change::Remove(at, count)),
        1 => (any::<Index>(), 1..40_usize, 1..60_usize).prop_map(|(at, count, times)| Change::Repeat(at, count, times)),
        1 => (any::<Index>(), any::<Index>(), any::<Index>())
            .prop_map(|(at, other, from)| Change::Cross(at, other, from)),
    ]
}

// S3
#[test]
fn every_changed_input_of_the_corpora_is_read_or_refused() {
    let cases = (Config::default().cases / PART_OF_CASES).max(1);
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let input = (any::<Index>(), prop::collection::vec(change(), 1..8)).prop_map(|(first, changes)| {
            let mut input = first.get(&corpus).clone();
            changes.iter().for_each(|change| change.of(&mut input, &corpus));
            input
        });
        let outcome = TestRunner::new(config).run(&input, |input| {
            target(&input);
            Ok(())
        });
        assert_eq!(outcome, Ok(()), "{name}");
    }
}
