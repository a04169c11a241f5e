//! The key that a sign-in's tokens are bound to.

use crate::secret::{self, Secret};
use serde::{Deserialize, Serialize};

/// The key that a code and its tokens are bound to ([RFC 9449](https://www.rfc-editor.org/rfc/rfc9449)). It stays the same through all refreshes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BoundKey {
    /// Its thumbprint (RFC 7638).
    pub jkt: String,
    /// The private key, if the library made it: PKCS#8 in base64url. Else the platform has it.
    #[serde(with = "secret::exposed::option", default, skip_serializing_if = "Option::is_none")]
    pub private_key: Option<Secret>,
}
