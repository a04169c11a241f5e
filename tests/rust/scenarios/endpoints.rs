//! The steps that call models and the account.

use crate::steps::figure;
use aipass::{
    AiPass, Api, AudioFile, AudioFormat, CallOptions, Capability, ChoiceReason, ClientSettings,
    EmbeddingEncodingFormat, EmbeddingRequest, GeneratedImage, GeneratedImages, ImageEdit, ImageRequest,
    ImageResponseFormat, ImageVariation, Model, ModelFilter, OAuthClient, Photo, RawMethod, RawRequest, SpeechRequest,
    TranscriptResponseFormat, TranscriptionRequest, TransferProgress, VideoJob, VideoRequest, VideoStatus,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What one step leaves for the next.
#[derive(Default)]
pub struct Memory {
    image: Option<GeneratedImage>,
    recording: Option<AudioFile>,
    video: String,
    client: Option<OAuthClient>,
}

/// Where a step is taken.
pub struct Scene<'a> {
    pub ai: &'a AiPass,
    pub root: &'a Path,
    pub folder: &'a Path,
    pub memory: &'a mut Memory,
    pub step: &'a Value,
}

impl Scene<'_> {
    /// Takes the step; `None` if it is none of these.
    pub async fn take(&mut self, name: &str) -> Option<aipass::Result<Value>> {
        Some(match name {
            "models" => self.models().await,
            "model" => self.ai.model(self.text("id")).await.map(|model| model_facts(&model)),
            "choose_model" => self.choose_model().await,
            "embed" => self.embed().await,
            "generate_image" => self.generate_image().await,
            "edit_image" => self.edit_image().await,
            "vary_image" => self.vary_image().await,
            "save_image" => self.save_image().await,
            "speak" => self.speak().await,
            "speak_streamed" => self.speak_streamed().await,
            "speak_to_file" => self.speak_to_file().await,
            "transcribe" => self.transcribe().await,
            "create_video" => self.create_video().await,
            "remix_video" => {
                let job = self.ai.remix_video(self.memory.video.clone(), self.text("prompt")).await;
                job.map(|job| self.remember_video(job))
            }
            "video" => self.ai.video(self.memory.video.clone()).await.map(|job| job_facts(&job)),
            "wait_for_video" => self.ai.wait_for_video(self.memory.video.clone()).await.map(|job| job_facts(&job)),
            "video_updates" => self.video_updates().await,
            "download_video" => self.download_video().await,
            "create_client" => {
                let client = self.ai.create_client(self.settings()).await;
                client.map(|client| self.remember_client(client))
            }
            "clients" => self
                .ai
                .clients()
                .await
                .map(|clients| json!({"clients": clients.iter().map(client_facts).collect::<Vec<_>>()})),
            "client" => self.ai.client(self.client().id).await.map(|client| client_facts(&client)),
            "update_client" => {
                let client = self.ai.update_client(self.client().id, self.settings()).await;
                client.map(|client| self.remember_client(client))
            }
            "deactivate_client" => self.ai.deactivate_client(self.client().id).await.map(|()| Value::Null),
            "delete_client" => self.ai.delete_client(self.client().id).await.map(|()| Value::Null),
            "client_usage" => self
                .ai
                .client_usage(self.client().client_id)
                .await
                .map(|usage| json!({"requests": usage.requests, "cost": figure(usage.cost)})),
            "checkout_url" => {
                let amount = self.text("amount").parse().expect("a step's amount is a decimal");
                self.ai.checkout_url(amount).await.map(|url| json!({"url": url.to_string()}))
            }
            "call_endpoint" => self.call_endpoint().await,
            _ => return None,
        })
    }

    async fn models(&self) -> aipass::Result<Value> {
        let (kind, capability, method) = (self.optional("kind"), self.optional("capability"), self.optional("method"));
        let models = if kind.is_some() || capability.is_some() || method.is_some() {
            self.ai.models_matching(ModelFilter { kind, capability, method }).await?
        } else {
            self.ai.models().await?
        };
        Ok(json!({"models": models.iter().map(model_facts).collect::<Vec<_>>()}))
    }

    async fn choose_model(&self) -> aipass::Result<Value> {
        let capability = capability(&self.text("capability"));
        let choice = self.ai.choose_model(capability, self.texts("preferences")).await?;
        Ok(match choice.reason {
            ChoiceReason::Preferred { missing } => {
                json!({"model": choice.model, "reason": "preferred", "missing": missing})
            }
            ChoiceReason::FirstSuitable => json!({"model": choice.model, "reason": "first_suitable"}),
            ChoiceReason::NoCatalogue => json!({"model": choice.model, "reason": "no_catalogue"}),
            _ => json!({"model": choice.model, "reason": "unknown"}),
        })
    }

    async fn embed(&self) -> aipass::Result<Value> {
        let vectors = self
            .ai
            .embed(EmbeddingRequest {
                dimensions: self.number("dimensions"),
                encoding_format: self.optional("encoding_format").map(|format| match format.as_str() {
                    "base64" => EmbeddingEncodingFormat::Base64,
                    _ => EmbeddingEncodingFormat::Float,
                }),
                ..EmbeddingRequest::new(self.texts("input"))
            })
            .await?
            .vectors;
        let lengths: Vec<usize> = vectors.iter().map(Vec::len).collect();
        Ok(json!({"lengths": lengths, "equal": vectors.windows(2).all(|pair| pair[0] == pair[1])}))
    }

    async fn generate_image(&mut self) -> aipass::Result<Value> {
        let (n, size, response_format) = (self.number("count"), self.optional("size"), self.form());
        let request = ImageRequest { n, size, response_format, ..ImageRequest::new(self.text("prompt")) };
        let images = self.ai.generate_image(request).await?;
        self.remember_images(images).await
    }

    async fn edit_image(&mut self) -> aipass::Result<Value> {
        let photos = self.texts("photos").iter().map(|path| self.photo(path)).collect();
        let mask = self.optional("mask").map(|path| self.photo(&path));
        let edit = ImageEdit { mask, size: self.optional("size"), ..ImageEdit::new(photos, self.text("prompt")) };
        let images = self.ai.edit_image(edit).await?;
        self.remember_images(images).await
    }

    async fn vary_image(&mut self) -> aipass::Result<Value> {
        let photo = self.photo(&self.text("photo"));
        let variation = ImageVariation { size: self.optional("size"), ..ImageVariation::new(photo) };
        let images = self.ai.vary_image(variation).await?;
        self.remember_images(images).await
    }

    async fn save_image(&mut self) -> aipass::Result<Value> {
        let image = self.memory.image.clone().expect("a step before made an image");
        let path = self.folder.join("image.png");
        self.ai.save_image(image, path.clone()).await?;
        Ok(png_facts(&read(&path)))
    }

    async fn speak(&mut self) -> aipass::Result<Value> {
        let speech = self.ai.speak(self.speech()).await?;
        let facts = json!({"media_type": speech.media_type, "bytes": speech.bytes.len(), "model": speech.model});
        self.memory.recording = Some(speech.bytes.into());
        Ok(facts)
    }

    async fn speak_streamed(&mut self) -> aipass::Result<Value> {
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

    async fn speak_to_file(&mut self) -> aipass::Result<Value> {
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

    async fn transcribe(&mut self) -> aipass::Result<Value> {
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

    async fn create_video(&mut self) -> aipass::Result<Value> {
        let request = VideoRequest {
            input_reference: self.optional("photo").map(|path| self.photo(&path)),
            seconds: self.number("seconds"),
            ..VideoRequest::new(self.text("prompt"))
        };
        let job = self.ai.create_video(request).await?;
        Ok(self.remember_video(job))
    }

    async fn video_updates(&self) -> aipass::Result<Value> {
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

    async fn download_video(&self) -> aipass::Result<Value> {
        let path = self.folder.join("video.mp4");
        let progress = TransferProgress::new();
        let ai = self.ai.with(CallOptions { progress: Some(progress.clone()), ..CallOptions::default() });
        let saved = ai.download_video(self.memory.video.clone(), path.clone()).await?;
        let is_mp4 = read(&path).get(4..8) == Some(b"ftyp");
        Ok(json!({"bytes": saved.size, "received": progress.count().received, "is_mp4": is_mp4}))
    }

    async fn call_endpoint(&self) -> aipass::Result<Value> {
        let method = match self.text("method").as_str() {
            "POST" => RawMethod::Post,
            "PUT" => RawMethod::Put,
            "PATCH" => RawMethod::Patch,
            "DELETE" => RawMethod::Delete,
            _ => RawMethod::Get,
        };
        let api = if self.step["api"] == "account" { Api::Account } else { Api::Model };
        let query = self.step["query"].as_object().into_iter().flatten();
        let query: HashMap<_, _> =
            query.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
        let body_json = self.step.get("body").map(Value::to_string);
        let request = RawRequest { api, method, query, body_json, ..RawRequest::get(self.text("path")) };
        let answer = self.ai.call_endpoint(request).await?;
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        Ok(json!({"status": answer.status, "media_type": answer.media_type, "body": body}))
    }

    async fn remember_images(&mut self, answer: GeneratedImages) -> aipass::Result<Value> {
        let mut images = Vec::new();
        for image in &answer.images {
            images.push(png_facts(&self.ai.image_bytes(image.clone()).await?));
        }
        self.memory.image = answer.images.into_iter().next();
        Ok(json!({"images": images, "model": answer.model}))
    }

    fn remember_video(&mut self, job: VideoJob) -> Value {
        self.memory.video.clone_from(&job.id);
        job_facts(&job)
    }

    fn remember_client(&mut self, client: OAuthClient) -> Value {
        let facts = client_facts(&client);
        self.memory.client = Some(client);
        facts
    }

    fn client(&self) -> OAuthClient {
        self.memory.client.clone().expect("a step before made a client")
    }

    fn settings(&self) -> ClientSettings {
        ClientSettings {
            name: self.optional("name"),
            redirect_uris: self.texts("redirect_uris"),
            scopes: self.texts("scopes"),
            ..ClientSettings::default()
        }
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

    fn photo(&self, path: &str) -> Photo {
        Photo::File(self.root.join(path))
    }

    fn text(&self, name: &str) -> String {
        self.optional(name).unwrap_or_default()
    }

    fn optional(&self, name: &str) -> Option<String> {
        self.step[name].as_str().map(str::to_owned)
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let list = self.step[name].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.step[name].as_u64().and_then(|number| number.try_into().ok())
    }
}

fn read(path: &PathBuf) -> Vec<u8> {
    std::fs::read(path).expect("a file that was just written can be read")
}

fn png_facts(bytes: &[u8]) -> Value {
    let edge = |at: usize| bytes.get(at..at + 4).map(|edge| u32::from_be_bytes(edge.try_into().expect("four bytes")));
    json!({"is_png": bytes.starts_with(b"\x89PNG"), "width": edge(16), "height": edge(20)})
}

fn model_facts(model: &Model) -> Value {
    json!({"id": model.id, "capability": model.capability.map(capability_name)})
}

fn job_facts(job: &VideoJob) -> Value {
    let status = match &job.status {
        VideoStatus::Queued => "queued",
        VideoStatus::InProgress => "in_progress",
        VideoStatus::Completed => "completed",
        VideoStatus::Failed => "failed",
        VideoStatus::Other { name } => name,
        _ => "unknown",
    };
    json!({"status": status, "progress": job.progress, "model": job.model})
}

fn client_facts(client: &OAuthClient) -> Value {
    json!({"name": client.name, "redirect_uris": client.redirect_uris, "scopes": client.scopes,
        "is_active": client.is_active, "has_secret": client.client_secret.is_some()})
}

const CAPABILITIES: [(&str, Capability); 9] = [
    ("chat", Capability::Chat),
    ("vision", Capability::Vision),
    ("image_generation", Capability::ImageGeneration),
    ("image_edit", Capability::ImageEdit),
    ("image_variation", Capability::ImageVariation),
    ("speech", Capability::Speech),
    ("transcription", Capability::Transcription),
    ("embeddings", Capability::Embeddings),
    ("video", Capability::Video),
];

fn capability(name: &str) -> Capability {
    CAPABILITIES.iter().find(|(known, _)| *known == name).expect("a step names a capability").1
}

fn capability_name(capability: Capability) -> &'static str {
    CAPABILITIES.iter().find(|(_, known)| *known == capability).map_or("unknown", |(name, _)| name)
}
