//! `aipass scan` in a sandbox of its own.

use crate::running::{file, folder, run};
use aipass_sandbox::bundled_receipts;
use serde_json::{Value, json};

/// The beginning of a HEIC file, as iPhones write it.
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08free";

#[tokio::test]
async fn each_bundled_photo_gives_one_json_line_in_order() {
    let folder = folder("scan-bundled");
    let photos: Vec<String> =
        bundled_receipts().iter().map(|it| file(&folder, &format!("{}.jpg", it.name), it.photo)).collect();
    let mut arguments = vec!["scan", "--json"];
    arguments.extend(photos.iter().map(String::as_str));
    let outcome = run(&arguments).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let lines = outcome.json_lines();
    assert_eq!(lines.len(), bundled_receipts().len());
    for ((line, bundled), photo) in lines.iter().zip(bundled_receipts()).zip(&photos) {
        let truth: Value = serde_json::from_str(bundled.answer).unwrap();
        assert_eq!(line["file"].as_str(), Some(photo.as_str()));
        for field in ["merchant", "date", "currency", "category"] {
            assert_eq!(line["receipt"][field], truth[field], "{field} of {}", bundled.name);
        }
        let amount: f64 = line["receipt"]["amount"].as_str().unwrap().parse().unwrap();
        assert_eq!(Some(amount), truth["amount"].as_f64());
        assert_eq!(line.get("error"), None);
    }
}

#[tokio::test]
async fn as_text_results_are_on_standard_output_and_the_rest_is_not() {
    let photo = file(&folder("scan-text"), "cafe.jpg", bundled_receipts()[0].photo);
    let outcome = run(&["scan", &photo]).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let expected = format!(
        "{photo}\n  merchant    Cafe Morgenrot\n  date        2026-03-14\n  amount      18.00\n  \
         currency    EUR\n  category    meals\n  confidence  97 %\n  time        09:41\n  number      20417\n  \
         items       2  Flat White   7.80\n              1  Cappuccino   3.40\n              \
         1  Croissant    2.60\n              1  Apfelkuchen  4.20\n  \
         tax         enthaltene MwSt. 19%  2.87\n  paid        Kartenzahlung …4821  18.00\n  verdict     agrees\n"
    );
    assert_eq!(outcome.stdout, expected);
    assert_eq!(outcome.stderr, "Asking a sandbox on this machine, backend recorded.\n");
}

#[tokio::test]
async fn a_summary_is_shorter_and_costs_less() {
    let photo = file(&folder("scan-summary"), "cafe.jpg", bundled_receipts()[0].photo);
    let outcome = run(&["scan", "--summary", &photo]).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.ends_with("confidence  97 %\n"), "{}", outcome.stdout);
    let tokens = |line: &Value| line["receipt"]["tokens"]["total"].as_u64().unwrap();
    let (full, summary) = (run(&["scan", "--json", &photo]).await, run(&["scan", "--json", "--summary", &photo]).await);
    assert!(tokens(&full.json_lines()[0]) > tokens(&summary.json_lines()[0]));
}

#[tokio::test]
async fn as_json_it_has_the_items_and_the_verdict() {
    let photo = file(&folder("scan-items"), "diner.jpg", bundled_receipts()[1].photo);
    let receipt = &run(&["scan", "--json", &photo]).await.json_lines()[0]["receipt"];
    assert_eq!(receipt["verdict"], json!({"state": "agrees"}));
    assert_eq!(receipt["items"].as_array().unwrap().len(), 5);
    let tea = &receipt["items"][2];
    assert_eq!(
        (&tea["description"], &tea["quantity"], &tea["total"]),
        (&json!("Iced Tea"), &json!("2"), &json!("5.90"))
    );
    assert_eq!(tea["verdict"], json!({"state": "cannot_tell", "missing": ["items/2"]}));
    assert_eq!(receipt["taxes"][0]["rate"], "8.875");
    assert_eq!((&receipt["subtotal"], &receipt["kind"]), (&json!("39.75"), &json!("sale")));
    assert_eq!(receipt["payments"][0]["last_four"], "7306");
    assert!(receipt["fingerprint"].as_str().unwrap().starts_with("1:"));
}

#[tokio::test]
async fn as_csv_there_is_a_line_for_each_item() {
    let folder = folder("scan-csv");
    let photos: Vec<String> =
        bundled_receipts().iter().map(|it| file(&folder, &format!("{}.jpg", it.name), it.photo)).collect();
    let mut arguments = vec!["scan", "--csv"];
    arguments.extend(photos.iter().map(String::as_str));
    let outcome = run(&arguments).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines.len(), 1 + 4 + 5 + 3, "{}", outcome.stdout);
    assert!(lines[0].starts_with("file,merchant,date,time,amount,currency,"));
    let cafe = "\"Cafe Morgenrot\",2026-03-14,09:41,18.00,EUR,meals,20417,agrees,\"Flat White\",2,,,,7.80,";
    assert!(lines[1].ends_with(cafe), "{}", lines[1]);
    run(&["scan", "--csv", "--json", &photos[0]]).await.fails_with(2, "cannot be used with");
}

