//! A body that is made and sent piece by piece.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;

use crate::wire::open_count::OpenCount;

/// How streamed bodies are sent: with a pause before each piece, and counted while they are open.
#[derive(Clone)]
pub(crate) struct Pacing {
    pub(crate) pause: Duration,
    pub(crate) streams: OpenCount,
}

impl Pacing {
    /// Sends the pieces as they are made.
    pub(crate) fn body<I>(&self, pieces: I) -> Body
    where
        I: Iterator<Item = Bytes> + Send + 'static,
    {
        let (pause, open) = (self.pause, self.streams.enter());
        Body::from_stream(stream::unfold((pieces, open), move |(mut pieces, open)| async move {
            let piece = pieces.next()?;
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            Some((Ok::<_, Infallible>(piece), (pieces, open)))
        }))
    }
}
