//! Errors in forms that servers are known to send. The request is not handled.

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::faults::context::FaultContext;
use crate::lock::lock;
use crate::wire::fault::Alteration;
use crate::wire::responses::json_response;

const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>";
/// More than any integer type holds.
const HUGE_SECONDS: &str = "99999999999999999999";

/// The response, if the alteration replaces it.
pub(crate) fn replacement(alteration: Alteration, context: FaultContext<'_>) -> Option<Response<Body>> {
    Some(match alteration {
        Alteration::SlowDown => retry_after("120", &json!({ "error": "slow_down" })),
        Alteration::HugeRetryAfter => retry_after(HUGE_SECONDS, &json!({ "error": "slow_down" })),
        Alteration::EnvelopeError => {
            json_response(StatusCode::OK, &json!({ "success": false, "message": "Code expired" }))
        }
        Alteration::ListError => json_response(StatusCode::BAD_REQUEST, &json!([{ "error": budget_error(context) }])),
        Alteration::DetailError => {
            json_response(StatusCode::BAD_REQUEST, &json!({ "detail": { "error": budget_error(context) } }))
        }
        Alteration::TextError => {
            text(StatusCode::TOO_MANY_REQUESTS, "text/plain; charset=utf-8", deployed_budget_text(context))
        }
        Alteration::HtmlError => text(StatusCode::BAD_GATEWAY, "text/html; charset=utf-8", PAGE.to_owned()),
        Alteration::Html200 => text(StatusCode::OK, "text/html; charset=utf-8", PAGE.to_owned()),
        Alteration::Budget401 => unauthorized(&deployed_budget_text(context)),
        Alteration::Upstream401 => unauthorized(
            "litellm.AuthenticationError: AuthenticationError: OpenAIException - {\"error\":\"invalid_token\",\
             \"error_description\":\"The key of the upstream provider is expired\"}",
        ),
        Alteration::EchoedToken => echoed_token(context),
        _ => return None,
    })
}

fn retry_after(seconds: &'static str, body: &Value) -> Response<Body> {
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

/// LiteLLM's own text.
fn budget_error(context: FaultContext<'_>) -> Value {
    let ledger = lock(&context.store.ledger);
    let text = format!(
        "Budget has been exceeded! Current cost: {}, Max budget: {}",
        ledger.spent().normalize(),
        ledger.budget().normalize()
    );
    json!({ "message": text, "type": "budget_exceeded", "param": null, "code": "400" })
}

/// wire: the text of deployed servers
fn deployed_budget_text(context: FaultContext<'_>) -> String {
    let ledger = lock(&context.store.ledger);
    let (spent, budget) = (ledger.spent().normalize(), ledger.budget().normalize());
    format!("ExceededBudget: End User=u1 over budget. Spend={spent}, Budget={budget}")
}

fn unauthorized(message: &str) -> Response<Body> {
    let error = json!({ "message": message, "type": "auth_error", "param": "None", "code": 401 });
    json_response(StatusCode::UNAUTHORIZED, &json!({ "error": error }))
}

fn echoed_token(context: FaultContext<'_>) -> Response<Body> {
    let sent = context.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or("none");
    let message = format!("The request with {token} cannot be granted.");
    let error = json!({ "message": message, "type": "invalid_request_error", "param": null, "code": "400" });
    let mut response = json_response(StatusCode::BAD_REQUEST, &json!({ "error": error }));
    if let Ok(id) = HeaderValue::from_str(&format!("req_{token}")) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}
