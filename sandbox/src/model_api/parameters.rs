//! Parameters that stock LiteLLM refuses before it asks a model.
//!
//! With `drop_params` off, its default, LiteLLM answers 400 to parameters that a model's provider does not take. The rules
//! and words here are those of LiteLLM 1.110: `OpenAIGPT5Config`, `AnthropicConfig`, `GPTImageGenerationConfig` and
//! `get_optional_params`. What LiteLLM maps, such as `max_tokens`, is not refused.

use serde_json::{Map, Value};

use super::errors::invalid;
use crate::wire::errors::RequestError;

/// `gpt-5*` accepts these only with `reasoning_effort: none`, which none of the models here supports.
const NOT_FOR_GPT_5: [&str; 11] = [
    "audio",
    "frequency_penalty",
    "logit_bias",
    "logprobs",
    "modalities",
    "prediction",
    "presence_penalty",
    "stop",
    "top_logprobs",
    "top_p",
    "web_search_options",
];
const NOT_FOR_CLAUDE: [&str; 10] = [
    "audio",
    "frequency_penalty",
    "logit_bias",
    "logprobs",
    "modalities",
    "n",
    "prediction",
    "presence_penalty",
    "seed",
    "top_logprobs",
];
const NOT_FOR_GPT_IMAGE: [&str; 2] = ["response_format", "style"];

/// Checks a chat request.
pub(super) fn check_chat(model: &str, body: &[u8]) -> Result<(), RequestError> {
    let sent: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let (provider, unsupported_names): (&str, &[&str]) = match model {
        _ if model.starts_with("gpt-5") => ("openai", &NOT_FOR_GPT_5),
        _ if model.starts_with("claude-") => ("anthropic", &NOT_FOR_CLAUDE),
        _ => return Ok(()),
    };
    let is_sent = |name: &&str| match sent.get(*name) {
        None | Some(Value::Null) => false,
        Some(value) => !(*name == "n" && *value == 1),
    };
    let found: Vec<String> =
        unsupported_names.iter().filter(|name| is_sent(name)).map(|name| format!("'{name}'")).collect();
    if !found.is_empty() {
        let text = format!("{provider} does not support parameters: [{}], for model={model}.", found.join(", "));
        return Err(unsupported(&text));
    }
    if provider != "openai" {
        return Ok(());
    }
    if let Some(effort @ ("none" | "xhigh")) = sent.get("reasoning_effort").and_then(Value::as_str) {
        return Err(unsupported(&format!("reasoning_effort={effort} is not supported for {model}.")));
    }
    match sent.get("temperature") {
        Some(Value::Number(temperature)) if temperature.as_f64() != Some(1.0) => Err(unsupported(&format!(
            "{model} doesn't support temperature={temperature} while reasoning is active. Only temperature=1 is supported \
             unless reasoning_effort resolves to 'none'."
        ))),
        _ => Ok(()),
    }
}

/// Checks the parameters of an image generation by their names.
pub(super) fn check_image_generation<'a>(
    model: &str,
    sent: impl IntoIterator<Item = &'a str>,
) -> Result<(), RequestError> {
    if !model.starts_with("gpt-image-") {
        return Ok(());
    }
    match sent.into_iter().find(|name| NOT_FOR_GPT_IMAGE.contains(name)) {
        Some(name) => Err(unsupported(&format!("Setting `{name}` is not supported by openai, {model}."))),
        None => Ok(()),
    }
}

fn unsupported(what: &str) -> RequestError {
    invalid(format!(
        "litellm.UnsupportedParamsError: {what} To drop unsupported params set `litellm.drop_params = True`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_litellm_refuses_is_refused() {
        let refused = |model: &str, body: Value| check_chat(model, body.to_string().as_bytes()).is_err();
        for (model, body) in [
            ("gpt-5-mini", json!({ "temperature": 0 })),
            ("gpt-5-nano", json!({ "temperature": 0.7 })),
            ("gpt-5-mini", json!({ "top_p": 0.5 })),
            ("gpt-5-mini", json!({ "stop": ["x"] })),
            ("gpt-5-mini", json!({ "logprobs": true })),
            ("gpt-5-mini", json!({ "reasoning_effort": "none" })),
            ("claude-haiku-4-5", json!({ "seed": 1 })),
            ("claude-haiku-4-5", json!({ "n": 2 })),
        ] {
            assert!(refused(model, body.clone()), "{model} {body}");
        }
        for (model, body) in [
            ("gpt-5-mini", json!({ "temperature": 1, "max_tokens": 9, "n": 2, "seed": 1, "response_format": {} })),
            ("gpt-5-mini", json!({ "temperature": null, "top_p": null, "reasoning_effort": "low" })),
            ("claude-haiku-4-5", json!({ "temperature": 0.2, "top_p": 0.5, "n": 1, "stop": "x" })),
            ("gpt-4o-mini", json!({ "temperature": 0, "top_p": 0.5, "logprobs": true })),
            ("gemini-2.5-flash-lite", json!({ "temperature": 0, "seed": 1 })),
        ] {
            assert!(!refused(model, body.clone()), "{model} {body}");
        }
        assert!(check_image_generation("gpt-image-1", ["n", "response_format"]).is_err());
        assert!(check_image_generation("gpt-image-1", ["n", "size"]).is_ok());
        assert!(check_image_generation("dall-e-2", ["response_format"]).is_ok());
    }
}
