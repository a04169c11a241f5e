//! What a file is, before any decoder sees it: its format, its size, how it is turned, and whether it holds anything
//! besides one picture.
//!
//! These parsers walk the containers only. They allocate no more than a colour profile, and read each byte once at most.

mod exif;
mod gif;
mod jpeg;
mod png;
mod prefix_code;
mod vp8l;
mod webp;

use image::metadata::Orientation;

use super::{ImageFormat, PhotoError};

/// What a file's container says.
#[derive(Debug)]
pub(super) struct Facts {
    /// Width in pixels, as stored.
    pub width: u32,
    /// Height in pixels, as stored.
    pub height: u32,
    /// What to do to the stored pixels so that they stand upright.
    pub orientation: Orientation,
    /// True where the file holds one picture in the plainest form of its format, part by part known and well formed, and
    /// nothing else: no metadata, no second frame, no thumbnail, no unknown or malformed part, nothing behind the end. Every
    /// decoder opens such a file.
    pub nothing_but_pixels: bool,
    /// The colour profile, if the file holds it as it is; in a PNG it is compressed, and the decoder has it.
    pub profile: Vec<u8>,
    /// Memory that the decoder takes for each pixel besides the decoded picture, in bytes.
    pub extra_per_pixel: u64,
    /// Memory that the decoder takes for code tables, in bytes.
    pub tables: u64,
}

impl Facts {
    pub(super) fn is_upright(&self) -> bool {
        self.orientation == Orientation::NoTransforms
    }
}

/// Counts what the decoder takes for code tables. Not a part of [`probe`], because it takes time and memory for each pixel: first
/// check how many there are.
pub(super) fn count_tables(format: ImageFormat, input: &[u8], facts: &mut Facts) -> Result<(), PhotoError> {
    if format == ImageFormat::WebP {
        facts.tables = webp::table_bytes(input, (facts.width, facts.height))?;
    }
    Ok(())
}

/// Recognises the format and reads the container.
pub(super) fn probe(input: &[u8]) -> Result<(ImageFormat, Facts), PhotoError> {
    if input.starts_with(b"\xFF\xD8\xFF") {
        Ok((ImageFormat::Jpeg, jpeg::facts(input)?))
    } else if input.starts_with(png::SIGNATURE) {
        Ok((ImageFormat::Png, png::facts(input)?))
    } else if input.starts_with(b"GIF87a") || input.starts_with(b"GIF89a") {
        Ok((ImageFormat::Gif, gif::facts(input)?))
    } else if input.starts_with(b"RIFF") && input.get(8..12) == Some(b"WEBP") {
        Ok((ImageFormat::WebP, webp::facts(input)?))
    } else {
        Err(unsupported(input))
    }
}

const ASK_FOR_JPEG: &str = "ask the camera or the picker for JPEG";
const CONVERT: &str = "convert it to JPEG, PNG, GIF or WebP";

/// Names a format that is not taken.
fn unsupported(input: &[u8]) -> PhotoError {
    let unknown = ("unknown format", "hand over the bytes of a JPEG, PNG, GIF or WebP file");
    let (format, advice) = named(input).unwrap_or(unknown);
    PhotoError::Unsupported { format, advice }
}

/// A format that is known by name only, and what to do.
fn named(input: &[u8]) -> Option<(&'static str, &'static str)> {
    let is = |magic: &[u8]| input.starts_with(magic);
    Some(if input.get(4..8) == Some(b"ftyp") {
        iso_media(input)
    } else if is(b"II*\0") || is(b"MM\0*") {
        ("TIFF", "ask the camera for JPEG, not raw or DNG")
    } else if is(b"BM") {
        ("BMP", CONVERT)
    } else if is(b"%PDF") {
        ("PDF", "render the page to PNG or JPEG")
    } else if is(b"\xFF\x0A") || is(b"\0\0\0\x0CJXL ") {
        ("JPEG XL", ASK_FOR_JPEG)
    } else if is(b"\0\0\0\x0CjP  ") || is(b"\xFF\x4F\xFF\x51") {
        ("JPEG 2000", CONVERT)
    } else if is(b"<svg") || is(b"<?xml") {
        ("SVG", "render it to PNG")
    } else {
        return None;
    })
}

/// Brands that stand behind so many bytes are not read.
pub const MAX_FTYP_BYTES: usize = 256;

/// Still pictures and bursts in HEIF (ISO/IEC 23008-12), with HEVC or an unnamed codec.
const HEIF_BRANDS: [&[u8]; 15] = [
    b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"heif", b"mif1", b"mif2", b"mif3",
    b"msf1", b"miaf", b"MiHE",
];

/// The picture format of these first bytes of a file, if it is one: for inputs that must not be pictures.
pub fn picture_format(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(b"\xFF\xD8\xFF") {
        Some("JPEG")
    } else if start.starts_with(png::SIGNATURE) {
        Some("PNG")
    } else if start.starts_with(b"GIF8") {
        Some("GIF")
    } else if start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP") {
        Some("WebP")
    } else {
        Some(named(start)?.0).filter(|format| *format != "video")
    }
}

/// Tells the formats of the ISO base media family (ISO/IEC 14496-12) apart by the brands in the `ftyp` box.
///
/// `mif1` and similar brands only say that it is HEIF. The compatible brands that follow name the codec.
fn iso_media(input: &[u8]) -> (&'static str, &'static str) {
    let end = be32(input, 0).map_or(16, |size| (size as usize).clamp(16, MAX_FTYP_BYTES)).min(input.len());
    let brands = || input.get(8..end).unwrap_or_default().chunks_exact(4).enumerate().filter(|(at, _)| *at != 1);
    let any = |wanted: &[&[u8]]| brands().any(|(_, brand)| wanted.contains(&brand));
    if any(&[b"avif", b"avis", b"avio"]) {
        ("AVIF", ASK_FOR_JPEG)
    } else if any(&HEIF_BRANDS) {
        ("HEIC", ASK_FOR_JPEG)
    } else if any(&[b"crx "]) {
        ("Canon raw", ASK_FOR_JPEG)
    } else {
        ("video", "hand over a photo, or one frame of it as JPEG")
    }
}

pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(array(bytes, at)?))
}

pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(array(bytes, at)?))
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(array(bytes, at)?))
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = array(bytes, at)?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(array(bytes, at)?))
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}
