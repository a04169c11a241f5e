//! One call of a chat, beside bare reqwest with the same body.

use crate::meter::{cost, median};
use crate::server::Server;
use crate::{client, peers, report};
use aipass::{AiPass, ChatRequest, ContentPart, Message, Photo, Role};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const CALLS: usize = 2_000;
const IN_FLIGHT: usize = 100;

async fn ours(ai: &AiPass, model: &str) {
    let answer = ai.chat(client::question(model)).await.expect("an answer");
    assert_eq!(answer.text, "A short answer.");
}

async fn bare(client: &reqwest::Client, server: &Server, body: &Value) {
    let answer: Value = peers::bare(client, server, body).await.json().await.expect("JSON");
    assert_eq!(answer["choices"][0]["message"]["content"], "A short answer.");
}

pub async fn measure() {
    let server = Server::start().await;
    let ai = client::signed_in(&server).await;
    let reqwest = reqwest::Client::new();
    let body = peers::body("a-model", false);
    let mut times = [Vec::new(), Vec::new()];
    for call in 0..CALLS + 50 {
        for (side, times) in times.iter_mut().enumerate() {
            let started = Instant::now();
            if side == 0 {
                ours(&ai, "a-model").await
            } else {
                bare(&reqwest, &server, &body).await
            }
            // The first ones make connections.
            if call >= 50 {
                times.push(started.elapsed());
            }
        }
    }
    for (side, times) in times.iter_mut().enumerate() {
        let ((), cost) = cost(async {
            for _ in 0..CALLS {
                if side == 0 { ours(&ai, "a-model").await } else { bare(&reqwest, &server, &body).await }
            }
        })
        .await;
        times.sort();
        let at = |part: usize| micro(times[times.len() * part / 1000]);
        report(&json!({
            "side": if side == 0 { "ours" } else { "reqwest" }, "p50_microseconds": at(500), "p99_microseconds": at(990),
            "processor_microseconds": micro(cost.processor) / CALLS as f64,
            "allocations": cost.allocations as f64 / CALLS as f64,
        }));
    }
    report(&json!({"side": "ours", "bytes_in_flight": in_flight(&ai).await}));
    report(&json!({"side": "ours", "bytes_for_a_photo": sent_photo(&ai).await, "of_its_upload": upload_size()}));
}

fn micro(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The memory that each of many calls holds while its answer is awaited.
async fn in_flight(ai: &AiPass) -> f64 {
    let together = |model: &'static str| async move { join_all((0..IN_FLIGHT).map(|_| ours(ai, model))).await };
    // As many connections are there afterwards.
    together("slow").await;
    cost(together("slow")).await.1.peak as f64 / IN_FLIGHT as f64
}

/// How much is allocated to send a photo that is prepared.
async fn sent_photo(ai: &AiPass) -> f64 {
    let photo = Photo::from(noise());
    let content = vec![ContentPart::text("What is it?"), ContentPart::Photo { photo }];
    let request = ChatRequest::new(vec![Message { content, ..Message::empty(Role::User) }]).model("a-model");
    let mut costs = Vec::new();
    for _ in 0..5 {
        // The photo is shrunk here, and not in what is measured.
        let prepared = ai.prepared_chat(request.clone()).await.expect("the photo can be sent");
        let (answer, cost) = cost(prepared.send()).await;
        answer.expect("an answer");
        costs.push(cost.allocated as f64);
    }
    median(&costs).0
}

/// How large that photo is as it is sent, in base64.
fn upload_size() -> usize {
    let prepared = aipass::photo::prepare(&noise(), &aipass::photo::PhotoLimits::default());
    prepared.expect("the photo can be sent").bytes.len().div_ceil(3) * 4
}

/// A photo that nothing can make small, as a PNG.
fn noise() -> Vec<u8> {
    const EDGE: u32 = 1_200;
    let mut state = 1_u32;
    let mut pixels = vec![0; 3 * (EDGE * EDGE) as usize];
    for byte in &mut pixels {
        // Numerical Recipes' generator; its high bits are random enough.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, EDGE, EDGE);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("pixels");
    drop(writer);
    file
}
