//! Receipts that nobody has seen before, each with the truth beside it.
//!
//! [`receipts`] makes photos of receipts, so that reading one is tested on new photos; [`truth`] makes receipts of many countries and what
//! models say about them; [`tesseract`] reads a photo's text. A crate of its own, because drawing photos is too slow without optimisation,
//! and the other tests compile much faster without it. Nothing here ships.

pub mod receipts;
pub mod tesseract;
pub mod truth;
