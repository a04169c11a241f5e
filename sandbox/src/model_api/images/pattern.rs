//! What the images look like.

use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgb, RgbImage, Rgba};
use sha2::{Digest as _, Sha256};

/// A pattern has this many blocks in a row, and as many rows.
const BLOCKS: u32 = 16;

/// Two colours and a pattern, made from the hash of a text.
struct Theme {
    ink: [u8; 3],
    paper: [u8; 3],
    pattern: [u8; BLOCKS as usize],
}

impl Theme {
    fn of(text: &str, number: u32) -> Self {
        let hash: [u8; 32] = Sha256::digest(format!("{number} {text}")).into();
        // Dark on light, so that any two colours can be told apart.
        let ink = [hash[0] / 2, hash[1] / 2, hash[2] / 2];
        let paper = [hash[3] / 2 + 128, hash[4] / 2 + 128, hash[5] / 2 + 128];
        let mut pattern = [0; BLOCKS as usize];
        pattern.copy_from_slice(&hash[16..]);
        Self { ink, paper, pattern }
    }

    /// A row's blocks are the bits of a byte, mirrored.
    fn is_ink(&self, x: u32, y: u32) -> bool {
        let bit = x.min(BLOCKS - 1 - x);
        self.pattern[y as usize] >> bit & 1 == 1
    }
}

/// A pattern in the colours of the prompt.
pub(super) fn generate(prompt: &str, number: u32, (width, height): (u32, u32)) -> DynamicImage {
    let theme = Theme::of(prompt, number);
    let blocks =
        RgbImage::from_fn(BLOCKS, BLOCKS, |x, y| Rgb(if theme.is_ink(x, y) { theme.ink } else { theme.paper }));
    DynamicImage::from(blocks).resize_exact(width, height, FilterType::Nearest)
}

/// The first image with half its colour from the prompt, where the mask allows it, and the others small along its lower edge.
pub(super) fn edit(
    images: &[DynamicImage],
    mask: Option<&DynamicImage>,
    prompt: &str,
    number: u32,
    (width, height): (u32, u32),
) -> DynamicImage {
    let scaled = |image: &DynamicImage| image.resize_exact(width, height, FilterType::Triangle).into_rgba8();
    let Some((first, others)) = images.split_first() else { return generate(prompt, number, (width, height)) };
    let (mut picture, mask) = (scaled(first), mask.map(scaled));
    let [red, green, blue] = Theme::of(prompt, number).ink;
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        // OpenAI: the transparent part of the mask is what changes.
        if mask.as_ref().is_none_or(|mask| mask.get_pixel(x, y).0[3] == 0) {
            let Rgba([r, g, b, alpha]) = *pixel;
            *pixel = Rgba([r.midpoint(red), g.midpoint(green), b.midpoint(blue), alpha]);
        }
    }
    let side = (width.min(height) / 4).max(1);
    for (place, other) in (0_u32..).zip(others) {
        let small = other.resize_to_fill(side, side, FilterType::Triangle).into_rgba8();
        imageops::overlay(&mut picture, &small, i64::from(place * side), i64::from(height - side));
    }
    DynamicImage::from(picture)
}

/// The image with its hue rotated, differently for each number.
pub(super) fn vary(image: &DynamicImage, number: u32, (width, height): (u32, u32)) -> DynamicImage {
    let degrees = 360 * (i64::from(number) + 1) / 11;
    let degrees = i32::try_from(degrees).unwrap_or_default();
    image.resize_exact(width, height, FilterType::Triangle).huerotate(degrees)
}
