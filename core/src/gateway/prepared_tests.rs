use super::*;
use crate::PhotoCheck;
use crate::client::tests::world::sign_in;
use crate::gateway::files_tests::answering;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks};
use crate::net::transport::BodyStream;
use bytes::Bytes;
use std::time::Duration;

const CHAT: &str = "/oauth2/v1/chat/completions";

fn reply() -> Scripted {
    answer(200, r#"{"choices":[{"message":{"content":"{\"amount\": 12}"},"finish_reason":"stop"}]}"#)
}

fn over_budget() -> Scripted {
    answer(402, r#"{"error":{"message":"Budget has been exceeded! Current cost: 1, Max budget: 1"}}"#)
}

fn request() -> ChatRequest {
    ChatRequest::user("Hi").model("m-1")
}

fn refused(error: Error) -> String {
    match error {
        Error::InvalidInput { input, detail } if input == "prepared" => detail,
        other => panic!("{other:?}"),
    }
}

// B6
#[tokio::test(start_paused = true)]
async fn a_refused_request_is_sent_again_once_and_never_by_itself() {
    let (world, ai) = answering([over_budget(), reply(), reply()]).await;
    let chat = ai.prepared_chat(request()).await.unwrap();
    assert_eq!((world.transport.count(CHAT), chat.can_send()), (0, true));
    assert_eq!(chat.send().await.unwrap_err().code(), "budget_exceeded");
    ai.resumed();
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!((world.transport.count(CHAT), chat.can_send()), (1, true), "nothing is sent by itself");
    assert_eq!(chat.send().await.unwrap().text, r#"{"amount": 12}"#);
    assert!(!chat.can_send());
    assert!(refused(chat.send().await.unwrap_err()).contains("prepare a new one"));
    assert!(refused(chat.stream().await.unwrap_err()).contains("prepare a new one"));
    let bodies = world.transport.bodies(CHAT);
    assert_eq!((bodies.len(), &bodies[0]), (2, &bodies[1]), "the same request");
}

// B6: still too little; the app asks the user again, with a new request
#[tokio::test(start_paused = true)]
async fn a_request_that_is_refused_twice_is_not_sent_a_third_time() {
    let (world, ai) = answering([over_budget(), over_budget(), reply()]).await;
    let chat = ai.prepared_chat(request()).await.unwrap();
    for _ in 0..2 {
        assert_eq!(chat.send().await.unwrap_err().code(), "budget_exceeded");
    }
    refused(chat.send().await.unwrap_err());
    assert_eq!(world.transport.count(CHAT), 2);
}

// B6, P1
#[tokio::test(start_paused = true)]
async fn what_may_have_been_paid_for_is_not_sent_again() {
    let in_stream = || Ok(Bytes::from_static(b"data: {\"error\":{\"type\":\"budget_exceeded\"}}\n\n"));
    let broken = HttpFailure::Broken { detail: "reset".into() };
    for answered in [
        reply(),
        Err(broken),
        Err(HttpFailure::IdleTimeout { limit: Duration::ZERO }),
        answer(500, ""),
        answer(400, "{}"),
        answer(200, r#"{"choices":[{"message":{"content":"It is"}}],"error":{"type":"budget_exceeded"}}"#),
        chunks(200, vec![in_stream()]),
    ] {
        let (world, ai) = answering([answered, reply(), reply(), reply()]).await;
        let chat = ai.prepared_chat(request()).await.unwrap();
        drop(chat.stream().await);
        assert!(!chat.can_send());
        refused(chat.send().await.unwrap_err());
        assert_eq!(world.transport.count(CHAT), 1);
    }
    let text = answer(200, r#"{"choices":[{"message":{"content":"It is"}}],"error":{"type":"budget_exceeded"}}"#);
    let (_world, ai) = answering([text, reply()]).await;
    let chat = ai.prepared_chat(request()).await.unwrap();
    assert_eq!(chat.send().await.unwrap_err().code(), "budget_exceeded");
    assert!(!chat.can_send(), "a part of an answer came");
}

// B6: two taps at once
#[tokio::test(start_paused = true)]
async fn two_sends_at_once_are_one_call() {
    let (world, ai) = answering([over_budget(), reply(), reply()]).await;
    let chat = ai.prepared_chat(request()).await.unwrap();
    for _ in 0..2 {
        let outcomes = futures_util::future::join(chat.send(), chat.send()).await;
        assert_eq!(refused(outcomes.1.unwrap_err()), "it is being sent");
    }
    assert_eq!((world.transport.count(CHAT), chat.can_send()), (2, false));
}

// B6: a call that the app drops may have been sent
#[tokio::test(start_paused = true)]
async fn a_send_that_is_dropped_counts() {
    let silent = Ok(http::Response::new(BodyStream::new(futures_util::stream::pending())));
    let (world, ai) = answering([silent]).await;
    let chat = ai.prepared_chat(request()).await.unwrap();
    assert!(tokio::time::timeout(Duration::from_secs(1), chat.send()).await.is_err());
    assert_eq!((world.transport.count(CHAT), chat.can_send()), (1, false));
}

// B6
#[tokio::test(start_paused = true)]
async fn what_was_not_sent_does_not_count() {
    let not_sent = || Err(HttpFailure::NotSent { detail: "no route".into() });
    let (_world, ai) = answering([]).await;
    ai.sign_out().await.unwrap();
    let chat = ai.prepared_chat(request()).await.unwrap();
    assert_eq!(chat.send().await.unwrap_err().code(), "not_signed_in");
    sign_in(&ai).await;
    assert!(chat.can_send());
    let repeated = (0..3).map(|_| not_sent());
    let (_world, ai) =
        answering(repeated.chain([over_budget()]).chain((0..3).map(|_| not_sent())).chain([reply()])).await;
    let chat = ai.prepared_chat(request()).await.unwrap();
    for code in ["offline", "budget_exceeded", "offline"] {
        assert_eq!(chat.send().await.unwrap_err().code(), code);
    }
    chat.send().await.unwrap();
    assert!(!chat.can_send());
}

// B6, L10
#[tokio::test(start_paused = true)]
async fn another_user_does_not_pay_for_it() {
    let (world, ai) = answering([over_budget(), reply()]).await;
    let chat = ai.prepared_chat(request()).await.unwrap();
    chat.send().await.unwrap_err();
    ai.sign_out().await.unwrap();
    refused(chat.send().await.unwrap_err());
    sign_in(&ai).await;
    assert!(refused(chat.send().await.unwrap_err()).contains("another user"));
    assert_eq!(world.transport.count(CHAT), 1);
}

// B6: the camera's file is read once, and may be gone by then
#[tokio::test(start_paused = true)]
async fn photos_are_read_and_shrunk_once() {
    let (world, ai) = answering([over_budget(), reply(), over_budget(), reply()]).await;
    let folder = tempfile::tempdir().unwrap();
    let photo = || {
        let path = folder.path().join("photo.png");
        image::GrayImage::new(3000, 1000).save(&path).unwrap();
        Photo::File(path)
    };
    let scan = ReceiptScan { model: Some("m-1".into()), ..ReceiptScan::photo(photo()) };
    let scan = ai.prepared_scan(scan).await.unwrap();
    let question = ChatRequest::new(vec![Message::with_photos("What is it?", vec![photo()])]).model("m-1");
    let chat = ai.prepared_chat(question).await.unwrap();
    std::fs::remove_file(folder.path().join("photo.png")).unwrap();
    assert_eq!(scan.send().await.unwrap_err().code(), "budget_exceeded");
    assert_eq!(scan.send().await.unwrap().amount, Some(12.into()));
    refused(scan.send().await.unwrap_err());
    assert_eq!(chat.send().await.unwrap_err().code(), "budget_exceeded");
    chat.send().await.unwrap();
    let bodies = world.transport.bodies(CHAT);
    assert_eq!((&bodies[0], &bodies[2]), (&bodies[1], &bodies[3]));
    assert_eq!((scan.can_send(), bodies.len()), (false, 4));
    let unreadable = ai.prepared_scan(ReceiptScan::photo(b"no photo".to_vec())).await;
    assert!(matches!(unreadable, Err(Error::InvalidInput { input, .. }) if input == "photo"));
}

// P8: the photos are looked at, not the parts that a long one is sent in
#[tokio::test(start_paused = true)]
async fn photos_are_looked_at_when_they_are_prepared() {
    let (world, ai) = answering([reply()]).await;
    let mut black = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(1000, 5000).write_to(&mut black, image::ImageFormat::Png).unwrap();
    let scan = |photo_check| ReceiptScan {
        model: Some("m-1".into()),
        photo_check: Some(photo_check),
        ..ReceiptScan::photo(black.get_ref().clone())
    };
    let refused = ai.prepared_scan(scan(PhotoCheck::Refuse)).await;
    assert!(matches!(refused, Err(Error::InvalidInput { input, .. }) if input == "photo"));
    assert_eq!(world.transport.count(CHAT), 0);
    let receipt = ai.prepared_scan(scan(PhotoCheck::Hint)).await.unwrap().send().await.unwrap();
    assert!(!receipt.photo_hints.is_empty());
    assert!(receipt.photo_hints.iter().all(|hint| hint.photo == 0), "{:?}", receipt.photo_hints);
}
