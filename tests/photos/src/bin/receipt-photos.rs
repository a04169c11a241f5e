//! Writes photos of made-up receipts, and a file truth.json that says what stands on them.

use std::error::Error;
use std::path::{Path, PathBuf};

use aipass_photo_tests::receipts::{Date, Item, Layout, Photo, Receipt, Style, Surface, Truth};
use clap::Parser;
use serde::Serialize;
use serde_json::{Value, json};

/// Writes photos of made-up receipts, and a truth.json that says what stands on them.
#[derive(Parser)]
struct Arguments {
    /// The folder to write to; it is made where it is missing.
    #[arg(long)]
    out: PathBuf,
    /// How many photos.
    #[arg(long, default_value_t = 10)]
    count: u64,
    /// The first photo's seed; the next one has the next.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The size of each photo.
    #[arg(long, default_value_t = 12.0)]
    megapixels: f32,
    /// Writes the photos that the sandbox knows by heart, each with its answer, instead of random ones.
    #[arg(long)]
    recorded: bool,
}

#[derive(Serialize)]
struct Line {
    file: String,
    seed: u64,
    orientation: u8,
    #[serde(flatten)]
    truth: Truth,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.out)?;
    if arguments.recorded { write_recorded(&arguments.out) } else { write_random(&arguments) }
}

fn write_random(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut lines = Vec::new();
    for seed in arguments.seed..arguments.seed.saturating_add(arguments.count) {
        let receipt = Receipt::random(seed, Style::ALL[(seed % 5) as usize]);
        let photo = Photo::random(seed).megapixels(arguments.megapixels);
        let file = format!("receipt-{seed:04}.jpg");
        std::fs::write(arguments.out.join(&file), photo.of(&receipt))?;
        lines.push(Line { file, seed, orientation: photo.orientation, truth: receipt.truth() });
    }
    std::fs::write(arguments.out.join("truth.json"), serde_json::to_string_pretty(&lines)? + "\n")?;
    println!("{} photos and truth.json are in {}", lines.len(), arguments.out.display());
    Ok(())
}

/// The photos that the demo shows. Their JSON is what a model answers, so the amount is a number, as models write it.
fn write_recorded(out: &Path) -> Result<(), Box<dyn Error>> {
    for (name, receipt, photo) in recorded() {
        std::fs::write(out.join(name).with_extension("jpg"), photo.of(&receipt))?;
        let truth = receipt.truth();
        let mut answer = json!({
            "merchant": truth.merchant,
            "date": truth.date,
            "amount": truth.amount.parse::<f64>()?,
            "currency": truth.currency,
            "category": truth.category,
            "confidence": 0.97,
        });
        std::fs::write(out.join(name).with_extension("json"), serde_json::to_string_pretty(&answer)? + "\n")?;
        if let (Value::Object(answer), Value::Object(details)) = (&mut answer, details(name, &receipt)) {
            answer.extend(details);
        }
        std::fs::write(out.join(name).with_extension("full.json"), serde_json::to_string_pretty(&answer)? + "\n")?;
        println!("{name}: {truth:?}");
    }
    Ok(())
}

/// What a model answers besides if it is asked for the items.
fn details(name: &str, receipt: &Receipt) -> Value {
    let euros = |cents: u32| f64::from(cents) / 100.0;
    // Only the shop prints the price of one.
    let each =
        |item: &Item| (item.quantity > 1 && receipt.layout == Layout::Shop).then(|| euros(item.cents / item.quantity));
    let items = receipt.items.iter().map(|item| {
        json!({
            "description": item.name, "quantity": item.quantity, "unit": null, "unit_price": each(item), "discount": null,
            "total": euros(item.cents), "tax_class": null, "confidence": 0.97,
        })
    });
    let (tax, rate, amount, method) = match name {
        "cafe" => ("enthaltene MwSt. 19%", json!(19), 2.87, "Kartenzahlung"),
        "diner" => ("Sales tax 8.875%", json!(8.875), 3.53, "VISA"),
        _ => ("incl. VAT 20%", json!(20), 6.54, "Mastercard"),
    };
    let is_added = receipt.added_tax_cents > 0;
    let phone = receipt.address.get(2).map(|line| line.trim_start_matches("Tel. "));
    json!({
        "time": receipt.time, "number": receipt.number.to_string(), "kind": "sale",
        "language": if receipt.style == Style::German { "de" } else { "en" },
        "merchant_address": receipt.address[..2].join(", "), "merchant_phone": phone, "merchant_tax_id": null,
        "items": items.collect::<Vec<_>>(), "subtotal": is_added.then(|| euros(receipt.subtotal_cents())), "discounts": [],
        "taxes": [{"name": tax, "rate": rate, "base": null, "amount": amount, "tax_class": null, "included": !is_added}],
        "tip": null, "rounding": null,
        "payments": [{"method": method, "last_four": receipt.card.to_string(), "amount": euros(receipt.total_cents())}],
        "tendered": null, "change": null, "other_amounts": [],
    })
}

fn recorded() -> [(&'static str, Receipt, Photo); 3] {
    let items = |items: &[(u32, &str, u32)]| {
        let item = |&(quantity, name, cents): &(u32, &str, u32)| Item { quantity, name: name.to_owned(), cents };
        items.iter().map(item).collect()
    };
    let address = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    let photo = |seed, surface, cup| Photo {
        seed,
        width: 1200,
        height: 1600,
        orientation: 1,
        surface,
        cup,
        noise: 2.0,
        quality: 82,
    };
    let cafe = Receipt {
        merchant: "Cafe Morgenrot".into(),
        address: address(&["Lindenstraße 14", "50674 Köln", "Tel. 0221 555 0134"]),
        items: items(&[(2, "Flat White", 780), (1, "Cappuccino", 340), (1, "Croissant", 260), (1, "Apfelkuchen", 420)]),
        added_tax_cents: 0,
        date: Date { year: 2026, month: 3, day: 14 },
        time: "09:41".into(),
        card: 4821,
        number: 20_417,
        category: "meals",
        style: Style::German,
        layout: Layout::Till,
    };
    let diner = Receipt {
        merchant: "Blue Plate Diner".into(),
        address: address(&["418 Harbor Street", "New York, NY 10013", "(212) 555-0148"]),
        items: items(&[
            (1, "Cheeseburger", 1195),
            (1, "Club Sandwich", 925),
            (2, "Iced Tea", 590),
            (1, "House Salad", 785),
            (1, "Lemon Tart", 480),
        ]),
        added_tax_cents: 353,
        date: Date { year: 2026, month: 5, day: 23 },
        time: "12:58".into(),
        card: 7306,
        number: 51_862,
        category: "meals",
        style: Style::American,
        layout: Layout::Table,
    };
    let books = Receipt {
        merchant: "Foxglove Books".into(),
        address: address(&["12 Bridge Street", "York YO1 6DD"]),
        items: items(&[(1, "The Salt Road", 1099), (1, "A Field Guide to Moss", 1850), (3, "Greeting Card", 975)]),
        added_tax_cents: 0,
        date: Date { year: 2026, month: 9, day: 19 },
        time: "16:20".into(),
        card: 1154,
        number: 38_205,
        category: "books",
        style: Style::British,
        layout: Layout::Shop,
    };
    [
        ("cafe", cafe, photo(41, Surface::Wood, true)),
        ("diner", diner, photo(12, Surface::Slate, false)),
        ("bookshop", books, photo(13, Surface::Cloth, false)),
    ]
}
