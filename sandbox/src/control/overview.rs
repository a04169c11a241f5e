//! Everything that the dashboard shows besides the requests. No code, token or secret is part of it.

use rust_decimal::Decimal;
use serde::Serialize;

use super::state::{Control, SandboxState};
use crate::lock::lock;
use crate::store::grants::Session;
use crate::store::registry::Registered;
use crate::wire::fault::ActiveFault;

/// The most clients, and the most sessions, that an overview has.
const MAX_LISTED: usize = 100;

/// What a sandbox plays and holds now.
#[derive(Serialize)]
pub(super) struct Overview {
    provider: ProviderSettings,
    /// How far the sandbox's clock is ahead of the system's, in milliseconds.
    clock_ahead: i64,
    /// Amounts are US dollars.
    budget: Decimal,
    remaining: Decimal,
    state: SandboxState,
    /// At most 100.
    clients: Vec<ClientSummary>,
    /// The newest 100, newest first.
    sessions: Vec<Session>,
    faults: Vec<ActiveFault>,
}

/// What the builder fixed.
#[derive(Serialize)]
struct ProviderSettings {
    brand: &'static str,
    dialect: String,
    catalogue: String,
    strict_parameters: bool,
    backend: &'static str,
    access_token_seconds: u64,
    refresh_tokens: bool,
}

#[derive(Serialize)]
struct ClientSummary {
    client_id: String,
    name: String,
    redirect_uris: Vec<String>,
    scopes: Vec<String>,
    confidential: bool,
    active: bool,
    paid_calls: u64,
    /// What they cost, in US dollars.
    cost: Decimal,
}

impl Control {
    pub(super) fn overview(&self) -> Overview {
        let settings = &self.settings;
        let provider = ProviderSettings {
            brand: settings.dialect.brand(),
            dialect: settings.dialect.to_string(),
            catalogue: settings.catalogue.to_string(),
            strict_parameters: settings.strict_parameters,
            backend: settings.backend,
            access_token_seconds: settings.access_token_lifetime.as_secs(),
            refresh_tokens: settings.refresh_tokens,
        };
        let (clients, budget, remaining) = {
            let registry = lock(&self.store.clients);
            let ledger = lock(&self.store.ledger);
            let summary = |registered: &Registered| {
                let client = registered.client();
                let used = ledger.used_by(&client.id);
                ClientSummary {
                    client_id: client.id.clone(),
                    name: client.name.clone(),
                    redirect_uris: client.redirect_uris.clone(),
                    scopes: client.scopes.clone(),
                    confidential: client.secret.is_some(),
                    active: registered.active,
                    paid_calls: used.requests,
                    cost: used.cost,
                }
            };
            let clients = registry.iter().take(MAX_LISTED).map(summary).collect();
            (clients, ledger.budget(), ledger.remaining())
        };
        Overview {
            provider,
            clock_ahead: self.store.clock.milliseconds_ahead(),
            budget,
            remaining,
            state: self.state(),
            clients,
            sessions: lock(&self.store.grants).sessions(MAX_LISTED, self.store.clock.now()),
            faults: self.active_faults(),
        }
    }
}
