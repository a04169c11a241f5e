//! Files that go up and come down: whole or not at all, counted, and without the token where it does not belong.

use crate::client::tests::world::{World, sign_in};
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks, with_header};
use crate::{
    AiPass, AudioFile, CallOptions, Cancellation, ChatRequest, EmbeddingRequest, Error, ImageRequest, SpeechRequest,
    TranscriptionRequest, TransferProgress, VideoRequest,
};
use bytes::Bytes;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const CONTENT: &str = "/oauth2/v1/videos/v1/content";

pub(super) async fn answering(answers: impl IntoIterator<Item = Scripted>) -> (World, AiPass) {
    let world = World::new();
    let ai = world.signed_in().await;
    let answers: Vec<_> = answers.into_iter().collect();
    world.server.set(|state| state.api_answers.extend(answers));
    (world, ai)
}

pub(super) fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn bytes(text: &'static str) -> Result<Bytes, HttpFailure> {
    Ok(Bytes::from_static(text.as_bytes()))
}

#[tokio::test(start_paused = true)]
async fn a_video_is_written_to_a_file_and_counted() {
    let content = with_header(chunks(200, vec![bytes("first "), bytes("second")]), "content-length", "12");
    let (_world, ai) = answering([content]).await;
    let folder = TempDir::new().unwrap();
    let progress = TransferProgress::new();
    let ai = ai.with(CallOptions { progress: Some(progress.clone()), ..CallOptions::default() });
    let path = folder.path().join("video.mp4");
    assert_eq!(ai.download_video("v1".into(), path.clone()).await.map(|saved| saved.size), Ok(12));
    assert_eq!(std::fs::read(path).unwrap(), b"first second");
    assert_eq!((progress.count().received, progress.count().to_receive), (12, Some(12)));
    assert_eq!(files(folder.path()), ["video.mp4"]);
}

// P12
#[tokio::test(start_paused = true)]
async fn a_call_that_writes_a_file_tells_what_it_cost() {
    for (header, cost) in [("8.8e-05", Some("0.000088")), ("None", None)] {
        let spoken = || {
            let spoken = with_header(chunks(200, vec![bytes("sound")]), "content-type", "audio/mpeg");
            with_header(with_header(spoken, "x-litellm-response-cost", header), "x-request-id", "req_1")
        };
        let (_world, ai) = answering([spoken(), spoken()]).await;
        let folder = TempDir::new().unwrap();
        let request = SpeechRequest { model: Some("tts-1".into()), ..SpeechRequest::new("Hello") };
        let spoken = ai.speak_to_file(request, folder.path().join("speech.mp3")).await.unwrap();
        assert_eq!((spoken.size, spoken.request_id.as_deref()), (5, Some("req_1")));
        assert_eq!(spoken.cost, cost.map(|cost| cost.parse().unwrap()), "{header}");
        let video = ai.download_video("v1".into(), folder.path().join("video.mp4")).await.unwrap();
        assert_eq!((video.size, video.cost), (5, spoken.cost));
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_that_breaks_off_is_empty_or_is_refused_leaves_nothing_behind() {
    let broken = HttpFailure::Broken { detail: "reset".into() };
    for (content, code) in [
        (chunks(200, vec![bytes("half"), Err(broken)]), "truncated"),
        (answer(200, ""), "truncated"),
        (answer(404, r#"{"error":{"message":"no such video"}}"#), "provider_not_found"),
    ] {
        let (_world, ai) = answering([content]).await;
        let folder = TempDir::new().unwrap();
        let error = ai.download_video("v1".into(), folder.path().join("video.mp4")).await.unwrap_err();
        assert_eq!(error.code(), code);
        assert!(files(folder.path()).is_empty(), "{code}");
    }
}

// A call that may have been charged is one to ask the provider about.
#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_names_its_request() {
    let answers = |pieces: usize| {
        let broken = || Err(HttpFailure::Broken { detail: "reset".into() });
        let pieces = (0..pieces).map(|_| bytes("data: {}")).chain([broken()]).collect();
        with_header(chunks(200, pieces), "x-request-id", "req_1")
    };
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    let chat = || ChatRequest { model: Some("m-1".into()), ..ChatRequest::user("Hello") };
    let speech = || SpeechRequest { model: Some("m-1".into()), ..SpeechRequest::new("Hello") };
    for pieces in [0, 1] {
        let (_world, ai) = answering((0..6).map(|_| answers(pieces))).await;
        let errors = [
            ai.chat(chat()).await.err(),
            ai.chat_stream(chat()).await.unwrap().next().await.err(),
            ai.speak(speech()).await.err(),
            ai.speak_to_file(speech(), file("speech")).await.err(),
            ai.download_video("v1".into(), file("video")).await.err(),
            {
                let stream = ai.speak_streamed(speech()).await.unwrap();
                let mut last = stream.next().await;
                while matches!(last, Ok(Some(_))) {
                    last = stream.next().await;
                }
                last.err()
            },
        ];
        for error in errors {
            let Some(Error::Truncated { request_id, .. }) = &error else { panic!("{error:?}") };
            assert_eq!(request_id.as_deref(), Some("req_1"));
        }
    }
    let empty = with_header(answer(200, ""), "x-request-id", "req_1");
    let (_world, ai) = answering([empty]).await;
    let error = ai.speak(speech()).await.unwrap_err();
    assert!(matches!(&error, Error::Truncated { request_id: Some(id), .. } if id == "req_1"), "{error:?}");
}

// P3
#[tokio::test(start_paused = true)]
async fn a_download_that_is_cancelled_leaves_nothing_behind() {
    let endless = crate::net::transport::BodyStream::new(futures_util::stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Some((Ok(Bytes::from_static(b"more")), ()))
    }));
    let (_world, ai) = answering([Ok(http::Response::new(endless))]).await;
    let folder = TempDir::new().unwrap();
    let cancellation = Cancellation::new();
    let options = CallOptions { cancellation: Some(cancellation.clone()), ..CallOptions::default() };
    let (ai, path) = (ai.with(options), folder.path().join("video.mp4"));
    let call = tokio::spawn(async move { ai.download_video("v1".into(), path).await });
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(files(folder.path()).len(), 1, "it is under way");
    cancellation.cancel();
    assert_eq!(call.await.unwrap(), Err(Error::Cancelled));
    assert!(files(folder.path()).is_empty());
}

// P8
#[tokio::test(start_paused = true)]
async fn a_file_that_is_there_is_never_replaced_and_nothing_is_paid() {
    let (world, ai) = answering([]).await;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("speech.mp3");
    std::fs::write(&path, "mine").unwrap();
    let before = world.transport.requests().len();
    for destination in [path.clone(), folder.path().join("missing/speech.mp3")] {
        let error = ai.speak_to_file(SpeechRequest::new("hello"), destination).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { ref input, .. } if input == "destination"), "{error}");
    }
    assert_eq!(world.transport.requests().len(), before);
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
}

