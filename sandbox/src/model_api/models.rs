//! `GET /models` and `GET /models/{id}`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::clients::API_ACCESS;
use crate::model_api::catalogue::{Catalogue, Model};
use crate::server::bearer;
use crate::server::parameters::Parameters;
use crate::server::refusal::{ApiError, Refusal, json_response};
use crate::state::Shared;

/// `GET /models?type=&capability=&method=&detailed=`.
pub(crate) async fn list(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    bearer::authorize(&shared, &headers, API_ACCESS)?;
    if let Some(upstream) = shared.engine.upstream() {
        return Ok(upstream.get("models", query.as_deref()).await?);
    }
    let catalogue = shared.settings.catalogue;
    let query = match catalogue {
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
    let models: Vec<&Model> = catalogue.models().filter(matches).collect();
    // wire: `?detailed=false` gives a plain array of strings
    if query.once("detailed")? == Some("false") {
        let ids: Vec<&str> = models.iter().map(|model| model.id).collect();
        return Ok(json_response(StatusCode::OK, &ids));
    }
    let data: Vec<Value> = models.into_iter().map(|model| catalogue.entry(model)).collect();
    Ok(json_response(StatusCode::OK, &json!({ "object": "list", "data": data })))
}

/// `GET /models/{id}`.
pub(crate) async fn one(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    bearer::authorize(&shared, &headers, API_ACCESS)?;
    if let Some(upstream) = shared.engine.upstream() {
        return Ok(upstream.get(&format!("models/{id}"), None).await?);
    }
    // wire: LiteLLM answers 404 to a single-model request with a slash in the id
    let catalogue = shared.settings.catalogue;
    let known = catalogue.models().find(|model| model.id == id && !id.contains('/'));
    let missing = || Refusal::new(StatusCode::NOT_FOUND, "invalid_request_error", format!("There is no model {id}."));
    Ok(json_response(StatusCode::OK, &catalogue.entry(known.ok_or_else(missing)?)))
}
