//! The calls whose responses are read.

use aipass::{AiPass, ChatRequest, EmbeddingRequest, Error, ImageRequest, RawRequest, SpeechRequest};

/// What is asked.
pub enum Ask {
    Chat,
    /// With several choices and log-probabilities.
    LargeChat,
    Stream,
    Images,
    Embeddings,
    /// Of 2,048 texts.
    LargeEmbeddings,
    Models,
    Speech,
    Raw,
}

/// A text, or the length of a long one.
fn short(text: String) -> String {
    if text.len() > 100 { text.len().to_string() } else { text }
}

impl Ask {
    pub async fn of(&self, ai: &AiPass) -> Result<String, Error> {
        let request = ChatRequest::user("Hello").model("m-1");
        match self {
            Self::Chat => ai.chat(request).await.map(|answer| short(answer.text)),
            Self::LargeChat => {
                let request = ChatRequest { n: Some(4), top_logprobs: Some(20), ..request };
                let answer = ai.chat(request).await?;
                let all =
                    answer.text.len() + answer.other_choices.iter().map(|choice| choice.text.len()).sum::<usize>();
                Ok(format!("{all} and {}", answer.logprobs.len()))
            }
            Self::Stream => {
                let stream = ai.chat_stream(request).await?;
                while stream.next().await?.is_some() {}
                stream.answer().await.map(|answer| answer.text)
            }
            Self::Images => {
                let request = ImageRequest { model: Some("m-1".into()), ..ImageRequest::new("a cat") };
                ai.generate_image(request).await.map(|images| images.images.len().to_string())
            }
            Self::Embeddings => {
                let request = EmbeddingRequest { model: Some("m-1".into()), ..EmbeddingRequest::new(vec!["a"; 16]) };
                ai.embed(request).await.map(|embeddings| embeddings.vectors.len().to_string())
            }
            Self::LargeEmbeddings => {
                let request = EmbeddingRequest { model: Some("m-1".into()), ..EmbeddingRequest::new(vec!["a"; 2048]) };
                let numbers = |vectors: Vec<Vec<f32>>| vectors.iter().map(Vec::len).sum::<usize>().to_string();
                ai.embed(request).await.map(|embeddings| numbers(embeddings.vectors))
            }
            Self::Models => ai.models_matching(Default::default()).await.map(|models| models.len().to_string()),
            Self::Speech => {
                let request = SpeechRequest { model: Some("m-1".into()), ..SpeechRequest::new("Hello") };
                ai.speak(request).await.map(|speech| speech.bytes.len().to_string())
            }
            Self::Raw => ai.call_endpoint(RawRequest::get("x")).await.map(|raw| raw.body.len().to_string()),
        }
    }
}
