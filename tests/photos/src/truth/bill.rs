//! A receipt whose figures add up.

use super::countries::{COUNTRIES, Country, Tax};
use super::days::Day;
use crate::receipts::random::Random;

/// What a receipt is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Goods were sold.
    Sale,
    /// Goods came back: every amount is negative.
    Refund,
}

/// One line of goods. Amounts are in smallest units of the currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub name: String,
    /// How many, or how many thousandths of `unit`.
    pub quantity: i64,
    /// `kg` where it was weighed.
    pub unit: Option<&'static str>,
    /// What one costs.
    pub unit_price: i64,
    /// What is taken off this line; negative.
    pub discount: i64,
    /// What the line adds to the sum.
    pub total: i64,
    /// The letter of its tax.
    pub class: &'static str,
}

/// A tax on a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxLine {
    /// Its name, its rate, and the goods' letter.
    pub tax: Tax,
    /// What it is taken of: without the tax.
    pub base: i64,
    /// The tax.
    pub amount: i64,
}

/// What was paid with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// The last four digits of a card; `None` for cash.
    pub card: Option<i64>,
    /// What was paid this way, of what was to pay.
    pub amount: i64,
}

/// Everything on a receipt. Amounts are in smallest units of the currency.
#[derive(Debug, Clone)]
pub struct Bill {
    /// Where.
    pub country: &'static Country,
    /// What of.
    pub kind: Kind,
    /// The shop.
    pub merchant: &'static str,
    /// The day.
    pub day: Day,
    /// Hour and minute.
    pub time: (i64, i64),
    /// Its number.
    pub number: i64,
    /// The goods.
    pub items: Vec<Item>,
    /// The goods together, before anything else.
    pub subtotal: i64,
    /// Taken off all of it; negative or 0.
    pub discount: i64,
    /// The taxes.
    pub taxes: Vec<TaxLine>,
    /// For the service.
    pub tip: i64,
    /// Added so that there are coins for the rest.
    pub rounding: i64,
    /// What was to pay.
    pub total: i64,
    /// How it was paid.
    pub payments: Vec<Payment>,
    /// Notes and coins that were handed over, if cash was.
    pub tendered: Option<i64>,
    /// What came back.
    pub change: Option<i64>,
}

/// The nearest whole number, halves away from zero.
fn divided(amount: i64, by: i64) -> i64 {
    (amount.abs() * 2 + by) / (2 * by) * amount.signum()
}

