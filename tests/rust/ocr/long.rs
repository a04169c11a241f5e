//! A long receipt stays readable: what is read in the original is read in what is uploaded.

use aipass::photo::{PhotoLimits, prepare_parts};
use aipass_tests::receipts::{Receipt, Style, lengthened, screenshot, tape};

use super::upload::{missing, read};

// F4
#[test]
#[ignore = "needs tesseract: scripts/test ocr"]
fn every_field_is_read_in_the_parts_of_a_long_receipt() {
    let mut failures = Vec::new();
    for (number, proportion) in [3.0_f32, 4.0, 6.0, 9.0, 12.0].into_iter().enumerate() {
        let style = Style::ALL[number];
        let receipt = lengthened(Receipt::random(700 + number as u64, style), proportion);
        // Width of a tape that fills a photo of so many megapixels.
        let across = |megapixels: f32| (megapixels * 1e6 / proportion).sqrt() as u32;
        let side = [6, 8][number % 2];
        for (name, file) in [
            ("screenshot", screenshot(&receipt, 1080)),
            ("tape of 12 megapixels", tape(&receipt, across(12.0), 1)),
            ("tape of 27 megapixels", tape(&receipt, across(27.0), [1, 3][number % 2])),
            ("tape of 12 megapixels on its side", tape(&receipt, across(12.0), side)),
            ("tape of 27 megapixels on its side", tape(&receipt, across(27.0), side)),
        ] {
            let parts = prepare_parts(&file, &PhotoLimits::default()).expect("a long photo");
            let bytes: usize = parts.iter().map(|part| part.bytes.len()).sum();
            assert!(parts.len() <= 8 && bytes <= 4_100_000, "{name} 1:{proportion}: {} parts, {bytes}", parts.len());
            let text: String = parts.iter().map(|part| read(&part.bytes)).collect();
            let lost = missing(&receipt, &text);
            if !lost.is_empty() {
                failures.push(format!("{name} 1:{proportion}: {lost:?} not in\n{text}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
