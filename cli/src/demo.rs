//! `aipass demo`: the whole job against a sandbox, step by step.

use crate::args::DemoArgs;
use crate::failure::Failure;
use crate::figures;
use crate::input;
use crate::output::{self, BOLD, DIM, Paragraph};
use crate::receipt_view::{Completeness, ReceiptView, Tokens};
use crate::sign_in;
use crate::transcript::{Done, INDENT, Step, Transcript};
use crate::well_known::{REDIRECT_URI, SANDBOX_CLIENT};
use aipass::{AiPass, Balance, ChatEvent, ChatRequest, Message, Photo, ReceiptScan, Revocation, UserInfo};
use aipass_sandbox::{Sandbox, bundled_receipts};
use serde::Serialize;
use std::time::{Duration, Instant};

/// What is asked about the receipt.
const QUESTION: &str = "What did I pay, where and when?";
/// The pause between a streamed answer's words: on loopback they would else come all at once, which no model does.
const PACE: Duration = Duration::from_millis(20);

/// What `--json` prints. Parts whose step was not reached are `null`.
#[derive(Default, Serialize)]
struct Report {
    ok: bool,
    account: Option<Account>,
    receipt: Option<ReceiptView>,
    chat: Option<Chat>,
    usage: Usage,
    steps: Vec<Step>,
    error: Option<Failure>,
}

#[derive(Serialize)]
struct Account {
    subject: String,
    name: Option<String>,
    email: Option<String>,
}

#[derive(Serialize)]
struct Chat {
    question: &'static str,
    text: String,
    model: String,
    tokens: Option<Tokens>,
}

/// What was used. Money is in the wallet's currency, as decimals in strings.
#[derive(Default, Serialize)]
struct Usage {
    /// Of the scan and the chat together.
    tokens: Tokens,
    /// What was left of the budget; `null` where there is no limit.
    balance_before: Option<String>,
    balance_after: Option<String>,
    /// What the scan and the chat cost.
    cost: Option<String>,
}

pub async fn run(args: &DemoArgs) -> Result<(), Failure> {
    let mut transcript = Transcript::new(!args.json);
    let mut report = Report::default();
    let outcome = play(args, &mut transcript, &mut report).await;
    if args.json {
        report.ok = outcome.is_ok();
        report.error = outcome.as_ref().err().cloned();
        report.steps = transcript.steps;
        output::json(&report, false)?;
    }
    outcome
}

async fn play(args: &DemoArgs, transcript: &mut Transcript, report: &mut Report) -> Result<(), Failure> {
    let begun = Instant::now();
    transcript.say(&format!("{BOLD}AI Pass demo:{BOLD:#} sign in, scan a receipt, ask about it, sign out\n"))?;

    let sandbox = transcript.step("sandbox", "sandbox", start_sandbox(args)).await?;
    let ai = sign_in::client(sandbox.base_url().as_str(), SANDBOX_CLIENT, REDIRECT_URI)?;
    transcript.step("sign_in", "sign-in", sign_in(&ai)).await?;
    report.account = Some(transcript.step("account", "account", account(&ai)).await?);
    let before = transcript.step("balance_before", "balance", balance_before(&ai)).await?;
    report.usage.balance_before = before.remaining_budget.map(figures::money);

    let (view, completeness) = transcript.step("receipt", "receipt", scan(&ai, args)).await?;
    transcript.say(&view.rows(INDENT))?;
    let about = view.for_model();
    let tokens = view.tokens();
    report.receipt = Some(view);

    let chat = chat(&ai, transcript, about).await?;
    report.usage.tokens = tokens.unwrap_or_default().and(chat.tokens.unwrap_or_default());
    let total = report.usage.tokens.total;
    report.chat = Some(chat);

    let after = transcript.step("balance_after", "balance", balance_after(&ai, &before, total)).await?;
    report.usage.balance_after = after.remaining_budget.map(figures::money);
    report.usage.cost = after.total_cost.checked_sub(before.total_cost).map(figures::money);
    transcript.step("sign_out", "sign-out", sign_out(&ai, &sandbox)).await?;

    // Said last, so that a receipt that is hard to read does not hide the rest.
    if let Completeness::Incomplete(failure) | Completeness::Nothing(failure) = completeness {
        return Err(failure);
    }
    transcript.say(&format!("\n{BOLD}Everything worked,{BOLD:#} in {:.1} s.", begun.elapsed().as_secs_f64()))?;
    if args.receipt.is_none() {
        let next = "A photo of your own: aipass demo --receipt FILE --backend tesseract";
        transcript.say(&format!("{DIM}{next}{DIM:#}"))?;
    }
    Ok(())
}

async fn start_sandbox(args: &DemoArgs) -> Result<Done<Sandbox>, Failure> {
    let pace = if args.json { Duration::ZERO } else { PACE };
    let sandbox = sign_in::start_sandbox(&args.sandbox, pace).await?;
    let backend = sign_in::backend_name(&args.sandbox);
    let url = sandbox.base_url();
    let line = format!("an AI Pass at {}, backend {backend}", url.as_str().trim_end_matches('/'));
    Ok(Done::new(sandbox, line))
}

