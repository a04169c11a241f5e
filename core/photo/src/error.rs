//! What can be wrong with a photo, each with what to do about it.

use super::{ImageFormat, PhotoLimits};

/// Why a photo cannot be uploaded. The text is for developers; none of it quotes the photo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhotoError {
    /// There are no bytes.
    #[error("the photo is empty: read the file before it is handed over")]
    Empty,

    /// The bytes are of a format that models do not take, or of none that is known.
    #[error("{format} is not supported: {advice}")]
    Unsupported {
        /// The format's name, such as `HEIC`, `AVIF`, `TIFF`, `BMP` or `PDF`; `unknown format` where nothing was recognised.
        format: &'static str,
        /// What to do instead.
        advice: &'static str,
    },

    /// The file has more bytes than [`PhotoLimits::max_input_bytes`].
    #[error(
        "the photo's file has {bytes} bytes, more than the {max_bytes} that are read: take it at a lower resolution"
    )]
    FileTooLarge {
        /// The file's size in bytes.
        bytes: usize,
        /// The limit in bytes.
        max_bytes: usize,
    },

    /// The picture has more pixels than [`PhotoLimits::max_pixels`], or would take more memory than they may.
    #[error(
        "the photo measures {width} × {height} pixels, more than the {max_pixels} that are decoded: \
         take it at a lower resolution"
    )]
    TooManyPixels {
        /// Width in pixels, as the file says.
        width: u32,
        /// Height in pixels, as the file says.
        height: u32,
        /// The limit: width times height.
        max_pixels: u64,
    },

    /// Decoding the picture would take more memory than a photo may. It depends on the format: an ordinary JPEG takes least.
    #[error(
        "the photo measures {width} × {height} pixels, and decoding it takes more than {max_bytes} bytes of memory: \
         save it as an ordinary JPEG, or at a lower resolution"
    )]
    TooMuchMemory {
        /// Width in pixels, as the file says.
        width: u32,
        /// Height in pixels, as the file says.
        height: u32,
        /// The limit in bytes.
        max_bytes: u64,
    },

    /// The picture is so long and narrow that its print cannot be read in as many parts as one call takes.
    #[error(
        "the photo measures {width} × {height} pixels, too long to be read in one call: cut it into several photos"
    )]
    TooLong {
        /// Width in pixels, upright.
        width: u32,
        /// Height in pixels, upright.
        height: u32,
    },

    /// A mask that does not fit its picture.
    #[error("the mask cannot be used: {detail}")]
    Mask {
        /// What is wrong with it and what to do.
        detail: String,
    },

    /// The file starts like a photo and is damaged, or was cut short.
    #[error("the {format} file is damaged ({detail}): read it again, or take the photo again")]
    Corrupt {
        /// What the file says it is.
        format: ImageFormat,
        /// What was found.
        detail: String,
    },

    /// [`PhotoLimits::max_bytes`] is too low for any JPEG at all, or for a transparent picture of this size.
    #[error("it does not fit into {max_bytes} bytes: make it smaller, or raise `PhotoLimits::max_bytes`")]
    NoRoom {
        /// The limit in bytes.
        max_bytes: usize,
    },

    /// The shrunk photo could not be written. That is a defect of this library.
    #[error("the photo could not be written ({detail}): please report it")]
    NotEncoded {
        /// What the encoder said.
        detail: String,
    },
}

impl PhotoError {
    pub(super) fn cut_short(format: ImageFormat) -> Self {
        Self::corrupt(format, "it ends before the picture does")
    }

    pub(super) fn corrupt(format: ImageFormat, detail: &str) -> Self {
        Self::Corrupt { format, detail: detail.to_owned() }
    }

    pub(super) fn too_many_pixels(width: u32, height: u32, limits: &PhotoLimits) -> Self {
        Self::TooManyPixels { width, height, max_pixels: limits.max_pixels }
    }
}