#[tokio::test]
async fn a_file_that_fails_does_not_stop_the_others() {
    let folder = folder("scan-mixed");
    let first = file(&folder, "cafe.jpg", bundled_receipts()[0].photo);
    let missing = folder.join("missing.jpg");
    let heic = file(&folder, "IMG_0001.HEIC", HEIC);
    let text = file(&folder, "notes.png", b"milk, eggs");
    let last = file(&folder, "diner.jpg", bundled_receipts()[1].photo);
    let outcome = run(&["scan", "--json", &first, missing.to_str().unwrap(), &heic, &text, &last]).await;
    outcome.fails_with(1, "3 of 5 files could not be scanned.");
    for words in ["missing.jpg: There is no such file", "IMG_0001.HEIC: HEIC is not supported", "notes.png: "] {
        assert!(outcome.stderr.contains(words), "{words:?} is not in {}", outcome.stderr);
    }
    let lines = outcome.json_lines();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0]["receipt"]["merchant"], "Cafe Morgenrot");
    assert_eq!(lines[1]["error"]["code"], "file");
    assert_eq!(lines[2]["error"]["code"], "invalid_input");
    assert_eq!(lines[3]["error"]["code"], "invalid_input");
    assert_eq!(lines[4]["receipt"]["merchant"], "Blue Plate Diner");
}

#[tokio::test]
async fn a_misspelt_name_is_said_before_anybody_signs_in() {
    let folder = folder("scan-missing");
    let missing = folder.join("missing.jpg");
    let missing = missing.to_str().unwrap();
    let outcome = run(&["scan", missing, "--base-url", "http://127.0.0.1:9", "--client-id", "client_123"]).await;
    outcome.fails_with(1, "missing.jpg: There is no such file");
    assert!(!outcome.stderr.contains("browser"), "{}", outcome.stderr);
}

#[tokio::test]
async fn a_photo_that_the_backend_does_not_know_is_no_receipt() {
    let mut png = Vec::new();
    let picture = image::RgbImage::from_fn(320, 240, |x, y| image::Rgb([y as u8, x as u8, 9]));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let photo = file(&folder("scan-unknown"), "holiday.png", &png);
    let outcome = run(&["scan", &photo]).await;
    outcome.fails_with(1, "No receipt was read; recorded/none answered");
    assert_eq!(outcome.stdout, "");
}

// P8: before it costs money
#[tokio::test]
async fn a_photo_is_looked_at_on_request() {
    let folder = folder("scan-check");
    let mut dark = image::load_from_memory(bundled_receipts()[0].photo).unwrap().into_rgb8();
    dark.iter_mut().for_each(|level| *level /= 16);
    let mut png = std::io::Cursor::new(Vec::new());
    dark.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let dark = file(&folder, "dark.png", &png.into_inner());
    let good = file(&folder, "cafe.jpg", bundled_receipts()[0].photo);

    let outcome = run(&["scan", "--check-photo", "--json", &good, &dark]).await;
    assert!(outcome.stderr.contains("dark.png: The photo is too dark ("), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("cafe.jpg: The photo"), "{}", outcome.stderr);
    let lines = outcome.json_lines();
    assert_eq!(lines[0]["receipt"].get("photo_hints"), None);

    let outcome = run(&["scan", "--check-photo=refuse", "--budget", "0", &dark]).await;
    outcome.fails_with(1, "It may not be readable: too dark (");
    assert_eq!(outcome.stdout, "");
}

#[tokio::test]
async fn failures_that_agree_give_their_own_status() {
    let folder = folder("scan-budget");
    let one = file(&folder, "one.jpg", bundled_receipts()[0].photo);
    let two = file(&folder, "two.jpg", bundled_receipts()[1].photo);
    run(&["scan", "--budget", "0", &one, &two]).await.fails_with(4, "budget is used up");
    let missing = folder.join("missing.jpg");
    run(&["scan", "--budget", "0", &one, missing.to_str().unwrap()]).await.fails_with(1, "2 of 2 files");
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_that_nobody_writes_to_can_be_left() {
    use crate::running::{Dialogue, command};
    let pipe = folder("scan-pipe").join("photo.jpg");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut scan = Dialogue::begin(command(&["scan", pipe.to_str().unwrap()]));
    scan.hear("Asking a sandbox").await;
    scan.interrupt().await;
    scan.finish().await.fails_with(130, "Interrupted.");
}
