//! A hint that two receipts may be one: the same fingerprint.

use super::Receipt;
use crate::hex::hex;
use sha2::{Digest, Sha256};

/// The version of the form that is hashed, before the hash.
const VERSION: &str = "1";

/// So many bytes of the hash are enough to tell a user's receipts apart, and do not look like a secret.
const BYTES: usize = 10;

/// `1:` and 20 hexadecimal digits. `None` without a merchant, a date or an amount.
pub(super) fn of(receipt: &Receipt) -> Option<String> {
    let plain = |text: &str| -> String {
        text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let merchant = plain(receipt.merchant.as_deref()?);
    let (date, amount) = (receipt.date?.to_string(), receipt.amount?.normalize().to_string());
    let currency = receipt.currency.clone().unwrap_or_default();
    let number = plain(receipt.number.as_deref().unwrap_or_default());
    if merchant.is_empty() {
        return None;
    }
    let hashed = Sha256::digest([&merchant, &date, &amount, &currency, &number].map(String::as_str).join("\n"));
    Some(format!("{VERSION}:{}", hex(&hashed[..BYTES])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn receipt() -> Receipt {
        Receipt {
            merchant: Some("Café Étoile GmbH".into()),
            date: NaiveDate::from_ymd_opt(2026, 3, 4),
            amount: Some("12.40".parse().unwrap()),
            currency: Some("EUR".into()),
            number: Some("A-17".into()),
            ..Receipt::default()
        }
    }

    // P15: stable between versions; the digits were worked out with sha256sum
    #[test]
    fn the_same_receipt_has_the_same_fingerprint_in_any_dress() {
        let fingerprint = of(&receipt()).unwrap();
        assert_eq!(fingerprint, "1:6ecd3f375aab21743a84");
        for same in [
            Receipt { merchant: Some("CAFÉ ÉTOILE, GmbH".into()), ..receipt() },
            Receipt { amount: Some("12.4".parse().unwrap()), ..receipt() },
            Receipt { number: Some("a17".into()), ..receipt() },
            Receipt { category: Some("food".into()), model: "other".into(), ..receipt() },
        ] {
            assert_eq!(of(&same).as_ref(), Some(&fingerprint), "{same:?}");
        }
    }

    // P15
    #[test]
    fn another_or_an_unread_receipt_has_another_or_none() {
        let fingerprint = of(&receipt());
        for other in [
            Receipt { merchant: Some("Café".into()), ..receipt() },
            Receipt { date: NaiveDate::from_ymd_opt(2026, 4, 3), ..receipt() },
            Receipt { amount: Some("-12.40".parse().unwrap()), ..receipt() },
            Receipt { currency: None, ..receipt() },
            Receipt { number: None, ..receipt() },
        ] {
            assert!(of(&other).is_some_and(|it| Some(it) != fingerprint), "{other:?}");
        }
        for unread in [
            Receipt { merchant: None, ..receipt() },
            Receipt { merchant: Some("***".into()), ..receipt() },
            Receipt { date: None, ..receipt() },
            Receipt { amount: None, ..receipt() },
        ] {
            assert_eq!(of(&unread), None, "{unread:?}");
        }
    }
}
