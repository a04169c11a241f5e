//! What an image model answers: addresses or bytes, whatever was asked for.

use super::from_base64;
use crate::error::{Error, Result};
use crate::gateway::exchange::model_or;
use crate::gateway::in_success::error_in_body;
use crate::gateway::lenient;
use crate::gateway::usage::{TokenUsage, UsageBody};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

/// Images that a model made.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct GeneratedImages {
    /// The images, at least one.
    pub images: Vec<GeneratedImage>,
    /// The model, as the provider names it; if it names none, as the request did.
    pub model: String,
    /// The tokens used, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// What the call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

/// An image that a model made: its bytes or its URL. [`AiPass::image_bytes`](crate::AiPass::image_bytes) and
/// [`AiPass::save_image`](crate::AiPass::save_image) take either.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct GeneratedImage {
    /// The file's bytes, if the response has them. Mostly PNG.
    pub bytes: Option<Bytes>,
    /// The file's URL, if the response has one. Such URLs expire.
    pub url: Option<Url>,
    /// The prompt as the model rewrote it, if the provider says so.
    pub revised_prompt: Option<String>,
}

impl std::fmt::Debug for GeneratedImage {
    // An image's address often carries a signature, and its bytes do not belong into a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.bytes, &self.url) {
            (Some(bytes), _) => write!(formatter, "GeneratedImage({} bytes)", bytes.len()),
            (None, Some(url)) => write!(formatter, "GeneratedImage(at {})", url.host_str().unwrap_or_default()),
            (None, None) => formatter.write_str("GeneratedImage(nothing)"),
        }
    }
}

/// The most images that are read: more than can be asked for (S8).
const MAX_IMAGES: usize = 64;

/// `{data: [{url?, b64_json?, revised_prompt?}…]}`. A paid image is not lost because another beside it cannot be read.
pub(super) fn read(body: &[u8], asked: String, request_id: Option<String>) -> Result<GeneratedImages> {
    #[derive(Deserialize)]
    struct Listing<'a> {
        #[serde(borrow)]
        data: &'a RawValue,
        #[serde(default, deserialize_with = "lenient::text")]
        model: Option<String>,
        #[serde(default, deserialize_with = "lenient::optional")]
        usage: Option<UsageBody>,
    }
    let Ok(listing) = lenient::from_slice::<Listing<'_>>(body) else {
        let error = error_in_body(body, request_id);
        return Err(error.unwrap_or_else(|| Error::unreadable(200, "the response is not a list of images")));
    };
    let mut images = Vec::new();
    lenient::each(listing.data, MAX_IMAGES, |item: Item<'_>| images.extend(item.read()));
    if images.is_empty() {
        return Err(
            error_in_body(body, request_id).unwrap_or_else(|| Error::unreadable(200, "the response has no image"))
        );
    }
    let model = model_or(listing.model, asked);
    let usage = listing.usage.as_ref();
    let (cost, usage) = (usage.and_then(UsageBody::cost), usage.and_then(UsageBody::tokens));
    Ok(GeneratedImages { images, model, usage, cost, request_id })
}

/// An image as JSON. Its bytes stay where they are: they may be most of the answer.
#[derive(Deserialize)]
struct Item<'a> {
    #[serde(default, borrow)]
    url: Option<&'a RawValue>,
    #[serde(default, borrow)]
    b64_json: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::text")]
    revised_prompt: Option<String>,
}

impl Item<'_> {
    fn read(self) -> Option<GeneratedImage> {
        let bytes = self.b64_json.and_then(quoted).and_then(from_base64);
        // Some servers put the bytes where the address belongs.
        let inline = || self.url.and_then(quoted).filter(|url| url.starts_with("data:")).and_then(from_base64);
        let url = || Url::parse(&lenient::from_str::<String>(self.url?.get()).ok()?).ok();
        let image = GeneratedImage {
            bytes: bytes.or_else(inline),
            url: if self.url.and_then(quoted).is_some_and(|url| url.starts_with("data:")) { None } else { url() },
            revised_prompt: self.revised_prompt,
        };
        (image.bytes.is_some() || image.url.is_some()).then_some(image)
    }
}

/// A string's text as it stands in JSON, with its escapes.
fn quoted(json: &RawValue) -> Option<&str> {
    json.get().strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // wire: images. Always look for both
    #[test]
    fn bytes_and_addresses_are_found_wherever_they_stand() {
        let body = br#"{"created":1,"data":[{"b64_json":"AQ\nI","revised_prompt":"a cat"},{"url":"https://i.example/1.png?sig=s"},
            {"url":"data:image/png;base64,AwQ=","b64_json":null},{"b64_json":"!"},{},null,"odd"]}"#;
        let images = read(body, "m-1".into(), None).unwrap().images;
        assert_eq!(images.len(), 3);
        assert_eq!(
            (images[0].bytes.as_deref(), images[0].revised_prompt.as_deref()),
            (Some([1, 2].as_slice()), Some("a cat"))
        );
        assert_eq!((images[1].bytes.as_deref(), images[1].url.as_ref().unwrap().path()), (None, "/1.png"));
        assert_eq!((images[2].bytes.as_deref(), &images[2].url), (Some([3, 4].as_slice()), &None));
    }

    #[test]
    fn the_model_is_the_one_that_the_answer_names_or_else_the_one_that_was_asked() {
        for (said, model) in [(r#""m-1-2026""#, "m-1-2026"), ("\"\"", "m-1"), ("null", "m-1"), ("{}", "m-1")] {
            let body = format!(r#"{{"data":[{{"b64_json":"AQI"}}],"model":{said}}}"#);
            assert_eq!(read(body.as_bytes(), "m-1".into(), None).unwrap().model, model, "{said}");
        }
    }

    #[test]
    fn no_image_is_no_answer() {
        for body in ["", "[]", "{}", r#"{"data":[]}"#, r#"{"data":[{"b64_json":"!"}]}"#] {
            assert_eq!(
                read(body.as_bytes(), "m-1".into(), None).unwrap_err().code(),
                "provider_invalid_response",
                "{body}"
            );
        }
        let refused = br#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#;
        assert_eq!(read(refused, "m-1".into(), None).unwrap_err().code(), "budget_exceeded");
    }

    // S1
    #[test]
    fn an_images_address_is_not_shown() {
        let image =
            &read(br#"{"data":[{"url":"https://i.example/1.png?sig=canary"}]}"#, "m-1".into(), None).unwrap().images[0];
        assert_eq!(format!("{image:?}"), "GeneratedImage(at i.example)");
    }

    proptest! {
        // S3
        #[test]
        fn no_answer_panics(body in any::<Vec<u8>>()) {
            let _ = read(&body, "m-1".into(), None);
        }
    }
}
