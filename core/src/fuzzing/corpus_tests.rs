//! The corpora of `fuzz/`, and what fuzzing found once, run with the other tests.

use std::path::Path;

type Target = fn(&[u8]);

const TARGETS: &[(&str, Target)] = &[
    ("audio", super::audio),
    ("callback", super::callback),
    #[cfg(feature = "openid")]
    ("id_token", super::id_token),
    ("metadata", super::metadata),
    ("receipt_text", super::receipt_text),
    ("refusal", super::refusal),
    ("sealed_file", super::sealed_file),
    ("stream", super::stream),
    ("token_response", super::token_response),
];

// S3
#[test]
fn every_input_of_the_corpora_is_read_or_refused() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, target) in TARGETS {
        let inputs: Vec<_> = std::fs::read_dir(corpora.join(name)).unwrap().collect();
        assert!(!inputs.is_empty(), "{name} has no corpus");
        for input in inputs {
            target(&std::fs::read(input.unwrap().path()).unwrap());
        }
    }
}
