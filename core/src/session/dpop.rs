//! Tokens that are bound to a key of this device ([RFC 9449](https://www.rfc-editor.org/rfc/rfc9449)), if the app asks for it.
//!
//! | when | what |
//! |---|---|
//! | a sign-in begins | a key is made, or the platform's is asked for. Its thumbprint goes with the authorization request, so that the code is bound to it, too |
//! | tokens are granted | they must be of the type `DPoP`: a Bearer token counts as unusable, as one of an unknown type does (T3, T7) |
//! | a refresh | the same key |
//! | a request with a token, or for one | a new proof for each attempt |
//! | a response has a `DPoP-Nonce` | the next proof for that server repeats it |
//! | a request is refused for its nonce | it is sent once more with the one that came along; it was not processed |
//! | a request is refused for its proof, and the server's `Date` is far from the proof's | the same, by the server's clock (L11) |
//! | the key is lost | calls return `DpopKeyLost`, and so does the state. Nothing is stored of it: the platform is asked again at the next call |
//!
//! The binding is the session's, not the client's: a session that was bound stays so when the app no longer asks for it, and one of
//! Bearer tokens goes on until the next sign-in.

use super::Session;
use super::dpop_key::{DpopKey, DpopSigner};
use super::record::{BoundKey, Grant};
use crate::environment::{Timestamp, millis};
use crate::error::{Error, Result, SignInReason, StorageErrorKind};
use crate::error_body::ErrorBody;
use crate::net::proof::{Proof, Proven, Prover};
use crate::net::{ErrorResponse, challenge, server_time};
use crate::oauth::dpop::{self, Claims, PrivateKey, PublicKey};
use crate::secret::Secret;
use futures_util::future::{BoxFuture, FutureExt};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use std::sync::Arc;
use std::time::Duration;

/// 128 bits.
const ID_BYTES: usize = 16;
/// A proof whose time is further from the server's `Date` may have been refused for it. Servers allow ten seconds and more.
const MAX_CLOCK_ERROR: Duration = Duration::from_secs(10);

/// What an app needs for a call of its own with a bound access token: both go together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DpopProof {
    /// Send it as `Authorization: DPoP {access_token}`.
    pub access_token: Secret,
    /// Send it as `DPoP: {proof}`. It is for one request only.
    pub proof: Secret,
}

impl Session {
    /// The key for a new sign-in, if the app asks for one.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider does not take its proofs. Those of the platform's key.
    pub(super) async fn new_key(&self) -> Result<Option<BoundKey>> {
        let Some(key) = &self.dpop else { return Ok(None) };
        if !self.provider.dpop_signing_algorithms.iter().any(|name| name == dpop::ALGORITHM) {
            return Err(Error::Unsupported { what: format!("DPoP with {} (RFC 9449)", dpop::ALGORITHM) });
        }
        let (public, private_key) = match key {
            DpopKey::InSession => {
                let stored = PrivateKey::generate()?;
                let key = PrivateKey::read(&stored).ok_or_else(|| Error::internal("a new DPoP key cannot be read"))?;
                (key.public(), Some(stored))
            }
            DpopKey::HeldBy(signer) => (with_signer(signer, public_key).await?, None),
        };
        Ok(Some(BoundKey { jkt: public.thumbprint(), private_key }))
    }

    /// Whether the key of these tokens is not lost for sure: they are bound to none, or it is stored, or a platform may have it.
    pub(super) fn may_hold_key_of(&self, grant: &Grant) -> bool {
        let held_by_platform = matches!(self.dpop, Some(DpopKey::HeldBy(_)));
        grant.dpop.as_ref().is_none_or(|key| key.private_key.is_some() || held_by_platform)
    }

    /// Has a proof added to every attempt of a request, if there is a key. `token` is the access token that goes with it.
    pub(super) fn proven<B>(
        self: &Arc<Self>,
        mut request: Request<B>,
        key: Option<&BoundKey>,
        token: Option<&Secret>,
    ) -> Request<B> {
        if let Some(key) = key {
            let prover = KeyProver { session: Arc::clone(self), key: key.clone(), token: token.cloned() };
            request.extensions_mut().insert(Proven(Arc::new(prover)));
        }
        request
    }

    /// The access token, and a proof for one request of the app's own.
    pub async fn dpop_proof(self: &Arc<Self>, method: &Method, uri: &Uri, nonce: Option<&str>) -> Result<DpopProof> {
        let grant = self.live_grant(Duration::ZERO).await?;
        let Some(key) = grant.dpop.clone() else {
            return Err(Error::Unsupported { what: "DPoP: the session's tokens are Bearer tokens".to_owned() });
        };
        let token = grant.access_token.clone();
        let prover = KeyProver { session: Arc::clone(self), key, token: Some(token) };
        let (proof, _) = prover.sign(method, uri, nonce).await?;
        Ok(DpopProof { access_token: grant.access_token.clone(), proof: Secret::new(proof) })
    }

    /// The compact proof with these claims.
    async fn signed(&self, key: &BoundKey, claims: String) -> Result<String> {
        let outcome = match (&key.private_key, &self.dpop) {
            (Some(stored), _) => match PrivateKey::read(stored).filter(|own| own.public().thumbprint() == key.jkt) {
                Some(own) => {
                    let input = dpop::signing_input(&own.public(), &claims)?;
                    own.sign(input.as_bytes()).map(|signature| dpop::compact(&input, &signature))
                }
                None => Err(Error::from(SignInReason::DpopKeyLost)),
            },
            (None, Some(DpopKey::HeldBy(signer))) => {
                let jkt = key.jkt.clone();
                with_signer(signer, move |signer| signed_by(signer, &jkt, &claims)).await
            }
            (None, _) => Err(Error::from(SignInReason::DpopKeyLost)),
        };
        self.note_whether_lost(key, &outcome);
        outcome
    }

