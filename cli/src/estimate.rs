//! `aipass estimate`: what a call may cost, before it is made.

use crate::args::{EstimateArgs, EstimatedCall};
use crate::failure::Failure;
use crate::{figures, input, output, profile, progress};
use aipass::{
    ChatRequest, CostEstimate, EmbeddingRequest, ImageQuestion, ImageRequest, JsonExtraction, PaidRequest, PriceBasis,
    ReceiptDetail, ReceiptScan, SpeechRequest, TokenRange,
};
use rust_decimal::Decimal;
use serde::Serialize;

/// What `--json` prints: US dollars as decimals in strings, `null` where a figure is unknown.
#[derive(Serialize)]
struct Report {
    model: String,
    low: Option<String>,
    high: Option<String>,
    input_tokens: Option<Tokens>,
    output_tokens: Option<Tokens>,
    /// Where the prices are from: `catalogue`, or `unknown`.
    prices: &'static str,
}

#[derive(Serialize)]
struct Tokens {
    min: u64,
    /// `null` if there is no limit.
    max: Option<u64>,
}

pub async fn run(args: &EstimateArgs) -> Result<(), Failure> {
    let request = request(&args.call).await?;
    let session = &args.call.options().session;
    let ai = profile::session(&session.connection).await?;
    let estimate = progress::during("asking for the prices", ai.estimate(request)).await?;
    if session.json { output::json(&Report::of(estimate), false) } else { output::line(shown(&estimate)) }
}

async fn request(call: &EstimatedCall) -> Result<PaidRequest, Failure> {
    let model = call.options().model.clone();
    Ok(match call {
        EstimatedCall::Chat(args) => {
            let mut request = ChatRequest::user(&args.prompt);
            request.model = model;
            request.max_tokens = args.max_tokens;
            match &args.system {
                Some(rules) => request.system(rules).into(),
                None => request.into(),
            }
        }
        EstimatedCall::Scan(args) => {
            let mut scan = ReceiptScan::photo(input::photo_bytes(&args.photo).await?);
            scan.model = model;
            scan.detail = args.summary.then_some(ReceiptDetail::Summary);
            scan.into()
        }
        EstimatedCall::Describe(args) => {
            let mut question = ImageQuestion::about(input::photos(&args.photos).await?, &args.prompt);
            question.model = model;
            question.max_tokens = args.max_tokens;
            question.into()
        }
        EstimatedCall::Extract(args) => {
            let schema = input::text_of(&args.schema).await?;
            let mut extraction = JsonExtraction::new(input::photos(&args.photos).await?, schema);
            extraction.prompt = args.prompt.clone();
            extraction.model = model;
            extraction.max_tokens = args.max_tokens;
            extraction.into()
        }
        EstimatedCall::Image(args) => {
            let mut request = ImageRequest::new(&args.prompt);
            request.model = model;
            request.n = Some(args.count);
            request.size = args.size.clone();
            request.quality = args.quality.clone();
            request.into()
        }
        EstimatedCall::Speech(args) => {
            let text = if args.text == "-" { input::standard_input().await? } else { args.text.clone() };
            let mut request = SpeechRequest::new(text);
            request.model = model;
            request.instructions = args.instructions.clone();
            request.into()
        }
        EstimatedCall::Embed(args) => {
            let mut request = EmbeddingRequest::new(args.texts.clone());
            request.model = model;
            request.into()
        }
    })
}

impl Report {
    fn of(estimate: CostEstimate) -> Self {
        let CostEstimate { model, low, high, input_tokens, output_tokens, basis, .. } = estimate;
        let tokens = |range: TokenRange| Tokens { min: range.min, max: range.max };
        Self {
            model,
            low: low.map(figures::money),
            high: high.map(figures::money),
            input_tokens: input_tokens.map(tokens),
            output_tokens: output_tokens.map(tokens),
            prices: words(basis),
        }
    }
}

fn shown(estimate: &CostEstimate) -> String {
    let mut rows =
        format!("model   {}\ncost    {}", output::printable(&estimate.model), cost(estimate.low, estimate.high));
    for (name, range) in [("input", estimate.input_tokens), ("output", estimate.output_tokens)] {
        if let Some(range) = range {
            rows.push_str(&format!("\n{name:<8}{}", tokens(range)));
        }
    }
    rows + "\nprices  " + words(estimate.basis)
}

fn cost(low: Option<Decimal>, high: Option<Decimal>) -> String {
    match (low.map(figures::money), high.map(figures::money)) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more: the most is unknown"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => "unknown".to_owned(),
    }
}

fn tokens(range: TokenRange) -> String {
    match range.max {
        Some(max) if max == range.min => format!("{max} tokens"),
        Some(max) => format!("{} to {max} tokens", range.min),
        None => format!("{} tokens or more", range.min),
    }
}

fn words(basis: PriceBasis) -> &'static str {
    match basis {
        PriceBasis::Catalogue => "catalogue",
        PriceBasis::AppPrices => "app",
        _ => "unknown",
    }
}
