//! Proofs that the sender of a request holds a key ([RFC 9449](https://www.rfc-editor.org/rfc/rfc9449)). A proof is for one attempt: a repeat has another one,
//! because servers refuse a proof that they have seen. What a proof is made of is not known here.
//!
//! A server that refuses only the proof has not processed the request. It is sent once more then, also where it costs money (P1).

use super::failure::HttpFailure;
use super::payload::Payload;
use super::{ErrorResponse, Response};
use crate::environment::Timestamp;
use crate::error::Result;
use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use std::sync::Arc;

const DPOP: HeaderName = HeaderName::from_static("dpop");

/// The proof of one attempt.
pub(crate) struct Proof {
    /// The value of the header `DPoP`.
    pub header: HeaderValue,
    /// What the server had asked to repeat, if it had.
    pub nonce: Option<String>,
    pub issued_at: Timestamp,
}

/// Makes the proofs of a request.
pub(crate) trait Prover: Send + Sync {
    /// A new proof.
    fn prove<'a>(&'a self, method: &'a Method, uri: &'a Uri) -> BoxFuture<'a, Result<Proof>>;

    /// Takes over what a response says of the proofs to come.
    fn observe(&self, uri: &Uri, headers: &HeaderMap);

    /// Whether the server refused the proof alone, and may take the next one.
    fn is_refused(&self, proof: &Proof, response: &ErrorResponse) -> bool;
}

/// In the extensions of a request: every attempt of it gets a proof.
#[derive(Clone)]
pub(crate) struct Proven(pub Arc<dyn Prover>);

/// Adds a proof to a request that needs one.
pub(super) async fn add(request: &mut Request<Payload>) -> Result<Option<Proof>, HttpFailure> {
    let Some(Proven(prover)) = request.extensions_mut().remove::<Proven>() else { return Ok(None) };
    let proof = prover.prove(request.method(), request.uri()).await;
    let proof = proof.map_err(|error| HttpFailure::NotProven { error: Box::new(error) })?;
    request.headers_mut().insert(DPOP, proof.header.clone());
    Ok(Some(proof))
}

/// Whether the request, which had this proof, was refused for it alone, and may be taken with the next one.
pub(super) fn is_refused(
    request: &Request<Payload>,
    proof: Option<Proof>,
    result: &Result<Response, HttpFailure>,
) -> bool {
    let (Some(Proven(prover)), Some(proof)) = (request.extensions().get::<Proven>(), proof) else { return false };
    match result {
        Ok(Response::Success(response)) => {
            prover.observe(request.uri(), &response.headers);
            false
        }
        Ok(Response::Error(response)) => {
            prover.observe(request.uri(), &response.headers);
            prover.is_refused(&proof, response)
        }
        Err(_) => false,
    }
}
