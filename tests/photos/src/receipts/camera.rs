//! The file that a phone's camera writes: JPEG, stored as the sensor lay, with everything in its EXIF that must not be uploaded.

use image::RgbImage;
use image::imageops::{rotate90, rotate180, rotate270};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// The serial number in every photo's EXIF and maker note, to be looked for in uploads (S4).
pub const CAMERA_SERIAL: &str = "SN-4711-0815";

/// Stores an upright picture the way a camera does whose sensor lay as `orientation` says (EXIF: 1, 3, 6 or 8).
pub(super) fn file(upright: RgbImage, orientation: u8, quality: u8) -> Vec<u8> {
    let stored = match orientation {
        3 => rotate180(&upright),
        6 => rotate270(&upright),
        8 => rotate90(&upright),
        _ => upright,
    };
    let edge = |pixels: u32| u16::try_from(pixels).expect("a photo's edge is below 65,536");
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let exif = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
    encoder.add_app_segment(1, exif).expect("EXIF is small");
    encoder
        .encode(stored.as_raw(), edge(stored.width()), edge(stored.height()), ColorType::Rgb)
        .expect("the buffer has the picture's size");
    bytes
}

/// A little-endian TIFF block (EXIF 2.32): the picture's directory, the camera's, and the position's.
fn exif(orientation: u8) -> Vec<u8> {
    let text = |value: &str| [value.as_bytes(), b"\0"].concat();
    let ratios =
        |values: &[u32]| values.iter().flat_map(|v| [v.to_le_bytes(), 1_u32.to_le_bytes()]).flatten().collect();
    let maker_note = text(&format!("EXAMPLE CORP {CAMERA_SERIAL} face-detect off"));
    let camera = [
        Entry::new(0x9003, ASCII, text("2026:03:14 12:30:00")),
        Entry::new(0x927C, UNDEFINED, maker_note),
        Entry::new(0xA431, ASCII, text(CAMERA_SERIAL)),
    ];
    // A place in the North Sea, where no café is.
    let position = [
        Entry::new(0x0001, ASCII, text("N")),
        Entry::new(0x0002, RATIONAL, ratios(&[55, 30, 15])),
        Entry::new(0x0003, ASCII, text("E")),
        Entry::new(0x0004, RATIONAL, ratios(&[4, 20, 45])),
        Entry::new(0x001D, ASCII, text("2026:03:14")),
    ];
    let directory = |camera_at: u32, position_at: u32| {
        [
            Entry::new(0x010F, ASCII, text("Example Corp")),
            Entry::new(0x0110, ASCII, text("Example Phone 12")),
            Entry::new(0x0112, SHORT, u16::from(orientation).to_le_bytes().to_vec()),
            Entry::new(0x0131, ASCII, text("Example Camera 3.1")),
            Entry::new(0x8769, LONG, camera_at.to_le_bytes().to_vec()),
            Entry::new(0x8825, LONG, position_at.to_le_bytes().to_vec()),
        ]
    };
    // The offsets take the same room whatever they are, so the first directory's size is known before they are.
    let camera_at = 8 + written(&directory(0, 0), 8).len() as u32;
    let position_at = camera_at + written(&camera, camera_at).len() as u32;
    let mut block = b"II\x2A\0\x08\0\0\0".to_vec();
    block.extend(written(&directory(camera_at, position_at), 8));
    block.extend(written(&camera, camera_at));
    block.extend(written(&position, position_at));
    block
}

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;
const UNDEFINED: u16 = 7;

struct Entry {
    tag: u16,
    kind: u16,
    value: Vec<u8>,
}

impl Entry {
    fn new(tag: u16, kind: u16, value: Vec<u8>) -> Self {
        Self { tag, kind, value }
    }

    fn count(&self) -> u32 {
        let unit = match self.kind {
            SHORT => 2,
            LONG => 4,
            RATIONAL => 8,
            _ => 1,
        };
        (self.value.len() / unit) as u32
    }
}

/// A directory that starts at `at`, followed by the values that do not fit into its entries.
fn written(entries: &[Entry], at: u32) -> Vec<u8> {
    let mut directory = (entries.len() as u16).to_le_bytes().to_vec();
    let mut values = Vec::new();
    let values_at = at + 2 + 12 * entries.len() as u32 + 4;
    for entry in entries {
        directory.extend(entry.tag.to_le_bytes());
        directory.extend(entry.kind.to_le_bytes());
        directory.extend(entry.count().to_le_bytes());
        if entry.value.len() <= 4 {
            directory.extend(&entry.value);
            directory.resize(directory.len() + 4 - entry.value.len(), 0);
        } else {
            directory.extend((values_at + values.len() as u32).to_le_bytes());
            values.extend(&entry.value);
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    directory.extend(0_u32.to_le_bytes());
    directory.extend(values);
    directory
}
