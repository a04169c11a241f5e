//! Facts about the places of the world. Written by `scripts/cldr` from the Unicode CLDR (licence: Unicode-3.0).

pub(super) mod currencies;
pub(super) mod marks;
pub(super) mod names;
pub(super) mod orders;
