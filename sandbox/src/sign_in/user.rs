//! The one person who uses a sandbox.

/// A person as the authorization server knows them.
pub(super) struct User {
    pub(super) sub: &'static str,
    pub(super) name: &'static str,
    pub(super) email: &'static str,
}

/// A made-up person at a domain that RFC 2606 reserves.
pub(super) const USER: User = User { sub: "user_123", name: "Robin Example", email: "robin@example.com" };
