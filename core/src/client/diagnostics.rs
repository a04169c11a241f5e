//! The state of a client for a developer or a support form, without secrets.

use super::{AiPass, SessionInfo};
use crate::net::log::LogEntry;
use crate::net::tls::TrustStore;

/// The state of a client, for a support form.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Diagnostics {
    /// The library's version.
    pub library_version: String,
    /// The operating system and processor it was built for.
    pub platform: String,
    /// The provider's issuer.
    pub issuer: String,
    /// Which root certificates are trusted.
    pub trust_store: TrustStore,
    /// The server's clock minus the device's, in milliseconds, as last seen; 0 if they differ by less than two seconds.
    pub server_clock_offset_ms: i64,
    /// The session's state, or the code of the store's error.
    pub session: String,
    /// What the provider granted; `None` if no user is signed in or the store cannot be read.
    pub session_info: Option<SessionInfo>,
    /// The last requests and session changes, oldest first.
    pub log: Vec<LogEntry>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Versions, trust store, clock difference, session and the latest log. It holds no secret, and the call never
    /// fails.
    pub async fn diagnostics(&self) -> Diagnostics {
        let session = match self.session_state().await {
            Ok(state) => format!("{state:?}"),
            Err(error) => error.code().to_owned(),
        };
        Diagnostics {
            library_version: env!("CARGO_PKG_VERSION").to_owned(),
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            issuer: self.inner.provider.issuer.clone(),
            trust_store: self.inner.network.trust_store(),
            server_clock_offset_ms: self.inner.session.server_clock_offset_ms(),
            session,
            session_info: self.session_info().await.unwrap_or_default(),
            log: self.log(),
        }
    }

    /// The last 200 requests and session changes, oldest first: method, host, path, status, time. Call it
    /// again for new lines.
    pub fn log(&self) -> Vec<LogEntry> {
        self.inner.http.log.read()
    }
}
