//! `POST /videos`, `POST /videos/{id}/remix`, `GET /videos/{id}`, `GET /videos/{id}/content`.

use std::time::Duration;

use aipass_sandbox::{Builder, Endpoint, Fault, Sandbox};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::app::{App, Content, Part, read};

/// A video is in the making for ten seconds, and a test moves the clock itself.
struct Studio {
    app: App,
    access: String,
}

impl Studio {
    async fn open(builder: Builder) -> Self {
        let app = App::with(builder.video_takes(Duration::from_secs(10))).await;
        let access = app.sign_in().await.access;
        Self { app, access }
    }

    async fn order(&self, body: Value) -> (u16, Value) {
        read(self.app.call("/videos", &self.access, &body).await).await
    }

    async fn status(&self, id: &str) -> Value {
        read(self.app.get(&format!("/oauth2/v1/videos/{id}"), &self.access).send().await.unwrap()).await.1
    }

    async fn content(&self, id: &str) -> (u16, String, Vec<u8>) {
        let request = self.app.get(&format!("/oauth2/v1/videos/{id}/content"), &self.access);
        let response = request.send().await.unwrap();
        let media_type = response.headers()["content-type"].to_str().unwrap().to_owned();
        (response.status().as_u16(), media_type, response.bytes().await.unwrap().to_vec())
    }

    async fn later(&self, seconds: u64) {
        self.app.sandbox.advance_clock(Duration::from_secs(seconds));
    }
}

fn order_body() -> Value {
    json!({ "model": "sora-2", "prompt": "A city", "seconds": "2", "size": "128x64" })
}

fn id(video: &Value) -> String {
    video["id"].as_str().unwrap().to_owned()
}

/// The boxes of an MP4 file, by kind, in their order, each with its content.
fn boxes(mut file: &[u8]) -> Vec<(&str, &[u8])> {
    let mut found = Vec::new();
    while let [a, b, c, d, rest @ ..] = file {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        found.push((std::str::from_utf8(&rest[..4]).unwrap(), &rest[4..length - 4]));
        file = &file[length..];
    }
    found
}

// wire: asynchronous; status `queued`/`in_progress`/`completed`; `progress`; content is binary
#[tokio::test]
async fn a_video_is_in_progress_for_its_time_and_then_fetched() {
    let studio = Studio::open(Sandbox::builder()).await;
    let (status, video) = studio.order(order_body()).await;
    assert_eq!(
        (status, &video["object"], &video["status"], &video["progress"]),
        (200, &json!("video"), &json!("queued"), &json!(0))
    );
    assert_eq!((&video["seconds"], &video["size"], &video["model"]), (&json!("2"), &json!("128x64"), &json!("sora-2")));
    assert_eq!(studio.app.sandbox.spent(), Decimal::new(2, 1));
    let id = id(&video);
    assert_eq!(studio.content(&id).await.0, 409);
    studio.later(4).await;
    let video = studio.status(&id).await;
    assert_eq!(video["status"], "in_progress");
    assert!((40..50).contains(&video["progress"].as_u64().unwrap()), "{video}");
    studio.later(6).await;
    let video = studio.status(&id).await;
    assert_eq!(
        (&video["status"], &video["progress"], &video["error"]),
        (&json!("completed"), &json!(100), &Value::Null)
    );
    assert_eq!(video["completed_at"].as_i64().unwrap() - video["created_at"].as_i64().unwrap(), 10);

    let (status, media_type, file) = studio.content(&id).await;
    assert_eq!((status, media_type.as_str()), (200, "video/mp4"));
    let found = boxes(&file);
    let kinds: Vec<&str> = found.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, ["ftyp", "moov", "free", "mdat", "free"]);
    // The recorded clip, whatever was requested: 320 x 180 pixels, 2 seconds.
    let index = found[1].1;
    let number = |kind: &[u8; 4], at: usize| {
        let start = index.windows(4).position(|window| window == kind).unwrap() + 4 + at;
        u32::from_be_bytes(index[start..start + 4].try_into().unwrap())
    };
    assert_eq!(number(b"avc1", 24), 320 << 16 | 180);
    let (per_second, duration) = (number(b"mvhd", 12), number(b"mvhd", 16));
    assert_eq!(duration, 2 * per_second);
    // The index names the first byte of the first frame, which is a key frame.
    assert_eq!(file[number(b"stco", 8) as usize + 4] & 0x1f, 5);
    let request: Value = serde_json::from_slice(found[4].1).unwrap();
    assert_eq!(
        (&request["prompt"], &request["seconds"], &request["size"]),
        (&json!("A city"), &json!(2), &json!("128x64"))
    );
    assert!(studio.content(&id).await.2 == file, "the same bytes each time");
    assert_eq!(studio.app.sandbox.spent(), Decimal::new(2, 1), "looking costs nothing");
}

