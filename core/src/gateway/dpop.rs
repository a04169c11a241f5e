//! Proofs for calls that an app sends itself, with an access token that is bound to a key ([RFC 9449 7](https://www.rfc-editor.org/rfc/rfc9449#section-7)).

use super::raw::RawMethod;
use crate::client::AiPass;
use crate::error::{Error, Result};
use crate::oauth::dpop::is_nonce;
use crate::session::dpop::DpopProof;
use url::Url;

impl AiPass {
    /// The session's access token, and a proof for one request with it to `url`, which the app sends itself (RFC 9449). The
    /// library's own calls do not need it. If the server's response has a header `DPoP-Nonce`, pass its value as `nonce`
    /// the next time.
    ///
    /// ```no_run
    /// # async fn example(ai: aipass::AiPass) -> aipass::Result<()> {
    /// use aipass::RawMethod;
    ///
    /// let url = "https://api.example.com/user".parse().unwrap();
    /// let sent = ai.dpop_proof(RawMethod::Get, &url, None).await?;
    /// let headers = [
    ///     ("authorization", format!("DPoP {}", sent.access_token.expose())),
    ///     ("dpop", sent.proof.expose().to_owned()),
    /// ];
    /// # let _ = headers;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// - [`Error::InvalidInput`] naming `url` if it cannot be called, or `nonce` if it cannot be one.
    /// - [`Error::Unsupported`] if the session's tokens are Bearer tokens: they need no proof.
    /// - [`Error::SignInRequired`] with reason `DpopKeyLost` if the key is gone; [`Error::Storage`] if the platform's key
    ///   cannot sign now.
    /// - Those of [`access_token`](Self::access_token).
    pub async fn dpop_proof(&self, method: RawMethod, url: &Url, nonce: Option<&str>) -> Result<DpopProof> {
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Error::invalid_input("url", "it must begin with https://"));
        }
        let uri = url.as_str().parse().map_err(|_| Error::invalid_input("url", "it cannot be called"))?;
        if nonce.is_some_and(|nonce| !is_nonce(nonce.as_bytes())) {
            return Err(Error::invalid_input("nonce", "it is empty, too long, or has characters that no nonce has"));
        }
        let nonce = nonce.map(str::to_owned);
        self.run(|ai| async move { ai.proof_for(method.into(), uri, nonce).await }).await
    }
}
