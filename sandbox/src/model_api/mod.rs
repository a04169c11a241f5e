//! The model API, in OpenAI's shapes.

mod audio;
mod bodies;
mod catalogue;
mod chat;
mod embeddings;
mod errors;
mod file_store;
mod files;
mod form;
mod images;
mod models;
mod parameters;
mod prices;
mod state;
mod video;
mod video_jobs;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::Response;
use axum::middleware::map_response;
use axum::routing::{get, post};

use crate::dialect::Dialect;
use crate::wire::errors::in_gateway_shape;
use crate::wire::paths;

pub(crate) use state::ModelApi;
pub(crate) use video::link as video_link;

/// The largest body of a paid call. A few 12-megapixel photos fit, in base64 too.
const MAX_BODY: usize = 32 * 1024 * 1024;

pub(crate) fn routes<S>(dialect: Dialect) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    ModelApi: FromRef<S>,
{
    let mut calls = Router::new()
        .route(paths::MODELS, get(models::list))
        .route(&format!("{}/{{*id}}", paths::MODELS), get(models::one))
        .route(paths::CHAT, post(chat::complete))
        .route(paths::EMBEDDINGS, post(embeddings::embed))
        .route(paths::IMAGE_GENERATIONS, post(images::generate))
        .route(paths::IMAGE_EDITS, post(images::edit))
        .route(paths::IMAGE_VARIATIONS, post(images::vary))
        .route(paths::SPEECH, post(audio::speak))
        .route(paths::TRANSCRIPTIONS, post(audio::transcribe))
        .route(paths::VIDEOS, post(video::create))
        .route(&format!("{}/{{id}}", paths::VIDEOS), get(video::status))
        .route(&format!("{}/{{id}}/remix", paths::VIDEOS), post(video::remix))
        .route(&format!("{}/{{id}}/content", paths::VIDEOS), get(video::content))
        .layer(DefaultBodyLimit::max(MAX_BODY));
    if dialect == Dialect::Phaseo {
        calls = calls.layer(map_response(gateway_errors));
    }
    let routes = Router::new().route(&format!("{}/{{name}}", paths::FILES), get(files::fetch));
    paths::of(dialect).model_api.iter().fold(routes, |routes, base| routes.nest(base, calls.clone()))
}

async fn gateway_errors(response: Response<Body>) -> Response<Body> {
    in_gateway_shape(response)
}
