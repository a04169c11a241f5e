//! Sign in with an AI wallet, then call AI.
//!
//! This crate is the core of the AI Pass mobile library: it signs users in with PKCE in the system's browser, stores and
//! refreshes their tokens, and calls models, above all to read a photographed receipt. The host app only opens a URL.
//! Swift, Kotlin and Dart packages are generated from this crate.
//!
//! Beginning a sign-in needs no network, so this example runs:
//!
//! ```
//! use aipass::{AiPass, CallbackErrorKind, Error, SessionState, SignInOptions};
//!
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let ai = AiPass::builder("client_123", "myapp://auth/callback").build()?;
//! let request = ai.begin_sign_in(SignInOptions::default()).await?;
//! assert!(request.url.as_str().starts_with("https://aipass.one/oauth2/authorize?client_id=client_123&"));
//! assert_eq!(ai.session_state().await?, SessionState::SigningIn);
//!
//! let forged = "myapp://auth/callback?code=stolen&state=guessed".to_owned();
//! let refused = Error::InvalidCallback { kind: CallbackErrorKind::UnknownState };
//! assert_eq!(ai.complete_sign_in(forged).await, Err(refused));
//! # Ok::<(), Error>(()) }).unwrap();
//! ```
//!
//! From the sign-in to a receipt and a streamed answer:
//!
//! ```no_run
//! use aipass::{AiPass, ChatEvent, ChatRequest, ReceiptScan, SealedFileStore, SignInOptions};
//! use std::sync::Arc;
//!
//! # fn key_from_the_platform() -> [u8; 32] { [0; 32] }
//! # fn open_in_browser(_: &str) {}
//! # async fn wait_for_callback() -> String { String::new() }
//! # async fn example() -> aipass::Result<()> {
//! let store = SealedFileStore::open("sessions", &key_from_the_platform())?;
//! let ai = AiPass::builder("client_123", "myapp://auth/callback").store(Arc::new(store)).build()?;
//!
//! let request = ai.begin_sign_in(SignInOptions::default()).await?;
//! open_in_browser(request.url.as_str());
//! ai.complete_sign_in(wait_for_callback().await).await?; // also after the app was killed meanwhile
//!
//! let receipt = ai.scan_receipt(ReceiptScan::photo(std::fs::read("receipt.jpg").unwrap_or_default())).await?;
//! println!("{:?} {:?} at {:?}", receipt.amount, receipt.currency, receipt.merchant);
//!
//! let answer = ai.chat_stream(ChatRequest::user("One tip for better focus?")).await?;
//! while let Some(event) = answer.next().await? {
//!     if let ChatEvent::Text { text, .. } = event {
//!         print!("{text}");
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! # What it promises
//! - One refresh for any number of callers. A new token set is stored before it is used.
//! - A sign-in can be completed after the app was killed. A callback works once; a forged one changes nothing.
//! - A paid call is repeated only if it certainly was not processed.
//! - Errors are decisions for the app ([`Error`]), and neither they nor the log hold a secret.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

/// The README's quick start compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// So does the code of the prompt for coding agents.
#[cfg(doctest)]
#[doc = include_str!("../../docs/prompts/rust.md")]
struct Prompt;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

mod client;
mod config;
mod environment;
mod error;
mod error_body;
#[cfg(feature = "uniffi")]
mod ffi;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
mod gateway;
mod hex;
mod json;
mod json_body;
mod money;
mod net;
mod oauth;
mod provider;
mod redaction;
mod secret;
mod session;

