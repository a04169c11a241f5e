//! The programs in `core/examples` do what they say, each against a sandbox of its own.

use std::process::Command;

/// The standard output of an example, in lines. Cargo builds examples with a package's tests, in a folder beside theirs.
fn output_of(example: &str) -> Vec<String> {
    let own = std::env::current_exe().expect("a test knows its file");
    let built = own.parent().and_then(|deps| deps.parent()).expect("a test is in a target folder").join("examples");
    let program = built.join(format!("{example}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "{example} is not built: run cargo build -p aipass --examples, or test the whole package"
    );
    let output = Command::new(program).output().expect("the example starts");
    assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text").lines().map(str::to_owned).collect()
}

#[test]
fn sign_in_tells_who_signed_in_and_that_both_tokens_were_revoked() {
    let lines = output_of("sign_in");
    let [_, url, user, _, signed_out] = &lines[..] else { panic!("{lines:#?}") };
    assert!(url.contains("/oauth2/authorize?client_id=client_123&"), "{url}");
    assert_eq!(user, "signed in as user_123");
    assert_eq!(signed_out, "signed out: SignOutReport { refresh_token: Accepted, access_token: Accepted }");
}

#[test]
fn receipt_reads_the_bundled_photo() {
    assert_eq!(output_of("receipt"), [r#"Some(18.0) Some("EUR") at Some("Cafe Morgenrot"), Some(2026-03-14)"#]);
}

#[test]
fn chat_prints_the_answer_of_each_way_to_ask() {
    assert_eq!(output_of("chat"), ["You paid 18.00 EUR at Cafe Morgenrot."; 3]);
}
