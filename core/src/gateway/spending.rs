//! What was spent: the sums that an app shows.

use super::ledger::{Sum, Sums};
use crate::client::AiPass;
#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What the calls of this account have cost, in US dollars, as this library counted it in its store. Calls of other
/// devices are not in it: [`AiPass::balance`] is what the provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Spending {
    /// Since the user signed in. Zero if no user is signed in.
    pub session: Spent,
    /// On `date`, whatever was signed in and out.
    pub day: Spent,
    /// The day: the device's local date. It moves forward only.
    pub date: NaiveDate,
}

/// A sum of what calls have cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Spent {
    /// The costs that the provider told, in US dollars. Exact.
    pub known: Decimal,
    /// The highest estimates of calls that are under way, of which the provider told neither the cost nor the tokens, or
    /// whose process ended before it counted them. Only calls under a limit have one. Limits count it as spent.
    pub reserved: Decimal,
    /// The calls that were sent and not refused.
    pub calls: u64,
    /// Those of them whose cost the provider did not tell. It is not in `known`.
    pub calls_with_unknown_cost: u64,
    /// What calls have cost at most whose cost the provider did not tell: the tokens that it told times the prices. Only
    /// calls under a limit are computed. Limits count it as spent.
    pub computed: Decimal,
}

/// Which sum is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SpendingPeriod {
    /// Since the user signed in.
    Session,
    /// The day.
    Day,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// What was spent in this session and today. Never waits for the network. Sums are in the client's store, beside its
    /// session; with a store in memory they end with the process.
    ///
    /// # Errors
    /// [`Error::Storage`] if they cannot be read; [`reset_spending`](Self::reset_spending) begins them anew.
    pub async fn spending(&self) -> Result<Spending> {
        self.run(|ai| async move {
            let payer = ai.payer().await?;
            let read = |sums: &Sums<'_>| Spending {
                date: sums.date(),
                day: sums.day().into(),
                session: if payer.grant.is_some() { sums.session().into() } else { Spent::default() },
            };
            ai.sums(&payer, read).await
        })
        .await
    }

    /// Sets a sum to zero, with its reservations: of a call that is under way, only the cost will count. After a reset of
    /// the day the day is the device's date, also if a clock that was wrong had moved it ahead.
    ///
    /// Where the sums cannot be read, because they are damaged, of a newer version, or sealed with a key that is lost, this
    /// begins all sums of the provider anew, those of other users too.
    ///
    /// # Errors
    /// [`Error::Storage`] if it cannot be written.
    pub async fn reset_spending(&self, period: SpendingPeriod) -> Result<()> {
        self.run(move |ai| async move {
            let payer = ai.payer().await?;
            let today = ai.local_date();
            let reset = |sums: &mut Sums<'_>| match period {
                SpendingPeriod::Day => sums.reset_day(today),
                SpendingPeriod::Session => sums.reset_session(),
            };
            ai.change_or_begin_sums(&payer, reset).await
        })
        .await
    }
}

impl From<&Sum> for Spent {
    fn from(sum: &Sum) -> Self {
        Self {
            known: sum.known.normalize(),
            computed: sum.computed.normalize(),
            reserved: sum.reserved.normalize(),
            calls: sum.calls,
            calls_with_unknown_cost: sum.unknown,
        }
    }
}
