//! A picture as JPEG stores it: one plane of brightness, and two of colour with half as many rows and columns.
//!
//! A JPEG that becomes a JPEG stays in this form: turning it into red, green and blue and back would take as long as decoding it.

use fast_image_resize::ResizeError;
use image::metadata::Orientation;

use super::picture::{Channels, Picture};

/// Upright or not. Without colour planes it is grey.
pub(super) struct Ycc {
    /// As large as the picture.
    pub luma: Picture,
    /// Blue and red difference. Each sample covers 2 × 2 pixels; of an odd edge the last covers one,
    /// and the first once that edge was mirrored, which moves colour by half a pixel.
    pub chroma: Option<[Picture; 2]>,
}

impl Ycc {
    pub(super) fn size(&self) -> (u32, u32) {
        (self.luma.width, self.luma.height)
    }

    /// The bytes of a picture of this size.
    pub(super) fn bytes((width, height): (u32, u32)) -> u64 {
        let (across, down) = half((width, height));
        u64::from(width) * u64::from(height) + 2 * u64::from(across) * u64::from(down)
    }

    /// A grey picture stays as it is; of a colour one the colour is averaged over 2 × 2 pixels.
    pub(super) fn of(picture: Picture) -> Self {
        if picture.channels == Channels::Grey {
            return Self { luma: picture, chroma: None };
        }
        let (width, height) = (picture.width, picture.height);
        let row_bytes = 3 * width as usize;
        let size = half((width, height));
        let mut luma = Vec::with_capacity(width as usize * height as usize);
        let mut chroma = [0; 2].map(|_: u8| Vec::with_capacity(size.0 as usize * size.1 as usize));
        for pair in picture.data.chunks(2 * row_bytes) {
            luma.extend(pair.as_chunks::<3>().0.iter().map(|&pixel| brightness(pixel)));
            let (above, below) = pair.split_at(row_bytes);
            let below = if below.is_empty() { above } else { below };
            for (above, below) in above.chunks(6).zip(below.chunks(6)) {
                // The last pixel of an odd row stands for its missing neighbour.
                let sum: [i32; 3] = std::array::from_fn(|at| {
                    let right = if above.len() == 6 { at + 3 } else { at };
                    [above[at], above[right], below[at], below[right]].into_iter().map(i32::from).sum()
                });
                let [blue, red] = differences(sum);
                chroma[0].push(blue);
                chroma[1].push(red);
            }
        }
        let chroma = chroma.map(|data| grey(size, data));
        Self { luma: grey((width, height), luma), chroma: Some(chroma) }
    }

    /// As red, green and blue, or grey.
    pub(super) fn into_picture(self) -> Picture {
        let Some([blue, red]) = &self.chroma else { return self.luma };
        let (width, height) = self.size();
        let mut data = Vec::with_capacity(3 * width as usize * height as usize);
        let across = blue.width as usize;
        for (y, luma) in self.luma.data.chunks_exact(width as usize).enumerate() {
            let at = y / 2 * across;
            let (blue, red) = (&blue.data[at..at + across], &red.data[at..at + across]);
            for ((luma, &blue), &red) in luma.chunks(2).zip(blue).zip(red) {
                luma.iter().for_each(|&luma| data.extend_from_slice(&rgb([luma, blue, red])));
            }
        }
        Picture { width, height, channels: Channels::Rgb, data }
    }

    /// A copy of exactly `size`.
    pub(super) fn resized_copy(&self, size: (u32, u32)) -> Result<Self, ResizeError> {
        let chroma = match &self.chroma {
            Some([blue, red]) => Some([blue.resized_copy(half(size))?, red.resized_copy(half(size))?]),
            None => None,
        };
        Ok(Self { luma: self.luma.resized_copy(size)?, chroma })
    }

    /// Turned and mirrored as the orientation says, so that the picture stands upright.
    pub(super) fn turned(self, orientation: Orientation) -> Self {
        Self {
            luma: turned(self.luma, orientation),
            chroma: self.chroma.map(|planes| planes.map(|plane| turned(plane, orientation))),
        }
    }
}

/// The size of the colour planes.
pub(super) fn half((width, height): (u32, u32)) -> (u32, u32) {
    (width.div_ceil(2), height.div_ceil(2))
}

/// One plane.
fn grey((width, height): (u32, u32), data: Vec<u8>) -> Picture {
    Picture { width, height, channels: Channels::Grey, data }
}

/// A plane, turned and mirrored as the orientation says.
pub(super) fn turned(plane: Picture, orientation: Orientation) -> Picture {
    use Orientation::{
        FlipHorizontal, FlipVertical, NoTransforms, Rotate90, Rotate90FlipH, Rotate180, Rotate270, Rotate270FlipH,
    };
    let mut plane = match orientation {
        NoTransforms | FlipHorizontal | FlipVertical | Rotate180 => plane,
        Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH => transposed(&plane),
    };
    let width = plane.width as usize;
    match orientation {
        NoTransforms | Rotate90FlipH => {}
        FlipHorizontal | Rotate90 => plane.data.chunks_exact_mut(width).for_each(<[u8]>::reverse),
        Rotate180 | Rotate270FlipH => plane.data.reverse(),
        FlipVertical | Rotate270 => {
            let mut rows = plane.data.chunks_exact_mut(width);
            while let (Some(upper), Some(lower)) = (rows.next(), rows.next_back()) {
                upper.swap_with_slice(lower);
            }
        }
    }
    plane
}

