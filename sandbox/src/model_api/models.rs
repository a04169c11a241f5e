//! `GET /models` and `GET /models/{id}`.

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::catalogue::{self, Model};
use super::state::ModelApi;
use crate::settings::Catalogue;
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::parameters::Parameters;
use crate::wire::responses::json_response;

/// `GET /models?type=&capability=&method=&detailed=`.
pub(crate) async fn list(
    State(api): State<ModelApi>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    api.authorize(&headers)?;
    if let Some(upstream) = api.engine.upstream() {
        return Ok(upstream.get("models", query.as_deref()).await?);
    }
    let listed = api.settings.catalogue;
    let query = match listed {
        Catalogue::Today => query.unwrap_or_default(),
        // wire: filters came later than these documents
        Catalogue::Seeds => String::new(),
    };
    let query = Parameters::parse(query.as_bytes());
    let (kind, capability, method) = (query.once("type")?, query.once("capability")?, query.once("method")?);
    let matches = |model: &&'static Model| {
        kind.is_none_or(|kind| model.kind == kind)
            && capability.is_none_or(|capability| model.capabilities.contains(&capability))
            && method.is_none_or(|method| model.methods.contains(&method))
    };
    let models: Vec<&Model> = catalogue::listed_in(listed).filter(matches).collect();
    // wire: `?detailed=false` gives a plain array of strings
    if query.once("detailed")? == Some("false") {
        let ids: Vec<&str> = models.iter().map(|model| model.id).collect();
        return Ok(json_response(StatusCode::OK, &ids));
    }
    let data: Vec<Value> = models.into_iter().map(|model| catalogue::entry(&api.settings, model)).collect();
    Ok(json_response(StatusCode::OK, &json!({ "object": "list", "data": data })))
}

/// `GET /models/{id}`.
pub(crate) async fn one(
    State(api): State<ModelApi>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    api.authorize(&headers)?;
    if let Some(upstream) = api.engine.upstream() {
        return Ok(upstream.get(&format!("models/{id}"), None).await?);
    }
    // wire: LiteLLM answers 404 to a single-model request with a slash in the id
    let listed = api.settings.catalogue;
    let known = catalogue::listed_in(listed).find(|model| model.id == id && !id.contains('/'));
    let missing =
        || RequestError::new(StatusCode::NOT_FOUND, "invalid_request_error", format!("There is no model {id}."));
    Ok(json_response(StatusCode::OK, &catalogue::entry(&api.settings, known.ok_or_else(missing)?)))
}