// A11, S1
#[tokio::test(start_paused = true)]
async fn the_token_does_not_go_where_an_answer_points_to() {
    let listing = |url: &str| answer(200, format!(r#"{{"data":[{{"url":"{url}"}}]}}"#));
    let catalogue = || answer(200, r#"["gpt-image-1"]"#);
    let (world, ai) = answering([catalogue(), listing("https://images.example/1.png")]).await;
    let image = ai.generate_image(ImageRequest::new("a cat")).await.unwrap().images.remove(0);
    assert_eq!(ai.image_bytes(image).await.unwrap(), "from elsewhere");
    assert!(!world.transport.last("/1.png").headers().contains_key("authorization"));
    assert!(!world.transport.last("/1.png").headers().contains_key("x-aipass-oauth-client-id"));

    world.server.set(|state| state.api_answers.extend([listing("http://images.example/2.png")]));
    let image = ai.generate_image(ImageRequest::new("a cat")).await.unwrap().images.remove(0);
    let error = ai.image_bytes(image).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { ref input, .. } if input == "url"), "{error}");
    assert_eq!(world.transport.count("/2.png"), 0);
}

// wire: video; content is binary, or a `downloadUrl`
#[tokio::test(start_paused = true)]
async fn a_video_that_is_elsewhere_is_fetched_from_there() {
    let elsewhere = answer(200, r#"{"downloadUrl":"https://videos.example/v1.mp4"}"#);
    let (world, ai) = answering([with_header(elsewhere, "content-type", "application/json")]).await;
    let folder = TempDir::new().unwrap();
    assert_eq!(ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.map(|saved| saved.size), Ok(14));
    assert_eq!(world.transport.count(CONTENT), 1);
    assert!(!world.transport.last("/v1.mp4").headers().contains_key("authorization"));
}

// An app that leaves the choice of the model to the library learns from every answer what was chosen.
#[tokio::test(start_paused = true)]
async fn every_answer_names_its_model() {
    let (world, ai) = answering([answer(200, r#"["m-1"]"#)]).await;
    ai.models().await.unwrap();
    let model = || Some("m-1".to_owned());
    world.server.set(|state| {
        state.api_answers.extend([
            answer(200, r#"{"data":[{"b64_json":"AQI"}]}"#),
            answer(200, "sound"),
            answer(200, "sound"),
            answer(200, r#"{"text":"a"}"#),
            answer(200, r#"{"data":[{"embedding":[1]}]}"#),
            answer(200, r#"{"id":"v1","status":"queued"}"#),
            answer(200, r#"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#),
            answer(200, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n"),
        ]);
    });
    let speech = || SpeechRequest { model: model(), ..SpeechRequest::new("a") };
    let heard = TranscriptionRequest { model: model(), ..TranscriptionRequest::new(b"fLaC\0\0\0\x22".to_vec()) };
    let chat = || ChatRequest { model: model(), ..ChatRequest::user("a") };
    let named = [
        ai.generate_image(ImageRequest { model: model(), ..ImageRequest::new("a") }).await.unwrap().model,
        ai.speak(speech()).await.unwrap().model,
        ai.speak_streamed(speech()).await.unwrap().model(),
        ai.transcribe(heard).await.unwrap().model,
        ai.embed(EmbeddingRequest { model: model(), ..EmbeddingRequest::new(["a"]) }).await.unwrap().model,
        ai.create_video(VideoRequest { model: model(), ..VideoRequest::new("a") }).await.unwrap().model.unwrap(),
        ai.chat(chat()).await.unwrap().model,
        ai.chat_stream(chat()).await.unwrap().answer().await.unwrap().model,
    ];
    assert_eq!(named, ["m-1"; 8]);
}

// L4, P1
#[tokio::test(start_paused = true)]
async fn a_recording_is_uploaded_again_only_after_a_401() {
    let world = World::new();
    let ai = world.client();
    sign_in(&ai).await;
    world.server.set(|state| state.api_answers.extend([answer(200, r#"["whisper-1"]"#)]));
    ai.models().await.unwrap();
    world.server.expire_access_tokens();
    world.server.set(|state| state.api_answers.extend([answer(200, r#"{"text":"hi"}"#), answer(500, "")]));
    let path = "/oauth2/v1/audio/transcriptions";
    let request = || TranscriptionRequest::new(AudioFile::from(b"fLaC\0\0\0\x22 and more".to_vec()));
    assert_eq!(ai.transcribe(request()).await.unwrap().text, "hi");
    assert_eq!(world.transport.count(path), 2);
    let sent = world.transport.last(path);
    let expected = "file: audio.flac audio/flac 17 bytes\nmodel: whisper-1\n";
    assert_eq!(std::str::from_utf8(sent.body()).unwrap(), expected);
    assert_eq!(ai.transcribe(request()).await.unwrap_err().code(), "provider_unavailable");
    assert_eq!(world.transport.count(path), 3);
}

// P1: what was paid for is not thrown away because its place was taken meanwhile
#[tokio::test(start_paused = true)]
async fn two_files_for_one_place_are_both_kept() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("v.mp4");
    let taken = path.clone();
    let meanwhile = crate::net::transport::BodyStream::new(futures_util::stream::once(async move {
        std::fs::write(&taken, "somebody else's").unwrap();
        Ok(Bytes::from_static(b"paid for"))
    }));
    let (_world, ai) = answering([Ok(http::Response::new(meanwhile))]).await;
    let error = ai.download_video("v1".into(), path.clone()).await.unwrap_err();
    assert_eq!(error.code(), "file_not_written");
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody else's");
    let kept = files(folder.path()).into_iter().find(|name| name.ends_with(".part")).unwrap();
    assert_eq!(std::fs::read(folder.path().join(&kept)).unwrap(), b"paid for");
    assert!(error.to_string().contains(&kept), "{error}");
}

#[tokio::test(start_paused = true)]
async fn words_are_not_saved_as_a_file_whatever_the_status_says() {
    for (media_type, body) in [
        ("text/html", "<html>Please sign in to the Wi-Fi</html>"),
        ("application/problem+json", r#"{"error":{"message":"no"}}"#),
    ] {
        let (_world, ai) = answering([with_header(answer(200, body), "content-type", media_type)]).await;
        let folder = TempDir::new().unwrap();
        let error = ai.download_video("v1".into(), folder.path().join("v.mp4")).await.unwrap_err();
        assert!(matches!(error, Error::Provider { .. }), "{error}");
        assert!(files(folder.path()).is_empty());
    }
}

// A11
#[tokio::test(start_paused = true)]
async fn an_id_cannot_lead_to_another_endpoint() {
    let (world, ai) = answering([]).await;
    let before = world.transport.requests().len();
    for id in ["..", ".", "", " ", "a\tb"] {
        assert!(ai.delete_client(id.into()).await.is_err(), "{id:?}");
        assert!(ai.remix_video(id.into(), "at night".into()).await.is_err(), "{id:?}");
    }
    assert_eq!(world.transport.requests().len(), before);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_with_a_status_of_success_is_no_deletion() {
    let (_world, ai) = answering([answer(200, r#"{"success":false,"message":"not yours"}"#)]).await;
    assert!(ai.delete_client("c1".into()).await.unwrap_err().to_string().contains("not yours"));
}
