//! Shrinks a picture while it is decoded, so that it is never in memory as a whole.

use fast_image_resize::ResizeError;

use super::picture::{Area, Channels, Picture};

/// Rows are collected until there are about so many, and then shrunk together. The weights of all columns are computed anew each time.
const ROWS: u32 = 128;

/// How far Lanczos looks, in rows of the smaller picture.
const SUPPORT: f64 = 3.0;

/// Takes rows from top to bottom and makes the smaller picture of them. The result is that of shrinking all at once.
pub(super) struct Shrinker {
    /// The rows that are still needed.
    strip: Picture,
    /// The number of the strip's first row.
    first: u32,
    stored_height: u32,
    made: Picture,
    made_height: u32,
}

impl Shrinker {
    pub(super) fn new(stored: (u32, u32), size: (u32, u32), channels: Channels, rows_at_once: usize) -> Self {
        let strip = if stored == size { 0 } else { Self::strip_rows(stored, size, rows_at_once) };
        let picture = |width: u32, rows: usize| {
            let data = Vec::with_capacity(width as usize * rows * channels.count());
            Picture { width, height: 0, channels, data }
        };
        let (strip, made) = (picture(stored.0, strip), picture(size.0, size.1 as usize));
        Self { strip, first: 0, stored_height: stored.1, made, made_height: size.1 }
    }

    /// The bytes that this takes besides the smaller picture.
    pub(super) fn bytes(stored: (u32, u32), size: (u32, u32), channels: Channels, rows_at_once: usize) -> u64 {
        if stored == size {
            return 0;
        }
        let rows = Self::strip_rows(stored, size, rows_at_once) as u64;
        let shrunk_rows = (rows * u64::from(size.1)).div_ceil(u64::from(stored.1));
        // The strip, the same with fewer rows, and that with narrower rows.
        let pixels = u64::from(stored.0) * (rows + shrunk_rows) + u64::from(size.0) * shrunk_rows;
        pixels * channels.count() as u64
    }

    /// The most rows that are in memory, if `rows_at_once` are added at a time.
    fn strip_rows(stored: (u32, u32), size: (u32, u32), rows_at_once: usize) -> usize {
        let scale = f64::from(stored.1) / f64::from(size.1);
        let needed = ROWS as usize + ((2.0 * SUPPORT + 1.0) * scale) as usize + 4;
        (needed + rows_at_once).min(stored.1 as usize)
    }

    fn is_same_size(&self) -> bool {
        (self.strip.width, self.stored_height) == (self.made.width, self.made_height)
    }

    /// Where the next rows are appended, followed by [`shrink`](Self::shrink).
    pub(super) fn rows(&mut self) -> &mut Vec<u8> {
        if self.is_same_size() { &mut self.made.data } else { &mut self.strip.data }
    }

    /// Shrinks what there is, once it is enough.
    pub(super) fn shrink(&mut self) -> Result<(), ResizeError> {
        if self.is_same_size() {
            return Ok(());
        }
        let row = self.strip.width as usize * self.strip.channels.count();
        self.strip.height = (self.strip.data.len() / row) as u32;
        let end = self.first + self.strip.height;
        let scale = f64::from(self.stored_height) / f64::from(self.made_height);
        let made = self.made.height;
        let ready = if end == self.stored_height {
            self.made_height
        } else {
            // Those whose support has come.
            (((f64::from(end) - 1.0) / scale - SUPPORT).floor().max(0.0) as u32).min(self.made_height)
        };
        let enough = (f64::from(ROWS) / scale).ceil() as u32;
        if ready <= made || (ready - made < enough && end < self.stored_height) {
            return Ok(());
        }
        let top = f64::from(made) * scale - f64::from(self.first);
        let height = (f64::from(ready - made) * scale).min(f64::from(self.strip.height) - top);
        let area = Area { left: 0.0, top, width: f64::from(self.strip.width), height };
        let shrunk = self.strip.shrunk(area, (self.made.width, ready - made))?;
        self.made.data.extend_from_slice(&shrunk.data);
        self.made.height = ready;
        let needed = ((f64::from(ready) - SUPPORT) * scale - 1.0).floor().max(0.0) as u32;
        let done = needed.clamp(self.first, end) - self.first;
        self.strip.data.drain(..done as usize * row);
        self.first += done;
        Ok(())
    }

    /// The smaller picture, after the last row.
    pub(super) fn into_picture(self) -> Picture {
        Picture { height: self.made_height, ..self.made }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::noise;
    use super::*;

    fn in_strips(picture: &Picture, size: (u32, u32), at_once: usize) -> Picture {
        let mut shrinker = Shrinker::new((picture.width, picture.height), size, picture.channels, at_once);
        let most = Shrinker::strip_rows((picture.width, picture.height), size, at_once);
        let row = picture.width as usize * picture.channels.count();
        for rows in picture.data.chunks(row * at_once) {
            shrinker.rows().extend_from_slice(rows);
            assert!(shrinker.is_same_size() || shrinker.strip.data.len() <= most * row, "{size:?} {at_once}");
            shrinker.shrink().unwrap();
        }
        shrinker.into_picture()
    }

    // U6: a picture that is shrunk in strips is the same one
    #[test]
    fn strips_make_the_same_picture() {
        for (width, height) in [(97, 1203), (640, 480), (33, 65), (40, 1)] {
            let data = noise(width, height).into_raw();
            let picture = Picture { width, height, channels: Channels::Rgb, data };
            for size in [
                (width, height),
                (width / 2, height.div_ceil(2)),
                (width - 1, height),
                (width, height.div_ceil(7)),
                (width * 5 / 6, (height * 5).div_ceil(6)),
                (3, height.div_ceil(90)),
                (1, 1),
            ] {
                let whole = picture.resized_copy(size).unwrap();
                for at_once in [1, 7, 16, 32] {
                    let strips = in_strips(&picture, size, at_once);
                    assert_eq!((strips.width, strips.height), size);
                    let largest = strips.data.iter().zip(&whole.data).map(|(a, b)| a.abs_diff(*b)).max();
                    assert!(strips.data.len() == whole.data.len() && largest <= Some(1), "{size:?}: {largest:?}");
                }
            }
        }
    }
}
