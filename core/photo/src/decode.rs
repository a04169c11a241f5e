//! From a file's bytes to pixels.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::{ImageError, LimitErrorKind};
use image::{ImageDecoder, Limits};

use super::memory::{self, Decoding, Goal};
use super::picture;
use super::probe::Facts;
use super::raster::{Decoded, Raster};
use super::{ImageFormat, PhotoError, PhotoLimits, jpeg};

/// The most bytes that a decoded pixel may take: RGBA of 8 bits.
pub(super) const BYTES_PER_PIXEL: u64 = 4;

/// Decodes the first picture in the file, if what is made of it fits into memory too.
pub(super) fn decode(
    format: ImageFormat,
    input: &[u8],
    facts: &Facts,
    goal: Goal,
    limits: &PhotoLimits,
) -> Result<Decoded, PhotoError> {
    let reader = Cursor::new(input);
    let failed = |error| explain(format, facts, limits, error);
    match format {
        ImageFormat::Jpeg => jpeg::decode(input, facts, goal),
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(reader, chunk_limits()).map_err(failed)?;
            read(format, decoder, facts, goal, limits)
        }
        ImageFormat::Gif => read(format, GifDecoder::new(reader).map_err(failed)?, facts, goal, limits),
        ImageFormat::WebP => read(format, WebPDecoder::new(reader).map_err(failed)?, facts, goal, limits),
    }
}

/// Runs a decoder whose header agrees with what the probe read, within the limits.
pub(super) fn read(
    format: ImageFormat,
    mut decoder: impl ImageDecoder,
    facts: &Facts,
    goal: Goal,
    limits: &PhotoLimits,
) -> Result<Decoded, PhotoError> {
    let failed = |error| explain(format, facts, limits, error);
    // The limits were checked against the size that the probe read.
    if decoder.dimensions() != (facts.width, facts.height) {
        return Err(PhotoError::corrupt(format, "it states two different sizes"));
    }
    decoder.set_limits(decoder_limits(limits)).map_err(failed)?;
    let bytes = decoder.total_bytes();
    let color = decoder.color_type();
    let profile = if format == ImageFormat::Png { decoder.icc_profile().map_err(failed)? } else { None };
    let buffer = usize::try_from(bytes).ok().filter(|_| bytes <= limits.max_pixels.saturating_mul(BYTES_PER_PIXEL));
    let Some(buffer) = buffer else {
        return Err(PhotoError::too_many_pixels(facts.width, facts.height, limits));
    };
    // Transparency is put on white before the picture is shrunk.
    let channels = if color.has_color() { 3 } else { 1 };
    check_memory(facts, bytes, channels, goal)?;
    let mut data = vec![0; buffer];
    decoder.read_image(&mut data).map_err(failed)?;
    let (picture, was_transparent) = picture::from_decoder(facts.width, facts.height, color, data)
        .ok_or_else(|| PhotoError::corrupt(format, "its colours are of no known kind"))?;
    Ok(Decoded { raster: Raster::Pixels(picture), was_transparent, tidy: true, profile })
}

pub(super) fn decoder_limits(limits: &PhotoLimits) -> Limits {
    let mut decoder = Limits::no_limits();
    decoder.max_alloc = Some(limits.max_pixels.saturating_mul(BYTES_PER_PIXEL));
    decoder
}

/// Refuses what would take too much memory with its decoder's own buffers. `bytes` are those of the decoded picture.
pub(super) fn check_memory(facts: &Facts, bytes: u64, channels: u8, goal: Goal) -> Result<(), PhotoError> {
    let pixels = u64::from(facts.width) * u64::from(facts.height);
    let besides = pixels.saturating_mul(facts.extra_per_pixel).saturating_add(MAX_CHUNK_BYTES + facts.tables);
    let size = (facts.width, facts.height);
    memory::check(size, &Decoding { size, picture: bytes, besides, channels: channels.into() }, goal)
}

/// What a PNG's decoder may take besides the picture, for a row and its filter, or for a colour profile that is compressed.
const MAX_CHUNK_BYTES: u64 = 8_000_000;

pub(super) fn chunk_limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_CHUNK_BYTES);
    limits
}

fn explain(format: ImageFormat, facts: &Facts, limits: &PhotoLimits, error: ImageError) -> PhotoError {
    match error {
        ImageError::Limits(limit) if limit.kind() == LimitErrorKind::InsufficientMemory => {
            PhotoError::too_many_pixels(facts.width, facts.height, limits)
        }
        other => PhotoError::Corrupt { format, detail: other.to_string() },
    }
}
