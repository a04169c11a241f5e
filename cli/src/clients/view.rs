//! How registered apps are shown. A secret is only where it is told for the first and last time.

use crate::failure::Failure;
use crate::figures;
use crate::output;
use aipass::{ClientUsage, OAuthClient, Secret};
use serde::Serialize;

/// A registered app as JSON.
#[derive(Serialize)]
pub struct Registered<'a> {
    id: &'a str,
    client_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'a str>,
    name: &'a str,
    client_type: Option<&'a str>,
    redirect_uris: &'a [String],
    scopes: &'a [String],
    is_active: bool,
    created_at: Option<&'a str>,
    updated_at: Option<&'a str>,
}

impl<'a> Registered<'a> {
    /// The app without its secret.
    pub fn of(client: &'a OAuthClient) -> Self {
        Self {
            id: &client.id,
            client_id: &client.client_id,
            client_secret: None,
            name: &client.name,
            client_type: client.client_type.as_deref(),
            redirect_uris: &client.redirect_uris,
            scopes: &client.scopes,
            is_active: client.is_active,
            created_at: client.created_at.as_deref(),
            updated_at: client.updated_at.as_deref(),
        }
    }

    /// The same app just made, with the secret that it was given.
    pub fn with_secret(self, secret: Option<&'a Secret>) -> Self {
        Self { client_secret: secret.map(Secret::expose), ..self }
    }

    pub fn print(&self, json: bool) -> Result<(), Failure> {
        if json {
            return output::json(self, false);
        }
        let (redirect_uris, scopes) = (self.redirect_uris.join(" "), self.scopes.join(" "));
        let rows = [
            ("id", Some(self.id)),
            ("client id", Some(self.client_id)),
            ("client secret", self.client_secret),
            ("name", Some(self.name)),
            ("type", self.client_type),
            ("redirect URIs", Some(redirect_uris.as_str())),
            ("scopes", Some(scopes.as_str())),
            ("active", Some(if self.is_active { "yes" } else { "no" })),
            ("created", self.created_at),
            ("updated", self.updated_at),
        ];
        let known: Vec<(&str, &str)> = rows.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        output::rows(&known)
    }
}

#[derive(Serialize)]
struct Listed<'a> {
    clients: Vec<Registered<'a>>,
}

/// One app a line: its id, its client id, its name.
pub fn print_all(clients: &[OAuthClient], json: bool) -> Result<(), Failure> {
    let clients: Vec<Registered> = clients.iter().map(Registered::of).collect();
    if json {
        return output::json(&Listed { clients }, false);
    }
    if clients.is_empty() {
        output::note("You have registered no app.");
    }
    let width = |text: fn(&Registered) -> usize| clients.iter().map(text).max().unwrap_or_default();
    let (id_width, client_id_width) = (width(|it| it.id.chars().count()), width(|it| it.client_id.chars().count()));
    clients.iter().try_for_each(|client| {
        let [id, client_id, name] = [client.id, client.client_id, client.name].map(output::printable);
        let inactive = if client.is_active { "" } else { "  (inactive)" };
        output::line(format_args!("{id:<id_width$}  {client_id:<client_id_width$}  {name}{inactive}"))
    })
}

pub fn print_ended(id: &str, how: &'static str, json: bool) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Ended<'a> {
        id: &'a str,
        outcome: &'static str,
    }
    if json {
        return output::json(&Ended { id, outcome: how }, false);
    }
    output::line(format_args!("{} is {how}", output::printable(id)))
}

/// Money as decimals in strings; `null` where the provider does not say.
pub fn tell_usage(usage: &ClientUsage, json: bool) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Used {
        requests: Option<u64>,
        cost: Option<String>,
    }
    let used = Used { requests: usage.requests, cost: usage.cost.map(figures::money) };
    if json {
        return output::json(&used, false);
    }
    let requests = used.requests.map_or_else(|| "unknown".to_owned(), |requests| requests.to_string());
    output::rows(&[("requests", &requests), ("cost", used.cost.as_deref().unwrap_or("unknown"))])
}
