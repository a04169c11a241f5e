//! What models and their servers answer.

use super::{TOKEN, assert_is_shown_safely, block_on, signed_in};
use crate::net::events::EventParser;
use crate::net::scripted::{answer, chunks, with_header};
use crate::{CallOptions, ChatRequest, Error, Photo, RawRequest, ReceiptScan};
use bytes::Bytes;
use serde_json::json;

/// P5: a stream is read whatever its bytes are and wherever they are split, in every content coding.
pub fn stream(data: &[u8]) {
    let [coding, size, rest @ ..] = data else { return };
    let (coding, size, body) =
        (["identity", "gzip", "deflate", "br"][usize::from(coding % 4)], 1 + usize::from(*size), rest.to_vec());
    assert_eq!(events(&body, size), events(&body, body.len().max(1)), "split at every {size} bytes");
    block_on(async {
        let ai = signed_in(move |_| {
            let pieces = body.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
            with_header(
                with_header(chunks(200, pieces), "content-type", "text/event-stream"),
                "content-encoding",
                coding,
            )
        });
        let ai = ai.await;
        let mut request = ChatRequest::user("hello");
        request.model = Some("some/model".to_owned());
        let Ok(stream) = ai.chat_stream(request).await else { return };
        while let Ok(Some(_)) = stream.next().await {}
    });
}

/// The names and data of all events, read in pieces of so many bytes, and whether the end is an error.
fn events(body: &[u8], size: usize) -> (Vec<(String, String)>, bool) {
    let mut parser = EventParser::new(64 * 1024);
    let mut found = Vec::new();
    for piece in body.chunks(size) {
        parser.push(piece);
        loop {
            match parser.next_event() {
                Ok(Some(event)) => found.push((event.name.to_owned(), event.data.into_owned())),
                Ok(None) => break,
                Err(_) => return (found, true),
            }
        }
    }
    loop {
        match parser.finish() {
            Ok(Some(event)) => found.push((event.name.to_owned(), event.data.into_owned())),
            Ok(None) => return (found, false),
            Err(_) => return (found, true),
        }
    }
}

/// P7, P11: what a model says of a receipt is read, or is null, or is an error. Never a panic, and never more than it said.
pub fn receipt_text(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    block_on(async {
        let body = json!({"model": "some/model", "choices": [{"message": {"content": text}, "finish_reason": "stop"}]});
        let body = body.to_string();
        let ai = signed_in(move |_| answer(200, body.clone())).await;
        let mut scan = ReceiptScan::photo(Photo::Url("https://photos.example/receipt.jpg".to_owned()));
        scan.model = Some("some/model".to_owned());
        scan.locale = Some("de-DE".to_owned());
        match ai.scan_receipt(scan.clone()).await {
            Ok(receipt) => assert_eq!(receipt.answer, text),
            Err(error) => assert!(!matches!(&error, Error::Other { .. }), "a bug: {error}"),
        }
        let _ = ai.scan_receipts(scan).await;
    });
}

/// An error response, or an error inside a success: typed, and shown without secrets and control characters.
pub fn refusal(data: &[u8]) {
    let Some((first, body)) = data.split_first() else { return };
    let status = [200, 400, 401, 402, 403, 404, 413, 422, 429, 500, 502, 503][usize::from(first % 12)];
    // The server says the token.
    let body = String::from_utf8_lossy(body).replace("TOKEN", TOKEN).into_bytes();
    block_on(async {
        let ai = signed_in(move |_| answer(status, body.clone())).await;
        let ai = ai.with(CallOptions { retry_rate_limited: Some(false), ..CallOptions::default() });
        match ai.call_endpoint(RawRequest::post("rerank", "{}")).await {
            Ok(_) => assert_eq!(status, 200),
            Err(error) => {
                assert!(!matches!(&error, Error::Other { .. }), "a bug: {error}");
                assert_is_shown_safely(&error.to_string());
            }
        }
        ai.diagnostics().await.log.iter().for_each(|line| assert_is_shown_safely(&line.text));
    });
}
