//! What a call may cost, before it is made.

use super::audio::SpeechRequest;
use super::chat::{ChatRequest, Preparation};
use super::embeddings::EmbeddingRequest;
use super::extraction::{self, JsonExtraction};
use super::images::ImageRequest;
use super::quote::CostEstimate;
use super::receipt::ReceiptScan;
use super::vision::ImageQuestion;
use crate::client::AiPass;
#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;

/// A request whose cost can be estimated.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "other languages cannot have a box; one is made per call")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PaidRequest {
    /// For [`AiPass::chat`] and [`AiPass::chat_stream`].
    Chat {
        /// The request.
        request: ChatRequest,
    },
    /// For [`AiPass::describe_image`].
    ImageQuestion {
        /// The request.
        request: ImageQuestion,
    },
    /// For [`AiPass::scan_receipt`].
    Receipt {
        /// The request.
        request: ReceiptScan,
    },
    /// For [`AiPass::extract_json`].
    Extraction {
        /// The request.
        request: JsonExtraction,
    },
    /// For [`AiPass::embed`].
    Embeddings {
        /// The request.
        request: EmbeddingRequest,
    },
    /// For [`AiPass::generate_image`].
    Image {
        /// The request.
        request: ImageRequest,
    },
    /// For [`AiPass::speak`] and its like.
    Speech {
        /// The request.
        request: SpeechRequest,
    },
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// What a call with this request may cost. It checks the request, prepares its photos and picks its model as the call
    /// does, and asks the provider for its catalogue if that is not in memory, which is free. Nothing else is sent.
    ///
    /// Prices come from the catalogue, else from [`Config::prices`](crate::Config), else they are unknown. Tokens are
    /// approximations; `docs/money.md` says how far off they were where they were measured.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] as the call itself; those of [`models`](Self::models).
    pub async fn estimate(&self, request: PaidRequest) -> Result<CostEstimate> {
        self.run(|ai| async move {
            match request {
                PaidRequest::Chat { request } => ai.estimate_chat(request, Preparation::default()).await,
                PaidRequest::ImageQuestion { request } => {
                    ai.estimate_chat(request.into_chat()?, Preparation::default()).await
                }
                PaidRequest::Receipt { request } => ai.estimate_scan(request).await,
                PaidRequest::Extraction { request } => {
                    ai.estimate_chat(extraction::chat_request(request)?, Preparation::default()).await
                }
                PaidRequest::Embeddings { request } => ai.estimate_embeddings(&request).await,
                PaidRequest::Image { request } => ai.estimate_image(&request).await,
                PaidRequest::Speech { request } => ai.estimate_speech(&request).await,
            }
        })
        .await
    }
}

macro_rules! paid_request {
    ($($variant:ident $request:ty;)*) => {
        $(impl From<$request> for PaidRequest {
            fn from(request: $request) -> Self {
                Self::$variant { request }
            }
        })*
    };
}

paid_request! {
    Chat ChatRequest;
    ImageQuestion ImageQuestion;
    Receipt ReceiptScan;
    Extraction JsonExtraction;
    Embeddings EmbeddingRequest;
    Image ImageRequest;
    Speech SpeechRequest;
}

#[cfg(test)]
#[path = "estimate_tests.rs"]
mod tests;
