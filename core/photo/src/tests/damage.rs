//! A damaged photo is refused as damaged, and a healthy one is not (P8).

use image::ImageFormat as Codec;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::super::samples::*;
use super::*;

/// A JPEG of soft shapes and sensor noise, with or without restart markers.
fn jpeg(interval: u16, progressive: bool) -> Vec<u8> {
    let noise = noise(160, 120).into_raw();
    let pixels: Vec<u8> = noise
        .iter()
        .enumerate()
        .map(|(at, noise)| {
            let (x, y) = ((at / 3 % 160) as f32, (at / 480) as f32);
            ((x / 17.0 + y / 29.0).sin() * 80.0 + 150.0) as u8 + noise % 24
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 85);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_restart_interval(interval);
    encoder.set_progressive(progressive);
    encoder.encode(&pixels, 160, 120, ColorType::Rgb).unwrap();
    bytes
}

fn scan_start(jpeg: &[u8]) -> usize {
    let at = jpeg.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]))
}

fn is_damaged(file: &[u8]) -> bool {
    matches!(prepare(file, &PhotoLimits::default()), Err(PhotoError::Corrupt { .. }))
}

// P8, U1
#[test]
fn a_jpeg_whose_middle_is_overwritten_is_damaged() {
    for (interval, progressive) in [(0, false), (1, false), (4, false), (0, true), (4, true)] {
        let clean = jpeg(interval, progressive);
        assert!(prepare(&clean, &PhotoLimits::default()).is_ok());
        let start = scan_start(&clean);
        let middle = start + (clean.len() - start) / 3;
        for length in [200, 600, 1500] {
            for fill in [0x00, 0x55, 0xAA, 0xFE, 0xFF] {
                let mut file = clean.clone();
                file[middle..middle + length].fill(fill);
                assert!(is_damaged(&file), "{interval} {progressive}: {length} of {fill:02X}");
            }
            let cut = [&clean[..middle], &clean[middle + length..]].concat();
            assert!(is_damaged(&cut), "{interval} {progressive}: {length} left out");
        }
    }
}

// P8, U1
#[test]
fn a_jpeg_cut_short_and_closed_is_damaged() {
    for (interval, progressive) in [(0, false), (4, false), (0, true), (4, true)] {
        let clean = jpeg(interval, progressive);
        let start = scan_start(&clean);
        // The last byte may hold padding alone.
        for length in (start..clean.len() - 3).step_by(131) {
            let file = [&clean[..length], b"\xFF\xD9"].concat();
            assert!(is_damaged(&file), "{interval} {progressive}: {length} of {}", clean.len());
        }
    }
}

// P8, U1
#[test]
fn a_jpeg_with_a_scan_missing_is_damaged() {
    let clean = jpeg(0, true);
    let scans: Vec<usize> =
        clean.windows(2).enumerate().filter(|(_, pair)| *pair == [0xFF, 0xDA]).map(|(at, _)| at).collect();
    assert!(scans.len() > 3);
    for &scan in &scans[1..] {
        assert!(is_damaged(&[&clean[..scan], b"\xFF\xD9"].concat()), "closed before the scan at {scan}");
    }
}

// P8, U1
#[test]
fn restart_markers_out_of_order_are_damage() {
    let clean = jpeg(4, false);
    let marker = |number: u8| clean.windows(2).position(|pair| pair == [0xFF, 0xD0 + number]).unwrap();
    let mut swapped = clean.clone();
    swapped[marker(2) + 1] = 0xD5;
    assert!(is_damaged(&swapped));
    let dropped = [&clean[..marker(2)], &clean[marker(3)..]].concat();
    assert!(is_damaged(&dropped), "one interval is missing");
}

#[test]
fn what_cameras_leave_around_the_data_is_no_damage() {
    let clean = jpeg(4, false);
    let end = clean.len() - 2;
    let with = |tail: &[u8]| [&clean[..end], tail, b"\xFF\xD9"].concat();
    for file in [
        with(&[0; 64]),
        with(&[0xFF; 7]),
        with(b"\x12\x34"),
        with(b"\xFF\xD7"),
        [&clean[..], &[0; 3000]].concat(),
        [&clean[..], &clean[..]].concat(),
        [&clean[..], b"\0\0\0\x18ftypmp42 a whole video"].concat(),
        with_segments(&clean, &[segment(0xE2, &[b"MPF\0II*\0"]), segment(0xFE, &[b"a\xFFb"])]),
    ] {
        let photo = prepared(&file);
        assert!(photo.re_encoded, "what is not plain is written anew");
        assert_eq!((photo.width, photo.height), (160, 120));
    }
}

