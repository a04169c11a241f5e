//! From an uploaded file to an upright picture.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};

use crate::wire::errors::RequestError;

/// More than any phone's camera makes. With the decoder's own limit on memory it stops a small file that claims to be huge.
const MAX_SIDE: u32 = 16_384;

/// Decodes a JPEG, PNG, GIF or WebP, and turns it as its EXIF orientation says.
pub(crate) fn upright(encoded: &[u8]) -> Result<DynamicImage, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(encoded)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut photo = DynamicImage::from_decoder(decoder)?;
    photo.apply_orientation(orientation);
    Ok(photo)
}

/// Runs a slow job on a photo on a thread where it blocks no other request.
pub(crate) async fn run_blocking<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, ImageError> + Send + 'static,
) -> Result<T, RequestError> {
    let unreadable =
        |why: String| RequestError::bad_request("invalid_request_error", format!("The image could not be read: {why}"));
    let result = tokio::task::spawn_blocking(job).await.map_err(|_| unreadable("decoding broke off".to_owned()))?;
    result.map_err(|error| unreadable(error.to_string()))
}
