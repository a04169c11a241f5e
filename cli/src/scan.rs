//! `aipass scan`: the receipts on photos, one result each.

use crate::args::{DEFAULT_PROFILE, SandboxArgs, ScanArgs};
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::{self, BOLD};
use crate::profile::{self, Profile};
use crate::progress;
use crate::receipt_csv;
use crate::receipt_view::{Completeness, ReceiptView};
use crate::sign_in;
use crate::well_known::{REDIRECT_URI, SANDBOX_CLIENT};
use aipass::{AiPass, CallOptions, PhotoCheck, ReceiptDetail, ReceiptScan};
use aipass_sandbox::Sandbox;
use serde::Serialize;
use std::path::Path;
use std::time::Duration;

pub async fn run(args: &ScanArgs) -> Result<(), Failure> {
    if wants_sandbox(args) && (args.connection.base_url.is_some() || args.connection.client_id.is_some()) {
        let sentence = "--backend, --catalogue, --parameters and --budget are for a sandbox, and cannot be used with --base-url or \
                        --client-id.";
        return Err(Failure::new(Status::Usage, "usage", sentence));
    }
    // A misspelt name must not cost a sign-in.
    if !any_file(args).await {
        let mut results = Results::new(args);
        for file in &args.files {
            let read = input::photo_bytes(file).await;
            results.add(file, read.and(Err(Failure::other("file", "It changed while it was read."))))?;
        }
        return results.conclude();
    }
    let asked = match signed_in(args).await {
        Ok(Some(ai)) => Ok((ai, None)),
        Ok(None) => in_sandbox(args).await.map(|(ai, sandbox)| (ai, Some(sandbox))),
        Err(failure) => Err(failure),
    };
    match asked {
        Ok((ai, _sandbox)) => {
            let ai = ai.with(CallOptions { max_cost: args.max_cost, ..CallOptions::default() });
            scan_all(&ai, args).await
        }
        Err(failure) => {
            if args.json {
                // Each file gives one line, whatever happens.
                args.files.iter().try_for_each(|file| line(file, &Err(failure.clone())))?;
            }
            Err(failure)
        }
    }
}

/// Whether any of the names is one of a file. Nothing is opened, because opening a pipe waits for a writer.
async fn any_file(args: &ScanArgs) -> bool {
    let files = args.files.clone();
    let looking = tokio::task::spawn_blocking(move || files.iter().any(|file| file.metadata().is_ok()));
    looking.await.unwrap_or(true)
}

/// A session with a sandbox of this run's own, which ends with it.
async fn in_sandbox(args: &ScanArgs) -> Result<(AiPass, Sandbox), Failure> {
    let sandbox = sign_in::start_sandbox(&args.sandbox, Duration::ZERO).await?;
    let backend = sign_in::backend_name(&args.sandbox);
    output::note(format_args!("Asking a sandbox on this machine, backend {backend}."));
    let ai = sign_in::client(sandbox.base_url().as_str(), SANDBOX_CLIENT, REDIRECT_URI)?;
    sign_in::consent(&ai).await?;
    Ok((ai, sandbox))
}

/// The session to scan with; `None` if a sandbox is meant, or if there was no login and no provider is named.
async fn signed_in(args: &ScanArgs) -> Result<Option<AiPass>, Failure> {
    if wants_sandbox(args) {
        return Ok(None);
    }
    let named = args.connection.base_url.is_some()
        || args.connection.client_id.is_some()
        || std::env::var_os("AIPASS_BASE_URL").is_some_and(|value| !value.is_empty());
    let profile = &args.connection.profile;
    if !named && Profile::open(&args.connection)?.saved.is_none() {
        // A named profile means a session, not recorded answers.
        return if profile == DEFAULT_PROFILE { Ok(None) } else { Err(profile::not_signed_in()) };
    }
    Ok(Some(profile::session(&args.connection).await?))
}

fn wants_sandbox(args: &ScanArgs) -> bool {
    let SandboxArgs { backend, catalogue, parameters, budget } = &args.sandbox;
    backend.is_some() || catalogue.is_some() || parameters.is_some() || budget.is_some()
}

async fn scan_all(ai: &AiPass, args: &ScanArgs) -> Result<(), Failure> {
    let mut results = Results::new(args);
    for file in &args.files {
        results.add(file, scan(ai, args, file).await)?;
    }
    results.conclude()
}

async fn scan(ai: &AiPass, args: &ScanArgs, file: &Path) -> Result<ReceiptView, Failure> {
    let mut scan = ReceiptScan::photo(input::photo_bytes(file).await?);
    scan.locale = args.locale.clone();
    scan.expected_currency = args.currency.clone();
    scan.model = args.model.clone();
    scan.photo_check = args.check_photo.map(PhotoCheck::from);
    scan.detail = args.summary.then_some(ReceiptDetail::Summary);
    let receipt = progress::during("reading the receipt", ai.scan_receipt(scan)).await?;
    for hint in &receipt.photo_hints {
        output::note(format_args!(
            "{}: The photo is {hint}; it may not be readable.",
            output::printable(&file.to_string_lossy())
        ));
    }
    let view = ReceiptView::of(&receipt);
    match view.completeness(&receipt.answer) {
        Completeness::Nothing(failure) => Err(failure),
        Completeness::Incomplete(failure) => {
            output::note(format_args!("{}: {}", output::printable(&file.to_string_lossy()), failure.sentence));
            Ok(view)
        }
        Completeness::Complete => Ok(view),
    }
}

/// Shows results as they come, and counts the failures.
struct Results<'a> {
    args: &'a ScanArgs,
    shown: usize,
    failures: Vec<Status>,
}

/// What became of a file, as JSON.
#[derive(Serialize)]
struct ScannedFile<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a ReceiptView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Failure>,
}

fn line(file: &Path, outcome: &Result<ReceiptView, Failure>) -> Result<(), Failure> {
    let file = &file.to_string_lossy();
    output::json(&ScannedFile { file, receipt: outcome.as_ref().ok(), error: outcome.as_ref().err() }, true)
}

impl<'a> Results<'a> {
    fn new(args: &'a ScanArgs) -> Self {
        Self { args, shown: 0, failures: Vec::new() }
    }

    fn add(&mut self, file: &Path, outcome: Result<ReceiptView, Failure>) -> Result<(), Failure> {
        let name = output::printable(&file.to_string_lossy());
        if let Err(failure) = &outcome {
            self.failures.push(failure.status);
            output::error(&format!("{name}: {}", failure.sentence));
        }
        if self.args.json {
            return line(file, &outcome);
        }
        let Ok(view) = outcome else { return Ok(()) };
        if self.args.csv {
            if self.shown == 0 {
                output::line(receipt_csv::HEADER)?;
            }
            self.shown += 1;
            return output::line(view.csv(&file.to_string_lossy()));
        }
        if self.shown > 0 {
            output::line("")?;
        }
        self.shown += 1;
        output::line(format_args!("{BOLD}{name}{BOLD:#}"))?;
        output::line(view.rows(2))
    }

    /// The failures' own status where they agree.
    fn conclude(self) -> Result<(), Failure> {
        let Some(first) = self.failures.first() else { return Ok(()) };
        let agree = self.failures.iter().all(|status| status == first);
        let status = if agree { *first } else { Status::Other };
        let (failed, all) = (self.failures.len(), self.args.files.len());
        let sentence = if all > 1 { format!("{failed} of {all} files could not be scanned.") } else { String::new() };
        Err(Failure::new(status, "scan", sentence))
    }
}
