//! The account behind the session: who it is, and what is left of the budget.

mod balances;
mod book;

pub use balances::{BalanceUpdate, Balances};

use super::envelope;
use super::exchange::{JSON, endpoint};
use super::members::Members;
use crate::client::AiPass;
use crate::client::call::{Account, ApiRequest};
use crate::error::{Error, Result};
use crate::oauth::userinfo::{self, UserInfo};
use book::BalanceBook;
use bytes::Bytes;
use rust_decimal::Decimal;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use url::Url;

/// The largest response of the account API that is read (P4, S8): its members are read one by one.
const MAX_RESPONSE: usize = 256 * 1024;

/// The least that AI Pass takes, in US dollars.
const LEAST_TOP_UP: Decimal = Decimal::from_parts(50, 0, 0, false, 2);

/// What was spent and what is left, in US dollars. Exact decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Balance {
    /// What has been spent.
    pub total_cost: Decimal,
    /// The budget; `None` if there is no limit.
    pub max_budget: Option<Decimal>,
    /// What is left; `None` if there is no limit.
    pub remaining_budget: Option<Decimal>,
    /// When the provider took the figures, by its clock; `None` if it does not say, or without a time zone.
    pub as_of: Option<SystemTime>,
}

/// A call that costs money: the balance is old when it begins and when it ends.
pub(super) struct Spending {
    ai: AiPass,
    account: Account,
}

impl Drop for Spending {
    fn drop(&mut self) {
        self.ai.balance_book().spend(&self.account, None);
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// The balance, from memory if it was asked for within the last five minutes
    /// ([`Config::balance_max_age`](crate::Config::balance_max_age)) and no call that costs money was made since.
    ///
    /// # Errors
    /// [`Error::Unsupported`] with a provider other than AI Pass; those of every call.
    pub async fn balance(&self) -> Result<Balance> {
        if !self.is_cancelled()
            && let Some(account) = self.account_in_memory()
            && let Some(balance) = self.fresh_balance(&account)
        {
            return Ok(balance);
        }
        self.run(|ai| async move {
            match ai.fresh_balance(&ai.account().await?) {
                Some(balance) => Ok(balance),
                None => ai.fetch_balance().await,
            }
        })
        .await
    }

    /// Asks the provider for the balance, for example when the user comes back from topping up the wallet.
    ///
    /// # Errors
    /// As [`balance`](Self::balance).
    pub async fn refresh_balance(&self) -> Result<Balance> {
        self.run(|ai| async move { ai.fetch_balance().await }).await
    }

    /// The URL of the page where the user can top up the wallet with `amount` US dollars, at least 0.50. Open it in the
    /// browser. The page leads on to AI Pass's dashboard, not back to the app: call
    /// [`refresh_balance`](Self::refresh_balance) when the user comes back, or listen to [`balances`](Self::balances).
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `amount` if it is below 0.50; [`Error::Unsupported`] with a provider other than
    /// AI Pass; those of every call.
    pub async fn checkout_url(&self, amount: Decimal) -> Result<Url> {
        self.run(move |ai| async move {
            if amount < LEAST_TOP_UP {
                return Err(Error::invalid_input("amount", "it must be at least 0.50 US dollars"));
            }
            let path = ["payment", "create-checkout-session"];
            let url = endpoint(ai.provider().account_api.as_ref(), "top-up", &path)?;
            let body = Bytes::from(format!("{{\"amount\":{}}}", amount.normalize()));
            let account = ai.account().await?;
            let answer = ai.ask_up_to(MAX_RESPONSE, ApiRequest::post(url, body, JSON)).await?;
            let checkout = answer.read(|body, _| read_checkout_url(body))?;
            ai.balance_book().expect_top_up(&account, *ai.watch_resumptions().borrow());
            Ok(checkout)
        })
        .await
    }

    /// The user who is signed in. With AI Pass the app needs the scope `profile:read`.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider has no userinfo endpoint; [`Error::Provider`] of kind `UserInfoRefused` if
    /// the response is about another user than the one who signed in (OpenID Connect Core 5.3.2); those of every call.
    pub async fn user_info(&self) -> Result<UserInfo> {
        self.run(|ai| async move {
            let url = endpoint(ai.provider().userinfo_endpoint.as_ref(), "userinfo", &[])?;
            let account = ai.account().await?;
            let answer = ai.ask_up_to(MAX_RESPONSE, ApiRequest::get(url, JSON)).await?;
            let info = answer.read(read_user_info)?;
            ai.check_subject(&account, &info.subject)?;
            ai.note_account(&account, &info.subject).await;
            Ok(info)
        })
        .await
    }
}

impl AiPass {
    /// The provider's figures as they are in memory, if they are not old.
    fn fresh_balance(&self, account: &Account) -> Option<Balance> {
        let resumptions = *self.watch_resumptions().borrow();
        self.balance_book().fresh(account, resumptions, self.now(), self.config().balance_max_age)
    }

