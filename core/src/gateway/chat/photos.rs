//! The photos of a conversation, made fit to be sent.

use super::message::{ContentPart, Message};
use crate::error::Result;
use crate::gateway::photo::{self, Photo};
use crate::gateway::tokens::photos::PhotoSize;
use crate::photo::PhotoMeasures;

/// What is known of the photos of a request.
#[derive(Debug, Default)]
pub(in crate::gateway) struct SentPhotos {
    /// The size of each image that is sent.
    pub sizes: Vec<PhotoSize>,
    /// How photos look, each with its number, counted from 0.
    pub measures: Vec<(u32, PhotoMeasures)>,
}

/// Makes the photos of these messages fit to be sent: each becomes its URL on the web, or a `data:` URL of what is uploaded. In
/// place of a long one stand its parts, behind a note that says so. With `measured`, tells how each photo looks that is not on the web.
pub(in crate::gateway) async fn prepare(messages: &mut [Message], measured: bool) -> Result<SentPhotos> {
    let mut sent = SentPhotos::default();
    for message in messages {
        // Taken out, not copied: a camera's photo is several megabytes.
        message.content = prepared(std::mem::take(&mut message.content), measured, &mut sent).await?;
    }
    Ok(sent)
}

async fn prepared(content: Vec<ContentPart>, measured: bool, sent: &mut SentPhotos) -> Result<Vec<ContentPart>> {
    let mut number = 0;
    let mut uploaded = Vec::with_capacity(content.len());
    for part in content {
        match part {
            ContentPart::Photo { photo } => {
                let photo::Upload { parts, measures } = photo::upload(photo, measured).await?;
                sent.measures.extend(measures.map(|measures| (number, measures)));
                number += 1;
                if parts.len() > 1 {
                    uploaded.push(ContentPart::text(parts_note(parts.len())));
                }
                sent.sizes.extend(parts.iter().map(|part| part.size));
                uploaded.extend(parts.into_iter().map(|part| ContentPart::Photo { photo: Photo::Url(part.url) }));
            }
            other => uploaded.push(other),
        }
    }
    Ok(uploaded)
}

/// What a model is told of a long photo.
fn parts_note(count: usize) -> String {
    format!(
        "The next {count} images are one long photo, cut into parts from its beginning to its end. Neighbouring parts \
         overlap: lines that appear in two of them are there once."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A photo of one pixel.
    const GIF: &str = "R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

    // P8, U6: a long receipt stays readable
    #[tokio::test]
    async fn a_long_photo_is_sent_in_parts_behind_a_note() {
        let mut file = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(1000, 5000).write_to(&mut file, image::ImageFormat::Png).unwrap();
        let long = ContentPart::Photo { photo: Photo::from(file.into_inner()) };
        let short = ContentPart::Photo { photo: Photo::Url(format!("data:image/gif;base64,{GIF}")) };
        let mut seen = SentPhotos::default();
        let sent = prepared(vec![ContentPart::text("Read this."), long, short], false, &mut seen).await.unwrap();
        assert_eq!((seen.sizes.len(), seen.sizes[3]), (4, Some((1, 1))));
        let [ContentPart::Text { .. }, ContentPart::Text { text }, photos @ ..] = &sent[..] else { panic!("{sent:?}") };
        assert_eq!((photos.len(), text.starts_with("The next 3 images")), (4, true), "{text}");
        // What was prepared is not cut again, nor told of again.
        assert_eq!(prepared(sent.clone(), false, &mut seen).await.unwrap(), sent);
        assert_eq!(seen.sizes[..4], seen.sizes[4..]);
    }
}
