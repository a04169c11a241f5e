//! `aipass scan`: the receipts on photos, one result each.

use crate::args::{ScanArgs, Target};
use crate::failure::{Failure, Status, unless_interrupted};
use crate::output::{self, BOLD};
use crate::photo;
use crate::receipt_view::{Completeness, ReceiptView};
use crate::sign_in::{self, REDIRECT_URI, SANDBOX_CLIENT};
use aipass::{AiPass, ReceiptScan, Revocation};
use serde::Serialize;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

pub async fn run(args: &ScanArgs) -> Result<(), Failure> {
    let target = args.target(|name| std::env::var(name).ok())?;
    // Nobody should have to sign in only to be told that a name was misspelt.
    if args.files.iter().all(|file| File::open(file).is_err()) {
        let mut results = Results::new(args);
        for file in &args.files {
            results.add(file, photo::read(file).and(Err(Failure::other("file", "It changed while it was read."))))?;
        }
        return results.conclude();
    }
    match target {
        Target::Sandbox => {
            let sandbox = sign_in::start_sandbox(&args.sandbox, Duration::ZERO).await?;
            let backend = sign_in::backend_name(&args.sandbox);
            output::note(format_args!("Asking a sandbox on this machine, backend {backend}."));
            let ai = sign_in::client(sandbox.base_url().as_str(), SANDBOX_CLIENT, REDIRECT_URI)?;
            unless_interrupted(async {
                sign_in::consent(&ai).await?;
                scan_all(&ai, args).await
            })
            .await
        }
        Target::Provider { base_url, client_id, redirect_uri } => {
            let ai = sign_in::client(&base_url, &client_id, redirect_uri)?;
            unless_interrupted(sign_in::paste(&ai, redirect_uri)).await?;
            let outcome = unless_interrupted(scan_all(&ai, args)).await;
            // The session ends with the program, and its tokens should not outlive it. A second Ctrl-C leaves them.
            let signed_out = unless_interrupted(sign_out(&ai)).await;
            outcome.and(signed_out)
        }
    }
}

async fn scan_all(ai: &AiPass, args: &ScanArgs) -> Result<(), Failure> {
    let mut results = Results::new(args);
    for file in &args.files {
        results.add(file, scan(ai, args, file).await)?;
    }
    results.conclude()
}

async fn scan(ai: &AiPass, args: &ScanArgs, file: &Path) -> Result<ReceiptView, Failure> {
    let mut scan = ReceiptScan::photo(photo::read(file)?);
    scan.locale = args.locale.clone();
    scan.expected_currency = args.currency.clone();
    scan.model = args.model.clone();
    let receipt = ai.scan_receipt(scan).await?;
    let view = ReceiptView::of(&receipt);
    match view.completeness(&receipt.answer) {
        Completeness::Nothing(failure) => Err(failure),
        Completeness::Incomplete(failure) => {
            output::note(format_args!("{}: {}", file.display(), failure.sentence));
            Ok(view)
        }
        Completeness::Complete => Ok(view),
    }
}

async fn sign_out(ai: &AiPass) -> Result<(), Failure> {
    let report = ai.sign_out().await?;
    for outcome in [report.refresh_token, report.access_token] {
        let why = match outcome {
            Revocation::Refused { status } => format!("status {status}"),
            Revocation::NotReached { .. } => "it cannot be reached".to_owned(),
            _ => continue,
        };
        output::note(format_args!("The provider did not revoke the session ({why}); it ends by itself."));
        break;
    }
    Ok(())
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

impl<'a> Results<'a> {
    fn new(args: &'a ScanArgs) -> Self {
        Self { args, shown: 0, failures: Vec::new() }
    }

    fn add(&mut self, file: &Path, outcome: Result<ReceiptView, Failure>) -> Result<(), Failure> {
        let name = output::printable(&file.to_string_lossy());
        if let Err(failure) = &outcome {
            self.failures.push(failure.status);
            output::complain(&format!("{name}: {}", failure.sentence));
        }
        if self.args.json {
            let file = &file.to_string_lossy();
            let (receipt, error) = (outcome.as_ref().ok(), outcome.as_ref().err());
            return output::json(&ScannedFile { file, receipt, error }, true);
        }
        let Ok(view) = outcome else { return Ok(()) };
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
