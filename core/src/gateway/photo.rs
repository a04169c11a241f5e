//! Photos that an app hands over, and what of them is sent.

use super::tokens::photos::PhotoSize;
use crate::error::{Error, Result};
use crate::photo::{self, PhotoError, PhotoLimits, PhotoMeasures, PreparedPhoto};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use std::io::Read;
use std::path::{Path, PathBuf};
use url::Url;

/// A photo as the camera or the gallery gives it: JPEG, PNG, GIF or WebP. Before it leaves the device it is turned
/// upright and shrunk to at most 2048 pixels and 800 KB, and its metadata is removed, such as the place where it was
/// taken. For a question to a model, a long photo, such as a paper tape or a screenshot of a whole page, is sent in up
/// to eight overlapping parts, so that its print can be read.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Photo {
    /// The file's bytes.
    Bytes(Bytes),
    /// The file's absolute path. Read on a background thread.
    File(PathBuf),
    /// The https URL of an image: the provider fetches it unchanged. Or a `data:` URL in base64, which is treated like
    /// its bytes. A call that changes the image itself, such as an edit, needs the bytes.
    Url(String),
}

impl From<Vec<u8>> for Photo {
    fn from(bytes: Vec<u8>) -> Self {
        Photo::Bytes(bytes.into())
    }
}

impl From<Bytes> for Photo {
    fn from(bytes: Bytes) -> Self {
        Photo::Bytes(bytes)
    }
}

impl From<PathBuf> for Photo {
    fn from(path: PathBuf) -> Self {
        Photo::File(path)
    }
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Photo::Bytes(bytes) => write!(formatter, "Photo({} bytes)", bytes.len()),
            Photo::File(path) => write!(formatter, "Photo({})", path.display()),
            // What follows the path may be a signature, and a data URL is the photo itself.
            Photo::Url(url) => write!(formatter, "Photo({})", url.split(['?', '#', ',']).next().unwrap_or_default()),
        }
    }
}

/// What a model is sent of a photo.
pub(super) struct Upload {
    /// The photo itself if it is on the web, else its parts.
    pub parts: Vec<UploadPart>,
    /// How it looks, if that is asked for and it is not on the web.
    pub measures: Option<PhotoMeasures>,
}

/// One image as it is sent: its own URL, or a `data:` URL.
pub(super) struct UploadPart {
    pub url: String,
    pub size: PhotoSize,
}

/// Prepares a photo, and if asked to, measures the pixels that are decoded for it.
pub(super) async fn upload(photo: Photo, measured: bool) -> Result<Upload> {
    match photo {
        Photo::Url(url) if !is_data_url(&url) => {
            let parsed =
                Url::parse(&url).map_err(|error| Error::invalid_input("photo", format!("not a URL: {error}")))?;
            if parsed.scheme() != "https" {
                return Err(Error::invalid_input("photo", "its URL is neither https nor data"));
            }
            Ok(Upload { parts: vec![UploadPart { url, size: None }], measures: None })
        }
        photo => {
            let limits = PhotoLimits::default();
            work_on(photo, "photo", limits, move |bytes| {
                let (parts, measures) = if measured {
                    let (parts, measures) = photo::prepare_parts_measured(bytes, &limits)?;
                    (parts, Some(measures))
                } else {
                    (photo::prepare_parts(bytes, &limits)?, None)
                };
                let part =
                    |part: &PreparedPhoto| UploadPart { url: data_url(part), size: Some((part.width, part.height)) };
                Ok(Upload { parts: parts.iter().map(part).collect(), measures })
            })
            .await
        }
    }
}

/// How a photo looks that is on this device.
pub(super) async fn measure(photo: Photo) -> Result<PhotoMeasures> {
    let limits = PhotoLimits::default();
    work_on(photo, "photo", limits, move |bytes| photo::measure(bytes, &limits)).await
}

fn data_url(prepared: &PreparedPhoto) -> String {
    let mut url = String::with_capacity(32 + prepared.bytes.len().div_ceil(3) * 4);
    url.push_str("data:");
    url.push_str(prepared.format.media_type());
    url.push_str(";base64,");
    STANDARD.encode_string(&prepared.bytes, &mut url);
    url
}

