//! The other crates, doing the same.

use crate::server::Server;
use async_openai::config::OpenAIConfig;
use async_openai::types::chat::{
    ChatCompletionRequestUserMessageArgs, CreateChatCompletionRequest, CreateChatCompletionRequestArgs,
};
use eventsource_stream::Eventsource as _;
use futures_util::StreamExt as _;
use serde_json::{Value, json};

pub fn openai(server: &Server) -> async_openai::Client<OpenAIConfig> {
    let config = OpenAIConfig::new().with_api_base(format!("{}/v1", server.base)).with_api_key("access-token");
    async_openai::Client::with_config(config)
}

pub fn openai_question(model: &str) -> CreateChatCompletionRequest {
    let message = ChatCompletionRequestUserMessageArgs::default().content("Say something.").build();
    let message = message.expect("it has all that it needs").into();
    let request = CreateChatCompletionRequestArgs::default().model(model).messages([message]).build();
    request.expect("it has all that it needs")
}

/// Reads a stream with async-openai; how long the text is.
pub async fn openai_stream(client: &async_openai::Client<OpenAIConfig>, model: &str) -> usize {
    let mut stream = client.chat().create_stream(openai_question(model)).await.expect("the stream begins");
    let mut length = 0;
    while let Some(event) = stream.next().await {
        let event = event.expect("an event");
        length +=
            event.choices.iter().filter_map(|choice| choice.delta.content.as_ref()).map(String::len).sum::<usize>();
    }
    length
}

pub fn body(model: &str, stream: bool) -> Value {
    json!({"model": model, "messages": [{"role": "user", "content": "Say something."}], "stream": stream})
}

/// Sends with bare reqwest.
pub async fn bare(client: &reqwest::Client, server: &Server, body: &Value) -> reqwest::Response {
    let url = format!("{}/v1/chat/completions", server.base);
    client.post(url).bearer_auth("access-token").json(body).send().await.expect("an answer")
}

/// Reads a stream with eventsource-stream and serde_json; how long the text is.
pub async fn bare_stream(client: &reqwest::Client, server: &Server, model: &str) -> usize {
    let response = bare(client, server, &body(model, true)).await;
    let mut events = response.bytes_stream().eventsource();
    let mut length = 0;
    while let Some(event) = events.next().await {
        let event = event.expect("an event");
        if event.data == "[DONE]" {
            break;
        }
        let value: Value = serde_json::from_str(&event.data).expect("JSON");
        length += value["choices"][0]["delta"]["content"].as_str().map_or(0, str::len);
    }
    length
}
