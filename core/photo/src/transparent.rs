//! Pictures whose transparency means something: what an image model should edit, and the mask that tells it where.

use super::colour::Conversion;
use super::decode::{self, BYTES_PER_PIXEL, chunk_limits, decoder_limits};
use super::memory::Goal;
use super::picture::Area;
use super::probe::Facts;
use super::{ImageFormat, PhotoError, PhotoLimits, PreparedPhoto, picture, prepare, probe_within};
use fast_image_resize::pixels::U8x4;
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, RgbaImage};
use std::io::Cursor;

/// Upright pixels, and how they become sRGB.
struct Pixels {
    picture: RgbaImage,
    conversion: Option<Conversion>,
}

/// As [`prepare`], but a transparent picture stays transparent: it becomes a PNG without metadata.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_transparent(input: &[u8], limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    match read(input, limits)? {
        Some(pixels) => fit(pixels, limits),
        None => prepare(input, limits),
    }
}

/// As [`prepare_transparent`], but always a PNG, for models that take nothing else.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_png(input: &[u8], limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    let prepared = prepare_transparent(input, limits)?;
    if prepared.format == ImageFormat::Png {
        return Ok(prepared);
    }
    let size = (prepared.width, prepared.height);
    let (format, facts) = probe_within(&prepared.bytes, limits)?;
    let picture =
        decode::decode(format, &prepared.bytes, &facts, Goal::in_full_colour(size), limits)?.raster.into_picture();
    let PreparedPhoto { original_width, original_height, .. } = prepared;
    // It was brought to sRGB before.
    let pixels = Pixels { picture: picture.into_rgba(), conversion: None };
    Ok(PreparedPhoto { original_width, original_height, ..fit(pixels, limits)? })
}

/// Makes of a mask, a PNG or WebP whose transparent pixels mark a place, what goes with `picture`: a PNG without metadata, of
/// the size that the picture was shrunk to.
///
/// # Errors
/// As [`prepare`]; [`PhotoError::Mask`] if nothing of it is transparent, or it is not of the original picture's size.
pub fn prepare_mask(input: &[u8], picture: &PreparedPhoto, limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    // Of a mask only the transparency counts.
    let Some(Pixels { picture: mask, .. }) = read(input, limits)? else {
        let detail = "nothing of it is transparent: make those pixels transparent that are to change";
        return Err(PhotoError::Mask { detail: detail.to_owned() });
    };
    let (width, height) = (picture.original_width, picture.original_height);
    if mask.dimensions() != (width, height) {
        let detail = format!("it measures {} × {}, the picture {width} × {height}", mask.width(), mask.height());
        return Err(PhotoError::Mask { detail });
    }
    let original = mask.dimensions();
    write(&resized(mask, (picture.width, picture.height))?, original, limits)
}

/// The upright pixels, if any of them is transparent.
fn read(input: &[u8], limits: &PhotoLimits) -> Result<Option<Pixels>, PhotoError> {
    let (format, facts) = probe_within(input, limits)?;
    let corrupt = |error: image::ImageError| PhotoError::Corrupt { format, detail: error.to_string() };
    let reader = Cursor::new(input);
    let pixels = match format {
        ImageFormat::Png => {
            decode(PngDecoder::with_limits(reader, chunk_limits()).map_err(corrupt)?, format, &facts, limits)?
        }
        ImageFormat::WebP => decode(WebPDecoder::new(reader).map_err(corrupt)?, format, &facts, limits)?,
        ImageFormat::Jpeg | ImageFormat::Gif => None,
    };
    Ok(pixels.filter(|pixels| pixels.picture.pixels().any(|pixel| pixel.0[3] != u8::MAX)))
}

fn decode(
    mut decoder: impl ImageDecoder,
    format: ImageFormat,
    facts: &Facts,
    limits: &PhotoLimits,
) -> Result<Option<Pixels>, PhotoError> {
    let corrupt = |error: image::ImageError| PhotoError::Corrupt { format, detail: error.to_string() };
    if !decoder.color_type().has_alpha() {
        return Ok(None);
    }
    // The limits were checked against the size that the probe read.
    if decoder.dimensions() != (facts.width, facts.height) {
        return Err(PhotoError::corrupt(format, "it states two different sizes"));
    }
    decoder.set_limits(decoder_limits(limits)).map_err(corrupt)?;
    // What is decoded, and the copy with eight bits a channel beside it.
    if decoder.total_bytes() > limits.max_pixels.saturating_mul(BYTES_PER_PIXEL) {
        return Err(PhotoError::too_many_pixels(facts.width, facts.height, limits));
    }
    let copies = decoder.total_bytes().saturating_mul(if facts.is_upright() { 1 } else { 2 });
    let pixels = u64::from(facts.width) * u64::from(facts.height);
    let target = picture::fitted(facts.width, facts.height, limits.max_edge.max(1));
    decode::check_memory(facts, copies.saturating_add(pixels * 4), 4, Goal::whole(target))?;
    // A PNG's profile is compressed.
    let profile = if format == ImageFormat::Png { decoder.icc_profile().map_err(corrupt)? } else { None };
    let has_color = decoder.color_type().has_color();
    let conversion = Conversion::to_srgb(profile.as_deref().unwrap_or(&facts.profile)).filter(|_| has_color);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(corrupt)?;
    picture.apply_orientation(facts.orientation);
    Ok(Some(Pixels { picture: picture.into_rgba8(), conversion }))
}

/// Encoded at the limits' size, or at three quarters of it, and so on, until it fits.
fn fit(pixels: Pixels, limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    let Pixels { mut picture, mut conversion } = pixels;
    let original = picture.dimensions();
    let mut edge = limits.max_edge.clamp(1, original.0.max(original.1));
    loop {
        let size = picture::fitted(original.0, original.1, edge);
        picture = resized(picture, size)?;
        if let Some(conversion) = conversion.take() {
            conversion.apply(&mut picture, 4);
        }
        match write(&picture, original, limits) {
            Err(PhotoError::NoRoom { .. }) if edge > 1 => edge = (edge * 3 / 4).max(1),
            written => return written,
        }
    }
}

fn resized(picture: RgbaImage, (width, height): (u32, u32)) -> Result<RgbaImage, PhotoError> {
    if (width, height) == picture.dimensions() {
        return Ok(picture);
    }
    let not_encoded = |detail: String| PhotoError::NotEncoded { detail };
    let (stored_width, stored_height) = picture.dimensions();
    let stored = (stored_width, stored_height);
    let data = picture::shrunk::<U8x4>(picture.as_raw(), stored, Area::whole(stored), (width, height))
        .map_err(|error| not_encoded(error.to_string()))?;
    RgbaImage::from_raw(width, height, data).ok_or_else(|| not_encoded("it has too few pixels".to_owned()))
}

fn write(picture: &RgbaImage, original: (u32, u32), limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    let (width, height) = picture.dimensions();
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(picture.as_raw(), width, height, ExtendedColorType::Rgba8)
        .map_err(|error| PhotoError::NotEncoded { detail: error.to_string() })?;
    if bytes.len() > limits.max_bytes {
        return Err(PhotoError::NoRoom { max_bytes: limits.max_bytes });
    }
    let (original_width, original_height) = original;
    Ok(PreparedPhoto {
        bytes: bytes.into(),
        format: ImageFormat::Png,
        width,
        height,
        original_width,
        original_height,
        re_encoded: true,
    })
}