/// Reads a photo and works on its bytes, on a background thread. `input` is what its errors call it. What is only on the web
/// has none here.
pub(super) async fn work_on<T: Send + 'static>(
    photo: Photo,
    input: &'static str,
    limits: PhotoLimits,
    work: impl FnOnce(&[u8]) -> Result<T, PhotoError> + Send + 'static,
) -> Result<T> {
    let work = move || {
        let bytes = match photo {
            Photo::Bytes(bytes) => bytes,
            Photo::File(path) => read_file(&path, input, &limits)?.into(),
            Photo::Url(url) => read_data_url(&url, input)?.into(),
        };
        work(&bytes).map_err(|error| Error::invalid_input(input, error.to_string()))
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Error::invalid_input(input, "its decoder failed; the file is damaged")))
}

fn is_data_url(url: &str) -> bool {
    url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The bytes of a `data:` URL in base64 (RFC 2397). What they are is seen from themselves, not from the media type.
fn read_data_url(url: &str, input: &str) -> Result<Vec<u8>> {
    if !is_data_url(url) {
        return Err(Error::invalid_input(input, "it is only on the web; give its bytes or its file"));
    }
    let unreadable = || Error::invalid_input(input, "its data URL is not in base64");
    let (head, data) = url.split_once(',').ok_or_else(unreadable)?;
    let is_base64 = head.rsplit_once(';').is_some_and(|(_, last)| last.trim().eq_ignore_ascii_case("base64"));
    if !is_base64 {
        return Err(unreadable());
    }
    STANDARD.decode(data.trim()).map_err(|_| unreadable())
}

fn read_file(path: &Path, input: &str, limits: &PhotoLimits) -> Result<Vec<u8>> {
    let unreadable = |error| Error::invalid_input(input, format!("{} cannot be read: {error}", path.display()));
    // One byte more than is allowed, so that `prepare` sees that it is too much; not all, because a device has no end.
    let most = limits.max_input_bytes as u64 + 1;
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A photo of one pixel.
    const GIF: &str = "R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

    async fn url_of(photo: Photo) -> Result<String> {
        let mut parts = upload(photo, false).await?.parts;
        assert_eq!(parts.len(), 1);
        Ok(parts.remove(0).url)
    }

    async fn refused(photo: Photo) -> String {
        match upload(photo, false).await.map(|upload| upload.parts.len()) {
            Err(Error::InvalidInput { input, detail }) if input == "photo" => detail,
            other => panic!("{other:?}"),
        }
    }

    // P8, S4
    #[tokio::test]
    async fn a_data_url_is_taken_like_the_bytes_in_it() {
        let bytes = Photo::from(STANDARD.decode(GIF).unwrap());
        let same = Photo::Url(format!("DATA:image/png;base64,{GIF}"));
        let sent = url_of(bytes).await.unwrap();
        assert!(sent.starts_with("data:image/"), "{sent}");
        assert_eq!(url_of(same).await.unwrap(), sent);
        assert_eq!(url_of(Photo::Url(sent.clone())).await.unwrap(), sent, "what was prepared stays as it is");
        for url in ["data:", "data:image/gif,GIF89a", "data:image/gif;base64", "data:;base64,!!", "data:x;base64,"] {
            refused(Photo::Url(url.into())).await;
        }
        let heic = STANDARD.encode(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
        assert!(refused(Photo::Url(format!("data:image/jpeg;base64,{heic}"))).await.contains("HEIC"));
    }

    // P8
    #[tokio::test]
    async fn a_url_of_the_web_goes_as_it_is_and_only_by_https() {
        let url = "https://example.com/a.jpg?signature=s3cret";
        assert_eq!(url_of(Photo::Url(url.into())).await.unwrap(), url);
        let bytes = work_on(Photo::Url(url.into()), "mask", PhotoLimits::default(), |_| Ok(())).await;
        assert!(matches!(bytes, Err(Error::InvalidInput { input, .. }) if input == "mask"));
        for url in ["", "a.jpg", "http://example.com/a.jpg", "file:///etc/passwd", "ftp://a/b.jpg"] {
            refused(Photo::Url(url.into())).await;
        }
    }

    // S1
    #[test]
    fn a_photo_shows_neither_its_bytes_nor_a_signature() {
        for photo in [
            Photo::Url("https://a.example/b.jpg?sig=canary".into()),
            Photo::Url("data:image/gif;base64,canary".into()),
            Photo::Bytes(Bytes::from_static(b"canary")),
        ] {
            assert!(!format!("{photo:?}").contains("canary"), "{photo:?}");
        }
    }
}
