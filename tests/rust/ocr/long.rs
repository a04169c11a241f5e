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
        // As large as a phone's camera makes it; larger ones are refused, because they take too much memory.
        let across = (12_000_000.0_f32 / proportion).sqrt() as u32;
        for (name, file) in [
            ("screenshot", screenshot(&receipt, 1080)),
            ("tape", tape(&receipt, across.min(1500), 1)),
            ("tape on its side", tape(&receipt, across.min(1200), 6)),
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
