//! How long a video is waited for, and what is seen meanwhile.

use crate::gateway::files_tests::answering;
use crate::net::scripted::{Scripted, answer};
use crate::{CallOptions, Error, TimeLimit, VideoStatus};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_videos_changes_are_told_once_each_and_asked_for_ever_more_slowly() {
    let status = |text: &'static str| answer(200, text);
    let (world, ai) = answering([
        status(r#"{"id":"v1","status":"queued"}"#),
        status(r#"{"id":"v1","status":"queued"}"#),
        status(r#"{"id":"v1","status":"in_progress","progress":50}"#),
        status(r#"{"id":"v1","status":"completed","progress":100}"#),
    ])
    .await;
    let began = tokio::time::Instant::now();
    let updates = std::sync::Arc::new(ai.video_updates("v1".into()));
    let mut seen = Vec::new();
    while let Some(job) = updates.clone().next().await.unwrap() {
        seen.push((job.status, job.progress));
    }
    let expected =
        [(VideoStatus::Queued, None), (VideoStatus::InProgress, Some(50)), (VideoStatus::Completed, Some(100))];
    assert_eq!(seen, expected);
    assert_eq!(world.transport.count("/oauth2/v1/videos/v1"), 4);
    assert_eq!(began.elapsed().as_millis(), 2000 + 3000 + 4500);
}

#[tokio::test(start_paused = true)]
async fn a_video_that_fails_is_an_error_for_who_waits_for_it() {
    let failed = r#"{"id":"v1","status":"failed","error":{"message":"Not this."}}"#;
    let (_world, ai) = answering([answer(200, r#"{"id":"v1","status":"queued"}"#), answer(200, failed)]).await;
    let error = ai.wait_for_video("v1".into()).await.unwrap_err();
    assert_eq!((error.code(), error.to_string().contains("Not this.")), ("provider_generation_failed", true));
}

#[tokio::test(start_paused = true)]
async fn updates_that_are_cancelled_end_at_once() {
    let (_world, ai) = answering([answer(200, r#"{"id":"v1","status":"queued"}"#)]).await;
    let updates = std::sync::Arc::new(ai.video_updates("v1".into()));
    assert!(updates.clone().next().await.unwrap().is_some());
    let waiting = tokio::spawn(updates.clone().next());
    tokio::time::sleep(Duration::from_millis(100)).await;
    updates.cancel();
    assert_eq!(waiting.await.unwrap(), Ok(None));
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_news_of_a_video_is_longer_than_any_call() {
    let unchanged = || answer(200, r#"{"id":"v1","status":"queued"}"#);
    let (_world, ai) =
        answering((0..100).map(|_| unchanged()).chain([answer(200, r#"{"id":"v1","status":"done"}"#)])).await;
    let ai = ai.with(CallOptions { timeout: Some(Duration::from_secs(60)), ..CallOptions::default() });
    let updates = std::sync::Arc::new(ai.video_updates("v1".into()));
    assert_eq!(updates.clone().next().await.unwrap().unwrap().status, VideoStatus::Queued);
    assert_eq!(updates.clone().next().await.unwrap().unwrap().status, VideoStatus::Completed);
}

/// So many times the same status: longer than anybody waits.
fn always(status: &'static str) -> impl Iterator<Item = Scripted> {
    (0..100).map(move |_| answer(200, format!(r#"{{"id":"v1","status":"{status}"}}"#)))
}

// P3
#[tokio::test(start_paused = true)]
async fn a_wait_for_a_video_ends_with_its_limit_and_says_how_the_video_stands() {
    for status in ["dreaming", "queued"] {
        for (timeout, limit) in [(None, 600), (Some(Duration::from_secs(60)), 60)] {
            let (_world, ai) = answering(always(status)).await;
            let began = tokio::time::Instant::now();
            let error = ai.with(CallOptions { timeout, ..CallOptions::default() }).wait_for_video("v1".into()).await;
            let error = error.unwrap_err();
            let after = Duration::from_secs(limit);
            let last_status = Some(status.to_owned());
            assert_eq!(error, Error::Timeout { limit: TimeLimit::Total, after, last_status });
            assert_eq!(began.elapsed(), after);
            assert!(error.to_string().ends_with(&format!("the video is {status:?}, and goes on")), "{error}");
        }
    }
}

// P3
#[tokio::test(start_paused = true)]
async fn a_status_that_nobody_knows_is_not_waited_for_without_end() {
    let (world, ai) = answering(always("dreaming")).await;
    let updates = std::sync::Arc::new(ai.video_updates("v1".into()));
    let dreaming = VideoStatus::Other { name: "dreaming".into() };
    assert_eq!(updates.clone().next().await.unwrap().unwrap().status, dreaming);
    for _ in 0..2 {
        let began = tokio::time::Instant::now();
        let error = updates.clone().next().await.unwrap_err();
        assert!(matches!(&error, Error::Timeout { last_status: Some(last), .. } if last == "dreaming"), "{error}");
        assert_eq!(began.elapsed(), Duration::from_secs(600));
    }
    world.server.set(|state| {
        state.api_answers.clear();
        state.api_answers.push_back(answer(200, r#"{"id":"v1","status":"completed"}"#));
    });
    assert_eq!(updates.clone().next().await.unwrap().unwrap().status, VideoStatus::Completed);
    assert_eq!(updates.next().await, Ok(None));
}
