//! Writes photos of made-up receipts, and a file truth.json that says what stands on them.

use std::error::Error;
use std::path::{Path, PathBuf};

use aipass_tests::receipts::{Date, Item, Layout, Photo, Receipt, Style, Surface, Truth};
use clap::Parser;
use serde::Serialize;
use serde_json::json;

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
        let answer = json!({
            "merchant": truth.merchant,
            "date": truth.date,
            "amount": truth.amount.parse::<f64>()?,
            "currency": truth.currency,
            "category": truth.category,
            "confidence": 0.97,
        });
        std::fs::write(out.join(name).with_extension("json"), serde_json::to_string_pretty(&answer)? + "\n")?;
        println!("{name}: {truth:?}");
    }
    Ok(())
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
