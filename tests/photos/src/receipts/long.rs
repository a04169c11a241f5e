//! Long receipts that fill the picture: a screenshot of a receipt in a mail or an app, and a paper tape photographed in one.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma, RgbImage};

use super::content::Receipt;
use super::random::Random;
use super::{camera, paper};

/// The receipt with its items bought again and again, until its paper is `proportion` times as high as it is wide.
#[must_use]
pub fn lengthened(mut receipt: Receipt, proportion: f32) -> Receipt {
    let items = receipt.items.clone();
    for item in items.iter().cycle() {
        if items.is_empty() || paper::proportion(&receipt) >= proportion {
            break;
        }
        receipt.items.push(item.clone());
    }
    receipt
}

/// A PNG of the receipt on white, `width` pixels wide.
#[must_use]
pub fn screenshot(receipt: &Receipt, width: u32) -> Vec<u8> {
    let paper = paper::print(receipt, width as usize, &mut Random::new(1));
    let (width, height) = (paper.width as u32, paper.height as u32);
    let ink = |x: u32, y: u32| paper.ink[y as usize * paper.width + x as usize];
    let picture = GrayImage::from_fn(width, height, |x, y| Luma([255 - ink(x, y)]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).expect("a picture");
    file.into_inner()
}

/// A camera's JPEG of a paper tape that fills it, stored as the sensor lay (EXIF: 1, 3, 6 or 8).
#[must_use]
pub fn tape(receipt: &Receipt, width: u32, orientation: u8) -> Vec<u8> {
    let mut random = Random::new(u64::from(width));
    let paper = paper::print(receipt, width as usize, &mut random);
    let (width, height) = (paper.width as u32, paper.height as u32);
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let ink = f32::from(paper.ink[y as usize * paper.width + x as usize]) / 255.0;
        // Brighter on the left, and a sensor's grain.
        let light = 228.0 - 30.0 * x as f32 / width as f32 + random.between(-4.0, 4.0);
        let value = light * (1.0 - 0.75 * ink);
        image::Rgb([value, value * 0.99, value * 0.95].map(|channel| channel as u8))
    });
    camera::file(picture, orientation, 88)
}
