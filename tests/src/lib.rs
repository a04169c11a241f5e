//! What tests of several crates and languages share.
//!
//! [`receipts`] makes photos of receipts with the truth beside them, so that reading one is tested on photos that nobody
//! has seen before. Nothing here ships.

pub mod receipts;
