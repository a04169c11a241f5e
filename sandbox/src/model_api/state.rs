//! What the handlers of the model API share.

use std::sync::{Arc, Mutex};

use axum::http::header::HeaderMap;
use rust_decimal::Decimal;

use super::file_store::FileStore;
use super::video_jobs::Jobs;
use crate::backend::Engine;
use crate::lock::lock;
use crate::settings::Settings;
use crate::store::Store;
use crate::wire::bearer::Access;
use crate::wire::errors::RequestError;
use crate::wire::open_count::OpenCount;
use crate::wire::paced_body::Pacing;
use crate::wire::scopes;

/// The state of the model API.
#[derive(Clone)]
pub(crate) struct ModelApi {
    pub(super) store: Arc<Store>,
    pub(super) settings: Arc<Settings>,
    pub(super) engine: Arc<Engine>,
    pub(super) pacing: Pacing,
    pub(super) files: Arc<Mutex<FileStore>>,
    pub(super) videos: Arc<Mutex<Jobs>>,
}

impl ModelApi {
    pub(crate) fn new(store: Arc<Store>, settings: Arc<Settings>, engine: Engine, streams: OpenCount) -> Self {
        let pacing = Pacing { pause: settings.chunk_delay, streams };
        Self { store, settings, engine: Arc::new(engine), pacing, files: Arc::default(), videos: Arc::default() }
    }

    /// Checks that the caller has a token with the right scope, for any call.
    pub(super) fn authorize(&self, headers: &HeaderMap) -> Result<Access, RequestError> {
        self.store.authorize(headers, scopes::model_api(self.settings.dialect))
    }

    /// Checks the same and that there is money left, for a paid call.
    pub(super) fn admit(&self, headers: &HeaderMap) -> Result<Access, RequestError> {
        let access = self.authorize(headers)?;
        lock(&self.store.ledger).check()?;
        Ok(access)
    }

    /// Charges a call. Call it before the response is sent: a client that disconnects has still used the model.
    pub(super) fn charge(&self, access: &Access, cost: Decimal) {
        lock(&self.store.ledger).charge(&access.client_id, cost);
    }
}
