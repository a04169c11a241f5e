//! Photos as part of what a model is asked.

use super::chat::{ChatAnswer, ChatRequest, Message};
use crate::client::AiPass;
use crate::error::{Error, Result};
use crate::photo::{self, PhotoError, PhotoLimits};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use std::io::Read;
use std::path::{Path, PathBuf};
use url::Url;

/// A photo as the camera or the gallery gives it: JPEG, PNG, GIF or WebP. It is turned upright, shrunk to at most 2048
/// pixels and 800 KB, and freed of its metadata, the place it was taken among them, before it leaves the device.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Photo {
    /// The file's bytes.
    Bytes(Bytes),
    /// The file's path. Read on a background thread.
    File(PathBuf),
    /// An image on the web by its https URL: the provider fetches it, as it is. Or a `data:` URL in base64, which is taken
    /// like the bytes in it. What is made of the photo itself, such as an edit, needs its bytes.
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

/// A question about one photo or several.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ImageQuestion {
    /// What to look at, in this order.
    pub photos: Vec<Photo>,
    /// What to find out.
    pub prompt: String,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The longest answer, in tokens; `None` leaves it to the model. A reasoning model's thoughts count too.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_tokens: Option<u32>,
}

impl ImageQuestion {
    /// Asks `prompt` about `photo`.
    pub fn new(photo: impl Into<Photo>, prompt: impl Into<String>) -> Self {
        Self::about(vec![photo.into()], prompt)
    }

    /// Asks `prompt` about these photos together.
    pub fn about(photos: Vec<Photo>, prompt: impl Into<String>) -> Self {
        Self { photos, prompt: prompt.into(), model: None, max_tokens: None }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks a model about photos. They are turned, shrunk and freed of their metadata on the device; then one paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo` or `prompt` before anything is sent; those of [`chat`](Self::chat).
    pub async fn describe_image(&self, question: ImageQuestion) -> Result<ChatAnswer> {
        if question.prompt.trim().is_empty() {
            return Err(Error::invalid_input("prompt", "it is empty; say what to find out"));
        }
        let mut request = ChatRequest::new(vec![about_photos(question.prompt, question.photos)?]);
        request.model = question.model;
        request.max_tokens = question.max_tokens;
        self.chat(request).await
    }
}

/// What to do with these photos, of which there must be one (P8).
pub(super) fn about_photos(text: impl Into<String>, photos: Vec<Photo>) -> Result<Message> {
    if photos.is_empty() {
        return Err(Error::invalid_input("photo", "there is none"));
    }
    Ok(Message::with_photos(text, photos))
}

/// The URL by which a model sees the photo: its own if it is on the web, else a `data:` URL of the photo made fit to upload.
pub(super) async fn upload_url(photo: Photo) -> Result<String> {
    match photo {
        Photo::Url(url) if !is_data_url(&url) => {
            let parsed =
                Url::parse(&url).map_err(|error| Error::invalid_input("photo", format!("not a URL: {error}")))?;
            if parsed.scheme() != "https" {
                return Err(Error::invalid_input("photo", "its URL is neither https nor data"));
            }
            Ok(url)
        }
        photo => {
            let limits = PhotoLimits::default();
            work_on(photo, "photo", limits, move |bytes| {
                let prepared = photo::prepare(bytes, &limits)?;
                let mut url = String::with_capacity(32 + prepared.bytes.len().div_ceil(3) * 4);
                url.push_str("data:");
                url.push_str(prepared.format.media_type());
                url.push_str(";base64,");
                STANDARD.encode_string(&prepared.bytes, &mut url);
                Ok(url)
            })
            .await
        }
    }
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

    async fn refused(photo: Photo) -> String {
        match upload_url(photo).await {
            Err(Error::InvalidInput { input, detail }) if input == "photo" => detail,
            other => panic!("{other:?}"),
        }
    }

    // P8, S4
    #[tokio::test]
    async fn a_data_url_is_taken_like_the_bytes_in_it() {
        let bytes = Photo::from(STANDARD.decode(GIF).unwrap());
        let same = Photo::Url(format!("DATA:image/png;base64,{GIF}"));
        let sent = upload_url(bytes).await.unwrap();
        assert!(sent.starts_with("data:image/"), "{sent}");
        assert_eq!(upload_url(same).await.unwrap(), sent);
        assert_eq!(upload_url(Photo::Url(sent.clone())).await.unwrap(), sent, "what was prepared stays as it is");
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
        assert_eq!(upload_url(Photo::Url(url.into())).await.unwrap(), url);
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
