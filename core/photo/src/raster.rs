//! What a decoder makes: pixels, or planes.

use fast_image_resize::ResizeError;

use super::picture::Picture;
use super::ycc::Ycc;

/// A decoded picture, in one of two forms.
pub(super) enum Raster {
    /// Red, green and blue of each pixel, or grey.
    Pixels(Picture),
    /// As a JPEG stores it.
    Planes(Ycc),
}

/// Pixels, as they were stored: not yet upright.
pub(super) struct Decoded {
    /// Of the goal's size, or of the file's: a JPEG is shrunk while it is decoded, the other formats are not.
    pub raster: Raster,
    /// Whether any pixel let something through. It lies on white now.
    pub was_transparent: bool,
    /// Whether nothing stood between the parts of the picture's data that others may stop at.
    pub tidy: bool,
    /// A colour profile that only the decoder sees.
    pub profile: Option<Vec<u8>>,
}

impl Raster {
    /// What shows how bright each pixel is.
    pub(super) fn brightness(&self) -> &Picture {
        match self {
            Self::Pixels(picture) => picture,
            Self::Planes(planes) => &planes.luma,
        }
    }

    pub(super) fn into_picture(self) -> Picture {
        match self {
            Self::Pixels(picture) => picture,
            Self::Planes(planes) => planes.into_picture(),
        }
    }

    /// Shrunk to exactly `size`, or as they are where that is their size already.
    pub(super) fn resized(self, size: (u32, u32)) -> Result<Self, ResizeError> {
        Ok(match self {
            Self::Pixels(picture) => Self::Pixels(picture.resized(size)?),
            Self::Planes(planes) if planes.size() == size => Self::Planes(planes),
            Self::Planes(planes) => Self::Planes(planes.resized_copy(size)?),
        })
    }
}
