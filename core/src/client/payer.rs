//! Whose money a call spends, and where sums are kept.

use super::AiPass;
use crate::error::Result;
use crate::session::entries::EntryChange;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::future::Future;

/// Who pays for the calls of this client.
#[derive(Debug, Clone)]
pub(crate) struct Payer {
    pub issuer: String,
    /// The client and its account label, for a user whom the provider has not named.
    pub client: [String; 2],
    /// The provider's id of the user (`sub`), once it is known.
    pub subject: Option<String>,
    /// The completed sign-in; `None` if no user is signed in.
    pub grant: Option<String>,
}

impl AiPass {
    pub(crate) async fn payer(&self) -> Result<Payer> {
        let (grant, subject) = self.inner.session.grant_and_subject().await?;
        Ok(Payer {
            issuer: self.inner.provider.issuer.clone(),
            client: [self.inner.client_id.clone(), self.inner.account_label.clone()],
            subject,
            grant,
        })
    }

    /// The date on this device.
    pub(crate) fn local_date(&self) -> NaiveDate {
        self.inner.http.environment.clock.local_date()
    }

    /// The most that a call may cost, if this client's calls say so themselves.
    pub(crate) fn max_cost(&self) -> Option<Decimal> {
        self.options.max_cost
    }

    /// Changes an entry of the store beside the session, by compare-and-swap.
    pub(crate) async fn update_entry<T>(
        &self,
        key: &str,
        change: impl FnMut(Option<&[u8]>) -> Result<EntryChange<T>>,
    ) -> Result<T> {
        self.inner.session.update_entry(key, change).await
    }

    /// Removes an entry of the store, also one that cannot be read.
    pub(crate) async fn remove_entry(&self, key: &str) -> Result<()> {
        self.inner.session.remove_entry(key).await
    }

    /// Runs something that goes on without its caller.
    pub(crate) fn run_beside(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.inner.runtime.run_beside(work);
    }

    /// Writes a line to the log.
    pub(crate) fn write_log(&self, text: &str) {
        self.inner.http.log.write(self.now(), text.to_owned());
    }
}
