//! Refusals of what was asked, as opposed to how: the provider may have read it, and may bill what it read.
//!
//! [Azure](https://learn.microsoft.com/azure/ai-foundry/openai/how-to/manage-costs) may bill a 400 about its content filter or
//! the input's length.

use crate::error::Error;

/// Codes and words about what was asked, which may have been read, and billed, before it was refused.
const CONTENT_SIGNS: [&str; 17] = [
    "content_filter",
    "content filter",
    "content_policy",
    "content management policy",
    "contentpolicy",
    "context_length",
    "context length",
    "contextwindow",
    "context window",
    // Anthropic's, Bedrock's and Gemini's words for the length
    "too long",
    "too many tokens",
    "token count",
    "above_max_length",
    // and those of moderation
    "moderation",
    "guardrail",
    "safety system",
    "flagged",
];

/// Whether a provider refused what was asked: its content or its length.
pub(super) fn is_about_content(error: &Error) -> bool {
    let Error::Provider { provider_code, detail, .. } = error else { return false };
    let code = provider_code.as_deref().unwrap_or_default().to_ascii_lowercase();
    let words = detail.to_ascii_lowercase();
    CONTENT_SIGNS.iter().any(|sign| code.contains(sign) || words.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ProviderErrorKind;

    #[test]
    fn refusals_of_the_content_or_its_length_are_told_apart() {
        for (code, detail, expected) in [
            (Some("content_filter"), "", true),
            (Some("ContentPolicyViolation"), "", true),
            (None, "The response was filtered due to Azure's content management policy.", true),
            (Some("context_length_exceeded"), "", true),
            (None, "ContextWindowExceededError", true),
            (Some("invalid_request_error"), "prompt is too long: 208310 tokens > 200000 maximum", true),
            (None, "The input token count (1200000) exceeds the maximum number of tokens allowed", true),
            (Some("string_above_max_length"), "", true),
            (Some("moderation_blocked"), "Your request was rejected by the safety system.", true),
            (Some("invalid_value"), "temperature must be 1", false),
            (None, "", false),
        ] {
            let mut error = Error::of_response(ProviderErrorKind::BadRequest, Some(400), detail);
            if let Error::Provider { provider_code, .. } = &mut error {
                *provider_code = code.map(Into::into);
            }
            assert_eq!(is_about_content(&error), expected, "{code:?} {detail}");
        }
        assert!(!is_about_content(&Error::invalid_input("model", "content_filter")));
    }
}