async fn sign_in(ai: &AiPass) -> Result<Done<()>, Failure> {
    sign_in::consent(ai).await?;
    Ok(Done::new((), format!("with PKCE, back through {REDIRECT_URI}")))
}

async fn account(ai: &AiPass) -> Result<Done<Account>, Failure> {
    let UserInfo { subject, name, email, .. } = ai.user_info().await?;
    let shown: Vec<&str> = [name.as_deref(), email.as_deref()].into_iter().flatten().collect();
    let line = if shown.is_empty() { subject.clone() } else { shown.join(", ") };
    Ok(Done::new(Account { subject, name, email }, output::printable(&line)))
}

async fn balance_before(ai: &AiPass) -> Result<Done<Balance>, Failure> {
    let balance = ai.balance().await?;
    let of = balance.max_budget.map(|budget| format!(" of {}", figures::money(budget)));
    Ok(Done::new(balance, format!("{}{}", left(&balance), of.unwrap_or_default())))
}

async fn balance_after(ai: &AiPass, before: &Balance, tokens: u64) -> Result<Done<Balance>, Failure> {
    let balance = ai.refresh_balance().await?;
    let cost = balance.total_cost.checked_sub(before.total_cost).map(figures::money).unwrap_or_default();
    Ok(Done::new(balance, format!("{}; {tokens} tokens cost {cost}", left(&balance))))
}

fn left(balance: &Balance) -> String {
    balance.remaining_budget.map_or_else(|| "no limit".to_owned(), |left| format!("{} left", figures::money(left)))
}

async fn scan(ai: &AiPass, args: &DemoArgs) -> Result<Done<(ReceiptView, Completeness)>, Failure> {
    let (photo, name) = match &args.receipt {
        Some(file) => {
            let bytes = input::photo_bytes(file).await.map_err(|failure| failure.about(file))?;
            let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
            (bytes.into(), output::printable(&name))
        }
        None => {
            let bundled = bundled_receipts().first();
            let missing = || Failure::other("no_photo", "This program comes without a photo: give one with --receipt.");
            let bundled = bundled.ok_or_else(missing)?;
            (Photo::Bytes(aipass::Bytes::from_static(bundled.photo)), format!("the bundled photo {}.jpg", bundled.name))
        }
    };
    let receipt = ai.scan_receipt(ReceiptScan::photo(photo)).await?;
    let view = ReceiptView::of(&receipt);
    let completeness = view.completeness(&receipt.answer);
    let ok = matches!(completeness, Completeness::Complete);
    let line = format!("{name}, read by {}", output::printable(&receipt.model));
    Ok(Done { value: (view, completeness), line, ok })
}

async fn chat(ai: &AiPass, transcript: &mut Transcript, about: String) -> Result<Chat, Failure> {
    let label = format!("  {DIM}?{DIM:#} {BOLD}{:<10}{BOLD:#}{:10}", "question", "");
    transcript.say(&format!("{label}{QUESTION}"))?;
    let begun = Instant::now();
    let outcome = stream(ai, transcript, about, begun).await;
    transcript.finish("chat", "chat", begun, outcome)
}

async fn stream(ai: &AiPass, transcript: &Transcript, about: String, begun: Instant) -> Result<Done<Chat>, Failure> {
    // The photo was read before: what came of it is enough, and costs less than sending it again.
    let receipt = Message::assistant(format!("The receipt that I read: {about}"));
    let request = ChatRequest::new(vec![Message::user("Read this receipt."), receipt, Message::user(QUESTION)]);
    let answer = ai.chat_stream(request).await?;
    let mut chat = Chat { question: QUESTION, text: String::new(), model: String::new(), tokens: None };
    let mut paragraph = Paragraph::new(INDENT);
    let mut first_word = None;
    while let Some(event) = answer.next().await? {
        match event {
            ChatEvent::Started { model } => chat.model = model,
            ChatEvent::Text { text, .. } => {
                if !text.is_empty() {
                    first_word.get_or_insert_with(|| begun.elapsed());
                }
                chat.text.push_str(&text);
                transcript.say_piece(&paragraph.push(&text))?;
            }
            ChatEvent::Usage { usage } => chat.tokens = Some(usage.into()),
            _ => {}
        }
    }
    transcript.say_piece(&paragraph.end())?;
    let Some(first_word) = first_word else {
        return Err(Failure::other("no_answer", "The model answered nothing: run this again."));
    };
    let model = output::printable(&chat.model);
    let line = format!("streamed by {model}, first word after {}", figures::milliseconds(first_word));
    Ok(Done::new(chat, line))
}

async fn sign_out(ai: &AiPass, sandbox: &Sandbox) -> Result<Done<()>, Failure> {
    let report = ai.sign_out().await?;
    let accepted = [&report.refresh_token, &report.access_token].iter().all(|it| matches!(it, Revocation::Accepted));
    // A revocation endpoint may accept anything; the sandbox knows which tokens are live.
    let tokens = sandbox.tokens();
    if !accepted || tokens.live_access + tokens.live_refresh > 0 {
        return Err(Failure::other("not_revoked", "The sandbox still accepts a token after signing out: report this."));
    }
    Ok(Done::new((), "session forgotten, tokens revoked"))
}
