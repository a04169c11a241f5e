//! Upright, and nothing left of what a camera notes down (S4).

use image::{ImageFormat as Codec, RgbImage};

use super::super::samples::*;
use super::*;

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Nothing that any metadata starts with, nor the canary in it.
fn has_no_metadata(bytes: &[u8]) -> bool {
    let signs: [&[u8]; 15] = [
        CANARY,
        b"Exif",
        b"GPS",
        b"http://ns.adobe.com",
        b"ICC_PROFILE",
        b"Photoshop",
        b"tEXt",
        b"zTXt",
        b"iTXt",
        b"eXIf",
        b"iCCP",
        b"tIME",
        b"EXIF",
        b"XMP ",
        b"ICCP",
    ];
    let clean = signs.iter().all(|sign| !contains(bytes, sign));
    if bytes.starts_with(b"\xFF\xD8") { clean && only_pixel_segments(bytes) } else { clean }
}

/// Walks the segments up to the scan: JFIF without thumbnail, tables, frame. The rest must be one scan.
fn only_pixel_segments(jpeg: &[u8]) -> bool {
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        let known = matches!(jpeg[at + 1], 0xC0 | 0xC4 | 0xDB | 0xDD) || (jpeg[at + 1] == 0xE0 && length == 16);
        if jpeg[at] != 0xFF || !known {
            return false;
        }
        at += 2 + length;
    }
    let markers = jpeg[at + 2..].windows(2).filter(|pair| pair[0] == 0xFF && pair[1] != 0);
    markers.map(|pair| pair[1]).eq([0xD9]) && jpeg.ends_with(b"\xFF\xD9")
}

// S4
#[test]
fn every_exif_orientation_comes_out_upright() {
    let (width, height) = (64, 32);
    let upright = quarters(width, height);
    for orientation in 1..=8_u8 {
        // EXIF 2.32, 4.6.5.1.6: which side of the scene the stored rows and columns start at.
        let turned = orientation >= 5;
        let (stored_width, stored_height) = if turned { (height, width) } else { (width, height) };
        let stored = RgbImage::from_fn(stored_width, stored_height, |column, row| {
            let (x, y) = match orientation {
                1 => (column, row),
                2 => (width - 1 - column, row),
                3 => (width - 1 - column, height - 1 - row),
                4 => (column, height - 1 - row),
                5 => (row, column),
                6 => (width - 1 - row, column),
                7 => (width - 1 - row, height - 1 - column),
                _ => (row, height - 1 - column),
            };
            upright[(x, y)]
        });
        for big_endian in [false, true] {
            let photo = prepared(&with_segments(&jpeg_of(stored.clone()), &[exif_segment(orientation, big_endian)]));
            let image = pixels(&photo);
            assert_eq!((photo.width, photo.height), (width, height), "orientation {orientation}");
            assert_eq!((photo.original_width, photo.original_height), (width, height));
            let corners = [(2, 2, RED), (61, 2, GREEN), (2, 29, BLUE), (61, 29, WHITE)];
            for (x, y, colour) in corners {
                assert!(looks_like(&image, x, y, colour), "orientation {orientation} at {x},{y}");
            }
            assert!(photo.re_encoded && has_no_metadata(&photo.bytes));
        }
    }
}

// S4
#[test]
fn turning_and_shrinking_agree_about_width_and_height() {
    let limits = PhotoLimits { max_edge: 40, ..PhotoLimits::default() };
    let file = with_segments(&jpeg_of(quarters(120, 60)), &[exif_segment(6, false)]);
    let photo = prepare(&file, &limits).unwrap();
    assert_eq!((photo.width, photo.height), (20, 40));
    assert_eq!((photo.original_width, photo.original_height), (60, 120));
    // Turned clockwise, what was below on the left is above on the left.
    let image = pixels(&photo);
    assert!(looks_like(&image, 2, 3, BLUE) && looks_like(&image, 17, 3, RED));
    assert!(looks_like(&image, 2, 36, WHITE) && looks_like(&image, 17, 36, GREEN));
}

