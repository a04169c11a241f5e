//! A response's body as it arrives, decoded and within its limits.

use super::content_coding::Decoder;
use super::failure::HttpFailure;
use super::limits::Limits;
use super::progress::TransferProgress;
use super::transport::BodyStream;
use bytes::Bytes;
use std::sync::Arc;

/// A body as it arrives, within its call's limits. Dropping it closes the connection.
pub(crate) struct Body {
    pub(super) stream: BodyStream,
    pub(super) decoder: Decoder,
    pub(super) limits: Limits,
    pub(super) progress: Arc<TransferProgress>,
}

impl Body {
    /// The next piece, decoded; `None` at the end.
    pub async fn next_chunk(&mut self) -> Result<Option<Bytes>, HttpFailure> {
        loop {
            if let Some(decoded) = self.decoder.next()? {
                return Ok(Some(decoded));
            }
            let chunk = self.limits.guard(self.stream.next_chunk()).await??;
            // Counted as they arrive, like `Content-Length`.
            self.progress.add_received(chunk.as_ref().map_or(0, Bytes::len));
            match chunk {
                None => return self.decoder.finish().map(|()| None),
                Some(chunk) if self.decoder.is_identity() => return Ok(Some(chunk)),
                Some(chunk) => self.decoder.push(chunk),
            }
        }
    }

    /// Drops `held` when the body has come to its end or is dropped.
    pub fn hold(&mut self, held: impl Send + 'static) {
        let stream = std::mem::replace(&mut self.stream, BodyStream::new(futures_util::stream::empty()));
        self.stream = BodyStream::new(futures_util::stream::unfold((stream, held), |(mut stream, held)| async {
            let chunk = stream.next_chunk().await.transpose()?;
            Some((chunk, (stream, held)))
        }));
    }

    /// The whole body, if it is no larger than `most` bytes (P4).
    pub async fn read_all(mut self, most: usize) -> Result<Vec<u8>, HttpFailure> {
        let mut whole = Vec::new();
        while let Some(chunk) = self.next_chunk().await? {
            if whole.len() + chunk.len() > most {
                return Err(HttpFailure::TooLarge { limit: most });
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole)
    }

    pub(super) async fn read_up_to(mut self, most: usize) -> Bytes {
        let mut start = Vec::new();
        while let Ok(Some(chunk)) = self.next_chunk().await {
            let room = most - start.len();
            start.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if start.len() == most {
                break;
            }
        }
        start.into()
    }
}
