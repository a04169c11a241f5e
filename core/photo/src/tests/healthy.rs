//! JPEG files as cameras and programs write them, each of which is whole.

use jpeg_encoder::{ColorType, Encoder};

use super::super::samples::*;
use super::*;

/// The markers of a file with their segments' payloads; behind a scan's header stands its data.
fn parts(file: &[u8]) -> Vec<(u8, Vec<u8>, Vec<u8>)> {
    let mut parts = Vec::new();
    let mut at = 2;
    while file[at + 1] != 0xD9 {
        let end = at + 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
        let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7);
        let next = end + file[end..].windows(2).position(is_marker).unwrap();
        parts.push((file[at + 1], file[at + 4..end].to_vec(), file[end..next].to_vec()));
        at = next;
    }
    parts
}

fn file_with(parts: &[(u8, Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let parts = parts.iter().map(|(marker, payload, data)| [segment(*marker, &[payload]), data.clone()].concat());
    [&b"\xFF\xD8"[..], &parts.collect::<Vec<_>>().concat(), b"\xFF\xD9"].concat()
}

fn shows_quarters(name: &str, file: &[u8]) {
    let photo = prepare(file, &PhotoLimits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!((photo.width, photo.height), (48, 32), "{name}");
    let image = pixels(&photo);
    for (x, y, colour) in [(2, 2, RED), (45, 2, GREEN), (2, 29, BLUE), (45, 29, WHITE)] {
        assert!(looks_like(&image, x, y, colour), "{name}: {x}, {y}");
    }
}

/// The picture with a restart marker behind each unit.
fn with_restarts() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 90);
    encoder.set_restart_interval(1);
    encoder.encode(quarters(48, 32).as_raw(), 48, 32, ColorType::Rgb).unwrap();
    file
}

// U1, U5
#[test]
fn steps_of_sixteen_bits_are_read() {
    let mut parts = parts(&jpeg_of(quarters(48, 32)));
    for (marker, payload, _) in &mut parts {
        if *marker == 0xDB {
            let tables = payload.as_chunks::<65>().0;
            let wide = |table: &[u8; 65]| {
                [&[table[0] | 0x10][..], &table[1..].iter().flat_map(|&step| [0, step]).collect::<Vec<_>>()].concat()
            };
            *payload = tables.iter().flat_map(wide).collect();
        }
    }
    shows_quarters("in a baseline frame, as some cameras write it", &file_with(&parts));
    parts.iter_mut().filter(|(marker, ..)| *marker == 0xC0).for_each(|(marker, ..)| *marker = 0xC1);
    shows_quarters("in an extended frame", &file_with(&parts));
}

// U5
#[test]
fn a_height_behind_the_first_scan_is_read() {
    let mut parts = parts(&jpeg_of(quarters(48, 32)));
    let frame = parts.iter_mut().find(|(marker, ..)| *marker == 0xC0).unwrap();
    frame.1[1..3].copy_from_slice(&[0, 0]);
    let lines = |lines: &[u8]| (0xDC, lines.to_vec(), Vec::new());
    let with = |payload: &[u8]| file_with(&[&parts[..], &[lines(payload)]].concat());
    shows_quarters("DNL", &with(&[0, 32]));
    // One row of units more or less than there are.
    for wrong in [&[0, 16][..], &[0, 48], &[0, 0], &[0], &[]] {
        assert!(matches!(refused(&with(wrong)), PhotoError::Corrupt { .. }), "{wrong:?}");
    }
    assert!(matches!(refused(&file_with(&parts)), PhotoError::Corrupt { .. }), "no height at all");
    // Where the frame states the height, that counts.
    let known = [self::parts(&jpeg_of(quarters(48, 32))), vec![lines(&[0, 32])]].concat();
    shows_quarters("DNL besides", &file_with(&known));
}

// U1, U5
#[test]
fn coefficients_that_come_bit_by_bit_are_read() {
    shows_quarters("mozjpeg's scans", include_bytes!("fixtures/quarters-mozjpeg.jpg"));
    shows_quarters("refined scans", include_bytes!("fixtures/quarters-dc-refined.jpg"));
}

// U4, U5
#[test]
fn a_scan_for_each_colour_is_read_and_written_anew() {
    let file = include_bytes!("fixtures/quarters-three-scans.jpg");
    shows_quarters("three scans", file);
    assert!(prepared(file).re_encoded, "some decoders show other colours");
    // A progressive picture always has several.
    assert!(!prepared(include_bytes!("fixtures/quarters-mozjpeg.jpg")).re_encoded);
}

// U1, U5
#[test]
fn fill_bytes_may_stand_before_any_marker() {
    for clean in
        [jpeg_of(quarters(48, 32)), with_restarts(), include_bytes!("fixtures/quarters-dc-refined.jpg").to_vec()]
    {
        shows_quarters("without", &clean);
        let mut file = clean[..2].to_vec();
        for (at, &byte) in clean.iter().enumerate().skip(2) {
            if byte == 0xFF && clean.get(at + 1).is_some_and(|code| *code >= 0xC0 && *code != 0xFF) {
                file.extend([0xFF; 3]);
            }
            file.push(byte);
        }
        assert!(file.len() > clean.len() + 12);
        shows_quarters("with fill bytes", &file);
    }
}

// U1: the last byte of a run of data is filled with ones, by some cameras with zeros
#[test]
fn a_last_byte_filled_with_anything_else_is_damage() {
    // A flat block is six bits: no difference (00), end of block (1010).
    let grey = |width: u16, interval: u16| {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, 90);
        encoder.set_restart_interval(interval);
        encoder.encode(&vec![128; usize::from(width) * 8], width, 8, ColorType::Luma).unwrap();
        file
    };
    for (clean, data) in [(grey(8, 0), &b"\x2B\xFF\xD9"[..]), (grey(16, 1), b"\x2B\xFF\xD0\x2B\xFF\xD9")] {
        assert!(clean.ends_with(data), "{:?}", &clean[clean.len() - 8..]);
        let first = clean.len() - data.len();
        let with = |byte: u8| [&clean[..first], &[byte], &clean[first + 1..]].concat();
        assert!(!prepared(&clean).re_encoded);
        assert!(prepared(&with(0x28)).re_encoded, "zeros are not what every decoder expects");
        for byte in [0x29, 0x2A] {
            assert!(matches!(refused(&with(byte)), PhotoError::Corrupt { .. }), "{byte:02X}");
        }
    }
}
