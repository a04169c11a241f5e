//! Pictures whose transparency means something: what an image model should edit, and the mask that tells it where.

use super::probe::{self, Facts};
use super::{ImageFormat, PhotoError, PhotoLimits, PreparedPhoto, picture, prepare};
use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, RgbaImage};
use std::io::Cursor;

/// As [`prepare`], but a transparent picture stays transparent: it becomes a PNG without metadata.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_transparent(input: &[u8], limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    match read(input, limits)? {
        Some(picture) => {
            let size = picture::fitted(picture.width(), picture.height(), limits.max_edge.max(1));
            write(&picture, size, limits)
        }
        None => prepare(input, limits),
    }
}

/// Makes of a mask, a PNG or WebP whose transparent pixels mark a place, what goes with `picture`: a PNG without metadata, of
/// the size that the picture was shrunk to.
///
/// # Errors
/// As [`prepare`]; [`PhotoError::Mask`] if nothing of it is transparent, or it is not of the original picture's size.
pub fn prepare_mask(input: &[u8], picture: &PreparedPhoto, limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    let Some(mask) = read(input, limits)? else {
        let detail = "nothing of it is transparent: make those pixels transparent that are to change";
        return Err(PhotoError::Mask { detail: detail.to_owned() });
    };
    let (width, height) = (picture.original_width, picture.original_height);
    if mask.dimensions() != (width, height) {
        let detail = format!("it measures {} × {}, the picture {width} × {height}", mask.width(), mask.height());
        return Err(PhotoError::Mask { detail });
    }
    write(&mask, (picture.width, picture.height), limits)
}

/// The upright pixels, if any of them is transparent.
fn read(input: &[u8], limits: &PhotoLimits) -> Result<Option<RgbaImage>, PhotoError> {
    if input.is_empty() {
        return Err(PhotoError::Empty);
    }
    if input.len() > limits.max_input_bytes {
        return Err(PhotoError::FileTooLarge { bytes: input.len(), max_bytes: limits.max_input_bytes });
    }
    let (format, facts) = probe::probe(input)?;
    if u64::from(facts.width) * u64::from(facts.height) > limits.max_pixels {
        return Err(PhotoError::too_many_pixels(facts.width, facts.height, limits));
    }
    let corrupt = |error: image::ImageError| PhotoError::Corrupt { format, detail: error.to_string() };
    let reader = Cursor::new(input);
    let pixels = match format {
        ImageFormat::Png => decode(PngDecoder::new(reader).map_err(corrupt)?, format, &facts, limits)?,
        ImageFormat::WebP => decode(WebPDecoder::new(reader).map_err(corrupt)?, format, &facts, limits)?,
        ImageFormat::Jpeg | ImageFormat::Gif => None,
    };
    Ok(pixels.filter(|pixels| pixels.pixels().any(|pixel| pixel.0[3] != u8::MAX)))
}

fn decode(
    mut decoder: impl ImageDecoder,
    format: ImageFormat,
    facts: &Facts,
    limits: &PhotoLimits,
) -> Result<Option<RgbaImage>, PhotoError> {
    let corrupt = |error: image::ImageError| PhotoError::Corrupt { format, detail: error.to_string() };
    if !decoder.color_type().has_alpha() {
        return Ok(None);
    }
    // The limits were checked against the size that the probe read.
    if decoder.dimensions() != (facts.width, facts.height) {
        return Err(PhotoError::corrupt(format, "it states two different sizes"));
    }
    decoder.set_limits(super::decode::decoder_limits(limits)).map_err(corrupt)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(corrupt)?;
    picture.apply_orientation(facts.orientation);
    Ok(Some(picture.into_rgba8()))
}

fn write(picture: &RgbaImage, size: (u32, u32), limits: &PhotoLimits) -> Result<PreparedPhoto, PhotoError> {
    let not_encoded = |detail: String| PhotoError::NotEncoded { detail };
    let (original_width, original_height) = picture.dimensions();
    let mut resized = picture.as_raw().clone();
    if size != picture.dimensions() {
        let source = Image::from_vec_u8(original_width, original_height, resized, PixelType::U8x4)
            .map_err(|error| not_encoded(error.to_string()))?;
        let mut target = Image::new(size.0, size.1, PixelType::U8x4);
        Resizer::new().resize(&source, &mut target, None).map_err(|error| not_encoded(error.to_string()))?;
        resized = target.into_vec();
    }
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&resized, size.0, size.1, ExtendedColorType::Rgba8)
        .map_err(|error| not_encoded(error.to_string()))?;
    if bytes.len() > limits.max_bytes {
        return Err(PhotoError::NoRoom { max_bytes: limits.max_bytes });
    }
    Ok(PreparedPhoto {
        bytes,
        format: ImageFormat::Png,
        width: size.0,
        height: size.1,
        original_width,
        original_height,
        re_encoded: true,
    })
}