// S4
#[test]
fn an_orientation_that_makes_no_sense_is_upright() {
    for orientation in [0, 9, 255] {
        let photo = prepared(&with_segments(&jpeg_of(quarters(64, 32)), &[exif_segment(orientation, true)]));
        assert_eq!((photo.width, photo.height), (64, 32));
        assert!(photo.re_encoded && has_no_metadata(&photo.bytes));
    }
}

// S4
#[test]
fn no_metadata_of_a_jpeg_survives() {
    let clean = jpeg_of(quarters(64, 32));
    let segments = [
        exif_segment(1, true),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", CANARY]),
        segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", CANARY]),
        segment(0xE2, &[b"MPF\0", CANARY]),
        segment(0xED, &[b"Photoshop 3.0\0", CANARY]),
        segment(0xE5, &[b"Ducky", CANARY]),
        segment(0xFE, &[CANARY]),
        segment(0xE0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01", CANARY]),
    ];
    for one in &segments {
        let photo = prepared(&with_segments(&clean, std::slice::from_ref(one)));
        assert!(photo.re_encoded && has_no_metadata(&photo.bytes), "segment {:02X}", one[1]);
    }
    assert!(has_no_metadata(&prepared(&with_segments(&clean, &segments)).bytes));
}

// S4
#[test]
fn what_a_phone_hides_behind_the_end_of_a_jpeg_is_gone() {
    let clean = jpeg_of(quarters(64, 32));
    for tail in [CANARY, b"\0", clean.as_slice()] {
        let photo = prepared(&[&clean, tail].concat());
        assert!(photo.re_encoded && has_no_metadata(&photo.bytes));
    }
}

// S4
#[test]
fn no_metadata_of_a_png_survives() {
    let clean = file_of(quarters(64, 32), Codec::Png);
    let chunks = [
        chunk(b"tEXt", &[b"Comment\0", CANARY].concat()),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", CANARY].concat()),
        chunk(b"eXIf", &exif(1, true)),
        chunk(b"tIME", b"\x07\xEA\x03\x04\x05\x06\x07"),
        chunk(b"prVt", CANARY),
    ];
    for one in &chunks {
        let photo = prepared(&with_chunks(&clean, std::slice::from_ref(one)));
        assert!(photo.re_encoded && has_no_metadata(&photo.bytes), "{}", one[4..8].escape_ascii());
    }
    assert!(prepared(&[&clean, CANARY].concat()).re_encoded);
}

// S4
#[test]
fn no_metadata_of_a_gif_survives() {
    let comment = [b"\x21\xFE\x0B", CANARY, b"\0"].concat();
    let application = [b"\x21\xFF\x0BXMP DataXMP\x0B", CANARY, b"\0"].concat();
    for block in [comment, application] {
        let photo = prepared(&gif_with(&[&block]));
        assert!(photo.re_encoded && has_no_metadata(&photo.bytes));
    }
}

// S4
#[test]
fn no_metadata_of_a_webp_survives_and_its_orientation_counts() {
    let simple = file_of(quarters(64, 32), Codec::WebP);
    let turned = exif(6, false);
    let prefixed = [b"Exif\0\0", turned.as_slice()].concat();
    for block in [turned.as_slice(), &prefixed] {
        let photo = prepared(&extended_webp(&simple, 0x08, (64, 32), &[(b"EXIF", block)]));
        assert_eq!((photo.width, photo.height), (32, 64));
        assert!(photo.re_encoded && has_no_metadata(&photo.bytes));
    }
    for kind in [b"XMP ", b"ICCP", b"ABCD"] {
        let photo = prepared(&extended_webp(&simple, 0, (64, 32), &[(kind, CANARY)]));
        assert!(photo.re_encoded && has_no_metadata(&photo.bytes));
    }
}
