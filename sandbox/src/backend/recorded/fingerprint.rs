//! Recognises a photo after it was scaled and re-encoded, and does not mistake another receipt for it.
//!
//! A 64-bit perceptual hash finds the candidate. Receipts on a table look alike at low resolution: three of 400 other photos
//! come as close. So a candidate must also have the same fine structure, which is where the print is.

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, ImageError};

use super::perceptual_hash::PerceptualHash;
use crate::backend::photo;

/// Hashes that differ in at most this many of 64 bits may be of the same photo. A bundled photo at an eighth of its size and
/// JPEG quality 30 differs in 2; of 400 receipts in other photos none differed in fewer than 6.
pub(crate) const MAX_DIFFERENT_BITS: u32 = 6;

/// Photos are the same if their fine structures correlate at least this much; 1 is identical. The same degraded photos
/// reach 0.97, other receipts at most 0.4, the same paper with an eighth of its print changed less than 0.95.
const MIN_CORRELATION: f32 = 0.95;

/// The fine structure is taken from the photo at this many pixels square.
const SIDE: u32 = 96;

/// What a photo looks like, at low and at high resolution.
pub(crate) struct Fingerprint {
    pub(crate) hash: PerceptualHash,
    /// The photo in grey less its own blur, scaled to length 1.
    structure: Vec<f32>,
}

impl Fingerprint {
    /// Of a JPEG, PNG, GIF or WebP.
    pub(crate) fn of_file(encoded: &[u8]) -> Result<Self, ImageError> {
        Ok(Self::of(&photo::upright(encoded)?))
    }

    fn of(photo: &DynamicImage) -> Self {
        let grey = photo.resize_exact(SIDE, SIDE, FilterType::Triangle).into_luma8();
        Self { hash: PerceptualHash::of(photo), structure: structure(&grey) }
    }

    pub(crate) fn is_same_photo(&self, other: &Self) -> bool {
        self.hash.distance(other.hash) <= MAX_DIFFERENT_BITS && self.correlation(other) >= MIN_CORRELATION
    }

    fn correlation(&self, other: &Self) -> f32 {
        self.structure.iter().zip(&other.structure).map(|(one, two)| one * two).sum()
    }
}

fn structure(grey: &GrayImage) -> Vec<f32> {
    let last = i64::from(SIDE) - 1;
    let at = |x: i64, y: i64| f32::from(grey.get_pixel(x.clamp(0, last) as u32, y.clamp(0, last) as u32).0[0]);
    let differences = (0..=last).flat_map(|y| (0..=last).map(move |x| (x, y))).map(|(x, y)| {
        let around: f32 =
            (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))).map(|(dx, dy)| at(x + dx, y + dy)).sum();
        at(x, y) - around / 9.0
    });
    let differences: Vec<f32> = differences.collect();
    let length = differences.iter().map(|difference| difference * difference).sum::<f32>().sqrt();
    // A photo without structure, such as all white, has length 0 and equals no other.
    differences.iter().map(|difference| if length > 0.0 { difference / length } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;

    use super::super::bundle::bundled_receipts;
    use super::*;

    fn decoded(encoded: &[u8]) -> DynamicImage {
        image::load_from_memory(encoded).expect("a bundled photo decodes")
    }

    #[test]
    fn bundled_photos_are_far_apart() {
        let all: Vec<Fingerprint> = bundled_receipts()
            .iter()
            .map(|receipt| Fingerprint::of_file(receipt.photo).expect("a bundled photo decodes"))
            .collect();
        for (index, one) in all.iter().enumerate() {
            for other in &all[index + 1..] {
                assert!(one.hash.distance(other.hash) >= 3 * MAX_DIFFERENT_BITS);
            }
        }
    }

    #[test]
    fn a_re_encode_at_half_size_is_the_same_photo() {
        for receipt in bundled_receipts() {
            let photo = decoded(receipt.photo);
            let half = photo.resize(photo.width() / 2, photo.height() / 2, FilterType::CatmullRom);
            let mut encoded = Vec::new();
            half.write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, 60)).expect("encodes");
            let (original, again) = (Fingerprint::of(&photo), Fingerprint::of_file(&encoded).expect("decodes"));
            assert!(original.is_same_photo(&again), "{}: {}", receipt.name, original.correlation(&again));
        }
    }

    // The background, the paper and the light are the same; only the print differs.
    #[test]
    fn the_same_photo_with_other_print_is_another_photo() {
        let photo = decoded(bundled_receipts()[0].photo);
        let mut other = photo.to_rgb8();
        let (width, height) = other.dimensions();
        let band = image::imageops::crop_imm(&other, width / 4, height / 4, width / 2, height / 8).to_image();
        image::imageops::replace(&mut other, &band, i64::from(width / 4), i64::from(height / 2));
        let (one, two) = (Fingerprint::of(&photo), Fingerprint::of(&other.into()));
        assert!(!one.is_same_photo(&two), "{}", one.correlation(&two));
    }

    #[test]
    fn hostile_bytes_are_an_error() {
        assert!(Fingerprint::of_file(b"").is_err());
        assert!(Fingerprint::of_file(b"\xff\xd8\xff\xe0 nothing").is_err());
        assert!(Fingerprint::of_file(&bundled_receipts()[0].photo[..200]).is_err());
    }
}
