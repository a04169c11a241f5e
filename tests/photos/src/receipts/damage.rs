//! What makes a photo of a receipt hard or impossible to read.

use std::io::Cursor;

use super::content::Receipt;
use super::{Photo, screenshot};
use image::{DynamicImage, ImageFormat, RgbImage};

/// What is done to a photo.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Damage {
    /// Nothing.
    None,
    /// Gaussian, in pixels of a photo of 1536 × 2048.
    Blur(f32),
    /// Along rows, so many pixels.
    Moved(u32),
    /// Times the light, and the noise of a sensor that makes up for it.
    Dark(f32),
    /// Times the light; what is more than white is white.
    Bright(f32),
    /// Noise of the sensor, in levels.
    Noise(f32),
    /// The longer edge in pixels.
    Shrunk(u32),
    /// A quarter of the picture, amid a grey table.
    Far,
    /// Not photographed: black on white.
    Screenshot,
    /// White on black.
    ScreenshotAtNight,
    /// No receipt in it.
    Empty,
}

/// What the look at a photo is measured with.
pub const DAMAGES: [Damage; 29] = [
    Damage::None,
    Damage::Blur(1.0),
    Damage::Blur(2.0),
    Damage::Blur(3.0),
    Damage::Blur(4.0),
    Damage::Blur(6.0),
    Damage::Blur(9.0),
    Damage::Moved(6),
    Damage::Moved(12),
    Damage::Moved(24),
    Damage::Dark(0.4),
    Damage::Dark(0.2),
    Damage::Dark(0.12),
    Damage::Dark(0.06),
    Damage::Bright(1.5),
    Damage::Bright(2.5),
    Damage::Bright(4.0),
    Damage::Bright(6.0),
    Damage::Noise(12.0),
    Damage::Noise(25.0),
    Damage::Shrunk(1024),
    Damage::Shrunk(768),
    Damage::Shrunk(640),
    Damage::Shrunk(512),
    Damage::Shrunk(384),
    Damage::Far,
    Damage::Screenshot,
    Damage::ScreenshotAtNight,
    Damage::Empty,
];

impl Damage {
    /// The photo of a receipt after this was done to it, as a JPEG.
    ///
    /// # Panics
    /// If the picture cannot be written.
    #[must_use]
    pub fn done_to(self, photo: &Photo, receipt: &Receipt, seed: u64) -> Vec<u8> {
        let picture = decoded(&photo.of(receipt));
        let mut file = Cursor::new(Vec::new());
        self.painted(picture, receipt, seed).write_to(&mut file, ImageFormat::Jpeg).expect("a picture");
        file.into_inner()
    }

    fn painted(self, picture: RgbImage, receipt: &Receipt, seed: u64) -> RgbImage {
        match self {
            Self::None => picture,
            Self::Blur(radius) => image::imageops::fast_blur(&picture, radius),
            Self::Moved(length) => moved(&picture, length),
            Self::Dark(factor) => changed(picture, |level, noise| level * factor + noise * 5.0),
            Self::Bright(factor) => changed(picture, |level, _| level * factor),
            Self::Noise(deviation) => changed(picture, |level, noise| level + noise * deviation),
            Self::Shrunk(edge) => {
                DynamicImage::ImageRgb8(picture).resize(edge, edge, image::imageops::FilterType::Triangle).into_rgb8()
            }
            Self::Far => {
                let (width, height) = picture.dimensions();
                let mut table = RgbImage::from_pixel(width, height, image::Rgb([96, 92, 88]));
                let small = image::imageops::resize(&picture, width / 2, height / 2, image::imageops::Triangle);
                image::imageops::overlay(&mut table, &small, i64::from(width / 4), i64::from(height / 4));
                table
            }
            Self::Screenshot | Self::ScreenshotAtNight => {
                let sheet = decoded(&screenshot(receipt, 900));
                if self == Self::Screenshot { sheet } else { changed(sheet, |level, _| 255.0 - level) }
            }
            // A strip of the table beside the receipt, made as large as the photo.
            Self::Empty => {
                let (width, height) = picture.dimensions();
                let strip = image::imageops::crop_imm(&picture, 0, 0, width / 14, height / 14).to_image();
                let filter = if seed.is_multiple_of(2) { image::imageops::Triangle } else { image::imageops::Nearest };
                image::imageops::resize(&strip, width, height, filter)
            }
        }
    }
}

fn decoded(file: &[u8]) -> RgbImage {
    image::load_from_memory(file).expect("a picture").into_rgb8()
}

fn moved(picture: &RgbImage, length: u32) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let pixel = |step: u32| picture.get_pixel((x + step).min(picture.width() - 1), y).0;
        let sums = (0..length)
            .map(pixel)
            .fold([0_u32; 3], |sums, pixel| std::array::from_fn(|channel| sums[channel] + u32::from(pixel[channel])));
        image::Rgb(sums.map(|sum| (sum / length) as u8))
    })
}

/// Each level with a number from about -2 to 2 that is not the same twice.
fn changed(mut picture: RgbImage, change: impl Fn(f32, f32) -> f32) -> RgbImage {
    let mut state = 0x9E37_79B9_u32;
    for level in picture.iter_mut() {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let bell = state.to_le_bytes().iter().map(|&byte| f32::from(byte) / 255.0 - 0.5).sum::<f32>() * 1.73;
        *level = change(f32::from(*level), bell).round().clamp(0.0, 255.0) as u8;
    }
    picture
}
