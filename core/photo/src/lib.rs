//! From a camera file to an upload: probe, decode, turn upright, shrink, encode.
//!
//! A camera's file is too big to send. Its pixels are often stored on their side, and it holds the place and the camera's serial
//! number. [`prepare`] makes of it what a vision model needs: upright pixels, at most 2048 on the longer edge and 800 KB by
//! default, and no metadata: no EXIF, GPS, XMP, ICC profile, comment or PNG text.
//! [`prepare_parts`] does the same, and cuts a long photo, such as a paper tape, into overlapping parts.
//!
//! * **In**: JPEG, PNG, GIF (the first frame) and WebP. Other formats are refused by name, such as HEIC and AVIF,
//!   which many phones write by default.
//! * **Out**: JPEG. A photo that is already small, upright, opaque, without metadata, and in a form that every decoder reads
//!   comes back unchanged, in its own format.
//! * **Size**: of a JPEG 1/2, 1/4 or 1/8 is taken without resampling if it is at most a sixteenth smaller than it may be: 2016 pixels
//!   instead of 2048 for most phones' photos. The upload is not larger than a JPEG that it is made of, where quality allows that.
//! * **Upright**: by the first EXIF block that states an orientation, stored as any number type. An orientation in XMP alone
//!   is not read, as in web browsers.
//! * **Colour**: 8-bit RGB or grey. Sixteen bits are cut to eight, CMYK becomes RGB by plain arithmetic, transparency goes onto
//!   white. A profile of primaries and curves, such as Display P3 or Adobe RGB, is applied: the upload is sRGB. Not applied
//!   are profiles of tables, those of grey and CMYK pictures, and what EXIF, `gAMA`, `cHRM` or `cICP` say on colour.
//! * **Damage**: refused where it can be seen. In a JPEG each code, value, block, restart marker, scan and padding bit must be
//!   there and possible; in a PNG the checksums hold. See [What damage stays unseen](self#what-damage-stays-unseen).
//! * **Memory**: at most 160 MB beside the file, counted with the decoders' own buffers, or the photo is refused before it is
//!   decoded. A JPEG is shrunk row by row while it is decoded. One of any size that phones write takes 6 to 30 MB, a
//!   progressive one up to 155 MB, such as a tape of 1500 × 18078 pixels. PNG, GIF and WebP are decoded whole: at most about
//!   35 million pixels of a PNG (27 million with transparency), 20 million of a lossless WebP.
//! * **Hostile bytes**: sizes are read by this module's own small parsers and checked before any decoder runs, and whatever is
//!   wrong is a [`PhotoError`]. No panic, no unbounded allocation.
//!
//! There is no I/O, no clock and no thread. It takes tens to hundreds of milliseconds for a camera's photo, so call
//! it where blocking is allowed. JPEG is read and written by this crate's own decoder and encoder.
//!
//! # What damage stays unseen
//!
//! JPEG has no checksum. Damage that leaves a valid stream of as many blocks looks like another picture. Measured with 400 changes
//! each to photos of 800 × 600 pixels with text (quality 85, 4:2:0):
//!
//! | change | unseen, one scan | unseen, progressive |
//! |---|---|---|
//! | one bit | 6 to 8 in 10 | 4 to 5 in 10 |
//! | 4 random bytes | 1 in 2 | 1 in 4 |
//! | 16 random bytes | 1 in 4 | 1 in 15 |
//! | 64 to 460 random bytes | below 1 in 100 | 0 of 400 |
//! | as many, copied from another place of the scan | 2 to 4 in 100 | below 1 in 100 |
//!
//! Of the pixels fewer than 1 in 1000 differ by more than 16 levels in half of the unseen cases: a few blocks of 16 × 16. In one
//! case in ten, brightness or colour is shifted from there to the end of the scan, up to the whole picture, though print stays as
//! legible as it was. With restart markers it ends at the next one.
//!
//! Standards: JPEG (ITU-T T.81, JFIF 1.02), EXIF 2.32 orientation, PNG 3rd edition, GIF89a, WebP (RFC 9649).

// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod colour;
mod decode;
mod encode;
mod error;
mod jpeg;
mod measures;
mod memory;
mod pages;
mod picture;
mod probe;
mod raster;
#[cfg(test)]
mod samples;
mod shrink;
#[cfg(test)]
mod tests;
mod transparent;
mod ycc;

use bytes::Bytes;
use colour::Conversion;
use encode::MaxBytes;
use image::metadata::Orientation;
use picture::{Channels, Picture};
use raster::Raster;
use std::fmt;
use ycc::Ycc;

pub use error::PhotoError;
pub use measures::PhotoMeasures;
pub use pages::{measure, prepare_parts, prepare_parts_measured};
pub use probe::{MAX_FTYP_BYTES, picture_format};
pub use transparent::{prepare_mask, prepare_png, prepare_transparent};

/// What an upload may measure, and what an input may cost.
///
/// The defaults suit the vision models that AI Pass offers: more than 2048 pixels an edge is scaled down by them anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoLimits {
    /// The longer edge of the upload, in pixels, at most. Default 2048; a JPEG cannot be wider than 65,535.
    pub max_edge: u32,
    /// The size of the upload in bytes. Default 800 KB (819,200).
    pub max_bytes: usize,
    /// The size of the input in bytes. Default 64 MiB.
    pub max_input_bytes: usize,
    /// Width times height of the input. Default 110 million: phones with a 108-megapixel sensor are out there. Whatever this
    /// says, a photo whose decoding takes more than 160 MB is refused.
    pub max_pixels: u64,
}

impl Default for PhotoLimits {
    fn default() -> Self {
        Self { max_edge: 2048, max_bytes: 800 * 1024, max_input_bytes: 64 * 1024 * 1024, max_pixels: 110_000_000 }
    }
}

