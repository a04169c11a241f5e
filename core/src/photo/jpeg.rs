//! The JPEG codec. Everything that knows which crates read and write JPEG is in this file, so that they can be exchanged here
//! alone, for instance for a decoder that shrinks while it decodes.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

use super::decode::{Decoded, read};
use super::picture::{Channels, Picture};
use super::probe::Facts;
use super::{ImageFormat, PhotoError, PhotoLimits};

/// Decodes a JPEG and shrinks it to exactly `target` (width and height as stored, not larger than the file's).
///
/// One call for both, because a JPEG can be decoded at a fraction of its size.
pub(super) fn decode(
    input: &[u8],
    facts: &Facts,
    target: (u32, u32),
    limits: &PhotoLimits,
) -> Result<Decoded, PhotoError> {
    let decoder = JpegDecoder::new(Cursor::new(input))
        .map_err(|error| PhotoError::Corrupt { format: ImageFormat::Jpeg, detail: error.to_string() })?;
    // Comes out as grey or RGB; CMYK and YCCK are converted.
    read(ImageFormat::Jpeg, decoder, facts, target, limits)
}

/// Writes a JPEG without any metadata. Quality runs from 1 to 100, on libjpeg's scale.
///
/// Colour at half resolution, as cameras do: print is read from brightness. Edges must be at most 65,535.
pub(super) fn encode(picture: &Picture, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let not_encoded = |detail: String| PhotoError::NotEncoded { detail };
    let edge = |pixels: u32| u16::try_from(pixels).map_err(|_| not_encoded(format!("an edge of {pixels} pixels")));
    let (width, height) = (edge(picture.width)?, edge(picture.height)?);
    let color = match picture.channels {
        Channels::Grey => ColorType::Luma,
        Channels::Rgb => ColorType::Rgb,
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.encode(&picture.data, width, height, color).map_err(|error| not_encoded(error.to_string()))?;
    Ok(bytes)
}