#[tokio::test]
async fn a_form_may_bring_a_picture_to_begin_with() {
    let studio = Studio::open(Sandbox::builder()).await;
    let plain = id(&studio.order(order_body()).await.1);
    let picture: &[u8] = include_bytes!("../../recorded/cafe.jpg");
    let parts = |picture| {
        [
            ("model", Content::Text("sora-2")),
            ("prompt", Content::Text("A city")),
            ("seconds", Content::Text("2")),
            ("size", Content::Text("128x64")),
            ("input_reference", Content::File(picture)),
        ]
    };
    let send = async |parts: &[Part<'_>]| read(studio.app.call_form("/videos", &studio.access, parts).await).await;
    let (status, video) = send(&parts(picture)).await;
    assert_eq!((status, &video["size"]), (200, &json!("128x64")), "{video}");
    assert_eq!(send(&parts(b"no picture")).await.0, 400);
    let same = id(&studio.order(order_body()).await.1);
    studio.later(10).await;
    assert_eq!(studio.content(&same).await.2, studio.content(&plain).await.2, "equal requests have equal videos");
    let (with, without) = (studio.content(&id(&video)).await.2, studio.content(&plain).await.2);
    assert_ne!(with, without);
}

// wire: `POST /videos/{id}/remix`
#[tokio::test]
async fn a_completed_video_is_remixed_into_another() {
    let studio = Studio::open(Sandbox::builder()).await;
    let original = id(&studio.order(order_body()).await.1);
    let remix = async |id: &str, prompt: &str| {
        let path = format!("/videos/{id}/remix");
        read(studio.app.call(&path, &studio.access, &json!({ "prompt": prompt })).await).await
    };
    assert_eq!(remix(&original, "By night").await.0, 409);
    studio.later(10).await;
    let before = studio.app.sandbox.spent();
    for (id, prompt, status) in [(original.as_str(), " ", 400), ("video_nothing", "By night", 404)] {
        assert_eq!(remix(id, prompt).await.0, status);
    }
    studio.app.sandbox.add_fault(Endpoint::VideoRemix, Fault::status(503), Some(1)).unwrap();
    let body = json!({ "prompt": "By night" });
    let refused = studio.app.call(&format!("/videos/{original}/remix"), &studio.access, &body).await;
    assert_eq!(refused.status(), 503);
    assert_eq!(studio.app.sandbox.spent(), before);
    let (status, video) = remix(&original, "By night").await;
    assert_eq!((status, &video["remixed_from_video_id"], &video["status"]), (200, &json!(original), &json!("queued")));
    assert_eq!(studio.app.sandbox.spent(), before * Decimal::TWO);
    studio.later(10).await;
    assert!(studio.content(&original).await.2 != studio.content(&id(&video)).await.2);
    studio.app.sandbox.set_remaining_budget(0.into());
    assert_eq!(remix(&original, "By night").await.1["error"]["type"], "budget_exceeded");
}

// wire: status `failed`
#[tokio::test]
async fn a_video_can_fail() {
    let studio = Studio::open(Sandbox::builder()).await;
    let mut body = order_body();
    body["prompt"] = json!("A city [fail]");
    let id = id(&studio.order(body).await.1);
    studio.later(4).await;
    assert_eq!(studio.status(&id).await["status"], "in_progress");
    studio.later(1).await;
    let video = studio.status(&id).await;
    assert_eq!((&video["status"], &video["error"]["code"]), (&json!("failed"), &json!("video_generation_failed")));
    studio.later(10).await;
    assert_eq!(studio.status(&id).await["status"], "failed");
    assert_eq!(studio.content(&id).await.0, 409);
}

// wire: accept `id` or `videoId`; `processing`; or a `downloadUrl`
#[tokio::test]
async fn linked_videos_have_other_names_and_a_download_url() {
    let studio = Studio::open(Sandbox::builder().linked_videos(true)).await;
    let video = studio.order(order_body()).await.1;
    assert!(video.get("id").is_none());
    let id = video["videoId"].as_str().unwrap().to_owned();
    studio.later(5).await;
    assert_eq!(studio.status(&id).await["status"], "processing");
    studio.later(5).await;
    let (_, media_type, body) = studio.content(&id).await;
    assert_eq!(media_type, "application/json");
    let link: Value = serde_json::from_slice(&body).unwrap();
    // No token: a link is enough.
    let file = studio.app.http.get(link["downloadUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "video/mp4");
    assert_eq!(&file.bytes().await.unwrap()[4..8], b"ftyp");
}

// P8
#[tokio::test]
async fn invalid_video_requests_are_refused_and_cost_nothing() {
    let studio = Studio::open(Sandbox::builder()).await;
    for (name, value) in [
        ("prompt", json!("")),
        ("seconds", json!("0")),
        ("seconds", json!(21)),
        ("seconds", json!("soon")),
        ("size", json!("100x100")),
        ("size", json!("4096x4096")),
        ("size", json!("wide")),
        ("model", json!("dall-e-2")),
    ] {
        let mut body = order_body();
        body[name] = value.clone();
        assert_eq!(studio.order(body).await.0, 400, "{name} {value}");
    }
    assert!(studio.app.sandbox.spent().is_zero());
}

#[tokio::test]
async fn status_and_content_need_a_token_and_faults_apply_to_them() {
    let studio = Studio::open(Sandbox::builder()).await;
    let id = id(&studio.order(order_body()).await.1);
    studio.later(10).await;
    for (endpoint, path) in [(Endpoint::VideoStatus, ""), (Endpoint::VideoContent, "/content")] {
        let get = async |id: &str, access: &str| {
            let request = studio.app.get(&format!("/v1/videos/{id}{path}"), access);
            request.send().await.unwrap()
        };
        assert_eq!(get(&id, "sandbox_at_wrong").await.status(), 401);
        assert_eq!(get("video_nothing", &studio.access).await.status(), 404);
        studio.app.sandbox.add_fault(endpoint, Fault::Truncation { bytes: 100 }, Some(1)).unwrap();
        assert_eq!(get(&id, &studio.access).await.bytes().await.unwrap().len(), 100);
        assert!(get(&id, &studio.access).await.bytes().await.unwrap().len() > 100);
    }
    let thumbnail = studio.app.get(&format!("/v1/videos/{id}/content?variant=thumbnail"), &studio.access);
    assert_eq!(thumbnail.send().await.unwrap().status(), 400);
}
