//! A bill on paper, as its country prints it.

use ab_glyph::FontRef;

use super::bill::{Bill, Item, Kind};
use super::money::{decimal, local, signed};
use crate::receipts::layout::{Face, Line, Printed};
use crate::receipts::{Layout, Photo};

/// There is no font on this machine for the letters of a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoFont(
    /// Where it was looked for.
    pub &'static str,
);

/// The fonts of Debian's packages fonts-ipafont-gothic and fonts-tlwg-loma-ttf. DejaVu, which is built in, has the other letters.
const HAN: &str = "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf";
const THAI: &str = "/usr/share/fonts/truetype/tlwg/Loma.ttf";

struct Sheet<'a> {
    bill: &'a Bill,
    font: Option<FontRef<'static>>,
}

impl Bill {
    /// The camera's JPEG file.
    ///
    /// # Errors
    /// [`NoFont`] where the country's letters cannot be drawn here.
    pub fn photo(&self, photo: &Photo) -> Result<Vec<u8>, NoFont> {
        let path = match self.country.region {
            "JP" | "TW" => Some(HAN),
            "TH" => Some(THAI),
            _ => None,
        };
        let font = match path {
            None => None,
            Some(path) => {
                let bytes = std::fs::read(path).map_err(|_| NoFont(path))?;
                // Kept until the program ends: letters refer to it.
                Some(FontRef::try_from_slice(bytes.leak()).map_err(|_| NoFont(path))?)
            }
        };
        Ok(photo.of_printed(&Sheet { bill: self, font }))
    }

    /// What was to pay, as a decimal with a point.
    #[must_use]
    pub fn amount(&self) -> String {
        decimal(self.total, self.country.digits)
    }
}

fn row(left: impl Into<String>, right: impl Into<String>) -> Line {
    Line::Row { left: left.into(), right: right.into(), size: 1.0, face: Face::Body }
}

fn centre(text: &str) -> Line {
    Line::Centre { text: text.to_owned(), size: 1.0, face: Face::Body }
}

impl Sheet<'_> {
    fn price(&self, units: i64) -> String {
        local(units, self.bill.country, units.abs() >= 1000 * 10_i64.pow(self.bill.country.digits))
    }

    fn money(&self, units: i64) -> String {
        signed(units, self.bill.country, units.abs() >= 1000 * 10_i64.pow(self.bill.country.digits))
    }

    fn item(&self, item: &Item) -> Vec<Line> {
        let price = |units| self.price(units);
        let name = &item.name;
        let mut lines = match item.unit {
            Some(unit) => {
                let weight = decimal(item.quantity, 3).replace('.', &self.bill.country.decimal.to_string());
                let each = format!("  {weight} {unit} x {}", price(item.unit_price));
                vec![row(name, price(item.total)), row(each, "")]
            }
            None if item.quantity == 1 => vec![row(name, price(item.total - item.discount))],
            None => {
                let each = format!("  {} x {}", item.quantity, price(item.unit_price));
                vec![row(name, price(item.total - item.discount)), row(each, "")]
            }
        };
        if item.discount != 0 {
            lines.push(row(format!("  {}", self.bill.country.words.discount), price(item.discount)));
        }
        lines
    }
}

impl Printed for Sheet<'_> {
    fn lines(&self) -> Vec<Line> {
        let bill = self.bill;
        let (country, words) = (bill.country, bill.country.words);
        let form = country.dates[(bill.number % country.dates.len() as i64) as usize];
        let date = bill.day.written(form, country.months).unwrap_or_else(|| bill.day.iso());
        let mut lines = vec![
            Line::Centre { text: bill.merchant.to_owned(), size: 1.55, face: Face::Title },
            Line::Gap(0.3),
            centre(country.address),
            centre(country.phone),
            centre(country.tax_id),
            Line::Gap(0.5),
            row(format!("{} {date}", words.date), format!("{:02}:{:02}", bill.time.0, bill.time.1)),
            row(format!("{} {}", words.number, bill.number), if bill.kind == Kind::Refund { "REFUND" } else { "" }),
            Line::Dashes,
        ];
        lines.extend(bill.items.iter().flat_map(|item| self.item(item)));
        lines.push(Line::Dashes);
        lines.push(row(words.subtotal, self.price(bill.subtotal)));
        if bill.discount != 0 {
            lines.push(row(words.discount, self.price(bill.discount)));
        }
        let taxes = || {
            bill.taxes.iter().map(|line| {
                let rate = decimal(line.tax.rate, 2);
                let rate = rate.trim_end_matches('0').trim_end_matches('.').to_owned();
                row(format!("{} {} {rate}%", line.tax.class, line.tax.name), self.price(line.amount))
            })
        };
        if !country.included {
            lines.extend(taxes());
        }
        if bill.tip != 0 {
            lines.push(row("Tip", self.price(bill.tip)));
        }
        if bill.rounding != 0 {
            lines.push(row(words.rounding, self.price(bill.rounding)));
        }
        let total =
            Line::Row { left: words.total.to_owned(), right: self.money(bill.total), size: 1.4, face: Face::Bold };
        lines.extend([Line::Gap(0.2), total, Line::Gap(0.2)]);
        if country.included {
            lines.extend(taxes());
        }
        lines.push(Line::Dashes);
        for payment in &bill.payments {
            match payment.card {
                Some(digits) => lines.push(row(format!("{} **** {digits}", words.card), self.price(payment.amount))),
                None => lines.push(row(words.cash, self.price(bill.tendered.unwrap_or(payment.amount)))),
            }
        }
        lines.extend(bill.change.map(|change| row(words.change, self.price(change))));
        lines
    }

    fn layout(&self) -> Layout {
        [Layout::Till, Layout::Table, Layout::Shop][(self.bill.number % 3) as usize]
    }

    fn font(&self) -> Option<&FontRef<'static>> {
        self.font.as_ref()
    }
}
