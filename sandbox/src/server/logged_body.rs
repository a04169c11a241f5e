//! Follows a request to its end, which is when its answer's last byte was handed over, and not when its handler returned.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::Error;
use axum::body::{Body, HttpBody};
use axum::http::Response;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use crate::server::request_log::{Ending, RequestRecord};
use crate::state::{Shared, lock};

/// A request under way. Dropped before the end was noted, it was the client that left.
pub(crate) struct Follow {
    shared: Arc<Shared>,
    number: usize,
    begun: Instant,
    ended: Ending,
}

impl Follow {
    pub(crate) fn begin(shared: &Arc<Shared>, method: &str, path: &str) -> Self {
        let number = lock(&shared.log).arrived(method, path, shared.clock.now());
        Self { shared: Arc::clone(shared), number, begun: Instant::now(), ended: Ending::ClientDisconnected }
    }

    /// The request meets a fault of this kind.
    pub(crate) fn met(&self, fault: &'static str) {
        self.note(|record| record.fault = Some(fault));
    }

    /// Follows the answer. `ending` is what it means if the answer is handed over to its last byte.
    pub(crate) fn answer(self, response: Response<Body>, ending: Ending) -> Response<Body> {
        let status = response.status().as_u16();
        self.note(|record| record.status = Some(status));
        response.map(|inner| Body::new(LoggedBody { inner, ending, follow: self }))
    }

    /// The request ends here, by a fault, and without an answer.
    pub(crate) fn broken(mut self) {
        self.ended = Ending::Fault;
    }

    fn note(&self, change: impl FnOnce(&mut RequestRecord)) {
        if let Some(record) = lock(&self.shared.log).record(self.number) {
            change(record);
        }
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        let (now, took, ended) = (self.shared.clock.now(), self.begun.elapsed(), self.ended);
        self.note(|record| {
            record.finished = Some(now);
            record.took = Some(took);
            record.ended = Some(ended);
            // Nobody may be listening.
            let _ = self.shared.ended.send(record.clone());
        });
    }
}

struct LoggedBody {
    inner: Body,
    ending: Ending,
    follow: Follow,
}

impl HttpBody for LoggedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.inner).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
                this.follow.note(|record| record.bytes += bytes);
            }
            // An error is how a fault breaks an answer off; an upstream's counts as one too.
            Some(Err(_)) => this.follow.ended = Ending::Fault,
            None => this.follow.ended = this.ending,
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for LoggedBody {
    fn drop(&mut self) {
        // A body whose length was known is not polled beyond its last byte.
        if self.inner.is_end_stream() && self.follow.ended == Ending::ClientDisconnected {
            self.follow.ended = self.ending;
        }
    }
}
