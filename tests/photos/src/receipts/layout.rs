//! From what a receipt says to lines of print.

use ab_glyph::FontRef;

use super::content::Receipt;
use super::style::{Layout, Style};

/// What can be printed on paper.
pub(crate) trait Printed {
    /// From top to bottom.
    fn lines(&self) -> Vec<Line>;
    /// Which letters.
    fn layout(&self) -> Layout;
    /// Letters of another script, in place of the layout's.
    fn font(&self) -> Option<&FontRef<'static>> {
        None
    }
}

impl Printed for Receipt {
    fn lines(&self) -> Vec<Line> {
        lines(self)
    }

    fn layout(&self) -> Layout {
        self.layout
    }
}

/// One line across the paper. Sizes are multiples of the body's letters.
pub(crate) enum Line {
    Centre {
        text: String,
        size: f32,
        face: Face,
    },
    Row {
        left: String,
        right: String,
        size: f32,
        face: Face,
    },
    /// Quantity, name and price in columns.
    Item {
        quantity: String,
        name: String,
        price: String,
    },
    Dashes,
    Rule {
        thickness: f32,
    },
    Gap(f32),
    Barcode(u64),
}

/// Which letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Body,
    Bold,
    Title,
}

fn lines(receipt: &Receipt) -> Vec<Line> {
    match receipt.layout {
        Layout::Till => till(receipt),
        Layout::Table => table(receipt),
        Layout::Shop => shop(receipt),
    }
}

/// Words in the receipt's language.
struct Words {
    date: &'static str,
    number: &'static str,
    subtotal: &'static str,
    tax: &'static str,
    total: &'static str,
    card: &'static str,
    approved: &'static str,
    thanks: &'static str,
}

fn words(style: Style) -> Words {
    match style {
        Style::German => Words {
            date: "Datum",
            number: "Bon-Nr.",
            subtotal: "Zwischensumme",
            tax: "enthaltene MwSt. 19%",
            total: "SUMME",
            card: "Kartenzahlung",
            approved: "Genehmigt",
            thanks: "Vielen Dank für Ihren Besuch!",
        },
        Style::Swiss => Words {
            date: "Datum",
            number: "Beleg",
            subtotal: "Zwischentotal",
            tax: "inkl. MwSt. 8.1%",
            total: "TOTAL",
            card: "Maestro",
            approved: "Bewilligt",
            thanks: "Merci und auf Wiedersehen",
        },
        Style::American => Words {
            date: "Date",
            number: "Check",
            subtotal: "Subtotal",
            tax: "Sales tax 8.875%",
            total: "TOTAL",
            card: "VISA",
            approved: "Approved",
            thanks: "Thank you, come again!",
        },
        Style::Irish | Style::British => Words {
            date: "Date",
            number: "Receipt",
            subtotal: "Subtotal",
            tax: "incl. VAT 20%",
            total: "TOTAL",
            card: "Mastercard",
            approved: "Contactless, approved",
            thanks: "Thank you for your visit",
        },
    }
}

/// The tax line: what is inside the total in Europe, what was added to it in the United States.
fn tax(receipt: &Receipt) -> String {
    let inside = |percent: f32| (receipt.total_cents() as f32 * percent / (100.0 + percent)) as u32;
    receipt.style.price(match receipt.style {
        Style::American => receipt.added_tax_cents,
        Style::German => inside(19.0),
        Style::Swiss => inside(8.1),
        Style::Irish | Style::British => inside(20.0),
    })
}

fn centre(text: &str) -> Line {
    Line::Centre { text: text.to_owned(), size: 1.0, face: Face::Body }
}

fn title(text: &str, size: f32) -> Line {
    Line::Centre { text: text.to_owned(), size, face: Face::Title }
}

fn row(left: impl Into<String>, right: impl Into<String>) -> Line {
    Line::Row { left: left.into(), right: right.into(), size: 1.0, face: Face::Body }
}

fn bold(left: impl Into<String>, right: impl Into<String>, size: f32) -> Line {
    Line::Row { left: left.into(), right: right.into(), size, face: Face::Bold }
}

fn card(receipt: &Receipt, words: &Words) -> String {
    format!("{} **** {}", words.card, receipt.card)
}

