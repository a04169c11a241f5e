//! `aipass logout`, `whoami` and `usage`: the session and the account behind it.

use crate::args::SessionArgs;
use crate::failure::Failure;
use crate::figures;
use crate::{interruption, output, profile, progress};
use aipass::{AiPass, Balance, Error, Revocation, StorageErrorKind, UserInfo};
use serde::Serialize;

/// Who is signed in.
#[derive(Debug, Serialize)]
pub struct Account {
    subject: String,
    name: Option<String>,
    email: Option<String>,
}

impl Account {
    /// In one line.
    pub fn shown(&self) -> String {
        let shown: Vec<&str> = [self.name.as_deref(), self.email.as_deref()].into_iter().flatten().collect();
        output::printable(&if shown.is_empty() { self.subject.clone() } else { shown.join(", ") })
    }
}

/// Asks who is signed in.
pub async fn account(ai: &AiPass) -> Result<Account, Failure> {
    let UserInfo { subject, name, email, .. } = progress::during("asking who is signed in", ai.user_info()).await?;
    Ok(Account { subject, name, email })
}

pub async fn whoami(args: &SessionArgs) -> Result<(), Failure> {
    let account = account(&profile::session(&args.connection).await?).await?;
    if args.json { output::json(&account, false) } else { output::line(account.shown()) }
}

/// Money in the wallet's currency, as decimals in strings; `null` where there is no limit.
#[derive(Serialize)]
struct Usage {
    total_cost: String,
    max_budget: Option<String>,
    remaining_budget: Option<String>,
    /// What this program's calls have cost today, and the calls whose cost the provider did not tell.
    spent_today: String,
    calls_today: u64,
    calls_today_of_unknown_cost: u64,
    /// What these calls may have cost at most, as far as they were held against a limit.
    at_most_today: String,
}

pub async fn usage(args: &SessionArgs) -> Result<(), Failure> {
    let ai = profile::session(&args.connection).await?;
    let Balance { total_cost, max_budget, remaining_budget, .. } =
        progress::during("asking for the balance", ai.refresh_balance()).await?;
    let today = ai.spending().await?.day;
    let at_most = today.computed.saturating_add(today.reserved);
    let usage = Usage {
        total_cost: figures::money(total_cost),
        max_budget: max_budget.map(figures::money),
        remaining_budget: remaining_budget.map(figures::money),
        spent_today: figures::money(today.known),
        calls_today: today.calls,
        calls_today_of_unknown_cost: today.calls_with_unknown_cost,
        at_most_today: figures::money(at_most),
    };
    if args.json {
        return output::json(&usage, false);
    }
    let or_none = |amount: Option<String>| amount.unwrap_or_else(|| "no limit".to_owned());
    output::line(format_args!(
        "spent   {}\nleft    {}\nbudget  {}\ntoday   {}{}",
        usage.total_cost,
        or_none(usage.remaining_budget),
        or_none(usage.max_budget),
        usage.spent_today,
        match usage.calls_today_of_unknown_cost {
            0 => String::new(),
            unknown => {
                let bound =
                    if at_most.is_zero() { String::new() } else { format!(", at most {}", usage.at_most_today) };
                format!(" and {unknown} of {} calls of unknown cost{bound}", usage.calls_today)
            }
        }
    ))
}

/// What the provider said to the revocation of each token.
#[derive(Serialize)]
struct SignedOut {
    refresh_token: String,
    access_token: String,
}

pub async fn logout(args: &SessionArgs) -> Result<(), Failure> {
    let ai = profile::session_to_end(&args.connection).await?;
    let signing_out = ai.clone();
    let signing_out = interruption::to_the_end(async move { signing_out.sign_out().await });
    let report = match progress::during("signing out", signing_out).await {
        // A session that cannot be read can only be forgotten: whether it had tokens is unknown.
        Err(Error::Storage { kind: StorageErrorKind::KeyLost | StorageErrorKind::Corrupt, .. }) => {
            ai.forget_session().await?;
            return said(
                args,
                SignedOut { refresh_token: words(&Revocation::Unknown), access_token: words(&Revocation::Unknown) },
            );
        }
        report => report?,
    };
    let kept = [&report.refresh_token, &report.access_token].into_iter().find_map(|outcome| match outcome {
        Revocation::Refused { status } => Some(format!("it answered with status {status}")),
        Revocation::NotReached { .. } => Some("it cannot be reached".to_owned()),
        Revocation::NotOffered => Some("it offers no revocation".to_owned()),
        Revocation::Unknown => Some("what was stored cannot be read".to_owned()),
        _ => None,
    });
    if let Some(why) = kept {
        output::note(format_args!("The provider did not revoke the session ({why}): it ends there by itself."));
    }
    let signed_out =
        SignedOut { refresh_token: words(&report.refresh_token), access_token: words(&report.access_token) };
    said(args, signed_out)
}

fn said(args: &SessionArgs, signed_out: SignedOut) -> Result<(), Failure> {
    if args.json { output::json(&signed_out, false) } else { output::line("Signed out") }
}

/// The outcome in a word, as `--json` prints it.
pub fn words(outcome: &Revocation) -> String {
    match outcome {
        Revocation::Accepted => "accepted",
        Revocation::Refused { .. } => "refused",
        Revocation::NotReached { .. } => "not_reached",
        Revocation::NotOffered => "not_offered",
        Revocation::Unknown => "unknown",
        _ => "not_needed",
    }
    .to_owned()
}
