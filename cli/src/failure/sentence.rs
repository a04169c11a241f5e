//! What the program says of the library's errors: one sentence for each, with what to do.

use super::{Failure, Status, login_command};
use crate::figures;
use crate::foreign::printable;
use crate::well_known::DASHBOARD;
use aipass::{Error, ProviderErrorKind, SignInReason, StorageErrorKind};
use std::time::Duration;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let said = text_before(&error).map(|text| format!(" The model had said: {}", printable(text)));
        let sentence = format!("{}{}", sentence_for(&error), said.unwrap_or_default());
        Self::new(status_of(&error), error.code(), sentence)
    }
}

/// What the model said before the error: it has been paid for.
fn text_before(error: &Error) -> Option<&str> {
    let text = match error {
        Error::Truncated { text, .. } => text,
        Error::Provider { text, .. }
        | Error::BudgetExceeded { text, .. }
        | Error::SpendLimit { text, .. }
        | Error::RateLimited { text, .. } => text.as_deref()?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn status_of(error: &Error) -> Status {
    match error {
        Error::SignInRequired { .. } | Error::InvalidCallback { .. } => Status::SignInNeeded,
        Error::Provider { kind: ProviderErrorKind::SignInRefused, .. } => Status::SignInNeeded,
        Error::Storage { kind: StorageErrorKind::KeyLost | StorageErrorKind::Corrupt, .. } => Status::SignInNeeded,
        Error::BudgetExceeded { .. } | Error::SpendLimit { .. } => Status::Budget,
        Error::Offline { .. } | Error::Timeout { .. } => Status::Network,
        Error::InvalidInput { input, .. } if option_of(input).is_some() || is_argument(input) => Status::Usage,
        _ => Status::Other,
    }
}

/// The option that an argument of the library came from.
fn option_of(input: &str) -> Option<&'static str> {
    Some(match input {
        "client_id" => "--client-id",
        "redirect_uri" => "--redirect-uri",
        "port" => "--port",
        "base_url" | "model_api" | "account_api" => "--base-url",
        "model" => "--model",
        "expected_currency" => "--currency",
        "locale" => "--locale",
        "size" => "--size",
        "speed" => "--speed",
        "language" => "--language",
        "dimensions" => "--dimensions",
        "seconds" => "--seconds",
        "max_tokens" => "--max-tokens",
        "schema_json" => "--schema",
        "body_json" => "--body",
        "name" => "--name",
        "redirect_uris" => "--redirect-uri",
        "access_token_ttl" => "--access-token-ttl",
        "refresh_token_ttl" => "--refresh-token-ttl",
        "registration_endpoint" => "--registration-endpoint",
        "introspection_endpoint" => "--introspection-endpoint",
        "client_uri" => "--client-uri",
        "logo_uri" => "--logo-uri",
        "scopes" => "--scope",
        "initial_access_token" => "--initial-token-env",
        input if input.ends_with("_endpoint") => "--base-url",
        _ => return None,
    })
}

/// Whether an argument of the library is what stands on the command line without an option's name.
fn is_argument(input: &str) -> bool {
    matches!(input, "prompt" | "input" | "id" | "path" | "amount" | "issuer")
}

fn sentence_for(error: &Error) -> String {
    match error {
        Error::SignInRequired { reason: SignInReason::Denied, detail } => {
            let words = detail.as_ref().map(|words| format!(" ({})", plain(words))).unwrap_or_default();
            format!("Access was denied on the sign-in page{words}: run this again and allow it.")
        }
        Error::SignInRequired { reason: SignInReason::DeviceCodeExpired, .. } => {
            "The code was not entered in time: run this again for a new one.".to_owned()
        }
        Error::SignInRequired { reason, .. } => {
            format!("Sign-in is needed, because {reason}: run {}.", login_command())
        }
        Error::Storage { kind: StorageErrorKind::KeyLost | StorageErrorKind::Corrupt, detail } => {
            format!("The stored session cannot be read ({}): run {} to sign in again.", plain(detail), login_command())
        }
        Error::BudgetExceeded { spent, limit, .. } => {
            let figures = match (spent, limit) {
                (Some(spent), Some(limit)) => format!(" ({} of {})", figures::money(*spent), figures::money(*limit)),
                _ => String::new(),
            };
            format!("The budget is used up{figures}: top up the account, or give a sandbox a larger --budget.")
        }
        Error::SpendLimit { limit, text: Some(_), .. } => {
            format!(
                "The answer grew longer than its estimate, and was ended: --max-cost is {}.",
                figures::money(*limit)
            )
        }
        Error::SpendLimit { limit, estimate, .. } => {
            let cost = match estimate {
                Some(estimate) => format!("may cost {}", figures::money(*estimate)),
                None => "has no known highest cost".to_owned(),
            };
            format!("Nothing was sent, because this {cost}: --max-cost is {}.", figures::money(*limit))
        }
        Error::RateLimited { retry_after, detail, .. } => {
            format!("There were too many requests ({}): run this again {}.", plain(detail), wait(*retry_after))
        }
        Error::Offline { maybe_sent, detail } => {
            format!(
                "The server cannot be reached ({}): check its address and the network{}.",
                plain(detail),
                paid(*maybe_sent)
            )
        }
        Error::Timeout { after, last_status: Some(status), .. } => {
            let status = plain(status).replace('_', " ");
            format!("The video is still {status} after {} s: it goes on, so wait for it again.", after.as_secs())
        }
        Error::Timeout { after, .. } => {
            format!("The server did not answer within {} s: run this again{}.", after.as_secs(), paid(true))
        }
        Error::Provider { kind: ProviderErrorKind::SignInRefused, detail, .. } => {
            format!(
                "The provider refused the sign-in ({}): check --client-id and --redirect-uri; AI Pass's are at {DASHBOARD}.",
                plain(detail)
            )
        }
        Error::Provider { kind, status, request_id, detail, .. } => {
            // Details of sign-in and registration begin with the status too.
            let known = status.map(|status| format!("status {status}: ")).unwrap_or_default();
            let detail = detail.strip_prefix(&known).unwrap_or(detail);
            let status = status.map(|status| format!(" (status {status})")).unwrap_or_default();
            let request = request_id.as_ref().map(|id| format!(" with its id, {}", plain(id))).unwrap_or_default();
            let said = format!("{}{status}: {}", capitalised(&kind.to_string()), plain(detail));
            format!("{said}; {}.", remedy(*kind, &request))
        }
        Error::InvalidInput { input, detail } => match option_of(input) {
            Some(option) => format!("{option} cannot be used: {}.", plain(detail)),
            None if matches!(input.as_str(), "photo" | "image" | "images" | "input_reference") => {
                format!("{}.", capitalised(&plain(detail)))
            }
            None => format!("The {input} cannot be used: {}", ended(plain(detail))),
        },
        Error::Truncated { detail, .. } => {
            format!(
                "The answer ended before it was complete ({}): run this again; it may have been charged.",
                plain(detail)
            )
        }
        Error::InvalidOutput { text, detail, .. } => {
            let said = printable(text);
            format!("The answer is not what was asked for ({}): ask again in other words. It is: {said}", plain(detail))
        }
        Error::Unsupported { what } => format!("This provider does not offer {}: use another one.", plain(what)),
        Error::InvalidCallback { kind } => {
            format!("The callback was refused, because {kind}: run {} again.", login_command())
        }
        Error::Storage { kind, detail } => {
            format!("The session's store failed: {kind} ({}); `aipass diagnostics` shows where it is.", plain(detail))
        }
        Error::Other { code, detail } if code == "file_not_written" => {
            format!("The result could not be written: {}.", plain(detail))
        }
        other => format!("{}; please report it.", capitalised(&plain(&other.to_string()))),
    }
}

/// What to do about a refusal or failure of the provider's.
fn remedy(kind: ProviderErrorKind, request: &str) -> String {
    match kind {
        ProviderErrorKind::BadRequest => "change what is asked".to_owned(),
        ProviderErrorKind::Forbidden => "ask the provider what this account may do".to_owned(),
        ProviderErrorKind::NotFound => "`aipass models` lists what there is".to_owned(),
        ProviderErrorKind::MetadataRefused => {
            "check how the issuer is spelt, or ask the provider's support to correct its metadata".to_owned()
        }
        ProviderErrorKind::TooLarge => "send less".to_owned(),
        ProviderErrorKind::GenerationFailed => "change the prompt".to_owned(),
        ProviderErrorKind::Unavailable => format!("run this again later, or ask the provider's support{request}"),
        _ => format!("check --base-url, or ask the provider's support{request}"),
    }
}

/// A server's or a library's words as part of a sentence: no control characters, no full stop.
fn plain(words: &str) -> String {
    printable(words).trim().trim_end_matches('.').to_owned()
}

/// With a full stop, unless it is a question.
fn ended(words: String) -> String {
    if words.ends_with('?') { words } else { words + "." }
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

fn wait(retry_after: Option<Duration>) -> String {
    retry_after.map_or_else(|| "later".to_owned(), |wait| format!("in {} s", wait.as_secs().max(1)))
}

fn paid(maybe_sent: bool) -> &'static str {
    if maybe_sent { "; the call may have been charged" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aipass::TimeLimit;

    fn failure(error: Error) -> (Status, String) {
        let failure = Failure::from(error);
        (failure.status, failure.sentence)
    }

    #[test]
    fn each_kind_of_error_has_its_exit_status() {
        let budget =
            Error::BudgetExceeded { spent: None, limit: None, request_id: None, detail: String::new(), text: None };
        assert_eq!(failure(budget).0, Status::Budget);
        let reason = SignInReason::GrantEnded;
        assert_eq!(failure(Error::from(reason)).0, Status::SignInNeeded);
        let offline = Error::Offline { maybe_sent: false, detail: "connection refused".into() };
        let (status, sentence) = failure(offline);
        assert_eq!(status, Status::Network);
        assert!(!sentence.contains("charged"), "{sentence}");
        let input = |input: &str| Error::InvalidInput { input: input.into(), detail: "it is wrong".into() };
        assert_eq!(failure(input("token_endpoint")).0, Status::Usage);
        assert_eq!(failure(input("photo")), (Status::Other, "It is wrong.".to_owned()));
        assert_eq!(failure(input("mask")), (Status::Other, "The mask cannot be used: it is wrong.".to_owned()));
        assert_eq!(failure(input("amount")), (Status::Usage, "The amount cannot be used: it is wrong.".to_owned()));
        let question = Error::InvalidInput { input: "file".into(), detail: "it is empty: was it closed?".into() };
        assert_eq!(failure(question).1, "The file cannot be used: it is empty: was it closed?");
    }

    #[test]
    fn a_status_is_said_once() {
        let error = Error::Provider {
            kind: ProviderErrorKind::BadRequest,
            status: Some(400),
            provider_code: Some("invalid_client_metadata".into()),
            parameter: None,
            request_id: None,
            retry_after: None,
            detail: "status 400: invalid_client_metadata: no name".into(),
            text: None,
        };
        let said =
            "The provider refused the request (status 400): invalid_client_metadata: no name; change what is asked.";
        assert_eq!(failure(error).1, said);
    }

    #[test]
    fn a_providers_failure_says_what_to_do() {
        let error = Error::Provider {
            kind: ProviderErrorKind::Unavailable,
            status: Some(500),
            provider_code: None,
            parameter: None,
            request_id: Some("req_1".into()),
            retry_after: None,
            detail: "Try later.".into(),
            text: None,
        };
        let wanted = "The provider is unavailable (status 500): Try later; run this again later, or ask the provider's \
                      support with its id, req_1.";
        assert_eq!(failure(error), (Status::Other, wanted.to_owned()));
    }

    // C2
    #[test]
    fn the_text_before_an_error_is_shown() {
        let text = Some("The total\u{1b}[2J is 12.50".to_owned());
        let budget = Error::BudgetExceeded { spent: None, limit: None, request_id: None, detail: String::new(), text };
        let (_, sentence) = failure(budget);
        assert!(sentence.ends_with(r"The model had said: The total\u001b[2J is 12.50"), "{sentence:?}");
        let cut = Error::Truncated { text: "Half".into(), request_id: None, detail: "it ended".into() };
        assert!(failure(cut).1.ends_with("The model had said: Half"));
    }

    // Running the command again would request, and pay for, a second video.
    #[test]
    fn a_video_that_takes_longer_is_to_be_waited_for_and_not_asked_for_again() {
        let (limit, after) = (TimeLimit::Total, Duration::from_secs(600));
        let error = Error::Timeout { limit, after, last_status: Some("in_progress".into()) };
        let wanted = "The video is still in progress after 600 s: it goes on, so wait for it again.";
        assert_eq!(failure(error), (Status::Network, wanted.to_owned()));
    }

    #[test]
    fn a_servers_words_cannot_drive_the_terminal() {
        let detail = "\u{1b}[2Jgone.\n".to_owned();
        let (_, sentence) = failure(Error::RateLimited { retry_after: None, request_id: None, detail, text: None });
        assert!(!sentence.chars().any(char::is_control), "{sentence:?}");
    }
}
