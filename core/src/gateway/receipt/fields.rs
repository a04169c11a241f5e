//! The fields of a receipt and the keys under which models give them. A new field is a row here, and its reading in
//! [`reading`](super::reading).

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
}

/// Keys in the form of [`plain_key`], the one asked for first. Never a subtotal, a tax, a tip, change, or what was tendered.
const KEYS: &[(Field, &[&str])] = &[
    (
        Field::Merchant,
        &[
            "merchant",
            "merchantname",
            "vendor",
            "vendorname",
            "store",
            "storename",
            "shop",
            "shopname",
            "seller",
            "sellername",
            "retailer",
            "business",
            "businessname",
            "restaurant",
            "restaurantname",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "transactiondate",
            "purchasedate",
            "receiptdate",
            "dateofpurchase",
            "dateoftransaction",
            "datetime",
            "transactiondatetime",
        ],
    ),
    (
        Field::Amount,
        &[
            "amount",
            "total",
            "totalamount",
            "grandtotal",
            "amounttotal",
            "totalpaid",
            "totalamountpaid",
            "amountpaid",
            "totaltopay",
            "amounttopay",
            "totaldue",
            "amountdue",
            "totalprice",
            "totalcost",
            "finaltotal",
            "finalamount",
            "totalinclvat",
            "totalincltax",
            "totalincludingtax",
            "totalincludingvat",
            "totalwithtax",
        ],
    ),
    (Field::Currency, &["currency", "currencycode"]),
    (Field::Category, &["category"]),
    (Field::Confidence, &["confidence", "confidencescore"]),
];

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

/// The field that a key is for, and how far the key stands behind the one asked for.
pub(super) fn of(key: &str) -> Option<(Field, usize)> {
    let key = plain_key(key);
    KEYS.iter().find_map(|(field, keys)| Some((*field, keys.iter().position(|known| *known == key)?)))
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