/// The position and the length of the data of a PNG's or a WebP's chunk.
fn chunk_at(file: &[u8], kind: &[u8; 4], little_endian: bool) -> (usize, usize) {
    let at = file.windows(4).position(|window| window == kind).unwrap();
    let length = |at: usize| <[u8; 4]>::try_from(&file[at..at + 4]).unwrap();
    if little_endian {
        (at + 8, u32::from_le_bytes(length(at + 4)) as usize)
    } else {
        (at + 4, u32::from_be_bytes(length(at - 4)) as usize)
    }
}

// P8, U1
#[test]
fn a_png_whose_data_is_cut_or_changed_is_damaged() {
    let clean = file_of(noise(60, 40), Codec::Png);
    let (at, length) = chunk_at(&clean, b"IDAT", false);
    for kept in [0, 2, length / 4, length / 2, length - 30] {
        let file = [&clean[..at - 8], &chunk(b"IDAT", &clean[at..at + kept]), &clean[at + length + 4..]].concat();
        assert!(is_damaged(&file), "{kept} of {length}");
    }
    for place in [at + 40, at + length / 2, at + length + 1] {
        let mut file = clean.clone();
        file[place] ^= 0x10;
        assert!(is_damaged(&file), "changed at {place}");
    }
}

// P8, U1
#[test]
fn a_webp_whose_data_is_cut_is_damaged() {
    let clean = file_of(noise(60, 40), Codec::WebP);
    let (at, length) = chunk_at(&clean, b"VP8L", true);
    for kept in [10, length / 4, length / 2, length - 20] {
        let mut body = b"WEBPVP8L".to_vec();
        body.extend((kept as u32).to_le_bytes());
        body.extend(&clean[at..at + kept]);
        body.resize(body.len().next_multiple_of(2), 0);
        let file = [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat();
        assert!(is_damaged(&file), "{kept} of {length}");
    }
}

// P8, U1
#[test]
fn a_gif_whose_data_is_cut_is_damaged() {
    let clean = file_of(noise(60, 40), Codec::Gif);
    let image = (13..clean.len()).find(|&at| clean[at..].starts_with(b"\x2C\0\0\0\0\x3C\0\x28\0")).unwrap();
    let data = image + 10 + if clean[image + 9] & 0x80 != 0 { 3 << ((clean[image + 9] & 7) + 1) } else { 0 } + 1;
    let first = usize::from(clean[data]);
    let mut blocks = vec![data];
    while clean[*blocks.last().unwrap()] != 0 {
        let at = *blocks.last().unwrap();
        blocks.push(at + 1 + usize::from(clean[at]));
    }
    assert!(first == 255 && blocks.len() > 4);
    for &at in &blocks[1..blocks.len() - 2] {
        assert!(is_damaged(&[&clean[..at], b"\0\x3B"].concat()), "closed at {at}");
    }
}

/// Data that happens to hold as many blocks as what it replaced is seen by its values alone. So a share passes, half of it copied
/// from another place of the same scan. The crate's documentation says how much of the picture that changes.
#[test]
fn random_damage_is_found_but_for_three_in_a_hundred() {
    let mut random = noise(512, 512).into_raw().into_iter();
    let mut next = || u16::from_le_bytes([random.next().unwrap(), random.next().unwrap()]);
    for form in [(0, false), (4, false), (0, true)] {
        let clean = jpeg(form.0, form.1);
        let start = scan_start(&clean);
        let mut missed = 0;
        for number in 0..200_usize {
            let length = 64 + usize::from(next() % 400);
            let at = start + usize::from(next()) % (clean.len() - start - length - 2);
            let from = start + usize::from(next()) % (clean.len() - start - length - 2);
            let mut file = clean.clone();
            if number % 2 == 0 {
                file[at..at + length].fill_with(|| next() as u8);
            } else {
                file.copy_within(from..from + length, at);
            }
            missed += usize::from(file != clean && prepare(&file, &PhotoLimits::default()).is_ok());
        }
        assert!(missed <= 5, "{form:?}: {missed} of 200");
    }
}
