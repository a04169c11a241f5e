//! What became of tokens that are no longer used, as the app is told it.

use super::record::Grant;
use crate::error::Error;

/// What became of the tokens of a sign-in that a later one replaced, or of tokens that the session did not keep.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and a box would not cross to other languages")]
pub enum ReplacedSignIn {
    /// The provider was asked to revoke its tokens: it belonged to another account or to no session, or the provider revokes
    /// one token set at a time.
    Revoked {
        /// What the provider said.
        report: SignOutReport,
    },
    /// It belonged to the same account. Its tokens were not revoked, because that could end the new sign-in too. They
    /// expire.
    LeftSameAccount,
    /// It is not known which account it belonged to. Its tokens were not revoked, because that could end the new
    /// sign-in too.
    LeftUnknownAccount,
}

/// The provider's response to the revocation of each kind of token. The local session has ended in any case.
///
/// Several token sets may be revoked: the stored one, and one that could not be stored. The report then has the worst result
/// of each kind.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SignOutReport {
    /// The refresh tokens.
    pub refresh_token: Revocation,
    /// The access tokens.
    pub access_token: Revocation,
}

/// The outcome of a token's revocation.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Revocation {
    /// There was no such token.
    NotNeeded,
    /// The provider accepted the request. It accepts unknown tokens too (RFC 7009 2.2), so this does not prove that the
    /// token is revoked.
    Accepted,
    /// The provider offers no revocation: it names no endpoint for it. The token lives until it expires.
    NotOffered,
    /// The stored session could not be read, so it is unknown whether there was a token. It may live until it expires.
    Unknown,
    /// The provider refused, with this HTTP status. The token may live until it expires.
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// The provider could not be reached, or was not asked because the request before this one timed out. The token may live
    /// until it expires.
    NotReached {
        /// Why not.
        error: Error,
    },
}

impl SignOutReport {
    pub(super) fn nothing_to_revoke() -> Self {
        Self { refresh_token: Revocation::NotNeeded, access_token: Revocation::NotNeeded }
    }

    pub(super) fn unknown() -> Self {
        Self { refresh_token: Revocation::Unknown, access_token: Revocation::Unknown }
    }

    /// The tokens of a grant for which the provider was not asked, because the request before `timed_out`.
    pub(super) fn not_asked(grant: &Grant, timed_out: &Revocation) -> Self {
        let refresh_token = match grant.refresh_token {
            Some(_) => timed_out.clone(),
            None => Revocation::NotNeeded,
        };
        Self { refresh_token, access_token: timed_out.clone() }
    }

    /// The worse result of each kind of token.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            refresh_token: self.refresh_token.or_worse(other.refresh_token),
            access_token: self.access_token.or_worse(other.access_token),
        }
    }

    /// The error of a sign-in whose token set was given up. Names the tokens that may live on (L19).
    pub(super) fn named_in(&self, mut error: Error) -> Error {
        let worst = self.refresh_token.clone().or_worse(self.access_token.clone());
        if let Error::Provider { detail, .. } | Error::RateLimited { detail, .. } = &mut error {
            match worst {
                Revocation::NotNeeded | Revocation::Accepted | Revocation::Unknown => {}
                Revocation::NotOffered => {
                    detail.push_str("; its tokens live until they expire: the provider offers no revocation");
                }
                Revocation::Refused { status } => {
                    detail
                        .push_str(&format!("; its tokens were not revoked: the provider refused with status {status}"));
                }
                Revocation::NotReached { error } => {
                    detail.push_str(&format!("; its tokens were not revoked: {error}"));
                }
            }
        }
        error
    }
}

impl Revocation {
    pub(super) fn timed_out(&self) -> bool {
        matches!(self, Self::NotReached { error: Error::Timeout { .. } })
    }

    fn or_worse(self, other: Self) -> Self {
        let rank = |revocation: &Self| match revocation {
            Self::NotNeeded => 0,
            Self::Accepted => 1,
            Self::NotOffered => 2,
            Self::Unknown => 3,
            Self::Refused { .. } => 4,
            Self::NotReached { .. } => 5,
        };
        if rank(&other) > rank(&self) { other } else { self }
    }
}
