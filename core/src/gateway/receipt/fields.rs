//! The fields of a receipt: how they are asked for, and the keys under which models give them. The prompt and the JSON schema
//! ([`asking`](super::asking)) and the keys that are understood come from these rows. A new field is a case and a row here, a member of
//! [`Receipt`](super::Receipt) or of one of its [`details`](super::details), and a line in [`reading`](super::reading) or
//! [`detail_reading`](super::detail_reading).

use crate::gateway::json_in_text::plain_key;

/// A field that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Merchant,
    Date,
    Amount,
    Currency,
    Category,
    Confidence,
    Time,
    Number,
    Kind,
    Language,
    MerchantAddress,
    MerchantPhone,
    MerchantTaxId,
    Items,
    Subtotal,
    Discounts,
    Taxes,
    Tip,
    Rounding,
    Payments,
    Tendered,
    Change,
    OtherAmounts,
}

/// A member of an item, a discount, a tax, a payment or another amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Description,
    Quantity,
    Unit,
    UnitPrice,
    Discount,
    Total,
    TaxClass,
    Confidence,
    Name,
    Amount,
    Rate,
    Base,
    Included,
    Method,
    LastFour,
    Currency,
}

/// How a field is asked for, and the keys under which models give it.
pub(super) struct Row<F: 'static> {
    pub(super) field: F,
    /// What the prompt says of it; empty if its name says enough.
    pub(super) asked: &'static str,
    /// As it is asked for.
    pub(super) name: &'static str,
    /// Other keys, in the form of [`plain_key`], the likelier ones first.
    other_keys: &'static str,
    pub(super) shape: Shape,
}

/// The JSON type that is asked for. Each may be null, but for a list, which may be empty.
pub(super) enum Shape {
    Text,
    Number,
    Flag,
    OneOf(&'static [&'static str]),
    List(&'static [Row<Part>]),
}

/// In the order of the prompt. Never a key of a subtotal, a tax, a tip, change, or what was tendered.
pub(super) const SUMMARY: &[Row<Field>] = &[
    Row {
        field: Field::Amount,
        asked: "the total paid, as a number",
        name: "amount",
        other_keys: "total totalamount grandtotal amounttotal totalpaid totalamountpaid amountpaid totaltopay \
            amounttopay totaldue amountdue totalprice totalcost finaltotal finalamount totalinclvat \
            totalincltax totalincludingtax totalincludingvat totalwithtax",
        shape: Shape::Number,
    },
    text(Field::Currency, "currency", "ISO 4217 code", "currencycode"),
    text(
        Field::Date,
        "date",
        "YYYY-MM-DD",
        "transactiondate purchasedate receiptdate dateofpurchase dateoftransaction datetime transactiondatetime",
    ),
    text(
        Field::Merchant,
        "merchant",
        "",
        "merchantname vendor vendorname store storename shop shopname seller sellername retailer business \
            businessname restaurant restaurantname",
    ),
    text(Field::Category, "category", "", ""),
    number(Field::Confidence, "confidence", "0 to 1", "confidencescore"),
];

