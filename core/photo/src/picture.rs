//! Decoded pixels, and the two things that are done to them: shrinking and turning.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3};
use fast_image_resize::{PixelTrait, ResizeError, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{ColorType, RgbaImage};

/// Upright or not, but always 8 bits a channel and opaque; rows from top to bottom without padding.
pub(super) struct Picture {
    pub width: u32,
    pub height: u32,
    pub channels: Channels,
    pub data: Vec<u8>,
}

/// How many bytes a pixel takes, and what they mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    /// One byte.
    Grey,
    /// Three bytes: red, green, blue.
    Rgb,
}

impl Channels {
    pub(super) fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
        }
    }
}

impl Picture {
    /// Shrunk to exactly `size`, or as it is where that is its size already.
    ///
    /// Lanczos, because the strokes of small print survive it best. The numbers are averaged as they are stored, as every
    /// camera app and libvips do.
    pub(super) fn resized(self, size: (u32, u32)) -> Result<Self, ResizeError> {
        if size == (self.width, self.height) { Ok(self) } else { self.resized_copy(size) }
    }

    /// A copy of exactly `size`.
    pub(super) fn resized_copy(&self, size: (u32, u32)) -> Result<Self, ResizeError> {
        self.shrunk(Area::whole((self.width, self.height)), size)
    }

    /// A part of the picture, shrunk to exactly `size`. Pixels around the part count as they do where the whole is shrunk.
    pub(super) fn shrunk(&self, area: Area, (width, height): (u32, u32)) -> Result<Self, ResizeError> {
        let stored = (self.width, self.height);
        let data = match self.channels {
            Channels::Grey => shrunk::<U8>(&self.data, stored, area, (width, height)),
            Channels::Rgb => shrunk::<U8x3>(&self.data, stored, area, (width, height)),
        }?;
        Ok(Self { width, height, channels: self.channels, data })
    }

    /// A copy of a part, whose edges are whole pixels.
    pub(super) fn cut(&self, (left, top): (u32, u32), (width, height): (u32, u32)) -> Self {
        let count = self.channels.count();
        let (start, length) = (left as usize * count, width as usize * count);
        let rows = self.data.chunks_exact(self.width as usize * count).skip(top as usize).take(height as usize);
        let mut data = Vec::with_capacity(length * height as usize);
        rows.for_each(|row| data.extend_from_slice(&row[start..start + length]));
        Self { width, height, channels: self.channels, data }
    }

    /// With an alpha channel, opaque.
    pub(super) fn into_rgba(self) -> RgbaImage {
        RgbaImage::from_fn(self.width, self.height, |x, y| {
            let at = y as usize * self.width as usize + x as usize;
            let [red, green, blue] = match self.channels {
                Channels::Grey => [self.data[at]; 3],
                Channels::Rgb => [self.data[3 * at], self.data[3 * at + 1], self.data[3 * at + 2]],
            };
            image::Rgba([red, green, blue, u8::MAX])
        })
    }
}

/// A part of a picture, in pixels and fractions of them.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub(super) fn whole((width, height): (u32, u32)) -> Self {
        Self { left: 0.0, top: 0.0, width: width.into(), height: height.into() }
    }
}

/// Pixels of one type, scaled. Naming the type here keeps the code for all others out of the app.
pub(super) fn shrunk<P: PixelTrait + Default>(
    data: &[u8],
    stored: (u32, u32),
    area: Area,
    (width, height): (u32, u32),
) -> Result<Vec<u8>, ResizeError> {
    // Rounding may not reach behind the picture's edge.
    let within = |start: f64, length: f64, edge: u32| {
        if start + length > edge.into() { (f64::from(edge) - start) * (1.0 - 1e-12) } else { length }
    };
    let (across, down) = (within(area.left, area.width, stored.0), within(area.top, area.height, stored.1));
    let options = ResizeOptions::new().crop(area.left, area.top, across, down);
    let wrong = |_| ResizeError::PixelTypesAreDifferent;
    let source = TypedImageRef::<P>::from_buffer(stored.0, stored.1, data).map_err(wrong)?;
    let mut pixels = vec![0; width as usize * height as usize * size_of::<P>()];
    let mut target = TypedImage::<P>::from_buffer(width, height, &mut pixels).map_err(wrong)?;
    Resizer::new().resize_typed(&source, &mut target, &options)?;
    drop(target);
    Ok(pixels)
}

/// The size that keeps the shape and whose longer edge is at most `max_edge`. Nothing is ever enlarged.
pub(super) fn fitted(width: u32, height: u32, max_edge: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= max_edge {
        return (width, height);
    }
    let (max_edge, longer) = (u64::from(max_edge), u64::from(longer));
    // At most `max_edge`, so that it fits into 32 bits again; at least one pixel.
    let scaled = |edge: u32| ((u64::from(edge) * max_edge + longer / 2) / longer).max(1) as u32;
    (scaled(width), scaled(height))
}

/// Width and height after turning.
pub(super) fn upright_size(width: u32, height: u32, orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate90FlipH | Orientation::Rotate270 | Orientation::Rotate270FlipH => {
            (height, width)
        }
        _ => (width, height),
    }
}

/// A picture out of a decoder's buffer, and whether any pixel of it was transparent.
///
/// The buffer is converted in place: a second one would double the memory. `None` where the
/// colour type is none of those that 8- and 16-bit files have, or the buffer is too short.
pub(super) fn from_decoder(width: u32, height: u32, color: ColorType, mut data: Vec<u8>) -> Option<(Picture, bool)> {
    let (channels, has_alpha, bytes) = match color {
        ColorType::L8 => (Channels::Grey, false, 1),
        ColorType::La8 => (Channels::Grey, true, 1),
        ColorType::Rgb8 => (Channels::Rgb, false, 1),
        ColorType::Rgba8 => (Channels::Rgb, true, 1),
        ColorType::L16 => (Channels::Grey, false, 2),
        ColorType::La16 => (Channels::Grey, true, 2),
        ColorType::Rgb16 => (Channels::Rgb, false, 2),
        ColorType::Rgba16 => (Channels::Rgb, true, 2),
        _ => return None,
    };
    let pixels = width as usize * height as usize;
    let stored = (channels.count() + usize::from(has_alpha)) * bytes;
    if data.len() < pixels.checked_mul(stored)? {
        return None;
    }
    // The decoders hand over 16-bit samples in the machine's byte order.
    let high = if bytes == 2 && cfg!(target_endian = "little") { 1 } else { 0 };
    let mut was_transparent = false;
    if stored != channels.count() {
        for pixel in 0..pixels {
            let from = pixel * stored + high;
            let alpha = if has_alpha { data[from + channels.count() * bytes] } else { 255 };
            was_transparent |= alpha != 255;
            for channel in 0..channels.count() {
                data[pixel * channels.count() + channel] = on_white(data[from + channel * bytes], alpha);
            }
        }
    }
    data.truncate(pixels * channels.count());
    Some((Picture { width, height, channels, data }, was_transparent))
}

/// A sample that covers white by alpha ÷ 255.
fn on_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u32::from(sample), u32::from(alpha));
    ((sample * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}
