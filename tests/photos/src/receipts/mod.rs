//! Photos of receipts that never were: print on paper on a table, as a phone's camera sees and stores it.
//!
//! For tests that need photos nobody has seen before, with the truth beside them. The same seed makes the same photo.
//! [`Receipt`] says what is printed, [`Photo`] how it is photographed:
//!
//! ```
//! use aipass_photo_tests::receipts::{Photo, Receipt, Style};
//!
//! let receipt = Receipt::random(7, Style::British);
//! let photo = Photo { width: 600, height: 800, orientation: 6, ..Photo::random(7) };
//! let jpeg: Vec<u8> = photo.of(&receipt);
//! assert_eq!(receipt.truth().currency, "GBP");
//! ```
//!
//! What is like a real photo: perspective, a slight turn, a bend and at times a fold in the paper, light that falls off, a hand's
//! shadow, pale print, a soft lens, sensor noise, a camera's JPEG, its pixels stored as the sensor lay, and EXIF with a
//! position and a serial number. What is not: crumpled paper, motion blur, flash glare, stains, handwriting.

mod camera;
mod content;
mod damage;
pub(crate) mod layout;
mod long;
mod paper;
pub(crate) mod random;
mod scene;
mod shops;
mod style;
mod table;
#[cfg(test)]
mod tests;

pub use camera::CAMERA_SERIAL;
pub use content::{Item, Receipt, Truth};
pub use damage::{DAMAGES, Damage};
pub use long::{lengthened, screenshot, tape};
pub use style::{Date, Layout, Style};
pub use table::Surface;

use image::RgbImage;
use random::Random;
use scene::Scene;

/// The orientations that phones write, by EXIF's numbers: upright, upside down, and lying on either side.
pub const ORIENTATIONS: [u8; 4] = [1, 6, 3, 8];

/// How a receipt is photographed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Photo {
    /// Decides about everything that is not said below: angle, light, folds, noise.
    pub seed: u64,
    /// Width in pixels of the upright picture.
    pub width: u32,
    /// Height in pixels of the upright picture.
    pub height: u32,
    /// How the pixels are stored, by EXIF's numbers; one of [`ORIENTATIONS`].
    pub orientation: u8,
    /// What the paper lies on.
    pub surface: Surface,
    /// Whether a cup of coffee stands beside it.
    pub cup: bool,
    /// The sensor's noise, in steps of 255. Daylight is 2, a bar at night 8.
    pub noise: f32,
    /// The JPEG's quality, 1 to 100.
    pub quality: u8,
}

impl Photo {
    /// A photo as a phone with 12 megapixels takes it: the orientation, surface and noise follow from the seed.
    ///
    /// Four seeds in a row are stored in all four orientations. Those that lie on their side are portraits, the others
    /// landscapes, because that is how the sensor sits in a phone.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x0043_414D_4552_4100);
        let orientation = ORIENTATIONS[(seed % 4) as usize];
        let (width, height) = if matches!(orientation, 6 | 8) { (3024, 4032) } else { (4032, 3024) };
        Self {
            seed,
            width,
            height,
            orientation,
            surface: *random.pick(&Surface::ALL),
            cup: random.below(4) == 0,
            noise: random.between(2.0, 6.0),
            quality: random.between(86.0, 94.0) as u8,
        }
    }

    /// The same photo with about so many megapixels.
    #[must_use]
    pub fn megapixels(self, megapixels: f32) -> Self {
        let scale = (megapixels * 1e6 / (self.width as f32 * self.height as f32)).sqrt();
        let scaled = |edge: u32| ((edge as f32 * scale).round() as u32).max(16);
        Self { width: scaled(self.width), height: scaled(self.height), ..self }
    }

    /// The camera's JPEG file.
    #[must_use]
    pub fn of(&self, receipt: &Receipt) -> Vec<u8> {
        self.of_printed(receipt)
    }

    pub(crate) fn of_printed(&self, printed: &dyn layout::Printed) -> Vec<u8> {
        camera::file(self.upright(printed), self.orientation, self.quality)
    }

    /// The picture before it is stored.
    fn upright(&self, receipt: &dyn layout::Printed) -> RgbImage {
        let mut random = Random::new(self.seed);
        let size = (self.width, self.height);
        let width = scene::paper_width(size, paper::proportion(receipt));
        let paper = paper::print(receipt, width, &mut random);
        let scene = Scene::new(paper, size, self.surface, self.cup, self.noise, &mut random);
        let mut picture = RgbImage::new(self.width, self.height);
        let row_bytes = self.width as usize * 3;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let rows_each = (self.height as usize).div_ceil(threads);
        // Each row depends on its number alone, so the picture is the same however many threads draw it.
        std::thread::scope(|scope| {
            for (part, rows) in picture.chunks_mut(rows_each * row_bytes).enumerate() {
                let scene = &scene;
                scope.spawn(move || {
                    for (at, row) in rows.chunks_exact_mut(row_bytes).enumerate() {
                        scene.row(part * rows_each + at, row);
                    }
                });
            }
        });
        picture
    }
}