    fn note_whether_lost(&self, key: &BoundKey, outcome: &Result<String>) {
        let has_changed = {
            let mut memory = self.memory();
            let lost_key = match outcome {
                // Another key says nothing about the one that was lost, such as that of a sign-in under way.
                Ok(_) if memory.lost_key.as_ref() != Some(&key.jkt) => return,
                Ok(_) => None,
                Err(Error::SignInRequired { .. }) => Some(key.jkt.clone()),
                Err(_) => return,
            };
            let before = std::mem::replace(&mut memory.lost_key, lost_key);
            before != memory.lost_key
        };
        if has_changed {
            self.publish();
        }
    }
}

/// Makes the proofs for requests with one token, or for the requests for tokens.
struct KeyProver {
    session: Arc<Session>,
    key: BoundKey,
    token: Option<Secret>,
}

impl KeyProver {
    /// A proof, and the time in it.
    async fn sign(&self, method: &Method, uri: &Uri, nonce: Option<&str>) -> Result<(String, Timestamp)> {
        let issued_at = self.session.server_now();
        let claims = Claims {
            id: &self.session.environment.random_text(ID_BYTES)?,
            method: method.as_str(),
            target: &dpop::target(uri).ok_or_else(|| Error::invalid_input("url", "it is not absolute"))?,
            issued_at,
            access_token: self.token.as_ref(),
            nonce,
        };
        Ok((self.session.signed(&self.key, claims.to_json()?).await?, issued_at))
    }
}

impl Prover for KeyProver {
    fn prove<'a>(&'a self, method: &'a Method, uri: &'a Uri) -> BoxFuture<'a, Result<Proof>> {
        async move {
            let nonce = dpop::origin(uri).and_then(|origin| self.session.shared.nonces.get(&origin));
            let (proof, issued_at) = self.sign(method, uri, nonce.as_deref()).await?;
            let unsendable = |_| Error::internal("a DPoP proof cannot stand in a header");
            let mut header = HeaderValue::try_from(proof).map_err(unsendable)?;
            header.set_sensitive(true);
            Ok(Proof { header, nonce, issued_at })
        }
        .boxed()
    }

    fn observe(&self, uri: &Uri, headers: &HeaderMap) {
        if let (Some(origin), Some(nonce)) = (dpop::origin(uri), dpop::nonce(headers)) {
            self.session.shared.nonces.put(origin, nonce);
        }
    }

    fn is_refused(&self, proof: &Proof, response: &ErrorResponse) -> bool {
        match self.refusal(response).as_deref() {
            Some("use_dpop_nonce") => dpop::nonce(&response.headers).is_some_and(|next| proof.nonce != Some(next)),
            Some("invalid_dpop_proof") => {
                let error = server_time(&response.headers).map(|server| (server.0 - proof.issued_at.0).abs());
                let is_far_off = error.is_some_and(|error| error > millis(MAX_CLOCK_ERROR));
                if is_far_off {
                    self.session.observe_server_time(&response.headers);
                }
                is_far_off
            }
            _ => false,
        }
    }
}

impl KeyProver {
    /// Why the server refused the proof, if so: a resource says it in its challenge ([RFC 9449 9](https://www.rfc-editor.org/rfc/rfc9449#section-9)), a token endpoint in
    /// its error ([RFC 9449 8](https://www.rfc-editor.org/rfc/rfc9449#section-8)).
    fn refusal(&self, response: &ErrorResponse) -> Option<String> {
        match (&self.token, StatusCode::from_u16(response.status).ok()?) {
            (Some(_), StatusCode::UNAUTHORIZED) => {
                let challenges = challenge::read(&response.headers);
                let own = challenges.iter().filter(|challenge| challenge.scheme == "dpop");
                own.filter_map(|challenge| challenge.parameter("error")).next().map(str::to_owned)
            }
            (None, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED) => ErrorBody::read(&response.body).oauth_code,
            _ => None,
        }
    }
}

/// Asks the platform, on a background thread because it may block.
async fn with_signer<T: Send + 'static>(
    signer: &Arc<dyn DpopSigner>,
    work: impl FnOnce(&dyn DpopSigner) -> Result<T> + Send + 'static,
) -> Result<T> {
    let signer = Arc::clone(signer);
    let done = tokio::task::spawn_blocking(move || work(signer.as_ref())).await;
    done.unwrap_or_else(|_| Err(failed("it panicked")))
}

fn public_key(signer: &dyn DpopSigner) -> Result<PublicKey> {
    PublicKey::read(&signer.public_jwk()?).map_err(|why| failed(&format!("its public_jwk is refused: {why}")))
}

/// The platform's proof, if it still has the key with this thumbprint.
fn signed_by(signer: &dyn DpopSigner, jkt: &str, claims: &str) -> Result<String> {
    let public = public_key(signer)?;
    if public.thumbprint() != jkt {
        return Err(Error::from(SignInReason::DpopKeyLost));
    }
    let input = dpop::signing_input(&public, claims)?;
    let signature = signer.sign(input.as_bytes())?;
    if signature.len() != dpop::SIGNATURE_BYTES {
        let detail = format!("its signature has {} bytes, not {}: r and s", signature.len(), dpop::SIGNATURE_BYTES);
        return Err(failed(&detail));
    }
    Ok(dpop::compact(&input, &signature))
}

fn failed(detail: &str) -> Error {
    Error::Storage { kind: StorageErrorKind::Failed, detail: format!("the DPoP key failed: {detail}") }
}
