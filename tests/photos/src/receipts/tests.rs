use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, codecs::jpeg::JpegDecoder};

use super::*;

fn small(seed: u64, orientation: u8) -> Photo {
    Photo { orientation, width: 300, height: 400, ..Photo::random(seed) }
}

#[test]
fn the_same_seed_makes_the_same_photo() {
    let file = |seed: u64| small(seed, 1).of(&Receipt::random(seed, Style::Irish));
    assert!(file(3) == file(3));
    assert!(file(3) != file(4));
}

#[test]
fn the_total_is_the_sum_and_the_tax() {
    for seed in 0..200 {
        let receipt = Receipt::random(seed, Style::ALL[seed as usize % 5]);
        let truth = receipt.truth();
        let cents: u32 = truth.amount.replace('.', "").parse().unwrap();
        assert_eq!(cents, receipt.items.iter().map(|item| item.cents).sum::<u32>() + receipt.added_tax_cents);
        assert_eq!(receipt.added_tax_cents > 0, truth.currency == "USD");
        assert!(receipt.date.day > 12, "a day that cannot be a month");
    }
}

#[test]
fn money_and_dates_are_written_as_in_their_country() {
    let day = Date { year: 2026, month: 3, day: 24 };
    let written = Style::ALL.map(|style| format!("{} {}", style.money(1240), style.date(day)));
    assert_eq!(
        written,
        ["12,40 € 24.03.2026", "€12.40 24/03/2026", "$12.40 03/24/2026", "£12.40 24 Mar 2026", "CHF 12.40 24.03.2026"]
    );
}

#[test]
fn photos_are_stored_as_the_sensor_lay_with_a_position_and_a_serial_number() {
    let receipt = Receipt::random(1, Style::German);
    let upright = image::load_from_memory(&small(1, 1).of(&receipt)).unwrap();
    for orientation in ORIENTATIONS {
        let file = small(1, orientation).of(&receipt);
        let mut decoder = JpegDecoder::new(Cursor::new(&file)).unwrap();
        let stated = decoder.orientation().unwrap();
        assert_eq!(Some(stated), Orientation::from_exif(orientation));
        assert!(file.windows(CAMERA_SERIAL.len()).filter(|part| *part == CAMERA_SERIAL.as_bytes()).count() == 2);

        let mut turned = image::load_from_memory(&file).unwrap();
        turned.apply_orientation(stated);
        let difference: u64 =
            upright.to_luma8().iter().zip(turned.to_luma8().iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        assert!(difference / (300 * 400) < 4, "orientation {orientation} shows another picture");
    }
}
