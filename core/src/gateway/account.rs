//! The account behind the session: who it is, and what is left of the budget.

use super::exchange::{JSON, endpoint};
use super::{envelope, lenient};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::oauth::userinfo::{self, UserInfo};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;
use url::Url;

/// What was spent and what is left, in the wallet's currency. Exact decimals.
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
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// The balance, from memory if it was asked for within the last five minutes
    /// ([`Config::balance_max_age`](crate::Config::balance_max_age)).
    ///
    /// # Errors
    /// [`Error::Unsupported`] with a provider other than AI Pass; those of every call.
    pub async fn balance(&self) -> Result<Balance> {
        self.run(|ai| async move {
            match ai.recall(&ai.account().await?, ai.config().balance_max_age) {
                Some(balance) => Ok(balance),
                None => ai.fetch_balance().await,
            }
        })
        .await
    }

    /// The balance as the provider has it now, for the moment after a paid call.
    ///
    /// # Errors
    /// As [`balance`](Self::balance).
    pub async fn refresh_balance(&self) -> Result<Balance> {
        self.run(|ai| async move { ai.fetch_balance().await }).await
    }

    /// Where the user can fill the wallet with `amount`, in the wallet's currency: open it in the browser.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `amount` if it is not above zero; [`Error::Unsupported`] with a provider other than
    /// AI Pass; those of every call.
    pub async fn checkout_url(&self, amount: Decimal) -> Result<Url> {
        self.run(move |ai| async move {
            if amount <= Decimal::ZERO {
                return Err(Error::invalid_input("amount", "it must be above zero"));
            }
            let path = ["payment", "create-checkout-session"];
            let url = endpoint(ai.provider().account_api.as_ref(), "top-up", &path)?;
            let body = Bytes::from(format!("{{\"amount\":{}}}", amount.normalize()));
            read_checkout_url(&ai.ask(ApiRequest::post(url, body, JSON)).await?.body)
        })
        .await
    }

    /// Who is signed in. AI Pass tells it to apps with the scope `profile:read`.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider has no userinfo endpoint; those of every call.
    pub async fn user_info(&self) -> Result<UserInfo> {
        self.run(|ai| async move {
            let url = endpoint(ai.provider().userinfo_endpoint.as_ref(), "userinfo", &[])?;
            let account = ai.account().await?;
            let body = ai.get_json(url).await?;
            let info = userinfo::read(&body).ok_or_else(|| Error::unreadable(200, "the userinfo answer has no sub"))?;
            ai.note_account(&account, &info.subject).await;
            Ok(info)
        })
        .await
    }
}

impl AiPass {
    async fn fetch_balance(&self) -> Result<Balance> {
        let url = endpoint(self.provider().account_api.as_ref(), "balance", &["usage", "me", "summary"])?;
        let account = self.account().await?;
        let balance = read_balance(&self.get_json(url).await?)?;
        self.remember(account, balance);
        Ok(balance)
    }
}

/// `{data: {checkoutUrl}}`. The user will type a card's number there: nothing but TLS.
fn read_checkout_url(body: &[u8]) -> Result<Url> {
    #[derive(Deserialize)]
    struct Checkout {
        #[serde(rename = "checkoutUrl")]
        checkout_url: String,
    }
    let checkout: Checkout = envelope::open(body, "checkoutUrl")?;
    let url = Url::parse(&checkout.checkout_url).ok().filter(|url| url.scheme() == "https" && url.has_host());
    url.ok_or_else(|| Error::unreadable(200, "the checkout's address is not an https URL"))
}

fn read_balance(body: &[u8]) -> Result<Balance> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Summary {
        #[serde(default, deserialize_with = "lenient::decimal")]
        total_cost: Option<Decimal>,
        #[serde(default, deserialize_with = "lenient::decimal")]
        max_budget: Option<Decimal>,
        #[serde(default, deserialize_with = "lenient::decimal")]
        remaining_budget: Option<Decimal>,
    }
    let summary: Summary = envelope::open(body, "usage summary")?;
    let no_cost = || Error::unreadable(200, "the usage summary has no data.totalCost");
    let total_cost = summary.total_cost.ok_or_else(no_cost)?;
    let left = summary.max_budget.and_then(|budget| budget.checked_sub(total_cost));
    Ok(Balance { total_cost, max_budget: summary.max_budget, remaining_budget: summary.remaining_budget.or(left) })
}

#[cfg(test)]
mod tests {
    use super::*;

    // wire: balance; P7
    #[test]
    fn the_envelope_is_read_with_exact_figures() {
        let body =
            br#"{"success":true,"message":"ok","data":{"totalCost":2.45,"maxBudget":10.00,"remainingBudget":7.55}}"#;
        let balance = read_balance(body).unwrap();
        assert_eq!(balance.total_cost.to_string(), "2.45");
        assert_eq!(balance.max_budget.unwrap().to_string(), "10.00");
        assert_eq!(balance.remaining_budget.unwrap().to_string(), "7.55");
    }

    // P6
    #[test]
    fn missing_figures_are_worked_out_or_left_open() {
        let balance = read_balance(br#"{"data":{"totalCost":"2.45","maxBudget":"10"}}"#).unwrap();
        assert_eq!(balance.remaining_budget, Some("7.55".parse().unwrap()));
        let balance = read_balance(br#"{"data":{"totalCost":0,"maxBudget":null}}"#).unwrap();
        assert_eq!((balance.max_budget, balance.remaining_budget), (None, None));
    }

    #[test]
    fn what_is_no_summary_is_an_error() {
        for body in ["", "{}", r#"{"data":{}}"#, "<html>", r#"{"data":null}"#] {
            assert!(matches!(read_balance(body.as_bytes()), Err(Error::Provider { .. })), "{body}");
        }
        let failed = read_balance(br#"{"success":false,"message":"no such user"}"#);
        assert!(matches!(failed, Err(Error::Provider { detail, .. }) if detail == "no such user"));
    }

    // wire: top-up; refuse anything but https
    #[test]
    fn a_checkout_is_opened_over_tls_only() {
        let body = |url: &str| format!(r#"{{"success":true,"data":{{"checkoutUrl":"{url}"}}}}"#);
        let read = |url: &str| read_checkout_url(body(url).as_bytes());
        assert_eq!(read("https://pay.example/s/1").unwrap().as_str(), "https://pay.example/s/1");
        for refused in ["http://pay.example/s/1", "http://127.0.0.1/s", "javascript:alert(1)", "pay.example", ""] {
            assert_eq!(read(refused).unwrap_err().code(), "provider_invalid_response", "{refused}");
        }
    }
}
