//! What the handlers of sign-in share.

use std::sync::{Arc, Mutex};

use super::consents::Consents;
use super::pushed::PushedRequests;
use crate::settings::Settings;
use crate::store::Store;

/// The state of sign-in.
#[derive(Clone)]
pub(crate) struct SignIn {
    pub(crate) store: Arc<Store>,
    pub(crate) settings: Arc<Settings>,
    pub(super) consents: Arc<Mutex<Consents>>,
    pub(crate) pushed: Arc<Mutex<PushedRequests>>,
}

impl SignIn {
    pub(crate) fn new(store: Arc<Store>, settings: Arc<Settings>) -> Self {
        Self { store, settings, consents: Arc::default(), pushed: Arc::default() }
    }
}