fn till(receipt: &Receipt) -> Vec<Line> {
    let (style, words) = (receipt.style, words(receipt.style));
    let mut lines = vec![title(&receipt.merchant, 1.55), Line::Gap(0.3)];
    lines.extend(receipt.address.iter().map(|line| centre(line)));
    lines.extend([
        Line::Gap(0.6),
        row(format!("{} {}", words.date, style.date(receipt.date)), receipt.time.clone()),
        row(format!("{} {}", words.number, receipt.number), ""),
        Line::Dashes,
    ]);
    for item in &receipt.items {
        let name = if item.quantity == 1 { item.name.clone() } else { format!("{} x {}", item.quantity, item.name) };
        lines.push(row(name, style.price(item.cents)));
    }
    lines.push(Line::Dashes);
    if style == Style::American {
        lines.push(row(words.subtotal, style.price(receipt.subtotal_cents())));
        lines.push(row(words.tax, tax(receipt)));
    }
    lines.extend([Line::Gap(0.2), bold(words.total, style.money(receipt.total_cents()), 1.5), Line::Gap(0.2)]);
    if style != Style::American {
        lines.push(row(words.tax, tax(receipt)));
    }
    lines.extend([
        Line::Dashes,
        row(card(receipt, &words), style.money(receipt.total_cents())),
        row(words.approved, format!("{:06}", receipt.number * 7 % 1_000_000)),
        Line::Gap(0.8),
        centre(words.thanks),
    ]);
    lines
}

fn table(receipt: &Receipt) -> Vec<Line> {
    let (style, words) = (receipt.style, words(receipt.style));
    let german = style.is_german();
    let mut lines = vec![title(&receipt.merchant, 1.7), Line::Gap(0.2)];
    lines.extend(receipt.address.iter().map(|line| centre(line)));
    lines.extend([
        Line::Gap(0.5),
        row(format!("{}: {}", words.date, style.date(receipt.date)), receipt.time.clone()),
        row(
            format!("{} {}", if german { "Tisch" } else { "Table" }, receipt.number % 23 + 1),
            format!("{} #{}", words.number, receipt.number),
        ),
        Line::Rule { thickness: 0.06 },
    ]);
    for item in &receipt.items {
        lines.push(Line::Item {
            quantity: item.quantity.to_string(),
            name: item.name.clone(),
            price: style.price(item.cents),
        });
    }
    lines.extend([
        Line::Rule { thickness: 0.06 },
        row(words.subtotal, style.price(receipt.subtotal_cents())),
        row(words.tax, tax(receipt)),
        Line::Gap(0.25),
        bold(words.total, style.money(receipt.total_cents()), 1.5),
        Line::Gap(0.25),
        row(card(receipt, &words), style.money(receipt.total_cents())),
        row(words.approved, ""),
        Line::Gap(0.7),
        centre(words.thanks),
    ]);
    lines
}

fn shop(receipt: &Receipt) -> Vec<Line> {
    let (style, words) = (receipt.style, words(receipt.style));
    let mut lines = vec![title(&receipt.merchant, 1.85), Line::Gap(0.35), Line::Rule { thickness: 0.06 }];
    lines.push(centre(&receipt.address.join(", ")));
    lines.push(Line::Gap(0.5));
    for item in &receipt.items {
        lines.push(row(item.name.clone(), style.price(item.cents)));
        if item.quantity > 1 {
            let each = style.price(item.cents / item.quantity);
            lines.push(row(format!("    {} x {each}", item.quantity), ""));
        }
    }
    lines.extend([
        Line::Rule { thickness: 0.06 },
        bold(words.total, style.money(receipt.total_cents()), 1.4),
        row(words.tax, tax(receipt)),
        Line::Rule { thickness: 0.06 },
        row(card(receipt, &words), style.money(receipt.total_cents())),
        Line::Gap(0.4),
        row(words.date, format!("{}  {}", style.date(receipt.date), receipt.time)),
        row(words.number, receipt.number.to_string()),
        Line::Gap(0.6),
        centre(words.thanks),
        Line::Gap(0.4),
        Line::Barcode(u64::from(receipt.number) * 7919),
    ]);
    lines
}
