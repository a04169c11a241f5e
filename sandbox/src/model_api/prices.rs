//! What calls other than chats cost, in US dollars. What a chat costs is in `sandbox/src/backend/usage.rs`.

use rust_decimal::Decimal;
use serde_json::Value;

/// A token of a text that becomes a vector: 0.02 for a million.
pub(super) const EMBEDDING_TOKEN: Decimal = Decimal::from_parts(2, 0, 0, false, 8);
/// An image: 0.04.
pub(super) const IMAGE: Decimal = Decimal::from_parts(4, 0, 0, false, 2);
/// A character that is spoken: 15 for a million.
pub(super) const SPOKEN_CHARACTER: Decimal = Decimal::from_parts(15, 0, 0, false, 6);

/// As a number, as other gateways write it.
pub(super) fn as_number(price: Decimal) -> Value {
    serde_json::from_str(&price.normalize().to_string()).unwrap_or_default()
}
