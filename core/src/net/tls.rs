//! Which certificates are trusted (S6): those of the host's [`ServerTrust`], if there is one, as on Android; else those of the
//! platform's store; else those of bundled roots. There always is one of these, and nothing here panics.

use crate::error::{Error, Result};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::{Arc, OnceLock};

/// Asks the host platform whether to trust a server's certificate.
///
/// The packages for Android and for Flutter implement it over the system's trust manager, so that user-installed authorities and the app's
/// network security configuration count. The library itself checks that the certificate is `host`'s.
/// Called once for each new connection, on one of the library's few threads: answer within milliseconds.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait ServerTrust: Send + Sync {
    /// Checks `chain`, DER-encoded certificates with the server's own first, for the server called `host`.
    ///
    /// # Errors
    /// [`ServerTrustError`] if the platform does not trust the chain, or cannot check it.
    fn verify(&self, chain: Vec<Vec<u8>>, host: String) -> Result<(), ServerTrustError>;
}

/// Why a server was not trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum ServerTrustError {
    /// The platform refuses the certificate.
    #[error("the platform does not trust the server: {detail}")]
    Rejected {
        /// What the platform said.
        detail: String,
    },
    /// The platform could not check it.
    #[error("the platform could not judge the server: {detail}")]
    Unavailable {
        /// What the platform said.
        detail: String,
    },
}

/// The trust that was named for the whole process.
static FOR_PROCESS: OnceLock<Arc<dyn ServerTrust>> = OnceLock::new();

/// Names who judges servers for those clients of this process that are given no [`ServerTrust`]. Only the first one that is named
/// counts, and for clients that have not sent a request yet.
///
/// For a host language that cannot ask its platform itself, such as Dart on Android: the Flutter plugin names Android's
/// trust manager.
pub fn trust_servers_by(trust: Arc<dyn ServerTrust>) {
    // The first one stays.
    _ = FOR_PROCESS.set(trust);
}

/// Which root certificates are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TrustStore {
    /// Not known yet: they are loaded before the first request.
    NotLoadedYet,
    /// The platform's.
    Platform,
    /// The host app's [`ServerTrust`] decides.
    HostApp,
    /// Mozilla's roots, built into the library, because the platform's store was not given or could not be read.
    Bundled,
}

/// The TLS configuration, and what it trusts.
pub(crate) fn configuration(server_trust: Option<Arc<dyn ServerTrust>>) -> Result<(ClientConfig, TrustStore)> {
    let (mut config, trust_store) = trusting(server_trust)?;
    // docs/decisions/0006-http2.md
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((config, trust_store))
}

fn trusting(server_trust: Option<Arc<dyn ServerTrust>>) -> Result<(ClientConfig, TrustStore)> {
    let crypto = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(crypto.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::internal(format!("TLS cannot be set up: {error}")))?;
    let dangerous = builder.clone().dangerous();
    if let Some(trust) = server_trust.or_else(|| FOR_PROCESS.get().cloned()) {
        let verifier = Arc::new(HostVerifier { trust, crypto });
        return Ok((dangerous.with_custom_certificate_verifier(verifier).with_no_client_auth(), TrustStore::HostApp));
    }
    #[cfg(not(target_os = "android"))]
    if let Ok(verifier) = rustls_platform_verifier::Verifier::new(crypto) {
        let config = dangerous.with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
        return Ok((config, TrustStore::Platform));
    }
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    Ok((builder.with_root_certificates(roots).with_no_client_auth(), TrustStore::Bundled))
}

/// Puts a [`ServerTrust`] where rustls asks. Signatures are still checked here.
struct HostVerifier {
    trust: Arc<dyn ServerTrust>,
    crypto: Arc<CryptoProvider>,
}

impl std::fmt::Debug for HostVerifier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("HostVerifier")
    }
}

impl ServerCertVerifier for HostVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let chain = std::iter::once(end_entity).chain(intermediates).map(|certificate| certificate.to_vec()).collect();
        match self.trust.verify(chain, server_name.to_str().into_owned()) {
            // The name is checked here: not every platform checks it with the chain.
            Ok(()) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            Err(ServerTrustError::Rejected { .. }) => Err(CertificateError::UnknownIssuer.into()),
            Err(ServerTrustError::Unavailable { detail }) => Err(rustls::Error::General(detail)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.crypto.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.crypto.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.crypto.signature_verification_algorithms.supported_schemes()
    }
}
