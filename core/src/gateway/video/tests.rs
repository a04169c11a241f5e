//! Where a video is asked about and fetched from.

use crate::gateway::files_tests::{answering, files};
use crate::net::scripted::{answer, with_header};
use tempfile::TempDir;

const NO_ROUTE: &str = r#"{"error":{"message":"no such route"}}"#;

// C11
#[tokio::test(start_paused = true)]
async fn a_video_whose_address_stands_only_in_its_status_is_fetched_from_there() {
    for status in [
        r#"{"id":"v1","status":"completed","downloadUrl":"https://videos.example/v1.mp4"}"#,
        r#"{"success":true,"data":{"videoId":"v1","status":"COMPLETED","downloadUrl":"https://videos.example/v1.mp4"}}"#,
    ] {
        for (refused, detour) in [(404, false), (403, false), (405, true)] {
            let mut answers = vec![answer(refused, NO_ROUTE)];
            answers.extend(detour.then(|| answer(404, NO_ROUTE)));
            answers.push(answer(200, status));
            let (world, ai) = answering(answers).await;
            let folder = TempDir::new().unwrap();
            assert_eq!(
                ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.map(|saved| saved.size),
                Ok(14),
                "{status}"
            );
            assert_eq!(world.transport.count("/oauth2/v1/videos/v1/status"), usize::from(detour));
            assert!(!world.transport.last("/v1.mp4").headers().contains_key("authorization"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_video_that_is_nowhere_says_why() {
    for (status, code) in [
        (answer(200, r#"{"id":"v1","status":"queued"}"#), "provider_not_found"),
        (answer(200, r#"{"id":"v1","status":"failed","error":"Not this."}"#), "provider_generation_failed"),
        (answer(500, ""), "provider_not_found"),
        (answer(200, "<html>"), "provider_not_found"),
    ] {
        let broken = || answer(500, "");
        let (_world, ai) = answering([answer(404, NO_ROUTE), status, broken(), broken(), broken()]).await;
        let folder = TempDir::new().unwrap();
        let error = ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(files(folder.path()).is_empty());
    }
}

// wire: video; `/status` where the seed's answers 404
#[tokio::test(start_paused = true)]
async fn a_status_is_asked_for_where_the_server_has_it() {
    let status = with_header(answer(200, r#"{"videoId":"v1","status":"processing"}"#), "x-litellm-response-cost", "0");
    let (world, ai) = answering([answer(404, NO_ROUTE), status]).await;
    let job = ai.video("v1".into()).await.unwrap();
    assert_eq!((job.status, job.cost), (crate::VideoStatus::InProgress, Some(0.into())));
    assert_eq!(world.transport.count("/oauth2/v1/videos/v1/status"), 1);
    let (_world, ai) = answering([answer(404, NO_ROUTE), answer(404, "")]).await;
    let error = ai.video("v1".into()).await.unwrap_err();
    assert!(error.to_string().contains("no such route"), "the first answer counts: {error}");
}
