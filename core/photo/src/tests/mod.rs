//! Behaviour of the whole module, from a file's bytes to an upload's.

mod damage;
mod healthy;
mod hostile;
mod measures;
mod metadata;
mod plain;
mod transparent;
mod upload;

use image::{DynamicImage, GenericImageView, Rgb};

use super::*;

fn prepared(input: &[u8]) -> PreparedPhoto {
    prepare(input, &PhotoLimits::default()).expect("a good photo")
}

fn refused(input: &[u8]) -> PhotoError {
    prepare(input, &PhotoLimits::default()).expect_err("a bad photo")
}

fn pixels(photo: &PreparedPhoto) -> DynamicImage {
    let image = image::load_from_memory(&photo.bytes).expect("an upload can be decoded");
    assert_eq!((photo.width, photo.height), image.dimensions());
    image
}

/// Within what JPEG at quality 80 does to flat colours.
fn looks_like(image: &DynamicImage, x: u32, y: u32, expected: [u8; 3]) -> bool {
    let Rgb(actual) = image.to_rgb8()[(x, y)];
    actual.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 24)
}
