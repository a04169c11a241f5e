//! Photos of receipts, read for real by tesseract.
//!
//! Ignored by default, because it needs a program that is not Rust's to bring: `scripts/test ocr` provisions it.

mod long;
mod scan;
mod upload;
