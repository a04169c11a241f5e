//! The photos of a conversation, made fit to be sent.

use super::message::{ContentPart, Message};
use crate::error::Result;
use crate::gateway::photo::{Photo, upload_urls};

/// Makes the photos of these messages fit to be sent: each becomes its URL on the web, or a `data:` URL of what is uploaded. In
/// place of a long one stand its parts, behind a note that says so.
pub(in crate::gateway) async fn prepare(messages: &mut [Message]) -> Result<()> {
    for message in messages {
        // Taken out, not copied: a camera's photo is several megabytes.
        message.content = prepared(std::mem::take(&mut message.content)).await?;
    }
    Ok(())
}

async fn prepared(content: Vec<ContentPart>) -> Result<Vec<ContentPart>> {
    let mut uploaded = Vec::with_capacity(content.len());
    for part in content {
        match part {
            ContentPart::Photo { photo } => {
                let urls = upload_urls(photo).await?;
                if urls.len() > 1 {
                    uploaded.push(ContentPart::text(parts_note(urls.len())));
                }
                uploaded.extend(urls.into_iter().map(|url| ContentPart::Photo { photo: Photo::Url(url) }));
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
        let sent = prepared(vec![ContentPart::text("Read this."), long, short]).await.unwrap();
        let [ContentPart::Text { .. }, ContentPart::Text { text }, photos @ ..] = &sent[..] else { panic!("{sent:?}") };
        assert_eq!((photos.len(), text.starts_with("The next 3 images")), (4, true), "{text}");
        // What was prepared is not cut again, nor told of again.
        assert_eq!(prepared(sent.clone()).await.unwrap(), sent);
    }
}
