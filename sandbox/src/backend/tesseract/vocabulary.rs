//! What a line of a receipt is, by its words.

/// What the amount of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Total,
    Subtotal,
    Discount,
    Tax,
    Tip,
    Rounding,
    Cash,
    Card,
    Change,
    /// The date, the time, the number: no amount at all.
    Header,
}

/// Words of many languages, in lower case. Of all that are in a line the longest one counts: `subtotal` has `total` in it.
const WORDS: [(Role, &str); 10] = [
    (
        Role::Total,
        "total|total ttc|summe|gesamt|gesamtbetrag|betrag|zu zahlen|amount due|balance due|to pay|totaal|suma|montant|celkem|\
         toplam|totalt|totale|合計|總計|รวมทั้งสิ้น",
    ),
    (
        Role::Subtotal,
        "subtotal|sub total|sub-total|zwischensumme|zwischentotal|netto|net total|sous-total|subtotale|subtotaal|delsumma|razem|\
         mezisoučet|ara toplam|小計|รวม",
    ),
    (
        Role::Discount,
        "discount|coupon|voucher|savings|saved|rabatt|gutschein|remise|réduction|sconto|descuento|korting|rabat|sleva|desconto|\
         indirim|割引|折扣|ส่วนลด",
    ),
    (
        Role::Tax,
        "tax|vat|gst|pst|hst|qst|cgst|sgst|mwst|ust|mehrwertsteuer|tva|tps|tvq|iva|btw|moms|ptu|dph|icms|kdv|消費税|營業稅|ภาษี",
    ),
    (Role::Tip, "tip|gratuity|trinkgeld|pourboire|propina|mancia|fooi|gorjeta"),
    (
        Role::Rounding,
        "rounding|rundung|arrondi|arrotondamento|redondeo|afronding|öresavrundning|avrundning|zaokrąglenie|zaokrouhlení|afrunding|\
         arredondamento|yuvarlama|端数|調整|ปัดเศษ",
    ),
    (
        Role::Cash,
        "cash|bar|bargeld|espèces|contanti|efectivo|contant|kontant|gotówka|hotovost|dinheiro|nakit|現金|เงินสด",
    ),
    (
        Role::Card,
        "card|visa|mastercard|maestro|amex|girocard|karte|kartenzahlung|kreditkarte|cb|carte|carta|tarjeta|pin|kort|karta|cartão|\
         kart|debit|credit|カード|信用卡|บัตร",
    ),
    (
        Role::Change,
        "change|rückgeld|rendu|resto|cambio|wisselgeld|växel|reszta|vráceno|byttepenge|troco|para üstü|お釣り|找零|เงินทอน",
    ),
    (
        Role::Header,
        "date|datum|time|uhr|heure|data|fecha|dato|tarih|日付|日期|วันที่|伝票|單號|bon-nr|receipt no|invoice|table|tisch|tel|phone",
    ),
];
/// Words that say that the prices include a tax, in lower case.
const INCLUDED: [&str; 8] = ["incl", "inkl", "enth", "inbegr", "compris", "incluid", "inclus", "w tym"];
/// Letters of a word from which on one of them may be misread.
const MIN_MISREAD: usize = 6;

/// What the amount beside this label is.
pub(super) fn role(label: &str) -> Option<Role> {
    // `T0TAL` is a common misreading.
    let label = label.to_lowercase().replace('0', "o");
    let words: Vec<&str> = label.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let known = WORDS.iter().flat_map(|(role, list)| list.split('|').map(move |word| (*role, word)));
    let found = known.filter(|(_, word)| says(&label, &words, word));
    found.max_by_key(|(_, word)| word.chars().count()).map(|(role, _)| role)
}

/// Whether a label says that the prices include the tax.
pub(super) fn says_included(label: &str) -> bool {
    let label = label.to_lowercase();
    INCLUDED.iter().any(|word| label.contains(word))
}

/// Whether a label has a word: short ones as a word of their own, longer ones as a part of one, or with a letter misread.
fn says(label: &str, words: &[&str], word: &str) -> bool {
    let is_latin = word.chars().all(|char| char < '\u{250}');
    let length = word.chars().count();
    if !is_latin {
        // OCR puts spaces between the letters of scripts that have none.
        return label.split_whitespace().collect::<String>().contains(word);
    }
    if length < MIN_MISREAD {
        return words.contains(&word);
    }
    label.contains(word) || words.iter().any(|said| differs_by_a_letter(said, word))
}

/// Whether two words of the same length differ in one letter.
fn differs_by_a_letter(one: &str, other: &str) -> bool {
    one.chars().count() == other.chars().count() && one.chars().zip(other.chars()).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_says_what_a_line_is() {
        for (label, expected) in [
            ("TOTAL", Some(Role::Total)),
            ("T0TAL", Some(Role::Total)),
            ("Subtotal", Some(Role::Subtotal)),
            ("Subtotel", Some(Role::Subtotal)),
            ("Zwischensumme", Some(Role::Subtotal)),
            ("Ara toplam", Some(Role::Subtotal)),
            ("รวมทั้งสิ้น", Some(Role::Total)),
            ("รวม", Some(Role::Subtotal)),
            ("A 消費 税 10%", Some(Role::Tax)),
            ("A MwSt 19%", Some(Role::Tax)),
            ("Kartenzahlung **** 1234", Some(Role::Card)),
            ("Bar", Some(Role::Cash)),
            ("Datum 04.03.2026", Some(Role::Header)),
            ("Barista Milk", None),
            ("Vollkornbrot", None),
            ("Bottle deposit", None),
            ("", None),
        ] {
            assert_eq!(role(label), expected, "{label}");
        }
        assert!(says_included("enthaltene MwSt. 19%") && !says_included("Sales tax"));
    }
}
