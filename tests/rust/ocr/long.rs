//! A long receipt stays readable: what is read in the original is read in what is uploaded.

use aipass::photo::{PhotoLimits, prepare_parts};
use aipass_photo_tests::receipts::{Receipt, Style, lengthened, screenshot, tape};
use aipass_photo_tests::tesseract::read;

use super::upload::{missing, side_by_side};

const PROPORTIONS: [f32; 5] = [3.0, 4.0, 6.0, 9.0, 12.0];

// U6, P8: the upload can be read like the original
#[test]
#[ignore = "needs tesseract: scripts/test ocr"]
fn every_field_is_read_in_the_parts_of_a_long_receipt() {
    let failures = side_by_side(PROPORTIONS.len() as u64, failures).concat();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What is not read of a receipt of one proportion, in each form.
fn failures(number: u64) -> Vec<String> {
    let proportion = PROPORTIONS[number as usize];
    let receipt = lengthened(Receipt::random(700 + number, Style::ALL[number as usize]), proportion);
    // Width of a tape that fills a photo of so many megapixels.
    let across = |megapixels: f32| (megapixels * 1e6 / proportion).sqrt() as u32;
    let (upright, side) = if number.is_multiple_of(2) { (1, 6) } else { (3, 8) };
    let forms = [
        ("screenshot", screenshot(&receipt, 1080)),
        ("tape of 12 megapixels", tape(&receipt, across(12.0), 1)),
        ("tape of 27 megapixels", tape(&receipt, across(27.0), upright)),
        ("tape of 12 megapixels on its side", tape(&receipt, across(12.0), side)),
        ("tape of 27 megapixels on its side", tape(&receipt, across(27.0), side)),
    ];
    let mut failures = Vec::new();
    for (name, file) in forms {
        let parts = prepare_parts(&file, &PhotoLimits::default()).expect("a long photo");
        let bytes: usize = parts.iter().map(|part| part.bytes.len()).sum();
        assert!(parts.len() <= 8 && bytes <= 4_100_000, "{name} 1:{proportion}: {} parts, {bytes}", parts.len());
        let text: String = parts.iter().map(|part| read(&part.bytes)).collect();
        let lost = missing(&receipt, &text);
        if !lost.is_empty() {
            failures.push(format!("{name} 1:{proportion}: {lost:?} not in\n{text}"));
        }
    }
    failures
}
