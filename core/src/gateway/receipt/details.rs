//! What a receipt says besides its summary: items, taxes, discounts, payments.

use rust_decimal::Decimal;

/// More items than a receipt has (S3).
pub(super) const MAX_ITEMS: usize = 2000;

/// One line of a receipt: an article, a deposit, a return, or a discount with a negative total.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptItem {
    /// What was bought, as the receipt has it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub description: Option<String>,
    /// How many, or how much of it in [`unit`](Self::unit).
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub quantity: Option<Decimal>,
    /// What the quantity is counted in, such as `kg`. `None` for pieces, mostly.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unit: Option<String>,
    /// The price of one, or of one unit.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unit_price: Option<Decimal>,
    /// A discount on this line, with the receipt's sign: `-0.50` and `0.50` both lower the price.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub discount: Option<Decimal>,
    /// The price of the line, after its discount.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub total: Option<Decimal>,
    /// The letter or sign beside the price that names its tax, such as `A`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tax_class: Option<String>,
    /// The model's own confidence, from 0 to 1.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub confidence: Option<f64>,
    /// Whether quantity × unit price − discount is the total.
    pub verdict: ReceiptVerdict,
}

/// One tax of a receipt.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptTax {
    /// Its name, such as `MwSt` or `Sales tax`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub name: Option<String>,
    /// Its rate in percent: 19 for 19 %.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub rate: Option<Decimal>,
    /// What it is worked out from: the price without this tax, on some receipts the price with it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub base: Option<Decimal>,
    /// The tax.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub amount: Option<Decimal>,
    /// The letter or sign that marks the items it is on, such as `A`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tax_class: Option<String>,
    /// Whether the prices include it. `None` if the receipt does not say.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub included: Option<bool>,
}

/// A discount on the whole receipt.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptDiscount {
    /// Its name.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub name: Option<String>,
    /// The amount with the receipt's sign: `-2.00` and `2.00` both lower the total.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub amount: Option<Decimal>,
}

/// A payment.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptPayment {
    /// How it was paid, in the receipt's words, such as `Visa` or `cash`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub method: Option<String>,
    /// The last four digits of the card. More of its number is never kept.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub last_four: Option<String>,
    /// What was paid so.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub amount: Option<Decimal>,
}

/// The total in another currency.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptAmount {
    /// The amount.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub amount: Option<Decimal>,
    /// Its currency, as an ISO 4217 code in capitals.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub currency: Option<String>,
}

/// What a receipt says of its shop, besides the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptMerchant {
    /// The address, as the model gave it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub address: Option<String>,
    /// The telephone number, as the receipt has it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub phone: Option<String>,
    /// The number under which it pays taxes, as the receipt has it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tax_id: Option<String>,
}

/// What a receipt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReceiptKind {
    /// Of a purchase.
    Sale,
    /// Of money given back.
    Refund,
    /// An invoice, which may not be paid yet.
    Invoice,
    /// An order.
    Order,
    /// Something else.
    Other,
}

/// A value that the model gave and that could not be read for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UnreadValue {
    /// Where it belongs, as a JSON pointer (RFC 6901) with the names of the prompt: `/items/2/unit_price`. Positions
    /// begin with 0 and are those of the receipt's lists.
    pub field: String,
    /// The value as the model gave it.
    pub text: String,
}

/// Whether amounts add up. It never changes them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReceiptVerdict {
    /// Each amount stands in a calculation, and all of them come out to the currency's smallest unit. It vouches for every amount
    /// that was read: no other value would come out as well that is one slip away, which is a digit misread, lost or added, two
    /// neighbouring digits swapped, or the decimal mark moved. For most amounts no other value at all would come out.
    ///
    /// Some amounts have more than one meaning, and it does not tell which of them is printed. An item's total is after its
    /// discount, also where the receipt prints the one before it. A subtotal may be before or after the discounts, with or without
    /// the taxes in the prices. What a tax is worked out from may be with the tax or without it. A payment may be what was paid or
    /// what was handed over.
    ///
    /// It does not vouch for signs, quantities, a tax's rate, and anything that is no amount.
    Agrees,
    /// A calculation does not come out.
    Off {
        /// What is printed less what was worked out, in units of the currency.
        by: Decimal,
        /// The part whose amount does not fit the others.
        at: ReceiptPart,
    },
    /// Nothing contradicts, but not all can be checked.
    CannotTell {
        /// The parts that are missing, were not read, stand in no calculation, or may have another amount that would come out as well.
        missing: Vec<ReceiptPart>,
    },
}

/// A part of a receipt's calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReceiptPart {
    /// One item. Missing, it is a weight whose price may be another: the rounding of their product hides the difference.
    Item {
        /// Its position among the items, from 0.
        index: u32,
    },
    /// The items together.
    Items,
    /// The subtotal.
    Subtotal,
    /// The discounts on the whole receipt.
    Discounts,
    /// The taxes.
    Taxes,
    /// The tip.
    Tip,
    /// The rounding of the total.
    Rounding,
    /// The total.
    Total,
    /// The payments, what was handed over, and the change.
    Payments,
}

impl Default for ReceiptVerdict {
    fn default() -> Self {
        Self::CannotTell { missing: Vec::new() }
    }
}