/// A photo that can be uploaded: upright, within the limits, without metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct PreparedPhoto {
    /// The file's bytes, in the format that `format` names.
    pub bytes: Bytes,
    /// JPEG, or the input's own format where `re_encoded` is false.
    pub format: ImageFormat,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Width of the input in pixels, after it was turned upright.
    pub original_width: u32,
    /// Height of the input in pixels, after it was turned upright.
    pub original_height: u32,
    /// False where `bytes` is the input, untouched.
    pub re_encoded: bool,
}

impl fmt::Debug for PreparedPhoto {
    // A photo does not belong into a log, neither for its size nor for what it shows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedPhoto")
            .field("format", &self.format)
            .field("bytes", &self.bytes.len())
            .field("size", &format_args!("{}x{}", self.width, self.height))
            .field("original", &format_args!("{}x{}", self.original_width, self.original_height))
            .field("re_encoded", &self.re_encoded)
            .finish()
    }
}

/// A format that can be read, and that vision models take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
}

impl ImageFormat {
    /// The media type for a `Content-Type` header or a `data:` URL, such as `image/jpeg`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
        }
    }
}

impl fmt::Display for ImageFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
        })
    }
}

/// Makes of a camera's file what is uploaded. See the [module](self) for what goes in and what comes out.
///
/// # Errors
///
/// A [`PhotoError`] that says what to do: the input is empty, of an unsupported format (named), too large, or damaged. A file
/// that ends too early is damaged: half a receipt would cost as much as a whole one and be read wrongly.
pub fn prepare(input: &[u8], limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    let (format, facts) = probe_within(input, limits)?;
    prepare_probed(format, &facts, input, limits, |_| ())
}

fn prepare_probed(
    format: ImageFormat,
    facts: &probe::Facts,
    input: &[u8],
    limits: &PhotoLimits,
    look: impl FnOnce(&Picture),
) -> Result<PreparedPhoto, PhotoError> {
    let target = upload_size(format, facts, limits);
    let decoded = decode::decode(format, input, facts, memory::Goal::whole(target), limits)?;
    look(decoded.raster.brightness());
    let (original_width, original_height) = picture::upright_size(facts.width, facts.height, facts.orientation);

    // Decoded all the same, because a damaged file must not cost a call, and transparent pixels would be
    // shown on whatever the model's decoder likes, often black under black text.
    let untouched = facts.nothing_but_pixels
        && facts.is_upright()
        && !decoded.was_transparent
        && decoded.tidy
        && target == (facts.width, facts.height)
        && input.len() <= limits.max_bytes;
    if untouched {
        return Ok(PreparedPhoto {
            bytes: Bytes::copy_from_slice(input),
            format,
            width: facts.width,
            height: facts.height,
            original_width,
            original_height,
            re_encoded: false,
        });
    }

    let conversion = Conversion::to_srgb(decoded.profile.as_deref().unwrap_or(&facts.profile));
    let shrunk = decoded.raster.resized(target).map_err(|error| PhotoError::corrupt(format, &error.to_string()))?;
    let upright = finished(shrunk, conversion.as_ref(), facts.orientation);
    // A photo whose JPEG was smaller than the upload would have lost nothing but time.
    let wanted = if format == ImageFormat::Jpeg { input.len() } else { usize::MAX };
    let (bytes, width, height) = encode::encode(&upright, MaxBytes { wanted, most: limits.max_bytes })?;
    Ok(PreparedPhoto {
        bytes: bytes.into(),
        format: ImageFormat::Jpeg,
        width,
        height,
        original_width,
        original_height,
        re_encoded: true,
    })
}

/// Upright and in sRGB. Done after shrinking: that leaves a quarter of the pixels or less.
fn finished(raster: Raster, conversion: Option<&Conversion>, orientation: Orientation) -> Ycc {
    let planes = match (raster, conversion) {
        (Raster::Planes(planes), None) => planes,
        (raster, conversion) => {
            let mut picture = raster.into_picture();
            if let Some(conversion) = conversion
                && picture.channels == Channels::Rgb
            {
                conversion.apply(&mut picture.data, 3);
            }
            Ycc::of(picture)
        }
    };
    planes.turned(orientation)
}

/// The size of the upload, before it is turned upright.
fn upload_size(format: ImageFormat, facts: &probe::Facts, limits: &PhotoLimits) -> (u32, u32) {
    let size = (facts.width, facts.height);
    let fitted = picture::fitted(size.0, size.1, limits.max_edge.clamp(1, encode::MAX_EDGE));
    match format {
        ImageFormat::Jpeg if fitted != size => jpeg::close_fraction(size, fitted).unwrap_or(fitted),
        _ => fitted,
    }
}

/// What the file says it is, if that is within the limits. Before any decoder runs.
fn probe_within(input: &[u8], limits: &PhotoLimits) -> Result<(ImageFormat, probe::Facts), PhotoError> {
    if input.is_empty() {
        return Err(PhotoError::Empty);
    }
    if input.len() > limits.max_input_bytes {
        return Err(PhotoError::FileTooLarge { bytes: input.len(), max_bytes: limits.max_input_bytes });
    }
    let (format, mut facts) = probe::probe(input)?;
    let pixels = u64::from(facts.width) * u64::from(facts.height);
    if pixels > limits.max_pixels {
        return Err(PhotoError::too_many_pixels(facts.width, facts.height, limits));
    }
    if pixels == 0 {
        return Err(PhotoError::Corrupt { format, detail: "it has no width or no height".into() });
    }
    probe::count_tables(format, input, &mut facts)?;
    Ok((format, facts))
}