    async fn fetch_balance(&self) -> Result<Balance> {
        balance_url(self)?;
        let account = self.account().await?;
        let fetch = self.balance_book().begin(account, *self.watch_resumptions().borrow());
        let balance = self.ask_for_balance().await;
        fetch.end(&balance, self.now());
        balance
    }

    async fn ask_for_balance(&self) -> Result<Balance> {
        let answer = self.ask_up_to(MAX_RESPONSE, ApiRequest::get(balance_url(self)?, JSON)).await?;
        answer.read(|body, _| read_balance(body))
    }

    /// Marks the balance as old, now and when what is returned is dropped.
    pub(super) async fn spend(&self) -> Result<Spending> {
        let account = self.account().await?;
        self.balance_book().spend(&account, None);
        Ok(Spending { ai: self.clone(), account })
    }

    /// Notes what a call of this completed sign-in cost.
    pub(super) fn note_cost(&self, grant: Option<String>, cost: Decimal) {
        self.balance_book().spend(&Account(grant), Some(cost));
    }

    /// What is known of the balance.
    fn balance_book(&self) -> Arc<BalanceBook> {
        self.kept()
    }
}

/// Where the provider tells the balance.
///
/// # Errors
/// [`Error::Unsupported`] if it does not.
fn balance_url(ai: &AiPass) -> Result<Url> {
    endpoint(ai.provider().account_api.as_ref(), "balance", &["usage", "me", "summary"])
}

/// The claims themselves, or in an envelope.
fn read_user_info(body: &[u8], request_id: Option<String>) -> Result<UserInfo> {
    if let Some(info) = userinfo::read(body) {
        return Ok(info);
    }
    let enveloped = envelope::data(body, request_id)?.and_then(userinfo::read);
    enveloped.ok_or_else(|| Error::unreadable(200, "the userinfo answer has no sub"))
}

/// `{data: {checkoutUrl}}`. The user will type a card's number there: nothing but TLS.
fn read_checkout_url(body: &[u8]) -> Result<Url> {
    let checkout = envelope::members(body, "checkoutUrl", &["checkoutUrl"])?;
    let text = checkout.text("checkoutUrl").ok_or_else(|| Error::unreadable(200, "the response has no checkoutUrl"))?;
    let url = Url::parse(&text).ok().filter(|url| url.scheme() == "https" && url.has_host());
    url.ok_or_else(|| Error::unreadable(200, "the checkout's address is not an https URL"))
}

fn read_balance(body: &[u8]) -> Result<Balance> {
    let summary =
        envelope::members(body, "usage summary", &["totalCost", "maxBudget", "remainingBudget", "timestamp"])?;
    let no_cost = || Error::unreadable(200, "the usage summary has no data.totalCost");
    let total_cost = summary.decimal("totalCost").ok_or_else(no_cost)?;
    let max_budget = summary.decimal("maxBudget");
    let left = max_budget.and_then(|budget| budget.checked_sub(total_cost));
    let outside = Members::read(body, &["timestamp"]);
    let timestamp = outside.as_ref().and_then(|outside| outside.scalar("timestamp"));
    let as_of = timestamp.or_else(|| summary.scalar("timestamp")).and_then(|text| moment(&text));
    Ok(Balance { total_cost, max_budget, remaining_budget: summary.decimal("remainingBudget").or(left), as_of })
}

/// A moment as RFC 3339 has it, or in seconds or milliseconds since 1970. Without a time zone it would be a guess.
fn moment(text: &str) -> Option<SystemTime> {
    /// A number above this counts milliseconds: as seconds it would be in the year 5138.
    const MAX_SECONDS: i64 = 100_000_000_000;
    let text = text.trim();
    let since_1970 = match text.parse::<i64>() {
        Ok(number @ 1..=MAX_SECONDS) => Duration::from_secs(number.unsigned_abs()),
        Ok(number @ 1..) => Duration::from_millis(number.unsigned_abs()),
        Ok(_) => return None,
        Err(_) => {
            let moment = chrono::DateTime::parse_from_rfc3339(text).ok()?;
            Duration::from_millis(moment.timestamp_millis().try_into().ok()?)
        }
    };
    SystemTime::UNIX_EPOCH.checked_add(since_1970)
}

#[cfg(test)]
mod tests;
