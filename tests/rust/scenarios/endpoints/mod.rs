//! The steps that call models and the account.

mod facts;
mod media;

use crate::steps::figure;
use aipass::{
    AiPass, Api, AudioFile, ChoiceReason, ClientSettings, EmbeddingEncodingFormat, EmbeddingRequest, GeneratedImage,
    ModelFilter, OAuthClient, Photo, RawMethod, RawRequest, VideoJob,
};
use facts::{capability, client_facts, job_facts, model_facts};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

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
        let response = self.ai.call_endpoint(request).await?;
        let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        Ok(json!({"status": response.status, "media_type": response.media_type, "body": body}))
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