impl Bill {
    /// A made-up receipt of a country: the same for the same seed.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x4249_4C4C);
        let country = &COUNTRIES[(seed % COUNTRIES.len() as u64) as usize];
        let kind = if random.below(10) == 0 { Kind::Refund } else { Kind::Sale };
        let several_rates = country.taxes.len() > 1 && country.included && random.below(2) == 0;
        let discounted = random.below(4) == 0 && !several_rates;
        let class = |random: &mut Random| match country.taxes {
            [] => "",
            taxes if several_rates => random.pick(taxes).class,
            taxes => taxes[0].class,
        };
        let mut items = Vec::new();
        for _ in 0..=random.below(6) {
            let class = class(&mut random);
            items.push(item(country, class, &mut random));
        }
        if random.below(5) == 0 {
            let quantity = 1 + random.below(3) as i64;
            let unit_price = rounded_price(country, country.coffee / 14);
            let (name, class) = (country.words.deposit.to_owned(), class(&mut random));
            items.push(Item {
                name,
                quantity,
                unit: None,
                unit_price,
                discount: 0,
                total: quantity * unit_price,
                class,
            });
        }
        let subtotal: i64 = items.iter().map(|item| item.total).sum();
        let discount = if discounted { -divided(subtotal, 10) } else { 0 };
        let taxes = taxes(country, &items, subtotal + discount);
        let added: i64 = if country.included { 0 } else { taxes.iter().map(|line| line.amount).sum() };
        let may_tip = matches!(country.region, "US" | "CA" | "GB") && kind == Kind::Sale;
        let tip = if may_tip && random.below(3) == 0 { divided(subtotal * 15, 100) } else { 0 };
        let exact = subtotal + discount + added + tip;
        let in_cash = random.below(2) == 0;
        let total = if in_cash { divided(exact, country.cash_unit) * country.cash_unit } else { exact };
        let mut bill = Self {
            country,
            kind,
            merchant: *random.pick(country.shops),
            day: Day(Day::new(2025, 7, 1).0 + random.below(340) as i64),
            time: (8 + random.below(14) as i64, random.below(60) as i64),
            number: 10_000 + random.below(90_000) as i64,
            items,
            subtotal,
            discount,
            taxes,
            tip,
            rounding: total - exact,
            total,
            payments: Vec::new(),
            tendered: None,
            change: None,
        };
        bill.pay(in_cash, &mut random);
        if kind == Kind::Refund {
            bill.turn_round();
        }
        bill
    }

    fn pay(&mut self, in_cash: bool, random: &mut Random) {
        let card = 1000 + random.below(9000) as i64;
        if !in_cash {
            self.payments.push(Payment { card: Some(card), amount: self.total });
            return;
        }
        let note = 10_i64.pow(self.country.digits) * if self.country.coffee > 3000 { 100 } else { 5 };
        let by_card =
            if random.below(16) == 0 { self.total / 2 / self.country.cash_unit * self.country.cash_unit } else { 0 };
        if by_card > 0 {
            self.payments.push(Payment { card: Some(card), amount: by_card });
        }
        let cash = self.total - by_card;
        self.payments.push(Payment { card: None, amount: cash });
        if self.kind == Kind::Sale {
            let tendered = (cash + note - 1) / note * note;
            (self.tendered, self.change) = (Some(tendered), Some(tendered - cash));
        }
    }

    /// Changes one amount as a reader of blurred print would, and says which.
    pub(super) fn misread(&mut self, seed: u64) -> String {
        let mut random = Random::new(seed ^ 0x4D49_5352);
        let by = *random.pick(&[1, 2, 5, 10, 30, 60, 100, 200, 700, 1000, -1, -3, -10, -40, -300]);
        let at = random.below(self.items.len() as u64) as usize;
        let handed_over = self.tendered;
        let item = &mut self.items[at];
        let mut amounts = vec![
            ("amount".to_owned(), &mut self.total),
            ("subtotal".to_owned(), &mut self.subtotal),
            (format!("items.{at}.total"), &mut item.total),
            (format!("items.{at}.unit_price"), &mut item.unit_price),
        ];
        if let Some(line) = self.taxes.first_mut() {
            amounts
                .extend([("taxes.0.amount".to_owned(), &mut line.amount), ("taxes.0.base".to_owned(), &mut line.base)]);
        }
        amounts.extend((self.tip != 0).then_some(("tip".to_owned(), &mut self.tip)));
        amounts.extend((self.discount != 0).then_some(("discounts.0.amount".to_owned(), &mut self.discount)));
        amounts.extend(self.payments.first_mut().map(|paid| ("payments.0.amount".to_owned(), &mut paid.amount)));
        amounts.extend(self.tendered.as_mut().map(|tendered| ("tendered".to_owned(), tendered)));
        amounts.extend(self.change.as_mut().map(|change| ("change".to_owned(), change)));
        let chosen = random.below(amounts.len() as u64) as usize;
        let (name, amount) = amounts.swap_remove(chosen);
        // Another sign alone, or what was handed over in place of what was paid of it, is another way to say the same.
        let is_the_same = (*amount + by).abs() == amount.abs() || Some(*amount + by) == handed_over;
        let by = if is_the_same { by * 3 } else { by };
        *amount += by;
        format!("{name} by {by}")
    }

    fn turn_round(&mut self) {
        for item in &mut self.items {
            (item.quantity, item.discount, item.total) = (-item.quantity, -item.discount, -item.total);
        }
        for line in &mut self.taxes {
            (line.base, line.amount) = (-line.base, -line.amount);
        }
        for payment in &mut self.payments {
            payment.amount = -payment.amount;
        }
        for amount in [&mut self.subtotal, &mut self.discount, &mut self.rounding, &mut self.total] {
            *amount = -*amount;
        }
    }
}

/// As shops price: 3.40, 42.00, 1.350.
fn rounded_price(country: &Country, units: i64) -> i64 {
    let step = (country.coffee / 60).max(1);
    let step = [1, 5, 10, 50, 100, 500].into_iter().rev().find(|nice| *nice <= step).unwrap_or(1);
    (units / step * step).max(step)
}

fn item(country: &Country, class: &'static str, random: &mut Random) -> Item {
    let name = (*random.pick(country.goods)).to_owned();
    let unit_price = rounded_price(country, country.coffee * (30 + random.below(400) as i64) / 100);
    if random.below(7) == 0 {
        let quantity = 150 + random.below(2600) as i64;
        let total = divided(quantity * unit_price, 1000);
        return Item { name, quantity, unit: Some("kg"), unit_price, discount: 0, total, class };
    }
    let quantity = *random.pick(&[1, 1, 1, 2, 2, 3, 12]);
    // Two for one.
    let discount = if quantity == 2 && random.below(3) == 0 { -unit_price } else { 0 };
    Item { name, quantity, unit: None, unit_price, discount, total: quantity * unit_price + discount, class }
}

fn taxes(country: &Country, items: &[Item], to_tax: i64) -> Vec<TaxLine> {
    let of_class = |class: &str| items.iter().filter(|item| item.class == class).map(|item| item.total).sum::<i64>();
    let goods: i64 = items.iter().map(|item| item.total).sum();
    let lines = country.taxes.iter().map(|tax| {
        // What is taken off the whole is taken off its only class.
        let gross = if of_class(tax.class) == goods { to_tax } else { of_class(tax.class) };
        let amount = if country.included {
            divided(gross * tax.rate, 10_000 + tax.rate)
        } else {
            divided(gross * tax.rate, 10_000)
        };
        TaxLine { tax: *tax, base: if country.included { gross - amount } else { gross }, amount }
    });
    lines.filter(|line| line.base != 0).collect()
}
