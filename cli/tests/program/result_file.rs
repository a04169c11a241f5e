//! What every command does with a result that is no text.

use crate::running::{Dialogue, command_at, file, until};
use crate::user::{User, names_in};
use aipass_sandbox::{Endpoint, Fault};

#[tokio::test]
async fn nothing_is_overwritten_without_force_and_nothing_is_paid_for() {
    let user = User::sign_in("result-exists").await;
    let results = user.results();
    let out = file(&results, "a.mp3", b"precious");
    for arguments in [
        &["image", "A cat", "-o", &out][..],
        &["speech", "Hello", "-o", &out],
        &["video", "create", "A cat", "-o", &out],
        &["video", "download", "video_1", "-o", &out],
        &["call", "get", "models", "-o", &out],
    ] {
        user.run(arguments).await.fails_with(1, "a.mp3: It is there already and was left as it is");
    }
    assert_eq!(std::fs::read(&out).unwrap(), b"precious");
    file(&results, "b-2.png", b"precious");
    let several = results.join("b.png");
    let outcome = user.run(&["image", "A cat", "--count", "2", "-o", several.to_str().unwrap()]).await;
    outcome.fails_with(1, "b-2.png: It is there already");
    assert!(!user.sandbox.request_log().iter().any(|record| record.path.starts_with("/oauth2/v1/")));
    assert_eq!(names_in(&results), ["a.mp3", "b-2.png"]);
}

// What was paid for is not thrown away, and what came meanwhile not overwritten
#[tokio::test]
async fn a_file_that_comes_meanwhile_stays_and_the_result_too() {
    let user = User::sign_in("result-meanwhile").await;
    let results = user.results();
    user.sandbox.add_fault(Endpoint::Speech, Fault::Delay { milliseconds: 500 }, None).unwrap();
    let out = results.join("a.wav");
    let speech = Dialogue::begin(command_at(&user.home, &["speech", "Hello", "-o", out.to_str().unwrap()]));
    until(|| user.sandbox.requests("/oauth2/v1/audio/speech") > 0).await;
    std::fs::write(&out, "precious").unwrap();
    let outcome = speech.finish().await;
    outcome.fails_with(1, "It is there already");
    let (_, left) = outcome.stderr.trim_end().trim_end_matches('.').rsplit_once("The result was left in ").unwrap();
    assert!(std::fs::read(left).unwrap().starts_with(b"RIFF"));
    assert_eq!(std::fs::read(&out).unwrap(), b"precious");
}

// The old file is there until the new one is whole
#[tokio::test]
async fn force_replaces_a_file_by_a_whole_one_only() {
    let user = User::sign_in("result-force").await;
    let results = user.results();
    let out = file(&results, "a.wav", b"precious");
    user.sandbox.add_fault(Endpoint::Speech, Fault::Reset { bytes: Some(1000) }, Some(1)).unwrap();
    user.run(&["speech", "Hello", "-o", &out, "--force"]).await.fails_with(1, "ended before it was complete");
    assert_eq!(std::fs::read(&out).unwrap(), b"precious");
    let forced = user.run(&["speech", "Hello", "-o", &out, "--force"]).await;
    assert_eq!(forced.status, 0, "{forced:?}");
    assert!(std::fs::read(&out).unwrap().starts_with(b"RIFF"));
    assert_eq!(names_in(&results), ["a.wav"]);
}

#[cfg(unix)]
#[tokio::test]
async fn force_follows_a_link_and_replaces_no_device_and_no_folder() {
    let user = User::sign_in("result-link").await;
    let results = user.results();
    let real = file(&user.home, "real.wav", b"old");
    let (link, device) = (results.join("link.wav"), results.join("device.wav"));
    std::os::unix::fs::symlink(&real, &link).unwrap();
    std::os::unix::fs::symlink("/dev/null", &device).unwrap();
    let outcome = user.run(&["speech", "Hello", "--force", "-o", link.to_str().unwrap()]).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read(&real).unwrap().starts_with(b"RIFF"));
    for no_file in [&device, &results] {
        let outcome = user.run(&["speech", "Hello", "--force", "-o", no_file.to_str().unwrap()]).await;
        outcome.fails_with(1, "no ordinary file");
    }
    // A link that leads nowhere is something that is there.
    let dangling = results.join("dangling.wav");
    std::os::unix::fs::symlink(results.join("nowhere"), &dangling).unwrap();
    user.run(&["speech", "Hello", "-o", dangling.to_str().unwrap()]).await.fails_with(1, "It is there already");
}

#[tokio::test]
async fn a_place_that_takes_no_file_is_said_before_anything_is_paid_for() {
    let user = User::sign_in("result-nowhere").await;
    let results = user.results();
    let plain = file(&results, "plain", b"");
    let nowhere = results.join("nowhere").join("a.mp3");
    let in_file = std::path::Path::new(&plain).join("a.mp3");
    user.run(&["speech", "Hello", "-o", nowhere.to_str().unwrap()]).await.fails_with(1, "There is no such folder");
    user.run(&["speech", "Hello", "-o", in_file.to_str().unwrap()]).await.fails_with(1, "check --out");
    assert_eq!(user.sandbox.requests("/oauth2/v1/audio/speech"), 0);
}

// A terminal would take a picture's bytes for commands
#[cfg(target_os = "linux")]
#[tokio::test]
async fn bytes_do_not_go_to_a_terminal() {
    let user = User::sign_in("result-terminal").await;
    for arguments in
        [&["image", "A cat", "-o", "-"][..], &["speech", "Hello", "-o", "-"], &["video", "download", "v", "-o", "-"]]
    {
        let outcome = crate::running::run_on_terminal(&user.home, arguments).await;
        assert_eq!(outcome.status, 2, "{outcome:?}");
        assert!(outcome.stdout.contains("a terminal cannot show it: name a file with --out"), "{outcome:?}");
    }
    assert!(!user.sandbox.request_log().iter().any(|record| record.path.starts_with("/oauth2/v1/")));
    let models = crate::running::run_on_terminal(&user.home, &["call", "get", "models"]).await;
    assert_eq!(models.status, 0, "{models:?}");
    assert!(models.stdout.contains("text-embedding-3-small"), "{models:?}");
}
