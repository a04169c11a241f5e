//! Errors in the forms that clients have met. The request is not looked at.

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::{Alteration, Asked};
use crate::server::refusal::json_response;
use crate::state::lock;

const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>";
/// More than any integer of a client.
const HUGE: &str = "99999999999999999999";

pub(super) fn replacement(alteration: Alteration, asked: Asked<'_>) -> Option<Response<Body>> {
    Some(match alteration {
        Alteration::SlowDown => after("120", &json!({ "error": "slow_down" })),
        Alteration::HugeRetryAfter => after(HUGE, &json!({ "error": "slow_down" })),
        Alteration::EnvelopeError => {
            json_response(StatusCode::OK, &json!({ "success": false, "message": "Code expired" }))
        }
        Alteration::ListError => json_response(StatusCode::BAD_REQUEST, &json!([{ "error": budget_error(asked) }])),
        Alteration::DetailError => {
            json_response(StatusCode::BAD_REQUEST, &json!({ "detail": { "error": budget_error(asked) } }))
        }
        Alteration::TextError => {
            text(StatusCode::TOO_MANY_REQUESTS, "text/plain; charset=utf-8", deployed_budget_text(asked))
        }
        Alteration::HtmlError => text(StatusCode::BAD_GATEWAY, "text/html; charset=utf-8", PAGE.to_owned()),
        Alteration::Html200 => text(StatusCode::OK, "text/html; charset=utf-8", PAGE.to_owned()),
        Alteration::Budget401 => unauthorized(&deployed_budget_text(asked)),
        Alteration::Upstream401 => unauthorized(
            "litellm.AuthenticationError: AuthenticationError: OpenAIException - {\"error\":\"invalid_token\",\
             \"error_description\":\"The key of the upstream provider is expired\"}",
        ),
        Alteration::EchoedToken => echoed_token(asked),
        _ => return None,
    })
}

fn after(seconds: &'static str, body: &Value) -> Response<Body> {
    let mut response = json_response(StatusCode::TOO_MANY_REQUESTS, body);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
    response
}

fn text(status: StatusCode, media_type: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// LiteLLM's own words.
fn budget_error(asked: Asked<'_>) -> Value {
    let ledger = lock(&asked.shared.ledger);
    let text = format!(
        "Budget has been exceeded! Current cost: {}, Max budget: {}",
        ledger.spent().normalize(),
        ledger.budget().normalize()
    );
    json!({ "message": text, "type": "budget_exceeded", "param": null, "code": "400" })
}

/// wire: the words of deployed servers
fn deployed_budget_text(asked: Asked<'_>) -> String {
    let ledger = lock(&asked.shared.ledger);
    let (spent, budget) = (ledger.spent().normalize(), ledger.budget().normalize());
    format!("ExceededBudget: End User=u1 over budget. Spend={spent}, Budget={budget}")
}

fn unauthorized(message: &str) -> Response<Body> {
    let error = json!({ "message": message, "type": "auth_error", "param": "None", "code": 401 });
    json_response(StatusCode::UNAUTHORIZED, &json!({ "error": error }))
}

fn echoed_token(asked: Asked<'_>) -> Response<Body> {
    let sent = asked.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or("none");
    let message = format!("The request with {token} cannot be granted.");
    let error = json!({ "message": message, "type": "invalid_request_error", "param": null, "code": "400" });
    let mut response = json_response(StatusCode::BAD_REQUEST, &json!({ "error": error }));
    if let Ok(id) = HeaderValue::from_str(&format!("req_{token}")) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}
