//! The look at a photo before it costs money, measured: which photos it complains about, and which of them OCR can read.

use aipass::photo::{PhotoLimits, PhotoMeasures, measure};
use aipass::{AiPass, Photo as Upload, PhotoHintKind};
use aipass_photo_tests::receipts::{DAMAGES, Damage, Photo, Receipt, Style};
use aipass_photo_tests::tesseract::read;
use aipass_sandbox::{Sandbox, bundled_receipts};

use super::{setting, world};

/// How many of four fields OCR reads: the shop's name, the date, the total and its number.
fn fields_read(photo: &[u8], receipt: &Receipt) -> usize {
    let text = read(photo);
    let packed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let text = packed(&text);
    let total = receipt.truth().amount;
    let date = receipt.style.date(receipt.date);
    let wanted = [receipt.merchant.clone(), date, total, receipt.number.to_string()];
    wanted.iter().filter(|wanted| text.contains(&packed(wanted))).count()
}

struct Row {
    damage: Damage,
    photos: usize,
    readable: usize,
    half: usize,
    false_alarms: usize,
    missed: usize,
    kinds: Vec<PhotoHintKind>,
    lowest: Option<PhotoMeasures>,
    highest: Option<PhotoMeasures>,
}

async fn kinds(ai: &AiPass, file: &[u8]) -> Vec<PhotoHintKind> {
    let hints = ai.check_photo(Upload::from(file.to_vec())).await.expect("a photo");
    hints.iter().map(|hint| hint.kind).collect()
}

/// The larger or smaller of each figure.
fn outer(one: Option<PhotoMeasures>, other: PhotoMeasures, largest: bool) -> Option<PhotoMeasures> {
    let Some(mut outer) = one else { return Some(other) };
    let pick = |a: f64, b: f64| if largest { a.max(b) } else { a.min(b) };
    let pick_option = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => Some(pick(a, b)),
        (a, b) => a.or(b),
    };
    outer.brightness = pick(outer.brightness, other.brightness);
    outer.print_share = pick(outer.print_share, other.print_share);
    outer.sharpness = pick_option(outer.sharpness, other.sharpness);
    outer.ink_contrast = pick_option(outer.ink_contrast, other.ink_contrast);
    Some(outer)
}

fn range(lowest: Option<f64>, highest: Option<f64>, decimals: usize) -> String {
    match (lowest, highest) {
        (Some(low), Some(high)) => format!("{low:.decimals$}–{high:.decimals$}"),
        _ => "—".to_owned(),
    }
}

// The figures of docs/receipts.md
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs tesseract: scripts/receipts --checks"]
async fn hints_about_photos_are_seldom_wrong() {
    let (count, seed) = (setting("RECEIPTS_CHECKS", 2), setting("RECEIPTS_SEED", 1));
    let sandbox = Sandbox::builder().start().await.expect("the sandbox starts");
    let ai = world::signed_in(&sandbox).await;
    let mut rows = Vec::new();
    for damage in DAMAGES {
        let mut row = Row {
            damage,
            photos: 0,
            readable: 0,
            half: 0,
            false_alarms: 0,
            missed: 0,
            kinds: Vec::new(),
            lowest: None,
            highest: None,
        };
        for seed in seed..seed + count {
            let receipt = Receipt::random(seed, Style::ALL[(seed % 5) as usize]);
            let photo = Photo { width: 1536, height: 2048, orientation: 1, ..Photo::random(seed) };
            let file = damage.done_to(&photo, &receipt, seed);
            let measures = measure(&file, &PhotoLimits::default()).expect("a photo");
            (row.lowest, row.highest) = (outer(row.lowest, measures, false), outer(row.highest, measures, true));
            let kinds = kinds(&ai, &file).await;
            let upload = file.clone();
            let expected = receipt.clone();
            let read = tokio::task::spawn_blocking(move || fields_read(&upload, &expected)).await.expect("tesseract");
            row.photos += 1;
            row.readable += usize::from(read == 4);
            row.half += usize::from(read > 0 && read < 4);
            row.false_alarms += usize::from(read == 4 && !kinds.is_empty());
            row.missed += usize::from(read == 0 && kinds.is_empty());
            row.kinds.extend(kinds.iter().filter(|kind| !row.kinds.contains(kind)).copied().collect::<Vec<_>>());
        }
        rows.push(row);
    }
    println!("{count} receipts from seed {seed}, each in every state; OCR looks for four fields\n");
    println!(
        "| state | photos | all read | some read | false alarms | missed | brightness | ink | sharpness | print | hints |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for row in &rows {
        let Row { damage, photos, readable, half, false_alarms, missed, kinds, .. } = row;
        let figure = |of: fn(&PhotoMeasures) -> Option<f64>, decimals: usize| {
            range(row.lowest.as_ref().and_then(of), row.highest.as_ref().and_then(of), decimals)
        };
        println!(
            "| {damage:?} | {photos} | {readable} | {half} | {false_alarms} | {missed} | {} | {} | {} | {} | {kinds:?} |",
            figure(|it| Some(it.brightness), 0),
            figure(|it| it.ink_contrast, 0),
            figure(|it| it.sharpness, 2),
            figure(|it| Some(it.print_share), 3),
        );
    }
    for bundled in bundled_receipts() {
        println!(
            "{}: {:?} {:?}",
            bundled.name,
            kinds(&ai, bundled.photo).await,
            measure(bundled.photo, &PhotoLimits::default())
        );
    }
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let (readable, false_alarms, missed) =
        (sum(|row| row.readable), sum(|row| row.false_alarms), sum(|row| row.missed));
    let unreadable = sum(|row| row.photos - row.readable - row.half);
    println!(
        "false alarms: {false_alarms} of {readable} readable photos; missed: {missed} of {unreadable} unreadable ones"
    );
    assert!(false_alarms * 50 <= readable, "{false_alarms} of {readable} readable photos were complained about");
    assert!(missed * 4 <= unreadable, "{missed} of {unreadable} unreadable photos were not noticed");
}
