//! The command line itself.

use crate::running::run;

#[tokio::test]
async fn a_wrong_command_line_is_status_2_and_prints_no_result() {
    for (arguments, words) in [
        (&[][..], "Usage: aipass"),
        (&["dance"], "unrecognized subcommand"),
        (&["demo", "--backend", "oracle"], "write recorded, tesseract or upstream=URL"),
        (&["demo", "--budget=-1"], "not below 0"),
        (&["scan"], "<FILE>"),
        (&["scan", "a.jpg", "--currency", "euro"], "ISO 4217"),
        (&["scan", "a.jpg", "--base-url", "https://a.example", "--backend", "recorded"], "cannot be used with"),
        (&["login", "--base-url", "https://a.example"], "--client-id is missing"),
        (&["login"], "--client-id is missing"),
        (&["login", "--redirect-uri", "myapp://x"], "--no-browser"),
        (&["whoami", "--profile", "../x"], "letters, digits"),
        (&["models", "--capability", "dance"], "possible values"),
        (&["chat"], "<PROMPT>"),
        (&["completions", "cobol"], "possible values"),
        (&["photo", "a.jpg"], "--out"),
        (&["image", "A cat"], "--out"),
        (&["image-edit", "a.jpg", "-o", "b.png"], "--prompt"),
        (&["image-variation", "-o", "b.png"], "<FILE>"),
        (&["speech", "-o", "a.mp3"], "<TEXT>"),
        (&["transcribe", "a.mp3", "--form", "song"], "possible values"),
        (&["embed"], "<TEXT>"),
        (&["estimate"], "scan"),
        (&["estimate", "extract", "a.jpg"], "--schema"),
        (&["video"], "create"),
        (&["clients"], "deactivate"),
        (&["topup"], "<AMOUNT>"),
        (&["register"], "--redirect-uri"),
        (&["token"], "introspect"),
        (&["mcp", "--http", "any"], "--http"),
        (&["extract", "a.jpg"], "--schema"),
        (&["describe", "a.jpg"], "--prompt"),
        (&["call", "get"], "<PATH>"),
    ] {
        let outcome = run(arguments).await;
        outcome.fails_with(2, words);
        assert_eq!(outcome.stdout, "", "{arguments:?}");
    }
}

/// Any file that is there.
const PHOTO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

#[tokio::test]
async fn a_base_url_that_would_send_secrets_in_clear_is_refused() {
    let at = async |base_url: &str| run(&["scan", PHOTO, "--base-url", base_url, "--client-id", "app"]).await;
    at("http://a.example").await.fails_with(2, "--base-url cannot be used");
    at("a.example").await.fails_with(2, "--base-url cannot be used");
}

#[tokio::test]
async fn help_and_version_are_results() {
    for (arguments, words) in [
        (&["--help"][..], "Exit status:"),
        (&["demo", "--help"], "--receipt <FILE>"),
        (&["--help"], "AIPASS_BASE_URL"),
        (&["login", "--help"], "http://127.0.0.1:8252/callback"),
        (&["sandbox", "--help"], "truncation:BYTES"),
        (&["completions", "bash"], "_aipass()"),
        (&["completions", "bash"], "aipass,image-variation)"),
        (&["completions", "zsh"], "deactivate"),
        (&["clients", "--help"], "aipass clients delete ID --yes"),
        (&["video", "create", "--help"], "--seconds <NUMBER>"),
        (&["photo", "--help"], "--force"),
        (&["register", "--help"], "aipass register show notes.json"),
        (&["token", "revoke", "--help"], "--token-env"),
        (&["mcp", "--help"], "oauth2_register_client"),
        (&["--version"], concat!("aipass ", env!("CARGO_PKG_VERSION"))),
    ] {
        let outcome = run(arguments).await;
        assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
        assert!(outcome.stdout.contains(words), "{words:?} is not in {}", outcome.stdout);
    }
}
