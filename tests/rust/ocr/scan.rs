//! The main job with a real reader: a camera's photo goes through `scan_receipt` to the sandbox's tesseract and comes back
//! as fields.

use std::sync::Arc;

use aipass::{AiPass, MemoryStore, Provider, Receipt as Scanned, ReceiptScan, SignInOptions};
use aipass_photo_tests::receipts::{Photo, Receipt, Style, Truth};
use aipass_sandbox::{Backend, Sandbox, user_agent};

/// Each style in two of the four orientations.
const PHOTOS: u64 = 10;
/// Seeds that no rule was tuned on.
const FIRST_SEED: u64 = 9000;
/// As many as the machine reads at once without one waiting for another's time limit.
const AT_ONCE: usize = 2;

async fn signed_in(sandbox: &Sandbox) -> AiPass {
    let provider = Provider::ai_pass_at(sandbox.base_url().as_str()).expect("the sandbox's address");
    let builder = AiPass::builder("client_123", "myapp://auth/callback").provider(provider);
    let ai = builder.store(Arc::new(MemoryStore::new())).build().expect("a client");
    let request = ai.begin_sign_in(SignInOptions::default()).await.expect("a sign-in begins");
    let callback = user_agent::consent(&request.url).await.expect("the user consents");
    ai.complete_sign_in(callback.into()).await.expect("the sign-in completes");
    ai
}

fn photo(seed: u64) -> (Vec<u8>, Truth) {
    let receipt = Receipt::random(seed, Style::ALL[(seed % 5) as usize]);
    (Photo::random(seed).of(&receipt), receipt.truth())
}

/// What the scan says, written as the truth is.
fn fields_of(scanned: &Scanned) -> [Option<String>; 3] {
    let date = scanned.date.map(|date| date.to_string());
    let amount = scanned.amount.map(|amount| format!("{amount:.2}"));
    [amount, scanned.currency.clone(), date]
}

// S4: of a 12-megapixel photo in any orientation. The sandbox never sees the original
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs tesseract: scripts/test ocr"]
async fn photos_of_receipts_come_back_as_their_fields() {
    let sandbox = Sandbox::builder().backend(Backend::Tesseract).start().await.expect("the sandbox starts");
    let ai = signed_in(&sandbox).await;
    let places = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let scans: Vec<_> = (FIRST_SEED..FIRST_SEED + PHOTOS)
        .map(|seed| {
            let (ai, places) = (ai.clone(), Arc::clone(&places));
            tokio::spawn(async move {
                let _place = places.acquire().await;
                let (photo, truth) = tokio::task::spawn_blocking(move || photo(seed)).await.expect("a photo");
                // `$` alone is many a dollar: the app says where its user is.
                let locale = (truth.currency == "USD").then(|| "en-US".to_owned());
                let scan = ReceiptScan { locale, ..ReceiptScan::photo(photo) };
                (seed, truth, ai.scan_receipt(scan).await.expect("a scan"))
            })
        })
        .collect();
    let mut failures = Vec::new();
    for scan in scans {
        let (seed, truth, scanned) = scan.await.expect("a scan ends");
        let expected = [truth.amount.clone(), truth.currency.to_string(), truth.date.clone()].map(Some);
        if fields_of(&scanned) != expected || scanned.merchant.as_deref() != Some(truth.merchant.as_str()) {
            failures.push(format!("seed {seed}: {truth:?} was read as {}", scanned.answer));
        }
    }
    assert!(failures.is_empty(), "{} of {PHOTOS}:\n{}", failures.len(), failures.join("\n"));
}
