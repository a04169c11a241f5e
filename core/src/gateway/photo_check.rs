//! A look at a photo of a receipt before a model is paid to read it.
//!
//! The crate `aipass-photo` measures the pixels that are decoded for the upload; here is what the figures mean. The
//! thresholds are those at which a text recognition program begins to lose a receipt's fields; `docs/receipts.md` has the
//! measurements, with the false alarms.

use super::photo::{self, Photo};
use crate::client::AiPass;
use crate::error::{Error, Result};
use crate::photo::PhotoMeasures;

/// What a scan does where a photo looks unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PhotoCheck {
    /// The photo is sent all the same, and the receipt says what was found.
    Hint,
    /// Nothing is sent: the scan fails with [`Error::InvalidInput`] naming `photo`.
    Refuse,
}

/// Why a photo may not be readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PhotoHintKind {
    /// The shorter edge, in pixels, is below the threshold.
    TooSmall,
    /// The lightest parts are below the threshold, a level from 0 to 255.
    TooDark,
    /// Print on white paper stands out by less than the threshold, in levels from 0 to 255: it is overexposed, or the paper
    /// is blank.
    TooBright,
    /// Edges are less steep than the threshold, from 0 to 1: out of focus, or moved.
    TooBlurred,
    /// A smaller share of the picture than the threshold, from 0 to 1, looks like print.
    NoPrint,
}

/// A sign that a photo may not be readable. It is a hint: some photos with one can be read, and some without cannot.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhotoHint {
    /// Which of the photos of a scan, counted from 0.
    pub photo: u32,
    /// What is wrong with it.
    pub kind: PhotoHintKind,
    /// What was measured, in the unit that the kind names.
    pub measured: f64,
    /// What is needed at least.
    pub threshold: f64,
}

impl PhotoHintKind {
    /// What a photo needs at least.
    const fn threshold(self) -> f64 {
        match self {
            Self::TooSmall => 384.0,
            Self::TooDark => 24.0,
            Self::TooBright => 60.0,
            Self::TooBlurred => 0.23,
            Self::NoPrint => 0.005,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::TooSmall => "too small",
            Self::TooDark => "too dark",
            Self::TooBright => "too bright",
            Self::TooBlurred => "too blurred",
            Self::NoPrint => "without print",
        }
    }
}

impl std::fmt::Display for PhotoHint {
    /// Such as `too dark (15, and 24 is needed)`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = |figure: f64| (figure * 1000.0).round() / 1000.0;
        write!(
            formatter,
            "{} ({}, and {} is needed)",
            self.kind.words(),
            rounded(self.measured),
            rounded(self.threshold)
        )
    }
}

/// What the figures of photo number `photo` say.
fn hints(measures: &PhotoMeasures, photo: u32) -> impl Iterator<Item = PhotoHint> + use<> {
    use PhotoHintKind::{NoPrint, TooBlurred, TooBright, TooDark, TooSmall};
    let figures = [
        (TooSmall, Some(f64::from(measures.shorter_edge))),
        (TooDark, Some(measures.brightness)),
        (TooBright, measures.ink_contrast),
        (TooBlurred, measures.sharpness),
        (NoPrint, Some(measures.print_share)),
    ];
    figures.into_iter().filter_map(move |(kind, measured)| {
        let (measured, threshold) = (measured?, kind.threshold());
        (measured < threshold).then_some(PhotoHint { photo, kind, measured, threshold })
    })
}

