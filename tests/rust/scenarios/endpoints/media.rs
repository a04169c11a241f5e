//! The steps with images, sound and videos.

use super::facts::{job_facts, png_facts};
use super::{Scene, read};
use aipass::{
    AudioFile, AudioFormat, CallOptions, GeneratedImages, ImageEdit, ImageRequest, ImageResponseFormat, ImageVariation,
    SpeechRequest, TranscriptResponseFormat, TranscriptionRequest, TransferProgress, VideoRequest,
};
use serde_json::{Value, json};
use std::sync::Arc;

impl Scene<'_> {
    pub(super) async fn generate_image(&mut self) -> aipass::Result<Value> {
        let (n, size, response_format) = (self.number("count"), self.optional("size"), self.form());
        let request = ImageRequest { n, size, response_format, ..ImageRequest::new(self.text("prompt")) };
        let images = self.ai.generate_image(request).await?;
        self.remember_images(images).await
    }

    pub(super) async fn edit_image(&mut self) -> aipass::Result<Value> {
        let photos = self.texts("photos").iter().map(|path| self.photo(path)).collect();
        let mask = self.optional("mask").map(|path| self.photo(&path));
        let edit = ImageEdit { mask, size: self.optional("size"), ..ImageEdit::new(photos, self.text("prompt")) };
        let images = self.ai.edit_image(edit).await?;
        self.remember_images(images).await
    }

    pub(super) async fn vary_image(&mut self) -> aipass::Result<Value> {
        let photo = self.photo(&self.text("photo"));
        let variation = ImageVariation { size: self.optional("size"), ..ImageVariation::new(photo) };
        let images = self.ai.vary_image(variation).await?;
        self.remember_images(images).await
    }

    pub(super) async fn save_image(&mut self) -> aipass::Result<Value> {
        let image = self.memory.image.clone().expect("a step before made an image");
        let path = self.folder.join("image.png");
        self.ai.save_image(image, path.clone()).await?;
        Ok(png_facts(&read(&path)))
    }

    pub(super) async fn speak(&mut self) -> aipass::Result<Value> {
        let speech = self.ai.speak(self.speech()).await?;
        let facts = json!({"media_type": speech.media_type, "bytes": speech.bytes.len(), "model": speech.model});
        self.memory.recording = Some(speech.bytes.into());
        Ok(facts)
    }

    pub(super) async fn speak_streamed(&mut self) -> aipass::Result<Value> {
        let stream = self.ai.speak_streamed(self.speech()).await?;
        let (mut bytes, mut pieces) = (Vec::new(), 0);
        while let Some(piece) = stream.next().await? {
            bytes.extend(piece);
            pieces += 1;
            if self.step["cancel_after"] == pieces {
                stream.cancel();
            }
        }
        let facts = json!({"media_type": stream.media_type(), "bytes": bytes.len(), "model": stream.model()});
        self.memory.recording = Some(bytes.into());
        Ok(facts)
    }

    pub(super) async fn speak_to_file(&mut self) -> aipass::Result<Value> {
        let path = self.folder.join("speech");
        let progress = TransferProgress::new();
        let ai = self.ai.with(CallOptions { progress: Some(progress.clone()), ..CallOptions::default() });
        let saved = ai.speak_to_file(self.speech(), path.clone()).await?;
        assert_eq!(read(&path).len() as u64, saved.size);
        self.memory.recording = Some(AudioFile::File(path));
        Ok(
            json!({"bytes": saved.size, "received": progress.count().received, "cost": saved.cost.map(|cost| cost.to_string())}),
        )
    }

    pub(super) async fn transcribe(&mut self) -> aipass::Result<Value> {
        let response_format = self.optional("form").map(|form| match form.as_str() {
            "segments" => TranscriptResponseFormat::Segments,
            "words" => TranscriptResponseFormat::Words,
            "srt" => TranscriptResponseFormat::Srt,
            "vtt" => TranscriptResponseFormat::Vtt,
            _ => TranscriptResponseFormat::Text,
        });
        let audio = self.memory.recording.clone().expect("a step before made a recording");
        let request = TranscriptionRequest { response_format, ..TranscriptionRequest::new(audio) };
        let transcript = self.ai.transcribe(request).await?;
        let segments: Vec<Value> = transcript.segments.iter().map(|piece| json!({"text": piece.text})).collect();
        let words: Vec<&str> = transcript.words.iter().map(|word| word.text.as_str()).collect();
        Ok(json!({"text": transcript.text, "segments": segments, "words": words, "model": transcript.model}))
    }

    pub(super) async fn create_video(&mut self) -> aipass::Result<Value> {
        let request = VideoRequest {
            input_reference: self.optional("photo").map(|path| self.photo(&path)),
            seconds: self.number("seconds"),
            ..VideoRequest::new(self.text("prompt"))
        };
        let job = self.ai.create_video(request).await?;
        Ok(self.remember_video(job))
    }

    pub(super) async fn video_updates(&self) -> aipass::Result<Value> {
        let updates = Arc::new(self.ai.video_updates(self.memory.video.clone()));
        let mut changes = Vec::new();
        while let Some(job) = Arc::clone(&updates).next().await? {
            changes.push(job_facts(&job));
            if self.step["cancel_after"] == changes.len() {
                updates.cancel();
            }
        }
        Ok(json!({"changes": changes}))
    }

    pub(super) async fn download_video(&self) -> aipass::Result<Value> {
        let path = self.folder.join("video.mp4");
        let progress = TransferProgress::new();
        let ai = self.ai.with(CallOptions { progress: Some(progress.clone()), ..CallOptions::default() });
        let saved = ai.download_video(self.memory.video.clone(), path.clone()).await?;
        let is_mp4 = read(&path).get(4..8) == Some(b"ftyp");
        Ok(json!({"bytes": saved.size, "received": progress.count().received, "is_mp4": is_mp4}))
    }

    async fn remember_images(&mut self, generated: GeneratedImages) -> aipass::Result<Value> {
        let mut images = Vec::new();
        for image in &generated.images {
            images.push(png_facts(&self.ai.image_bytes(image.clone()).await?));
        }
        self.memory.image = generated.images.into_iter().next();
        Ok(json!({"images": images, "model": generated.model}))
    }

    fn speech(&self) -> SpeechRequest {
        let format = self.optional("format").map(|format| match format.as_str() {
            "wav" => AudioFormat::Wav,
            "pcm" => AudioFormat::Pcm,
            other => panic!("no step asks for {other}"),
        });
        SpeechRequest { response_format: format, ..SpeechRequest::new(self.text("text")) }
    }

    fn form(&self) -> Option<ImageResponseFormat> {
        self.optional("form")
            .map(|form| if form == "url" { ImageResponseFormat::Url } else { ImageResponseFormat::Bytes })
    }
}
