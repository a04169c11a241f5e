//! Logs a request to its end: until the last byte of its response was handed over, not until its handler returned.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::Error;
use axum::body::{Body, HttpBody};
use axum::http::Response;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use rust_decimal::Decimal;

use crate::clock::Clock;
use crate::wire::cost::Charge;
use crate::wire::request_log::{Ending, RequestLog};

/// A request under way. If it is dropped before its end is known, the client left.
pub(crate) struct RequestTracker {
    log: Arc<RequestLog>,
    clock: Arc<Clock>,
    number: usize,
    begun: Instant,
    ending: Ending,
    charge: Option<Charge>,
}

impl RequestTracker {
    pub(crate) fn begin(log: &Arc<RequestLog>, clock: &Arc<Clock>, method: &str, path: &str) -> Self {
        let number = log.add(method, path, clock.now());
        Self {
            log: Arc::clone(log),
            clock: Arc::clone(clock),
            number,
            begun: Instant::now(),
            ending: Ending::ClientDisconnected,
            charge: None,
        }
    }

    /// Logs the fault that applies to the request, by its kind.
    pub(crate) fn set_fault(&self, kind: &'static str) {
        self.log.update(self.number, |record| record.fault = Some(kind));
    }

    /// Logs the app that the request came from.
    pub(crate) fn set_client(&self, client_id: String) {
        self.log.update(self.number, |record| record.client_id = Some(client_id));
    }

    /// Logs what the handler charged, now or when the request ends. A fault may replace the response afterwards.
    pub(crate) fn set_charge(&mut self, response: &Response<Body>) {
        self.charge = response.extensions().get::<Charge>().cloned();
        let cost = self.cost();
        self.log.update(self.number, |record| record.cost = cost);
    }

    fn cost(&self) -> Option<Decimal> {
        self.charge.as_ref().and_then(Charge::get)
    }

    /// Tracks the response. `ending` is how the request ends if the response is sent to its last byte.
    pub(crate) fn track(self, response: Response<Body>, ending: Ending) -> Response<Body> {
        let status = response.status().as_u16();
        self.log.update(self.number, |record| record.status = Some(status));
        response.map(|inner| Body::new(TrackedBody { inner, ending, tracker: self }))
    }

    /// Ends the request here, by a fault and without a response.
    pub(crate) fn end_by_fault(mut self) {
        self.ending = Ending::Fault;
    }
}

impl Drop for RequestTracker {
    fn drop(&mut self) {
        let (now, took, ending, cost) = (self.clock.now(), self.begun.elapsed(), self.ending, self.cost());
        self.log.finish(self.number, |record| {
            record.finished = Some(now);
            record.took = Some(took);
            record.ended = Some(ending);
            record.cost = cost;
        });
    }
}

struct TrackedBody {
    inner: Body,
    ending: Ending,
    tracker: RequestTracker,
}

impl HttpBody for TrackedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.inner).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
                this.tracker.log.update(this.tracker.number, |record| record.bytes += bytes);
            }
            // A fault cuts a response off with an error; an upstream's error counts as one too.
            Some(Err(_)) => this.tracker.ending = Ending::Fault,
            None => this.tracker.ending = this.ending,
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

impl Drop for TrackedBody {
    fn drop(&mut self) {
        // A body of known length is not polled beyond its last byte.
        if self.inner.is_end_stream() && self.tracker.ending == Ending::ClientDisconnected {
            self.tracker.ending = self.ending;
        }
    }
}
