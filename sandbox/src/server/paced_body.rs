//! A body that is made and sent piece by piece.

use std::convert::Infallible;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;

use crate::server::open_count::OpenCount;
use crate::state::Shared;

/// Sends the pieces as they are made, with the sandbox's pause before each.
pub(crate) fn paced<I>(shared: &Shared, pieces: I) -> Body
where
    I: Iterator<Item = Bytes> + Send + 'static,
{
    let pause = shared.settings.chunk_delay;
    let open = OpenCount::enter(&shared.streams);
    Body::from_stream(stream::unfold((pieces, open), move |(mut pieces, open)| async move {
        let piece = pieces.next()?;
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        Some((Ok::<_, Infallible>(piece), (pieces, open)))
    }))
}
