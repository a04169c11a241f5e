//! `aipass video`.

use crate::running::{Dialogue, command_at, file, until};
use crate::user::{User, names_in};
use aipass_sandbox::{Ending, Endpoint, Fault, Sandbox, bundled_receipts};
use serde_json::json;
use std::time::Duration;

/// Somebody whose videos take so long.
async fn user(name: &str, takes: Duration) -> User {
    User::sign_in_to(Sandbox::builder().video_takes(takes).start().await.unwrap(), name).await
}

const FOREVER: Duration = Duration::from_secs(3600);

fn is_mp4(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
}

// wire: video
#[tokio::test]
async fn a_video_is_asked_for_waited_for_and_fetched() {
    let user = user("video", FOREVER).await;
    let results = user.results();
    let out = results.join("boat.mp4");
    let out_text = out.to_str().unwrap();
    let created = user.run(&["video", "create", "A boat", "--seconds", "4", "--json"]).await.json();
    assert_eq!((&created["status"], &created["model"]), (&json!("queued"), &json!("sora-2")));
    let id = created["id"].as_str().unwrap();
    let early = user.run(&["video", "download", id, "-o", out_text]).await;
    assert_eq!(early.status, 1, "{early:?}");
    assert_eq!(names_in(&results), [""; 0]);

    user.sandbox.advance_clock(FOREVER);
    let status = user.run(&["video", "status", id]).await;
    assert!(
        status.stdout.starts_with(&format!("id        {id}\nstatus    completed\nprogress  100 %\n")),
        "{status:?}"
    );
    assert_eq!(user.run(&["video", "wait", id, "--json"]).await.json()["status"], "completed");
    let fetched = user.run(&["video", "download", id, "-o", out_text]).await;
    let bytes = std::fs::read(&out).unwrap();
    assert!(is_mp4(&bytes));
    assert_eq!(fetched.stdout.replace(',', ""), format!("{out_text} {} bytes\n", bytes.len()));
    let (outcome, piped) = user.run_for_bytes(&["video", "download", id, "-o", "-"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert!(piped == bytes, "the same video");
}

#[tokio::test]
async fn one_command_does_it_all() {
    let user = user("video-wait", Duration::ZERO).await;
    let results = user.results();
    let photo = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
    let out = results.join("a.mp4");
    let created = user.run(&["video", "create", "Steam", "--photo", &photo, "-o", out.to_str().unwrap()]).await;
    assert_eq!(created.status, 0, "{created:?}");
    assert!(created.stderr.starts_with("The video's id is "), "{created:?}");
    assert!(is_mp4(&std::fs::read(&out).unwrap()));
    let id = created.stderr.trim_end().trim_end_matches('.').rsplit(' ').next().unwrap();

    let remix = results.join("b.mp4");
    let printed = user.run(&["video", "remix", id, "At night", "--json", "-o", remix.to_str().unwrap()]).await.json();
    assert_eq!((&printed["status"], &printed["file"]), (&json!("completed"), &json!(remix.to_str())));
    assert_eq!(printed["bytes"], json!(std::fs::metadata(&remix).unwrap().len()));
    let waited = user.run(&["video", "remix", id, "By day", "--wait"]).await;
    assert!(waited.stdout.contains("status    completed"), "{waited:?}");
    assert_eq!(names_in(&results), ["a.mp4", "b.mp4"]);
}

// wire: `videoId`, `processing`, `downloadUrl`
#[tokio::test]
async fn a_provider_that_only_links_its_videos_will_do() {
    let sandbox = Sandbox::builder().video_takes(Duration::ZERO).linked_videos(true).start().await.unwrap();
    let user = User::sign_in_to(sandbox, "video-linked").await;
    let out = user.results().join("a.mp4");
    let created = user.run(&["video", "create", "A boat", "-o", out.to_str().unwrap()]).await;
    assert_eq!(created.status, 0, "{created:?}");
    assert!(is_mp4(&std::fs::read(&out).unwrap()));
}

#[tokio::test]
async fn a_video_that_fails_says_why_and_leaves_nothing() {
    let user = user("video-failed", Duration::ZERO).await;
    let results = user.results();
    let out = results.join("a.mp4");
    let outcome = user.run(&["video", "create", "[fail]", "--json", "-o", out.to_str().unwrap()]).await;
    outcome.fails_with(1, "change the prompt.");
    assert_eq!(outcome.json()["error"]["code"], "provider_generation_failed");
    let created = user.run(&["video", "create", "[fail]", "--json"]).await.json();
    let status = user.run(&["video", "status", created["id"].as_str().unwrap(), "--json"]).await;
    assert_eq!((status.status, &status.json()["status"]), (0, &json!("failed")));
    assert!(status.json()["failure"].is_string(), "{status:?}");
    assert_eq!(names_in(&results), [""; 0]);
}

// P8
#[tokio::test]
async fn what_cannot_be_asked_costs_nothing() {
    let user = user("video-refused", Duration::ZERO).await;
    user.run(&["video", "create", " "]).await.fails_with(2, "The prompt cannot be used");
    user.run(&["video", "create", "A boat", "--seconds", "0"]).await.fails_with(2, "--seconds cannot be used");
    user.run(&["video", "create", "A boat", "--photo", "missing.jpg"]).await.fails_with(1, "There is no such file");
    user.run(&["video", "create", "A boat", "--force"]).await.fails_with(2, "--out");
    user.run(&["video", "status", " "]).await.fails_with(2, "The id cannot be used");
    user.run(&["video", "create", "A boat", "--json", "-o", "-"]).await.fails_with(2, "would both write");
    assert!(!user.sandbox.request_log().iter().any(|record| record.path.contains("/videos")));
    let unknown = user.run(&["video", "status", "video_9", "--json"]).await;
    assert_eq!((unknown.status, &unknown.json()["error"]["code"]), (1, &json!("provider_not_found")));
}

// P3
#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_the_wait_and_tells_the_id_before() {
    let user = user("video-interrupted", FOREVER).await;
    let results = user.results();
    let out = results.join("a.mp4");
    let mut create =
        Dialogue::begin(command_at(&user.home, &["video", "create", "A boat", "-o", out.to_str().unwrap()]))
            .input_ends();
    let line = create.hear("The video's id is ").await;
    let id = line.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned();
    create.interrupt().await;
    create.finish().await.fails_with(130, "Interrupted.");
    assert_eq!(names_in(&results), [""; 0]);
    assert_eq!(user.run(&["video", "status", &id, "--json"]).await.json()["status"], "queued", "it goes on");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_leaves_no_half_video_and_closes_the_connection() {
    let user = user("video-download-interrupted", Duration::ZERO).await;
    let results = user.results();
    let out = results.join("a.mp4");
    let created = user.run(&["video", "create", "A boat", "--json"]).await.json();
    user.sandbox.add_fault(Endpoint::VideoContent, Fault::Stall { bytes: Some(5000) }, None).unwrap();
    let arguments = ["video", "download", created["id"].as_str().unwrap(), "-o", out.to_str().unwrap()];
    let download = Dialogue::begin(command_at(&user.home, &arguments)).input_ends();
    let fetched = || {
        let log = user.sandbox.request_log();
        log.into_iter().find(|record| record.path.ends_with("/content") && record.bytes > 0)
    };
    until(|| fetched().is_some()).await;
    download.interrupt().await;
    download.finish().await.fails_with(130, "Interrupted.");
    assert_eq!(names_in(&results), [""; 0]);
    until(|| fetched().is_some_and(|record| record.ended == Some(Ending::ClientDisconnected))).await;
}
