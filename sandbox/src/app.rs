//! The whole sandbox: its state, and which path leads where. Only this module knows every other.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::http::{Response, StatusCode, Uri};
use axum::middleware::from_fn_with_state;

use crate::control::{self, Control};
use crate::dialect::Dialect;
use crate::guard::{Guard, guard};
use crate::model_api::ModelApi;
use crate::sign_in::SignIn;
use crate::store::Store;
use crate::wire::errors::{RequestError, response_for_path};
use crate::wire::paths::CONTROL;
use crate::{account, clients, model_api, openid, sign_in};

/// The state of one sandbox, of which each part takes its own.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) sign_in: SignIn,
    pub(crate) model_api: ModelApi,
    pub(crate) control: Control,
}

impl FromRef<App> for Arc<Store> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.store)
    }
}

impl FromRef<App> for SignIn {
    fn from_ref(app: &App) -> Self {
        app.sign_in.clone()
    }
}

impl FromRef<App> for ModelApi {
    fn from_ref(app: &App) -> Self {
        app.model_api.clone()
    }
}

impl FromRef<App> for Control {
    fn from_ref(app: &App) -> Self {
        app.control.clone()
    }
}

impl App {
    /// Every route. A path that is not here does not exist.
    pub(crate) fn routes(self) -> Router {
        let guarded = Guard { control: self.control.clone(), model_api: self.model_api.clone() };
        let dialect = self.sign_in.settings.dialect;
        let routes = Router::new().merge(sign_in::consent_routes(dialect)).merge(model_api::routes(dialect));
        let routes = if dialect == Dialect::AiPass {
            routes.merge(sign_in::routes()).merge(account::routes()).merge(clients::routes())
        } else {
            routes.merge(openid::routes(dialect))
        };
        routes
            .fallback(not_found)
            .method_not_allowed_fallback(wrong_method)
            .layer(from_fn_with_state(guarded, guard))
            // Before the guard and beside it: the dashboard and the control API are no part of a provider.
            .layer(from_fn_with_state(self.control.clone(), control::at_root))
            .nest(CONTROL, control::routes(self.control.clone()))
            .with_state(self)
    }
}

async fn not_found(State(sign_in): State<SignIn>, uri: Uri) -> Response<Body> {
    let text = format!("There is nothing at {}.", uri.path());
    let error = RequestError::new(StatusCode::NOT_FOUND, "not_found", text);
    response_for_path(sign_in.settings.dialect, uri.path(), error)
}

async fn wrong_method(State(sign_in): State<SignIn>, uri: Uri) -> Response<Body> {
    let text = format!("{} does not take this method.", uri.path());
    let error = RequestError::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", text);
    response_for_path(sign_in.settings.dialect, uri.path(), error)
}
