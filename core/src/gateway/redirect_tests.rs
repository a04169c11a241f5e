//! Results that are a redirect away: where the way leads, and where it ends.

use super::files_tests::{answering, files};
use crate::net::scripted::{Scripted, answer, with_header};
use crate::{CallOptions, ImageRequest};
use bytes::Bytes;
use std::time::Duration;
use tempfile::TempDir;

fn redirect(to: &str) -> Scripted {
    with_header(answer(302, ""), "location", to)
}

// A11: content delivery networks
#[tokio::test(start_paused = true)]
async fn a_result_is_fetched_along_redirects_and_the_token_stays_at_home() {
    let listing = answer(200, r#"{"data":[{"url":"https://images.example/1.png"}]}"#);
    let (world, ai) = answering([redirect("https://cdn.example/v1.mp4"), redirect("/v1/files/v2.mp4")]).await;
    world.server.set(|state| state.api_answers.push_back(answer(200, "at home")));
    let folder = TempDir::new().unwrap();
    assert_eq!(ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.map(|saved| saved.size), Ok(14));
    assert!(!world.transport.last("/v1.mp4").headers().contains_key("authorization"));
    assert_eq!(ai.download_video("v2".into(), folder.path().join("v2.mp4")).await.map(|saved| saved.size), Ok(7));
    assert!(world.transport.last("/v1/files/v2.mp4").headers().contains_key("authorization"));

    world.server.set(|state| {
        state.api_answers.extend([answer(200, r#"["gpt-image-1"]"#), listing]);
        state.elsewhere_answers.extend([redirect("//cdn.example/a.png"), redirect("b.png"), answer(200, "a picture")]);
    });
    let image = ai.generate_image(ImageRequest::new("a cat")).await.unwrap().images.remove(0);
    assert_eq!(ai.image_bytes(image).await.unwrap(), "a picture");
    let last = world.transport.last("/b.png");
    assert_eq!((last.uri().host(), last.headers().contains_key("authorization")), (Some("cdn.example"), false));
}

// A11, S7
#[tokio::test(start_paused = true)]
async fn a_redirect_leads_neither_back_with_the_token_nor_away_from_tls_nor_on_for_ever() {
    let folder = TempDir::new().unwrap();
    let content = async |answers: Vec<Scripted>, elsewhere: Vec<Scripted>| {
        let (world, ai) = answering(answers).await;
        world.server.set(|state| state.elsewhere_answers.extend(elsewhere));
        let error = ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.unwrap_err();
        assert!(files(folder.path()).is_empty(), "{error}");
        (world, error)
    };
    // Another host must not have the session call what it likes.
    let back = redirect("https://aipass.one/oauth2/v1/videos/v9/content");
    let (world, error) = content(vec![redirect("https://cdn.example/v1.mp4")], vec![back]).await;
    assert_eq!(error.code(), "provider_forbidden");
    assert!(!world.transport.last("/oauth2/v1/videos/v9/content").headers().contains_key("authorization"));
    for target in ["http://cdn.example/v1.mp4", "http://127.0.0.1:80/v1.mp4", "file:///v1.mp4", "myapp://v1.mp4"] {
        let (world, error) = content(vec![redirect(target)], vec![]).await;
        assert_eq!(error.code(), "provider_unexpected_redirect", "{target}");
        assert_eq!(world.transport.count("/v1.mp4"), 0, "{target}");
    }
    let (_, error) = content(vec![answer(302, "")], vec![]).await;
    assert_eq!(error.code(), "provider_unexpected_redirect");
    let onward = || redirect("https://cdn.example/v1.mp4");
    let (world, error) = content(vec![onward()], (0..9).map(|_| onward()).collect()).await;
    assert_eq!((error.code(), world.transport.count("/v1.mp4")), ("provider_unexpected_redirect", 5));
}

// P3, P4: what is behind a redirect is fetched within the same limits
#[tokio::test(start_paused = true)]
async fn a_redirect_lifts_no_limit() {
    let (world, ai) = answering([redirect("https://cdn.example/v1.mp4")]).await;
    let slow = crate::net::transport::BodyStream::new(futures_util::stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Some((Ok(Bytes::from_static(b"more")), ()))
    }));
    world.server.set(|state| state.elsewhere_answers.push_back(Ok(http::Response::new(slow))));
    let ai = ai.with(CallOptions { timeout: Some(Duration::from_secs(30)), ..CallOptions::default() });
    let folder = TempDir::new().unwrap();
    let began = tokio::time::Instant::now();
    let error = ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.unwrap_err();
    assert_eq!((error.code(), began.elapsed()), ("timeout_total", Duration::from_secs(30)));
    assert!(files(folder.path()).is_empty());
}
