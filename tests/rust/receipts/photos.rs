//! Photos of receipts of 22 countries, through the whole pipeline: the library prepares and sends them, the sandbox reads
//! them by OCR, and the library reads what the sandbox says.

use std::collections::BTreeMap;
use std::sync::Arc;

use aipass::{AiPass, ReceiptScan, ReceiptVerdict};
use aipass_photo_tests::receipts::Photo;
use aipass_photo_tests::truth::{Bill, NoFont, plain_number};
use aipass_sandbox::{Backend, Sandbox};

use super::table::Table;
use super::{fields, setting, world};

/// As many as the machine reads at once without one waiting for another's time limit.
const AT_ONCE: usize = 2;

/// Tesseract's names of the languages in which a country prints.
fn languages(region: &str) -> &'static str {
    match region {
        "DE" | "CH" => "deu+eng",
        "FR" => "fra+eng",
        "IT" => "ita+eng",
        "ES" => "spa+eng",
        "NL" => "nld+eng",
        "SE" => "swe+eng",
        "PL" => "pol+eng",
        "CZ" => "ces+eng",
        "DK" => "dan+eng",
        "BR" => "por+eng",
        "TR" => "tur+eng",
        "JP" => "jpn+eng",
        "TW" => "chi_tra+eng",
        "TH" => "tha+eng",
        _ => "eng",
    }
}

/// Which of these languages tesseract has here.
fn installed(languages: &str) -> bool {
    let output = std::process::Command::new("tesseract").arg("--list-langs").output().expect("tesseract starts");
    let list = String::from_utf8_lossy(&output.stdout).into_owned();
    languages.split('+').all(|language| list.lines().any(|known| known == language))
}

struct Scanned {
    seed: u64,
    bill: Bill,
    read: Result<(BTreeMap<String, String>, ReceiptVerdict), String>,
}

async fn scan(ai: AiPass, seed: u64) -> Scanned {
    let bill = Bill::random(seed);
    let drawn = bill.clone();
    let photo = tokio::task::spawn_blocking(move || drawn.photo(&Photo::random(seed).megapixels(6.0)));
    let read = match photo.await.expect("a photo") {
        Err(NoFont(path)) => Err(format!("not drawn: there is no {path}")),
        Ok(photo) => {
            let mut scan = ReceiptScan::photo(photo);
            scan.locale = Some(bill.country.locale.to_owned());
            scan.expected_currency = Some(bill.country.currency.to_owned());
            ai.scan_receipt(scan)
                .await
                .map(|receipt| (fields::of(&receipt), receipt.verdict))
                .map_err(|error| error.to_string())
        }
    };
    Scanned { seed, bill, read }
}

// P7: OCR errs, and the library may not hide it
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs tesseract: scripts/test ocr"]
async fn photos_of_many_countries_go_through_the_whole_pipeline() {
    let (count, seed) = (setting("RECEIPTS_PHOTOS", 6), setting("RECEIPTS_SEED", 1));
    let places = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut sandboxes: BTreeMap<&str, (Sandbox, AiPass)> = BTreeMap::new();
    let (mut scans, mut not_read) = (Vec::new(), Vec::new());
    for seed in seed..seed + count {
        let bill = Bill::random(seed);
        let languages = languages(bill.country.region);
        if !installed(languages) {
            not_read.push(format!("{} {seed}: tesseract has no {languages}", bill.country.region));
            continue;
        }
        if !sandboxes.contains_key(languages) {
            let builder = Sandbox::builder().backend(Backend::Tesseract).tesseract_languages(languages);
            let sandbox = builder.budget(1_000_000.into()).start().await.expect("the sandbox starts");
            let ai = world::signed_in(&sandbox).await;
            sandboxes.insert(languages, (sandbox, ai));
        }
        let ai = sandboxes[languages].1.clone();
        let places = Arc::clone(&places);
        scans.push(tokio::spawn(async move {
            let _place = places.acquire().await;
            scan(ai, seed).await
        }));
    }
    let (mut table, mut scanned) = (Table::default(), 0);
    let mut agree = Vec::new();
    for scan in scans {
        let Scanned { seed, bill, read } = scan.await.expect("a scan ends");
        let at = format!("{} {seed}", bill.country.region);
        let (read, verdict) = match read {
            Ok(read) => read,
            Err(reason) => {
                not_read.push(format!("{at}: {reason}"));
                continue;
            }
        };
        scanned += 1;
        let truth = [
            ("merchant", bill.merchant.to_owned()),
            ("date", bill.day.iso()),
            ("amount", plain_number(&bill.amount())),
            ("currency", bill.country.currency.to_owned()),
        ];
        let missing = truth.iter().filter(|(field, _)| !read.contains_key(*field)).count();
        if missing == truth.len() {
            not_read.push(format!("{at}: OCR read none of its fields"));
        }
        let differs = |(field, value): &(&str, String)| read.get(*field).is_some_and(|read| read != value);
        if verdict == ReceiptVerdict::Agrees {
            agree.push(
                truth.iter().filter(|one| differs(one)).map(|(field, _)| format!("{at}: {field}")).collect::<Vec<_>>(),
            );
        }
        for (field, value) in truth {
            table.take(field, Some(&value), read.get(field).map(String::as_str), false, &at);
        }
    }
    println!("{count} photos from seed {seed}, {scanned} scanned\n{table}\nnot read: {}", not_read.len());
    not_read.iter().for_each(|line| println!("  {line}"));
    let wrong: Vec<&String> = agree.iter().flatten().filter(|line| line.ends_with("amount")).collect();
    println!("{} agree; of these differ from the photo: {:?}", agree.len(), agree.concat());
    assert!(wrong.is_empty(), "an amount that differs stands beside the verdict that all agrees: {wrong:?}");
    assert!(scanned * 2 > count, "most photos could not be scanned: {not_read:?}");
}
