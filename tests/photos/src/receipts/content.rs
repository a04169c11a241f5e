//! What is printed on a receipt: who sold what, for how much, when, and in which country's way of writing it.

use serde::Serialize;

use super::random::Random;
use super::shops::shops;
use super::style::{Date, Layout, Style};

/// What a reader of the photo should find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// The shop's name, as printed at the top.
    pub merchant: String,
    /// The date of purchase as ISO 8601, `2026-03-14`.
    pub date: String,
    /// The total that was paid, as a decimal string with two digits, `12.40`.
    pub amount: String,
    /// The ISO 4217 code.
    pub currency: String,
    /// `meals`, `groceries`, `books`, `hardware` or `pharmacy`.
    pub category: String,
}

/// One line of goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// How many.
    pub quantity: u32,
    /// What.
    pub name: String,
    /// What all of them cost together, in hundredths.
    pub cents: u32,
}

/// Everything on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The shop's name.
    pub merchant: String,
    /// Lines under the name: street, town, telephone.
    pub address: Vec<String>,
    /// The goods.
    pub items: Vec<Item>,
    /// Added to the sum of the goods, in hundredths: sales tax in the United States, nothing elsewhere.
    pub added_tax_cents: u32,
    /// The day of purchase.
    pub date: Date,
    /// `18:42`.
    pub time: String,
    /// The last four digits of the card.
    pub card: u32,
    /// The number of the receipt.
    pub number: u32,
    /// `meals`, `groceries`, `books`, `hardware` or `pharmacy`.
    pub category: &'static str,
    /// How money and dates are written.
    pub style: Style,
    /// How it is set.
    pub layout: Layout,
}

impl Receipt {
    /// The goods together, in hundredths.
    #[must_use]
    pub fn subtotal_cents(&self) -> u32 {
        self.items.iter().map(|item| item.cents).sum()
    }

    /// What was paid, in hundredths.
    #[must_use]
    pub fn total_cents(&self) -> u32 {
        self.subtotal_cents() + self.added_tax_cents
    }

    /// What a reader should find.
    #[must_use]
    pub fn truth(&self) -> Truth {
        let (total, Date { year, month, day }) = (self.total_cents(), self.date);
        Truth {
            merchant: self.merchant.clone(),
            date: format!("{year:04}-{month:02}-{day:02}"),
            amount: format!("{}.{:02}", total / 100, total % 100),
            currency: self.style.currency().to_owned(),
            category: self.category.to_owned(),
        }
    }

    /// A made-up receipt in the given style: the same for the same seed.
    #[must_use]
    pub fn random(seed: u64, style: Style) -> Self {
        let mut random = Random::new(seed ^ 0x5245_4345_4950_5453);
        let shop = random.pick(shops(style));
        let mut goods = shop.goods(style).to_vec();
        let mut items = Vec::new();
        for _ in 0..random.below(4) + 3 {
            let (name, cents) = goods.swap_remove(random.below(goods.len() as u64) as usize);
            let quantity = *random.pick(&[1, 1, 1, 1, 2, 2, 3]);
            items.push(Item { quantity, name: name.to_owned(), cents: quantity * cents });
        }
        let subtotal: u32 = items.iter().map(|item| item.cents).sum();
        Self {
            merchant: shop.name.to_owned(),
            address: shop.address.iter().map(|line| (*line).to_owned()).collect(),
            added_tax_cents: if style == Style::American { subtotal * 8875 / 100_000 } else { 0 },
            items,
            date: Date {
                year: 2026,
                month: random.below(10) as u32 + 1,
                // From the 13th on: 03/04/2026 is two dates, and nobody can tell which from a photo alone.
                day: random.below(16) as u32 + 13,
            },
            time: format!("{:02}:{:02}", random.below(13) + 8, random.below(60)),
            card: random.below(9000) as u32 + 1000,
            number: random.below(90_000) as u32 + 10_000,
            category: shop.category,
            style,
            layout: shop.layout,
        }
    }
}
