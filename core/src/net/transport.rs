//! The seam to the network: it sends one request and returns its response. Everything above it can be tested without a socket.

use super::failure::HttpFailure;
use super::payload::Payload;
use super::progress::TransferProgress;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt};
use http::{Request, Response};
use std::sync::Arc;

/// Sends one request, once, without following redirects, and counts what it has sent.
pub(crate) trait Transport: Send + Sync + 'static {
    fn send(
        &self,
        request: Request<Payload>,
        progress: Arc<TransferProgress>,
    ) -> BoxFuture<'static, Result<Response<BodyStream>, HttpFailure>>;

    /// Closes idle connections: while a phone slept, the servers have closed them (L13).
    fn drop_idle_connections(&self);
}

/// A response's body as it arrives.
pub(crate) struct BodyStream(BoxStream<'static, Result<Bytes, HttpFailure>>);

impl BodyStream {
    pub fn new(stream: impl futures_util::Stream<Item = Result<Bytes, HttpFailure>> + Send + 'static) -> Self {
        Self(stream.boxed())
    }

    pub async fn next_chunk(&mut self) -> Result<Option<Bytes>, HttpFailure> {
        self.0.next().await.transpose()
    }
}