/// Rows become columns.
fn transposed(plane: &Picture) -> Picture {
    /// Samples whose rows and columns the processor's cache holds.
    const TILE: usize = 64;
    let (width, height) = (plane.width as usize, plane.height as usize);
    let mut data = vec![0; plane.data.len()];
    for tile in (0..height).step_by(TILE) {
        for left in (0..width).step_by(8) {
            for top in (tile..height.min(tile + TILE)).step_by(8) {
                let rows = &plane.data[top * width + left..];
                let columns = &mut data[left * height + top..];
                if top + 8 <= height && left + 8 <= width {
                    let mut block = [0; 8];
                    for (y, to) in block.iter_mut().enumerate() {
                        *to = rows[y * width..].first_chunk().map_or(0, |&eight| u64::from_le_bytes(eight));
                    }
                    for (x, samples) in transposed_block(block).into_iter().enumerate() {
                        columns[x * height..][..8].copy_from_slice(&samples.to_le_bytes());
                    }
                } else {
                    for (x, column) in columns.chunks_mut(height).take(8.min(width - left)).enumerate() {
                        for (y, sample) in column.iter_mut().take(8.min(height - top)).enumerate() {
                            *sample = rows[y * width + x];
                        }
                    }
                }
            }
        }
    }
    Picture { width: plane.height, height: plane.width, channels: Channels::Grey, data }
}

/// Rows of eight samples, the first one in the lowest bits: their quarters change places, then those of each quarter, and so on.
fn transposed_block(mut rows: [u64; 8]) -> [u64; 8] {
    for (half, mask) in [(4, 0xFFFF_FFFF), (2, 0x0000_FFFF_0000_FFFF), (1, 0x00FF_00FF_00FF_00FF)] {
        for upper in (0..8).filter(|row| row & half == 0) {
            let changed = (rows[upper] >> (8 * half) ^ rows[upper + half]) & mask;
            rows[upper + half] ^= changed;
            rows[upper] ^= changed << (8 * half);
        }
    }
    rows
}

/// From luma and two colour differences (JFIF 1.02), in 16 bits' fixed point.
pub(super) fn rgb([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let y = (i32::from(y) << 16) + (1 << 15);
    let (cb, cr) = (i32::from(cb) - 128, i32::from(cr) - 128);
    [y + 91_881 * cr, y - 22_554 * cb - 46_802 * cr, y + 116_130 * cb].map(|value| (value >> 16).clamp(0, 255) as u8)
}

/// The way back: luma.
fn brightness([r, g, b]: [u8; 3]) -> u8 {
    let [r, g, b] = [r, g, b].map(i32::from);
    ((19_595 * r + 38_470 * g + 7_471 * b + (1 << 15)) >> 16) as u8
}

/// The way back: blue and red difference of the sum of four pixels.
fn differences([r, g, b]: [i32; 3]) -> [u8; 2] {
    let middle = (128 << 18) + (1 << 17);
    [-11_059 * r - 21_709 * g + 32_768 * b, 32_768 * r - 27_439 * g - 5_329 * b]
        .map(|value| ((value + middle) >> 18).clamp(0, 255) as u8)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{noise, quarters};
    use super::*;

    fn picture(image: image::RgbImage) -> Picture {
        let (width, height) = image.dimensions();
        Picture { width, height, channels: Channels::Rgb, data: image.into_raw() }
    }

    #[test]
    fn flat_colours_survive_planes() {
        for size in [(24, 16), (1, 1), (20, 12), (2, 40)] {
            let image = quarters(size.0, size.1);
            let planes = Ycc::of(picture(image.clone()));
            assert_eq!(
                planes.chroma.as_ref().map(|planes| planes[1].data.len() as u32),
                Some(half(size).0 * half(size).1)
            );
            let back = planes.into_picture();
            // An edge inside of 2 × 2 pixels is averaged.
            if size != (20, 12) && size.0 > 2 {
                assert!(back.data.iter().zip(image.as_raw()).all(|(a, b)| a.abs_diff(*b) <= 2), "{size:?}");
            }
        }
    }

    #[test]
    fn odd_sizes_keep_every_pixel() {
        for size in [(1, 1), (3, 5), (7, 2), (8, 9)] {
            let planes = Ycc::of(picture(noise(size.0, size.1)));
            for orientation in 1..=8 {
                let copy = Ycc {
                    luma: planes.luma.resized_copy(size).unwrap(),
                    chroma: planes.resized_copy(size).unwrap().chroma,
                };
                let turned = copy.turned(Orientation::from_exif(orientation).unwrap());
                let expected = if orientation > 4 { (size.1, size.0) } else { size };
                assert_eq!(turned.size(), expected);
                let picture = turned.into_picture();
                assert_eq!(picture.data.len() as u32, 3 * size.0 * size.1);
            }
        }
    }
}
