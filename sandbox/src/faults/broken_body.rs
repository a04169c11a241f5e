//! Responses that do not reach their end.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::Error;
use axum::body::{Body, HttpBody};
use axum::http::Response;
use axum::http::header::{self, HeaderValue};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use crate::wire::connection::Connection;

/// What happens where the response is cut off.
pub(crate) enum CutOff {
    /// It ends, as though it were complete.
    End,
    /// The connection is reset.
    Reset(Connection),
    /// Nothing more is sent.
    Stall,
    /// The connection closes before all of the promised bytes are sent.
    Close {
        /// Whether the bytes before were flushed.
        flushed: bool,
    },
}

/// Sends so many bytes of the body, then cuts it off.
pub(crate) fn cut_off(response: Response<Body>, bytes: u64, then: CutOff) -> Response<Body> {
    response.map(|inner| Body::new(BrokenBody { inner, remaining: bytes, then }))
}

/// Promises more bytes than the body has.
pub(crate) fn with_wrong_length(response: Response<Body>) -> Response<Body> {
    let promised = response.body().size_hint().exact().unwrap_or(1_000_000).saturating_add(1000);
    let mut response = cut_off(response, u64::MAX, CutOff::Close { flushed: false });
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(promised));
    response
}

struct BrokenBody {
    inner: Body,
    remaining: u64,
    then: CutOff,
}

impl BrokenBody {
    fn end(&mut self, context: &Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match &mut self.then {
            CutOff::End => Poll::Ready(None),
            CutOff::Close { flushed: true } => {
                Poll::Ready(Some(Err(Error::new(std::io::Error::other("broken off on purpose")))))
            }
            // An error discards what is not written yet. Returning Pending first writes it.
            CutOff::Close { flushed } => {
                *flushed = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            // The connection's task wakes for the reset; it never polls this body again.
            CutOff::Reset(connection) => {
                connection.reset();
                Poll::Pending
            }
            CutOff::Stall => Poll::Pending,
        }
    }
}

impl HttpBody for BrokenBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = self.get_mut();
        if this.remaining == 0 {
            return this.end(context);
        }
        match ready!(Pin::new(&mut this.inner).poll_frame(context)) {
            Some(Ok(frame)) => match frame.into_data() {
                Ok(mut data) => {
                    data.truncate(usize::try_from(this.remaining).unwrap_or(usize::MAX));
                    this.remaining -= data.len() as u64;
                    Poll::Ready(Some(Ok(Frame::data(data))))
                }
                Err(other) => Poll::Ready(Some(Ok(other))),
            },
            // The response is shorter than the limit: it is cut off at its end.
            None => {
                this.remaining = 0;
                this.end(context)
            }
            failed => Poll::Ready(failed),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.then, CutOff::End) && (self.remaining == 0 || self.inner.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        let whole = self.inner.size_hint();
        match (&self.then, whole.exact()) {
            (CutOff::End, Some(whole)) => SizeHint::with_exact(whole.min(self.remaining)),
            // The header has a length of its own, or none.
            (CutOff::End, None) | (CutOff::Close { .. }, _) => SizeHint::default(),
            // The header promises the whole response.
            _ => whole,
        }
    }
}