pub use crate::net::cancellation::Cancellation;
pub use crate::net::log::LogEntry;
pub use crate::net::progress::{TransferCount, TransferProgress};
pub use crate::net::tls::{ServerTrust, ServerTrustError, TrustStore, trust_servers_by};
pub use aipass_photo as photo;
/// The bytes of a file, from the crate `bytes`: cheap to clone, and made from a `Vec<u8>` without a copy.
pub use bytes::Bytes;
#[cfg(feature = "registration")]
pub use client::ClientRegistration;
#[cfg(feature = "loopback")]
pub use client::LoopbackListener;
pub use client::runtime::shut_down;
pub use client::{
    AiPass, AiPassBuilder, CallOptions, Diagnostics, DiscoverySettings, ServerMetadata, SessionInfo, SessionStates,
};
pub use config::Config;
pub use error::{
    CallbackErrorKind, Error, ProviderErrorKind, Result, SignInReason, SpendScope, StorageErrorKind, TimeLimit,
};
pub use gateway::account::{Balance, BalanceUpdate, Balances};
pub use gateway::audio::{
    AudioFile, AudioFormat, SpeechAudio, SpeechRequest, Transcript, TranscriptResponseFormat, TranscriptSegment,
    TranscriptWord, TranscriptionRequest,
};
pub use gateway::chat::{
    ChatAnswer, ChatChoice, ChatEvent, ChatRequest, ChatStream, ContentPart, FinishReason, Message, ReasoningEffort,
    ResponseFormat, Role, TokenLogprob, TokenUsage, Tool, ToolCall, ToolCallPart, ToolChoice, TopLogprob,
};
pub use gateway::clients::{ClientSettings, ClientType, ClientUsage, OAuthClient};
pub use gateway::conversation::{Conversation, ConversationBudget};
pub use gateway::embeddings::{EmbeddingEncodingFormat, EmbeddingRequest, Embeddings};
pub use gateway::estimate::PaidRequest;
pub use gateway::extraction::{ExtractedJson, JsonExtraction};
pub use gateway::fallback::{Fallback, RefusedModel};
pub use gateway::images::{
    GeneratedImage, GeneratedImages, ImageEdit, ImageRequest, ImageResponseFormat, ImageVariation,
};
pub use gateway::models::{Capability, ChoiceReason, Model, ModelChoice, ModelFilter, ModelPreference};
pub use gateway::photo::Photo;
pub use gateway::photo_check::{PhotoCheck, PhotoHint, PhotoHintKind};
pub use gateway::prepared::{PreparedChat, PreparedScan};
pub use gateway::quote::{CostEstimate, PriceBasis, TokenRange};
pub use gateway::raw::{Api, RawAnswer, RawMethod, RawRequest};
pub use gateway::receipt::{
    Receipt, ReceiptAmount, ReceiptDetail, ReceiptDiscount, ReceiptItem, ReceiptKind, ReceiptMerchant, ReceiptPart,
    ReceiptPayment, ReceiptScan, ReceiptTax, ReceiptVerdict, UnreadValue, judge_receipt,
};
pub use gateway::resource::ResourceRequest;
pub use gateway::spending::{Spending, SpendingPeriod, Spent};
pub use gateway::video::{VideoJob, VideoRequest, VideoStatus, VideoUpdates};
pub use gateway::vision::ImageQuestion;
pub use gateway::{ByteStream, SavedFile};
pub use money::{ModelPrices, Price, PriceUnit, SpendLimits};
#[cfg(feature = "introspection")]
pub use oauth::introspection::TokenState;
#[cfg(feature = "registration")]
pub use oauth::registration::{ClientMetadata, RegisteredClient};
pub use oauth::revocation::TokenKind;
pub use oauth::userinfo::UserInfo;
pub use provider::{ClientAuthentication, LoopbackPort, Provider, RevocationEncoding, TokenEncoding};
pub use secret::Secret;
pub use session::SessionState;
#[cfg(feature = "device-authorization")]
pub use session::device::DeviceSignIn;
#[cfg(feature = "dpop")]
pub use session::dpop::DpopProof;
#[cfg(feature = "dpop")]
pub use session::dpop_key::{DpopKey, DpopSigner, DpopSignerError};
pub use session::revocations::{ReplacedSignIn, Revocation, SignOutReport};
pub use session::sealed_file::SealedFileStore;
pub use session::sign_in::{SignInOptions, SignInRequest};
pub use session::store::{MemoryStore, SessionStore, StoreError, StoredSession};