/// What [`ReceiptDetail::Full`](super::ReceiptDetail) asks for besides.
pub(super) const DETAILS: &[Row<Field>] = &[
    text(Field::Time, "time", "HH:MM", "transactiontime purchasetime receipttime timeofpurchase"),
    text(
        Field::Number,
        "number",
        "of the receipt",
        "receiptnumber receiptno invoicenumber invoiceno billnumber billno transactionnumber transactionid ordernumber \
            documentnumber receiptid",
    ),
    Row {
        field: Field::Kind,
        asked: "sale, refund, invoice, order or other",
        name: "kind",
        other_keys: "receipttype documenttype receiptkind type",
        shape: Shape::OneOf(&["sale", "refund", "invoice", "order", "other"]),
    },
    text(Field::Language, "language", "BCP 47 tag", "lang languagecode"),
    text(Field::MerchantAddress, "merchant_address", "", "address storeaddress shopaddress vendoraddress"),
    text(Field::MerchantPhone, "merchant_phone", "", "phone telephone phonenumber tel storephone"),
    text(
        Field::MerchantTaxId,
        "merchant_tax_id",
        "",
        "taxid vatid vatnumber vatno taxnumber gstin gstnumber abn merchantvatid",
    ),
    list(
        Field::Items,
        "items",
        "every line in its order, also returns, deposits and discount lines, with a negative total where they reduce",
        "lineitems lines products articles itemlist positions",
        ITEM,
    ),
    number(
        Field::Subtotal,
        "subtotal",
        "",
        "subtotalamount totalbeforetax amountbeforetax totalexcltax totalexcludingtax totalexclvat",
    ),
    list(
        Field::Discounts,
        "discounts",
        "on the whole receipt",
        "discount totaldiscount discounttotal discountamount savings",
        DISCOUNT,
    ),
    list(
        Field::Taxes,
        "taxes",
        "",
        "tax vat taxlines taxdetails taxbreakdown vatbreakdown totaltax taxamount vatamount taxtotal salestax",
        TAX,
    ),
    number(Field::Tip, "tip", "", "gratuity tipamount tips"),
    number(Field::Rounding, "rounding", "", "roundingadjustment cashrounding roundoff roundingamount"),
    list(Field::Payments, "payments", "", "payment paymentmethods paymentmethod paidby paidwith tenders", PAYMENT),
    number(
        Field::Tendered,
        "tendered",
        "cash handed over",
        "amounttendered cashtendered cashgiven cashreceived amountgiven amountreceived cash received given",
    ),
    number(Field::Change, "change", "", "changedue changegiven changeamount changereturned"),
    list(
        Field::OtherAmounts,
        "other_amounts",
        "the total in other currencies",
        "othercurrencies foreignamounts totalsinothercurrencies",
        MONEY,
    ),
];

const ITEM: &[Row<Part>] = &[
    text(Part::Description, "description", "", "name item itemname product productname article text label title desc"),
    number(Part::Quantity, "quantity", "", "qty count pieces units weight"),
    text(Part::Unit, "unit", "such as kg", "uom unitofmeasure"),
    number(Part::UnitPrice, "unit_price", "", "price priceperunit unitcost unitamount"),
    number(Part::Discount, "discount", "", "discountamount rebate"),
    number(Part::Total, "total", "of the line", "amount linetotal lineamount totalprice totalamount extendedprice sum"),
    text(Part::TaxClass, "tax_class", "the letter or sign beside it", "taxcode vatclass taxcategory vatcode class"),
    number(Part::Confidence, "confidence", "", "confidencescore"),
];

const DISCOUNT: &[Row<Part>] = &[
    text(Part::Name, "name", "", "description label title type reason"),
    number(Part::Amount, "amount", "", "value total discount discountamount"),
];

const TAX: &[Row<Part>] = &[
    text(Part::Name, "name", "", "description label title type taxname taxtype"),
    number(Part::Rate, "rate", "percent", "percent percentage taxrate vatrate"),
    number(Part::Base, "base", "what it is worked out from", "net netamount taxable taxableamount taxbase baseamount"),
    number(Part::Amount, "amount", "", "value total tax vat taxamount vatamount"),
    text(Part::TaxClass, "tax_class", "", "taxcode vatclass class code"),
    Row {
        field: Part::Included,
        asked: "whether the prices include it",
        name: "included",
        other_keys: "isincluded inclusive includedinprice",
        shape: Shape::Flag,
    },
];

const PAYMENT: &[Row<Part>] = &[
    text(Part::Method, "method", "", "type name paymentmethod paymenttype card brand"),
    text(Part::LastFour, "last_four", "of the card", "last4 lastfourdigits cardlastfour cardlast4 cardnumber"),
    number(Part::Amount, "amount", "", "value total paid amountpaid"),
];

