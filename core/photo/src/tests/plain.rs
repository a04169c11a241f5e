//! What passes untouched is what every decoder opens; and how a photo is turned and coloured whatever its spelling.

use image::{ImageFormat as Codec, RgbImage};

use super::super::samples::*;
use super::*;

#[test]
fn a_png_with_malformed_parts_is_written_anew() {
    let clean = file_of(quarters(24, 16), Codec::Png);
    let good = [
        chunk(b"pHYs", &[0, 0, 11, 19, 0, 0, 11, 19, 1]),
        chunk(b"gAMA", &45_455_u32.to_be_bytes()),
        chunk(b"cHRM", &[1; 32]),
        chunk(b"sRGB", &[0]),
        chunk(b"sBIT", &[8, 8, 8]),
    ];
    for one in &good {
        let file = with_chunks(&clean, std::slice::from_ref(one));
        assert!(!prepared(&file).re_encoded, "{}", one[4..8].escape_ascii());
        let twice = with_chunks(&clean, &[one.clone(), one.clone()]);
        assert!(prepared(&twice).re_encoded, "{} twice", one[4..8].escape_ascii());
        let mut wrong_sum = one.clone();
        *wrong_sum.last_mut().unwrap() ^= 1;
        let file = with_chunks(&clean, &[wrong_sum]);
        assert!(prepare(&file, &PhotoLimits::default()).map_or(true, |photo| photo.re_encoded));
        let behind = [&clean[..clean.len() - 12], one, &clean[clean.len() - 12..]].concat();
        assert!(prepared(&behind).re_encoded, "{} behind the pixels", one[4..8].escape_ascii());
    }
    for (kind, lengths) in
        [(b"pHYs", [0, 1, 8, 10]), (b"cHRM", [0, 4, 31, 33]), (b"gAMA", [0, 3, 5, 8]), (b"sRGB", [0, 2, 3, 4])]
    {
        for length in lengths {
            let file = with_chunks(&clean, &[chunk(kind, &vec![1; length])]);
            assert!(prepared(&file).re_encoded, "{} of {length}", kind.escape_ascii());
        }
    }
}

// U4: some decoders show sixteen bits of grey as white
#[test]
fn a_png_of_sixteen_bits_is_written_anew() {
    let picture = image::DynamicImage::from(quarters(24, 16));
    for wide in [picture.to_luma16().into(), image::DynamicImage::from(picture.to_rgb16())] {
        assert!(prepared(&file_of(wide, Codec::Png)).re_encoded);
    }
}

