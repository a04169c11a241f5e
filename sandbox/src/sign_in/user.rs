//! The one person who uses a sandbox.

/// A person as the authorization server knows them.
pub(crate) struct User {
    pub(crate) sub: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
}

/// A made-up person at a domain that RFC 2606 reserves.
pub(crate) const USER: User = User { sub: "user_123", name: "Robin Example", email: "robin@example.com" };