const MONEY: &[Row<Part>] =
    &[number(Part::Amount, "amount", "", "value total"), text(Part::Currency, "currency", "", "currencycode code")];

const fn text<F>(field: F, name: &'static str, asked: &'static str, other_keys: &'static str) -> Row<F> {
    Row { field, asked, name, other_keys, shape: Shape::Text }
}

const fn number<F>(field: F, name: &'static str, asked: &'static str, other_keys: &'static str) -> Row<F> {
    Row { field, asked, name, other_keys, shape: Shape::Number }
}

const fn list(
    field: Field,
    name: &'static str,
    asked: &'static str,
    other_keys: &'static str,
    parts: &'static [Row<Part>],
) -> Row<Field> {
    Row { field, asked, name, other_keys, shape: Shape::List(parts) }
}

/// Keys of what was paid, which is more than the total where change was given.
const PAID: &[&str] = &["totalpaid", "totalamountpaid", "amountpaid"];
/// Keys of change.
const CHANGE: &[&str] = &["change", "changedue", "changegiven", "changeamount", "changereturned", "cashback"];
/// Keys of what was handed over.
const TENDERED: &[&str] = &[
    "cash",
    "cashgiven",
    "tendered",
    "amounttendered",
    "cashtendered",
    "cashreceived",
    "received",
    "given",
    "payment",
];

/// Keys that an article, a tax, or a payment has. Beside them, without a shop or a date, stands no receipt.
const PART_KEYS: &[&str] = &[
    "rate",
    "percent",
    "percentage",
    "taxrate",
    "vatrate",
    "quantity",
    "qty",
    "unitprice",
    "price",
    "sku",
    "name",
    "description",
    "item",
    "label",
    "title",
    "taxtype",
    "type",
    "kind",
    "method",
    "net",
    "tendered",
];

/// The field of the summary that a key is for, and how far the key stands behind the one asked for.
pub(super) fn of(key: &str) -> Option<(Field, usize)> {
    in_rows(SUMMARY, key)
}

/// The detail that a key is for, in the same way.
pub(super) fn detail(key: &str) -> Option<(Field, usize)> {
    in_rows(DETAILS, key)
}

/// The rows of the objects in a field's list; none of a field that is no list.
pub(super) fn parts(field: Field) -> &'static [Row<Part>] {
    let row = DETAILS.iter().find(|row| row.field == field);
    match row.map(|row| &row.shape) {
        Some(Shape::List(parts)) => parts,
        _ => &[],
    }
}

/// The name under which a field is asked for.
pub(super) fn name(field: Field) -> &'static str {
    SUMMARY.iter().chain(DETAILS).find(|row| row.field == field).map_or("", |row| row.name)
}

/// The row that a key is for, and how far the key stands behind the one asked for.
pub(super) fn in_rows<F: Copy>(rows: &[Row<F>], key: &str) -> Option<(F, usize)> {
    // No known key is longer.
    if key.len() > 64 {
        return None;
    }
    let key = plain_key(key);
    rows.iter().find_map(|row| {
        let mut other_keys = row.other_keys.split_ascii_whitespace();
        let is_name = plain_key(row.name) == key;
        let rank = if is_name { 0 } else { 1 + other_keys.position(|known| known == key)? };
        Some((row.field, rank))
    })
}

/// The field that a key is for, if it tells a receipt from other objects.
pub(super) fn telling(key: &str) -> Option<Field> {
    let (field, _) = of(key)?;
    (!matches!(field, Field::Category | Field::Confidence)).then_some(field)
}

pub(super) fn is_of_a_part(key: &str) -> bool {
    PART_KEYS.contains(&plain_key(key).as_str())
}

pub(super) fn is_paid(key: &str) -> bool {
    PAID.contains(&plain_key(key).as_str())
}

pub(super) fn is_tendered(key: &str) -> bool {
    TENDERED.contains(&plain_key(key).as_str())
}

pub(super) fn is_change(key: &str) -> bool {
    CHANGE.contains(&plain_key(key).as_str())
}