#[test]
fn a_jpeg_in_an_uncommon_form_is_written_anew() {
    let clean = jpeg_of(quarters(24, 16));
    assert!(!prepared(&clean).re_encoded);
    let frame = clean.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let mut extended = clean.clone();
    extended[frame + 1] = 0xC1;
    let scan = clean.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let fill = [&clean[..scan], b"\xFF", &clean[scan..]].concat();
    let garbage = [&clean[..scan], b"\x00\x01", &clean[scan..]].concat();
    let stray = [&clean[..scan], b"\xFF\xD3", &clean[scan..]].concat();
    let twice = with_segments(&clean, &[segment(0xE0, &[b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"])]);
    for (name, file) in
        [("SOF1", extended), ("fill", fill), ("garbage", garbage), ("marker", stray), ("two JFIF segments", twice)]
    {
        assert!(prepared(&file).re_encoded, "{name}");
    }
}

// a segment that ends before its last byte still is no reason to refuse a photo
#[test]
fn a_cut_adobe_segment_is_passed_over() {
    let clean = jpeg_of(quarters(64, 32));
    for length in [5, 6, 7, 11, 12, 30] {
        let mut payload = b"Adobe\0\x64\0\0\0\0\x01".to_vec();
        payload.resize(length, 0);
        let photo = prepared(&with_segments(&clean, &[segment(0xEE, &[&payload])]));
        assert!(photo.re_encoded && looks_like(&pixels(&photo), 2, 2, RED), "{length}");
    }
}

/// A TIFF block whose first directory holds one entry.
fn spelt(big_endian: bool, kind: u16, count: u32, value: [u8; 4], first: u32) -> Vec<u8> {
    let u16 = |value: u16| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let u32 = |value: u32| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let mut block: Vec<u8> = if big_endian { b"MM\0*".into() } else { b"II*\0".into() };
    block.extend(u32(first));
    block.resize(first as usize, 0);
    block.extend(u16(1));
    block.extend(u16(0x0112));
    block.extend(u16(kind));
    block.extend(u32(count));
    block.extend(value);
    block.extend(u32(0));
    block
}

// S4, U3
#[test]
fn an_orientation_counts_however_it_is_spelt() {
    let clean = jpeg_of(quarters(64, 32));
    let blocks = [
        ("SHORT", spelt(true, 3, 1, [0, 6, 0, 0], 8)),
        ("LONG", spelt(true, 4, 1, [0, 0, 0, 6], 8)),
        ("LONG, little-endian", spelt(false, 4, 1, [6, 0, 0, 0], 8)),
        ("BYTE", spelt(true, 1, 1, [6, 0, 0, 0], 8)),
        ("BYTE, little-endian", spelt(false, 1, 1, [6, 0, 0, 0], 8)),
        ("SBYTE", spelt(false, 6, 1, [6, 0, 0, 0], 8)),
        ("SSHORT", spelt(true, 8, 1, [0, 6, 0, 0], 8)),
        ("SLONG", spelt(true, 9, 1, [0, 0, 0, 6], 8)),
        ("FLOAT", spelt(true, 11, 1, 6.0_f32.to_be_bytes(), 8)),
        ("IFD", spelt(false, 13, 1, [6, 0, 0, 0], 8)),
        ("a type that does not exist", spelt(true, 0, 1, [0, 6, 0, 0], 8)),
        ("another", spelt(false, 77, 1, [6, 0, 0, 0], 8)),
        ("SHORT in the last two bytes", spelt(true, 3, 1, [0, 0, 0, 6], 8)),
        ("ASCII", spelt(false, 2, 2, *b"6\0\0\0", 8)),
        ("no count", spelt(false, 3, 0, [6, 0, 0, 0], 8)),
        ("two values", spelt(true, 3, 2, [0, 6, 0, 0], 8)),
        ("a directory further on", spelt(true, 3, 1, [0, 6, 0, 0], 101)),
    ];
    for (name, block) in &blocks {
        for prefix in [b"Exif\0\0", b"Exif\0\xFF", b"Exif\0\x01", b"EXIF\0\0"] {
            let photo = prepared(&with_segments(&clean, &[segment(0xE1, &[prefix, block])]));
            assert_eq!((photo.width, photo.height), (32, 64), "{name} behind {}", prefix.escape_ascii());
        }
        let png = with_chunks(&file_of(quarters(64, 32), Codec::Png), &[chunk(b"eXIf", block)]);
        assert_eq!(prepared(&png).height, 64, "{name} in a PNG");
        let webp = extended_webp(&file_of(quarters(64, 32), Codec::WebP), 8, (64, 32), &[(b"EXIF", block)]);
        assert_eq!(prepared(&webp).height, 64, "{name} in a WebP");
    }
}

// S4
#[test]
fn the_first_orientation_that_says_something_counts() {
    let clean = jpeg_of(quarters(64, 32));
    let height = |segments: &[Vec<u8>]| prepared(&with_segments(&clean, segments)).height;
    let xmp = segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"]);
    let empty = segment(0xE1, &[b"Exif\0\0"]);
    let broken = segment(0xE1, &[b"Exif\0\0II*\0\xFF\xFF\xFF\xFF"]);
    let zero = exif_segment(0, true);
    let (six, upright) = (exif_segment(6, false), exif_segment(1, true));
    for before in [&xmp, &empty, &broken, &zero] {
        assert_eq!(height(&[before.clone(), six.clone()]), 64);
    }
    assert_eq!(height(&[six.clone(), upright.clone()]), 64);
    assert_eq!(height(&[upright, six]), 32);
}

#[test]
fn the_colours_of_display_p3_become_srgb() {
    let picture = RgbImage::from_pixel(64, 32, image::Rgb([200, 60, 40]));
    let expected = [219, 37, 13];
    let icc = profile(DISPLAY_P3, 2.2);
    let jpeg = with_segments(&jpeg_of(picture.clone()), &[segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &icc])]);
    let (head, tail) = icc.split_at(100);
    let parts = [segment(0xE2, &[b"ICC_PROFILE\0\x02\x02", tail]), segment(0xE2, &[b"ICC_PROFILE\0\x01\x02", head])];
    let webp = extended_webp(&file_of(picture.clone(), Codec::WebP), 0x20, (64, 32), &[(b"ICCP", &icc)]);
    let png = png_with_profile(&picture.clone().into(), &icc);
    for file in [jpeg, with_segments(&jpeg_of(picture.clone()), &parts), webp, png] {
        let image::Rgb(colour) = pixels(&prepared(&file)).to_rgb8()[(20, 20)];
        assert!(colour.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 6), "{colour:?}");
    }
    for (name, kept) in [("sRGB", profile(SRGB, 2.2)), ("grey", [vec![0; 16], b"GRAYXYZ ".to_vec()].concat())] {
        let file = with_segments(&jpeg_of(picture.clone()), &[segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &kept])]);
        assert!(looks_like(&pixels(&prepared(&file)), 20, 20, [200, 60, 40]), "{name}");
    }
}

#[test]
fn naming_the_pixel_type_changes_no_pixel() {
    use fast_image_resize::images::{Image, ImageRef};
    use fast_image_resize::{PixelType, Resizer, pixels::U8x3};
    let source = noise(97, 61);
    let mut expected = Image::new(40, 25, PixelType::U8x3);
    let view = ImageRef::new(97, 61, source.as_raw(), PixelType::U8x3).unwrap();
    Resizer::new().resize(&view, &mut expected, None).unwrap();
    let ours = picture::shrunk::<U8x3>(source.as_raw(), (97, 61), picture::Area::whole((97, 61)), (40, 25)).unwrap();
    assert_eq!(ours, expected.into_vec());
}
