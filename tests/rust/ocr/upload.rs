//! What a model could still read after a photo was prepared for upload, told by a reader that guesses nothing: tesseract.
//!
//! Ignored by default, because it needs a program that is not Rust's to bring: `scripts/test ocr` provisions it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use aipass::photo::{PhotoLimits, prepare};
use aipass_photo_tests::receipts::{CAMERA_SERIAL, ORIENTATIONS, Photo, Receipt, Style};
use aipass_photo_tests::tesseract::read;

/// Ten photos in each of the four orientations, eight in each of the five styles.
const PHOTOS: u64 = 40;

/// Of the four fields of each photo, so many may be unread in the full-size original as well.
const MAX_UNREAD: usize = 2;

/// Does work with each number below `count`, on as many threads as the machine runs at once.
pub(super) fn side_by_side<T: Send>(count: u64, work: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let next = AtomicU64::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    let result = work(number);
                    done.lock().expect("no thread panicked").push(result);
                }
            });
        }
    });
    done.into_inner().expect("no thread panicked")
}

/// A field of a receipt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Field {
    Merchant,
    Date,
    Total,
    Currency,
}

/// The fields that cannot be found in what was read, each with its value.
pub(super) fn missing(receipt: &Receipt, text: &str) -> Vec<(Field, String)> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let packed = |text: &str| text.split_whitespace().collect::<String>();
    let truth = receipt.truth();
    let total = receipt.style.money(receipt.total_cents());
    let number: String = total.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let sign = packed(&total).replace(&number, "");
    let date = receipt.style.date(receipt.date);
    let total_line = text.lines().map(packed).find(|line| {
        let line = line.to_lowercase();
        line.contains("summe") && !line.contains("zwischen")
            || line.contains("total") && !line.contains("subtotal") && !line.contains("zwischen")
    });

    let found = [
        (letters(text).contains(&letters(&truth.merchant)), Field::Merchant, truth.merchant),
        (packed(text).contains(&packed(&date)), Field::Date, date),
        (total_line.is_some_and(|line| line.contains(&number)), Field::Total, number),
        (text.contains(&sign), Field::Currency, sign),
    ];
    found.into_iter().filter(|(found, ..)| !found).map(|(_, field, value)| (field, value)).collect()
}

/// What OCR reads in one photo.
struct Reading {
    /// Fields that it reads in the original and not in the upload.
    lost: Option<String>,
    /// Fields that it reads in neither.
    unread: Vec<String>,
}

fn reading(seed: u64) -> Reading {
    let receipt = Receipt::random(seed, Style::ALL[(seed % 5) as usize]);
    let photo = Photo::random(seed);
    let file = photo.of(&receipt);
    let upload = prepare(&file, &PhotoLimits::default()).expect("a camera's photo");
    assert_eq!((upload.original_width, upload.original_height), (photo.width, photo.height));
    // Half of 4032: the smallest that a photo of this size becomes.
    assert_eq!(upload.width.max(upload.height), 2016);
    assert!(upload.bytes.len() <= 800 * 1024);
    let serial = CAMERA_SERIAL.as_bytes();
    assert!(!upload.bytes.windows(serial.len()).any(|part| part == serial), "the serial number is uploaded");

    let text = read(&upload.bytes);
    let missing = missing(&receipt, &text);
    if missing.is_empty() {
        return Reading { lost: None, unread: Vec::new() };
    }
    let full = PhotoLimits { max_edge: 8192, max_bytes: 20_000_000, ..PhotoLimits::default() };
    let original = read(&prepare(&file, &full).expect("a camera's photo").bytes);
    let unread_there = self::missing(&receipt, &original);
    let (unread, lost): (Vec<_>, Vec<_>) = missing.into_iter().partition(|field| unread_there.contains(field));
    Reading {
        lost: (!lost.is_empty())
            .then(|| format!("seed {seed}, orientation {}: {lost:?} not in\n{text}", photo.orientation)),
        unread: unread.iter().map(|field| format!("seed {seed}: {field:?}")).collect(),
    }
}

// S4: the upload can be read like the original
#[test]
#[ignore = "needs tesseract: scripts/test ocr"]
fn every_field_is_read_in_the_upload_of_a_12_megapixel_photo() {
    assert_eq!(PHOTOS % ORIENTATIONS.len() as u64, 0, "all orientations alike");
    let readings = side_by_side(PHOTOS, reading);
    let lost: Vec<&str> = readings.iter().filter_map(|reading| reading.lost.as_deref()).collect();
    let unread: Vec<&str> = readings.iter().flat_map(|reading| &reading.unread).map(String::as_str).collect();
    println!("{} of {} fields are read in no size: {unread:?}", unread.len(), 4 * PHOTOS);
    assert!(lost.is_empty(), "{} of {PHOTOS} photos:\n{}", lost.len(), lost.join("\n"));
    // More would say that the photos or the reader changed, and that little is proven.
    assert!(unread.len() <= MAX_UNREAD, "{unread:?}");
}
