//! `GET events`: what happens, as server-sent events for the dashboard.
//!
//! An event `overview` has the whole [`Overview`](super::overview::Overview), an event `requests` the requests that
//! began, changed or ended, at most the newest 200. The first of each tell what there is, the others what changed. Events
//! are made when the one before them was taken, from what is true then: nothing is queued for a slow reader. One that
//! takes nothing for 10 seconds is disconnected.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use futures_util::stream;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::operations::OperationResult;
use super::state::Control;
use crate::wire::connection::Connection;
use crate::wire::errors::RequestError;

/// Readers at the same time. A browser opens at most six connections to one server.
const MAX_LISTENERS: usize = 16;
/// The pause between two looks at what changed.
const TICK: Duration = Duration::from_millis(200);
/// How long a reader may take for one event.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// A comment is sent after so long without an event, so that a reader that went away is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// The requests in one event, and the bytes of a path in it.
const MAX_REQUESTS: usize = 200;
const MAX_PATH: usize = 300;

pub(super) async fn events(
    State(control): State<Control>,
    Extension(connection): Extension<Connection>,
) -> OperationResult {
    if control.listeners.get() >= MAX_LISTENERS {
        let text = format!("{MAX_LISTENERS} readers are connected already. Close a dashboard.");
        return Err(RequestError::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", text).into());
    }
    let listening = control.listeners.enter();
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let _listening = listening;
        let stopped = control.stop.received();
        let mut changes = Changes { control, overview: String::new(), seen: 0 };
        if feed(&sender, stopped, || changes.next()).await == Fed::ReaderTooSlow {
            connection.reset();
        }
    });
    let body = stream::unfold(receiver, |mut receiver| async move {
        let event = receiver.recv().await?;
        Some((Ok::<_, Infallible>(event), receiver))
    });
    let mut response = Response::new(Body::from_stream(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Why a reader gets no more events.
#[derive(Debug, PartialEq, Eq)]
enum Fed {
    Stopped,
    ReaderGone,
    ReaderTooSlow,
}

/// Sends what `next` makes until the sandbox stops or the reader fails.
async fn feed(
    sender: &mpsc::Sender<Bytes>,
    stopped: impl Future<Output = ()>,
    mut next: impl FnMut() -> Option<Bytes>,
) -> Fed {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stopped = std::pin::pin!(stopped);
    let mut sent = Instant::now();
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = &mut stopped => return Fed::Stopped,
            () = sender.closed() => return Fed::ReaderGone,
        }
        let idle = || (sent.elapsed() >= KEEP_ALIVE).then(|| Bytes::from_static(b":\n\n"));
        let Some(event) = next().or_else(idle) else { continue };
        match timeout(MAX_WAIT, sender.send(event)).await {
            Ok(Ok(())) => sent = Instant::now(),
            Ok(Err(_)) => return Fed::ReaderGone,
            Err(_) => return Fed::ReaderTooSlow,
        }
    }
}

/// What one reader was told, to find what it was not.
struct Changes {
    control: Control,
    overview: String,
    /// The number of the latest change of the request log.
    seen: u64,
}

impl Changes {
    fn next(&mut self) -> Option<Bytes> {
        let mut events = String::new();
        let overview = event("overview", &self.control.overview());
        if overview != self.overview {
            events.push_str(&overview);
            self.overview = overview;
        }
        let (mut requests, seen) = self.control.log.changed_since(self.seen, MAX_REQUESTS);
        self.seen = seen;
        if !requests.is_empty() {
            for request in &mut requests {
                shorten(&mut request.record.path);
            }
            events.push_str(&event("requests", &requests));
        }
        (!events.is_empty()).then(|| Bytes::from(events))
    }
}

/// JSON has no line breaks outside of strings, and writes those in strings as `\n`: it is one line of data.
fn event<T: Serialize>(name: &str, data: &T) -> String {
    // Our own types have string keys and finite numbers: serialising them cannot fail.
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("event: {name}\ndata: {data}\n\n")
}

fn shorten(path: &mut String) {
    if path.len() > MAX_PATH {
        let cut = (0..=MAX_PATH).rfind(|end| path.is_char_boundary(*end)).unwrap_or_default();
        path.truncate(cut);
        path.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: Bytes = Bytes::from_static(b"event: overview\ndata: {}\n\n");

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_nothing_is_dropped_and_nothing_is_queued_for_it() {
        let (sender, mut receiver) = mpsc::channel(1);
        let mut made = 0;
        let fed = feed(&sender, std::future::pending(), || {
            made += 1;
            Some(EVENT)
        });
        assert_eq!(fed.await, Fed::ReaderTooSlow);
        assert_eq!(made, 2, "one that waits in the channel, and one that waits for it");
        drop(sender);
        assert_eq!(receiver.recv().await, Some(EVENT));
        assert_eq!(receiver.recv().await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn without_changes_only_comments_are_sent() {
        let (sender, mut receiver) = mpsc::channel(1);
        let begun = Instant::now();
        let reading = async {
            for _ in 0..3 {
                assert_eq!(receiver.recv().await.as_deref(), Some(&b":\n\n"[..]));
            }
            drop(receiver);
        };
        let (fed, ()) = tokio::join!(feed(&sender, std::future::pending(), || None), reading);
        assert_eq!(fed, Fed::ReaderGone);
        assert_eq!(begun.elapsed().as_secs(), 3 * KEEP_ALIVE.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn events_end_when_the_sandbox_stops() {
        let (sender, _receiver) = mpsc::channel(1);
        let stopped = tokio::time::sleep(Duration::from_secs(1));
        assert_eq!(feed(&sender, stopped, || None).await, Fed::Stopped);
    }

    #[test]
    fn a_long_path_is_cut_between_characters() {
        for (mut path, expected) in [("/ü".repeat(200), 301), ("/".repeat(301), 301), ("/a".to_owned(), 2)] {
            shorten(&mut path);
            let length = path.trim_end_matches('…').len();
            assert!(length <= MAX_PATH && path.len() <= expected + 2, "{path}");
        }
    }
}
