//! The photos and answers that come with the sandbox.

/// A photo of a receipt, and what a model answers when asked for its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundledReceipt {
    /// The file's name, without its extension.
    pub name: &'static str,
    /// The photo as JPEG, as a camera would write it.
    pub photo: &'static [u8],
    /// The answer: a JSON object with `amount`, `currency`, `date`, `merchant`, `category`, `confidence`.
    pub answer: &'static str,
    /// The answer if it is asked for the items too: the same, with all else that stands on the receipt.
    pub full_answer: &'static str,
}

/// Every bundled receipt; the first is the one for demos.
pub fn bundled_receipts() -> &'static [BundledReceipt] {
    BUNDLED
}

/// A photo and its answer from `recorded/`.
macro_rules! receipt {
    ($name:literal) => {
        BundledReceipt {
            name: $name,
            photo: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/recorded/", $name, ".jpg")),
            answer: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/recorded/", $name, ".json")),
            full_answer: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/recorded/", $name, ".full.json")),
        }
    };
}

static BUNDLED: &[BundledReceipt] = &[receipt!("cafe"), receipt!("diner"), receipt!("bookshop")];
