//! Files for the tests: small pictures in every format, with every kind of metadata that must not survive.

use std::io::Cursor;

use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat as Codec, Rgb, RgbImage, Rgba, RgbaImage};

use super::jpeg;
use super::picture::{Channels, Picture};
use super::ycc::Ycc;

/// Stands in every piece of metadata below, so that one search finds any of them in an upload.
pub(super) const CANARY: &[u8] = b"SERIAL-4711";

pub(super) const RED: [u8; 3] = [220, 30, 30];
pub(super) const GREEN: [u8; 3] = [30, 200, 30];
pub(super) const BLUE: [u8; 3] = [30, 30, 220];
pub(super) const WHITE: [u8; 3] = [250, 250, 250];

/// Red and green above blue and white: no turn or mirror of it looks like another.
pub(super) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    })
}

/// The hardest thing to compress.
pub(super) fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 0x2545_F491_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let [r, g, b, _] = state.to_le_bytes();
        Rgb([r, g, b])
    })
}

pub(super) fn jpeg_of(image: RgbImage) -> Vec<u8> {
    let (width, height) = image.dimensions();
    let picture = Picture { width, height, channels: Channels::Rgb, data: image.into_raw() };
    jpeg::encode(&Ycc::of(picture), 90).expect("a valid picture")
}

pub(super) fn file_of(image: impl Into<DynamicImage>, codec: Codec) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, codec).expect("a valid picture");
    bytes.into_inner()
}

/// One small clean file of each format.
pub(super) fn clean_files() -> Vec<(&'static str, Vec<u8>)> {
    let picture = quarters(24, 16);
    vec![
        ("JPEG", jpeg_of(picture.clone())),
        ("PNG", file_of(picture.clone(), Codec::Png)),
        ("GIF", gif_with(&[])),
        ("WebP", file_of(picture, Codec::WebP)),
    ]
}

/// A TIFF block as cameras write it: orientation, maker, a maker note with the serial number, and a position.
pub(super) fn exif(orientation: u8, big_endian: bool) -> Vec<u8> {
    let u16 = |value: u16| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let u32 = |value: u32| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let mut block: Vec<u8> = if big_endian { b"MM".into() } else { b"II".into() };
    block.extend(u16(42));
    block.extend(u32(8));
    let entry = |block: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        block.extend(u16(tag));
        block.extend(u16(kind));
        block.extend(u32(count));
        block.extend(value);
    };
    let length = CANARY.len() as u32;
    block.extend(u16(3));
    entry(&mut block, 0x010F, 2, length, u32(68));
    let [low, high] = u16(orientation.into());
    entry(&mut block, 0x0112, 3, 1, [low, high, 0, 0]);
    entry(&mut block, 0x8825, 4, 1, u32(50));
    block.extend(u32(0));
    assert_eq!(block.len(), 50);
    block.extend(u16(1));
    entry(&mut block, 0x0001, 2, 2, *b"N\0\0\0");
    block.extend(u32(0));
    assert_eq!(block.len(), 68);
    block.extend(CANARY);
    block
}

/// A marker segment.
pub(super) fn segment(marker: u8, parts: &[&[u8]]) -> Vec<u8> {
    let payload = parts.concat();
    let mut bytes = vec![0xFF, marker];
    bytes.extend((payload.len() as u16 + 2).to_be_bytes());
    bytes.extend(payload);
    bytes
}

pub(super) fn exif_segment(orientation: u8, big_endian: bool) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", &exif(orientation, big_endian)])
}

/// Inserts segments right behind a JPEG's start-of-image marker.
pub(super) fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

/// A PNG chunk with its checksum.
pub(super) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = (data.len() as u32).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(data);
    let crc = !bytes[4..].iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    bytes.extend(crc.to_be_bytes());
    bytes
}

/// Inserts chunks behind a PNG's header.
pub(super) fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

/// A GIF of one red pixel, as the specification's example writes it, with further blocks in front of the picture.
pub(super) fn gif_with(blocks: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\xDC\x1E\x1E\xFF\xFF\xFF".to_vec();
    bytes.extend(blocks.concat());
    bytes.extend(gif_frame());
    bytes.push(0x3B);
    bytes
}

pub(super) fn gif_frame() -> &'static [u8] {
    b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
}

/// A WebP in the extended form: the bitstream of a simple one, with further chunks behind.
pub(super) fn extended_webp(simple: &[u8], flags: u8, size: (u32, u32), chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    let mut header = vec![flags, 0, 0, 0];
    header.extend(&(size.0 - 1).to_le_bytes()[..3]);
    header.extend(&(size.1 - 1).to_le_bytes()[..3]);
    body.extend(riff(b"VP8X", &header));
    body.extend(&simple[12..]);
    for (kind, data) in chunks {
        body.extend(riff(kind, data));
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes
}

fn riff(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_vec();
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(data);
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

/// A picture half of which lets everything through, over colours that would show if alpha were ignored.
pub(super) fn half_transparent(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { Rgba([0, 0, 0, 0]) } else { Rgba([0, 0, 0, 255]) })
}

/// Puts a bomb's size into a JPEG's frame header.
pub(super) fn with_jpeg_size(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg.to_vec();
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a baseline frame");
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A profile of three primaries and a curve of one gamma (ICC.1:2022).
pub(super) fn profile(primaries: [[f32; 3]; 3], gamma: f32) -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes[16..24].copy_from_slice(b"RGB XYZ ");
    bytes.extend(6_u32.to_be_bytes());
    let fixed = |value: f32| ((value * 65536.0) as i32).to_be_bytes();
    let mut data = Vec::new();
    let start = 132 + 6 * 12;
    for (name, primary) in [b"rXYZ", b"gXYZ", b"bXYZ"].into_iter().zip(primaries) {
        bytes.extend(name);
        bytes.extend((start + data.len() as u32).to_be_bytes());
        bytes.extend(20_u32.to_be_bytes());
        data.extend(b"XYZ \0\0\0\0");
        primary.iter().for_each(|&value| data.extend(fixed(value)));
    }
    for name in [b"rTRC", b"gTRC", b"bTRC"] {
        bytes.extend(name);
        bytes.extend((start + 60).to_be_bytes());
        bytes.extend(16_u32.to_be_bytes());
    }
    data.extend(b"para\0\0\0\0\0\0\0\0");
    data.extend(fixed(gamma));
    bytes.extend(data);
    bytes
}

pub(super) const DISPLAY_P3: [[f32; 3]; 3] =
    [[0.5151, 0.2412, -0.0011], [0.292, 0.6922, 0.0419], [0.1571, 0.0666, 0.7841]];
pub(super) const SRGB: [[f32; 3]; 3] = [[0.4361, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141]];

/// A PNG with a colour profile.
pub(super) fn png_with_profile(picture: &DynamicImage, profile: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile.to_vec()).expect("PNG has profiles");
    picture.write_with_encoder(encoder).expect("a PNG");
    bytes
}
