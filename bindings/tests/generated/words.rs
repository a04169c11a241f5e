//! Words that do not belong where they would be read.

use crate::{library, root};
use aipass_bindings::OURS;
use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::ComponentInterface;

/// Words of one language, which mean nothing in the others. Names in code spans are translated and may stand.
const LANGUAGE_WORDS: [&str; 21] = [
    "rust",
    "swift",
    "kotlin",
    "dart",
    "python",
    "java",
    "jvm",
    "trait",
    "struct",
    "impl",
    "future",
    "coroutine",
    "isolate",
    "drop",
    "dropped",
    "dropping",
    "clone",
    "clones",
    "cloning",
    "arc",
    "vec",
];

#[test]
fn documentation_of_the_api_uses_no_words_of_a_single_language() {
    let interface = uniffi_dart_generator::interface(OURS, &library()).unwrap();
    let comments = comments(&interface);
    assert!(comments.len() > 500, "the walk found only {}", comments.len());
    for (path, comment) in comments {
        // Odd parts are code. Examples in Rust are not exported.
        let example = comment.find("```").unwrap_or(comment.len());
        let prose = comment[..example].split('`').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
        let words = prose.split(|letter: char| !letter.is_alphanumeric());
        let found: Vec<_> = words.filter(|word| LANGUAGE_WORDS.contains(word)).collect();
        assert!(found.is_empty(), "the documentation of {path} says {found:?}: {comment}");
    }
}

/// All documentation, with the path of what it is about.
fn comments(interface: &ComponentInterface) -> Vec<(String, String)> {
    let mut comments = Vec::new();
    let mut note = |path: String, comment: Option<&str>| comments.extend(comment.map(|text| (path, text.to_owned())));
    for record in interface.record_definitions() {
        note(record.name().to_owned(), record.docstring());
        record.fields().iter().for_each(|it| note(format!("{}.{}", record.name(), it.name()), it.docstring()));
    }
    for found in interface.enum_definitions() {
        note(found.name().to_owned(), found.docstring());
        found.methods().iter().for_each(|it| note(format!("{}.{}", found.name(), it.name()), it.docstring()));
        for variant in found.variants() {
            let path = format!("{}.{}", found.name(), variant.name());
            variant.fields().iter().for_each(|it| note(format!("{path}.{}", it.name()), it.docstring()));
            note(path, variant.docstring());
        }
    }
    for object in interface.object_definitions() {
        note(object.name().to_owned(), object.docstring());
        object.constructors().iter().for_each(|it| note(format!("{}.{}", object.name(), it.name()), it.docstring()));
        object.methods().iter().for_each(|it| note(format!("{}.{}", object.name(), it.name()), it.docstring()));
    }
    interface.function_definitions().iter().for_each(|it| note(it.name().to_owned(), it.docstring()));
    comments
}

#[test]
fn crates_for_other_projects_do_not_mention_this_one() {
    let mut files = Vec::new();
    for folder in ["dart-generator", "jni", "jni-generator", "ports", "probe/shapes"] {
        collect(&root().join("bindings").join(folder), &mut files);
    }
    assert!(files.len() > 30, "the walk found {files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
        for name in ["aipass", "ai_pass", "ai-pass", "ai pass"] {
            assert!(!text.contains(name), "{file} says {name:?}");
        }
    }
}

fn collect(folder: &Utf8Path, files: &mut Vec<Utf8PathBuf>) {
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
