//! Which path leads where. What is not listed here is not there.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{Response, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::account::balance;
use crate::account::checkout::{self, CHECKOUT};
use crate::clients::{self, CLIENTS};
use crate::control;
use crate::model_api::files::{self, FILES};
use crate::model_api::{
    CATALOGUE, CHAT, EMBEDDINGS, IMAGE_EDITS, IMAGE_GENERATIONS, IMAGE_VARIATIONS, SPEECH, TRANSCRIPTIONS, VIDEOS,
    audio, chat, embeddings, images, models, video,
};
use crate::server::guard::guard;
use crate::server::refusal::{Refusal, in_shape_of};
use crate::sign_in::{AUTHORIZE, DISCOVERY, REVOKE, TOKEN, USERINFO, authorize, discovery, revoke, token, userinfo};
use crate::state::Shared;

/// The largest body of a paid call. A few 12-megapixel photos fit, in base64 too.
const MAX_CALL: usize = 32 * 1024 * 1024;

pub(crate) fn routes(shared: Arc<Shared>) -> Router {
    let model_api = Router::new()
        .route(CATALOGUE, get(models::list))
        .route(&format!("{CATALOGUE}/{{*id}}"), get(models::one))
        .route(CHAT, post(chat::complete))
        .route(EMBEDDINGS, post(embeddings::embed))
        .route(IMAGE_GENERATIONS, post(images::generate))
        .route(IMAGE_EDITS, post(images::edit))
        .route(IMAGE_VARIATIONS, post(images::vary))
        .route(SPEECH, post(audio::speak))
        .route(TRANSCRIPTIONS, post(audio::transcribe))
        .route(VIDEOS, post(video::create))
        .route(&format!("{VIDEOS}/{{id}}"), get(video::status))
        .route(&format!("{VIDEOS}/{{id}}/remix"), post(video::remix))
        .route(&format!("{VIDEOS}/{{id}}/content"), get(video::content))
        .layer(DefaultBodyLimit::max(MAX_CALL));
    Router::new()
        .route(DISCOVERY, get(discovery::metadata))
        .route(AUTHORIZE, get(authorize::ask).post(authorize::decide))
        .route(TOKEN, post(token::issue).options(token::preflight))
        .route(REVOKE, post(revoke::revoke))
        .route(USERINFO, get(userinfo::userinfo))
        .nest("/oauth2/v1", model_api.clone())
        .nest("/v1", model_api)
        .route(&format!("{FILES}/{{name}}"), get(files::fetch))
        .route("/api/v1/usage/me/summary", get(balance::summary))
        .route(CHECKOUT, post(checkout::begin))
        .route(CLIENTS, get(clients::list).post(clients::register))
        .route(&format!("{CLIENTS}/{{id}}"), get(clients::one).put(clients::update).delete(clients::delete))
        .route(&format!("{CLIENTS}/{{id}}/deactivate"), post(clients::deactivate))
        .route(&format!("{CLIENTS}/{{id}}/usage"), get(clients::usage))
        .fallback(not_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(&shared), guard))
        // Beside the guard and not behind it: what drives the sandbox is no request to AI Pass.
        .nest(control::PATH, control::routes(&shared))
        .with_state(shared)
}

async fn not_here(uri: Uri) -> Response<Body> {
    let text = format!("There is nothing at {}.", uri.path());
    in_shape_of(uri.path(), Refusal::new(StatusCode::NOT_FOUND, "not_found", text))
}

async fn wrong_method(uri: Uri) -> Response<Body> {
    let text = format!("{} does not take this method.", uri.path());
    in_shape_of(uri.path(), Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", text))
}