/// What the figures of these photos say: of each its number, counted from 0.
pub(super) fn checked(measures: &[(u32, PhotoMeasures)], check: PhotoCheck) -> Result<Vec<PhotoHint>> {
    let hints: Vec<PhotoHint> = measures.iter().flat_map(|(photo, measures)| hints(measures, *photo)).collect();
    if check == PhotoCheck::Refuse && !hints.is_empty() {
        let words: Vec<String> = hints.iter().map(PhotoHint::to_string).collect();
        return Err(Error::invalid_input("photo", format!("it may not be readable: {}", words.join("; "))));
    }
    Ok(hints)
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Looks for signs that a photo of a receipt cannot be read: too small, too dark, too bright, too blurred, without
    /// print. It works on this device, costs nothing, and takes as long as preparing the photo for a call, which is tens to
    /// hundreds of milliseconds. No hint is no promise.
    ///
    /// A scan does the same beside its own work: see [`ReceiptScan::photo_check`](crate::ReceiptScan::photo_check).
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo` if it cannot be decoded, or is only on the web.
    pub async fn check_photo(&self, photo: Photo) -> Result<Vec<PhotoHint>> {
        self.run(|_| async move { Ok(hints(&photo::measure(photo).await?, 0).collect()) }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::tests::world::World;
    use crate::net::scripted::answer;
    use crate::{Receipt, ReceiptScan};
    use serde_json::json;

    const CHAT: &str = "/oauth2/v1/chat/completions";
    const RECEIPT: &[u8] = include_bytes!("../../../sandbox/recorded/cafe.jpg");

    fn kinds(hints: &[PhotoHint]) -> Vec<PhotoHintKind> {
        hints.iter().map(|hint| hint.kind).collect()
    }

    fn png(width: u32, height: u32, level: u8) -> Photo {
        let mut file = std::io::Cursor::new(Vec::new());
        let picture = image::GrayImage::from_pixel(width, height, image::Luma([level]));
        picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
        file.into_inner().into()
    }

    #[tokio::test(start_paused = true)]
    async fn a_photo_is_looked_at_on_the_device() {
        use PhotoHintKind::{NoPrint, TooBright, TooDark, TooSmall};
        let world = World::new();
        let ai = world.client();
        for (photo, expected) in [
            (Photo::from(RECEIPT.to_vec()), vec![]),
            (png(800, 600, 9), vec![TooDark, NoPrint]),
            (png(800, 600, 128), vec![NoPrint]),
            (png(800, 600, 255), vec![TooBright, NoPrint]),
            (png(40, 600, 128), vec![TooSmall, NoPrint]),
        ] {
            let hints = ai.check_photo(photo).await.unwrap();
            assert_eq!(kinds(&hints), expected);
            assert!(hints.iter().all(|hint| hint.measured < hint.threshold && hint.photo == 0), "{hints:?}");
        }
        let web = Photo::Url("https://example.com/a.jpg".into());
        for photo in [web, Photo::from(b"no photo".to_vec())] {
            let refused = ai.check_photo(photo).await;
            assert!(matches!(&refused, Err(Error::InvalidInput { input, .. }) if input == "photo"), "{refused:?}");
        }
        assert!(world.transport.bodies(CHAT).is_empty());
    }

    async fn scan(world: &World, photos: Vec<Photo>, check: Option<PhotoCheck>) -> Result<Receipt> {
        let reply = json!({"choices": [{"message": {"content": "{\"merchant\": \"A\"}"}, "finish_reason": "stop"}]});
        world.server.set(|state| state.api_answers = [answer(200, reply.to_string())].into());
        let ai = world.signed_in().await;
        ai.scan_receipt(ReceiptScan { photo_check: check, model: Some("m-1".into()), ..ReceiptScan::pages(photos) })
            .await
    }

    // P8: before it costs money
    #[tokio::test(start_paused = true)]
    async fn a_scan_tells_or_refuses_what_looks_unreadable() {
        let pages = || vec![Photo::from(RECEIPT.to_vec()), png(800, 600, 9)];
        let world = World::new();
        let read = scan(&world, pages(), None).await.unwrap();
        assert_eq!(read.photo_hints, [], "off by default");
        let read = scan(&world, pages(), Some(PhotoCheck::Hint)).await.unwrap();
        assert_eq!(kinds(&read.photo_hints), [PhotoHintKind::TooDark, PhotoHintKind::NoPrint]);
        assert!(read.photo_hints.iter().all(|hint| hint.photo == 1), "{:?}", read.photo_hints);
        let calls = world.transport.bodies(CHAT).len();
        let refused = scan(&world, pages(), Some(PhotoCheck::Refuse)).await;
        let Err(Error::InvalidInput { input, detail }) = refused else { panic!("{refused:?}") };
        assert_eq!((input.as_str(), detail.contains("too dark (9, and ")), ("photo", true), "{detail}");
        assert_eq!(world.transport.bodies(CHAT).len(), calls, "nothing was sent");
        let good = scan(&world, vec![Photo::from(RECEIPT.to_vec())], Some(PhotoCheck::Refuse)).await.unwrap();
        assert_eq!(good.photo_hints, []);
    }
}
