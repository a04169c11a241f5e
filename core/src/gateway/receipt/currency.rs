//! Which currency a text means: a code, a symbol or a name (P7).
//!
//! Most symbols and many names belong to several currencies. A text therefore has a list of meanings, and only what the
//! app knows about its user, or a second text beside it, narrows them down to one. It never takes the likeliest.
//!
//! Codes, regions and symbols are the Unicode CLDR's, with the codes withdrawn since 2014, because receipts are older than
//! lists. What the CLDR does not tell is listed here: names in words, and what a symbol means without a place.

use super::cldr::currencies::{CODES, REGIONS, SYMBOLS, THREE_DECIMALS};
use super::place::Place;

/// Codes of ISO 4217 that the CLDR counts as past, and El Salvador's banks do not.
const MORE_CODES: &str = "SVC";

/// Codes that have thousandths on paper and none in the shops.
const THREE_DECIMALS_ON_PAPER: &str = "IQD";

const DOLLARS: &str = "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD";
const PESOS: &str = "ARS CLP COP CUP DOP MXN PHP UYU";
const DOLLARS_AND_PESOS: &str = "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD \
    ARS CLP COP CUP DOP MXN UYU";
const FRANCS: &str = "CHF BIF CDF DJF GNF KMF RWF XAF XOF XPF";
const DINARS: &str = "BHD DZD IQD JOD KWD LYD RSD TND";

/// Symbols and names in the form of [`plain_name`], beside the codes that each of them may mean.
const NAMES: &[(&str, &str)] = &[
    ("€ euro", "EUR"),
    ("$ ＄", DOLLARS_AND_PESOS),
    ("dollar", DOLLARS),
    ("us$ usa$ $us u$s usdollar usadollar americandollar unitedstatesdollar", "USD"),
    ("a$ au$ aus$ australiandollar", "AUD"),
    ("ca$ can$ cdn$ canadiandollar", "CAD"),
    ("c$", "CAD NIO"),
    ("nz$ newzealanddollar", "NZD"),
    ("hk$ hongkongdollar", "HKD"),
    ("s$ sg$ singaporedollar", "SGD"),
    ("nt$ newtaiwandollar taiwandollar", "TWD"),
    ("peso", PESOS),
    ("mx$ mex$ mexicanpeso", "MXN"),
    ("₱ philippinepeso", "PHP"),
    ("r$ real reais brazilianreal brazilianreais", "BRL"),
    ("£ ￡", "GBP EGP FKP GIP LBP SDG SHP SSP SYP"),
    ("sterling poundsterling poundssterling britishpound gbpound ukpound", "GBP"),
    ("pound livre", "GBP EGP FKP GIP LBP SDG SHP SSP SYP"),
    ("e£ £e egyptianpound", "EGP"),
    ("le", "EGP SLE SLL"),
    ("¥ ￥", "CNY JPY"),
    ("jp¥ yen japaneseyen 円 日本円", "JPY"),
    ("cn¥ yuan chineseyuan rmb renminbi 人民币 人民幣", "CNY"),
    ("元 圆 圓", "CNY HKD MOP TWD"),
    ("₩ ￦ won koreanwon southkoreanwon 원", "KRW"),
    ("₹ indianrupee", "INR"),
    ("rs ₨ rupee", "INR LKR MUR NPR PKR SCR"),
    ("₺ tl turkishlira", "TRY"),
    ("lira", "LBP SYP TRY"),
    ("zł zl zloty złoty polishzloty polishzłoty", "PLN"),
    ("kč kc koruna czechkoruna czechcrown", "CZK"),
    ("kr", "DKK ISK NOK SEK"),
    ("krone kroner", "DKK NOK"),
    ("krona", "ISK SEK"),
    ("skr kronor swedishkrona swedishkronor", "SEK"),
    ("nkr norwegiankrone norwegiankroner", "NOK"),
    ("dkr danishkrone danishkroner", "DKK"),
    ("icelandickrona icelandickróna krónur", "ISK"),
    ("fr franc", FRANCS),
    ("sfr swissfranc franken schweizerfranken", "CHF"),
    ("cfa fcfa cfafranc", "XAF XOF"),
    ("₽ russianruble russianrouble", "RUB"),
    ("руб рублей рубль ruble rouble", "BYN RUB"),
    ("₴ грн hryvnia ukrainianhryvnia", "UAH"),
    ("₪ nis shekel newshekel israelishekel", "ILS"),
    ("ft forint hungarianforint", "HUF"),
    ("leu lei", "MDL RON"),
    ("romanianleu romanianlei", "RON"),
    ("лв lv lev leva bulgarianlev", "BGN"),
    ("din дин serbiandinar", "RSD"),
    ("dinar", DINARS),
    ("kd kuwaitidinar دك", "KWD"),
    ("bd bahrainidinar دب", "BHD"),
    ("jd jordaniandinar", "JOD"),
    ("dt tunisiandinar", "TND"),
    ("iraqidinar", "IQD"),
    ("libyandinar", "LYD"),
    ("algeriandinar", "DZD"),
    ("dh dhs dirham", "AED MAD"),
    ("uaedirham emiratidirham دإ", "AED"),
    ("moroccandirham", "MAD"),
    ("﷼ riyal rial", "IRR OMR QAR SAR YER"),
    ("saudiriyal رس", "SAR"),
    ("sr", "SAR SCR"),
    ("qr qataririyal", "QAR"),
    ("ro omanirial", "OMR"),
    ("₾ lari georgianlari", "GEL"),
    ("₼ azerbaijanimanat", "AZN"),
    ("֏ armeniandram", "AMD"),
    ("₸ tenge kazakhstanitenge", "KZT"),
    ("฿ baht thaibaht", "THB"),
    ("₫ đ dong vietnamesedong vnđ", "VND"),
    ("rp rupiah indonesianrupiah", "IDR"),
    ("rm ringgit malaysianringgit", "MYR"),
    ("৳ tk taka bangladeshitaka", "BDT"),
    ("q quetzal quetzales", "GTQ"),
    ("l", "HNL ALL MDL LSL"),
    ("lempira", "HNL"),
    ("bs", "BOB VES VEF"),
    ("s/", "PEN"),
    ("r rand southafricanrand", "ZAR"),
    ("₦ naira nigeriannaira", "NGN"),
    ("₵ gh₵ cedi ghanaiancedi", "GHS"),
    ("shilling", "KES SOS TZS UGX"),
    ("ksh kenyanshilling", "KES"),
    ("sol soles peruviansol", "PEN"),
    ("₡ colón colones", "CRC"),
    ("₲ guaraní guaranies guaraníes", "PYG"),
];

/// What a symbol means where no place is known, though other places use it too.
const USUAL: &[(&str, &str)] = &[("£", "GBP"), ("￡", "GBP"), ("₩", "KRW")];

/// Languages of countries with a pound of their own: without a region, their pound is not usually Britain's.
const LANGUAGES_OF_OTHER_POUNDS: &str = "ajp apc apd ar arz din nus shk";

/// The ISO 4217 codes that a text may mean: one for `EUR`, `eur`, `€` and `Euro (EUR)`, many for `$`, none for what is no
/// currency. Of a text in several parts, those that all its parts may mean. A bare letter means only what is `expected`.
pub(super) fn meanings(text: &str, expected: &[&str]) -> Vec<&'static str> {
    // No currency's name is longer.
    if text.len() > 64 {
        return Vec::new();
    }
    let look_up = |text: &str| look_up(text, expected);
    let whole = look_up(text);
    if !whole.is_empty() {
        return whole;
    }
    let parts = text.split(['(', ')', '[', ']', ',', '/']).filter(|part| !part.trim().is_empty());
    let meanings = parts.flat_map(|part| match look_up(part) {
        known if !known.is_empty() => vec![known],
        _ => part.split_whitespace().map(look_up).collect(),
    });
    meanings.reduce(|all, part| in_both(&all, &part)).unwrap_or_default()
}

/// The codes that are in both lists.
pub(super) fn in_both(one: &[&'static str], other: &[&'static str]) -> Vec<&'static str> {
    one.iter().copied().filter(|code| other.contains(code)).collect()
}

/// The currencies that are usual at a place: the expected one, and the region's.
pub(super) fn usual(place: &Place) -> Vec<&'static str> {
    let expected = place.currency.as_deref().and_then(code);
    expected.into_iter().chain(place.region.as_deref().into_iter().flat_map(of_region)).collect()
}

/// The one meaning of these texts. Of several it is the expected currency's, or else the only one of the region; without
/// either, the one that is usual in the world.
pub(super) fn choose(texts: &[&String], meanings: &[&'static str], place: &Place) -> Option<&'static str> {
    if let [only] = meanings {
        return Some(only);
    }
    if let Some(expected) = meanings.iter().find(|code| place.currency.as_deref() == Some(code)) {
        return Some(expected);
    }
    let region = place.region.as_deref();
    let mut used_there = region.into_iter().flat_map(of_region).filter(|code| meanings.contains(code));
    match (used_there.next(), used_there.next()) {
        (Some(only), None) => return Some(only),
        (Some(_), Some(_)) => return None,
        _ => {}
    }
    if region.is_none() && LANGUAGES_OF_OTHER_POUNDS.split(' ').any(|language| language == place.language) {
        return None;
    }
    let usual = texts.iter().find_map(|text| {
        let name = plain_name(text);
        USUAL.iter().find(|(symbol, _)| *symbol == name).map(|(_, code)| *code)
    });
    meanings.iter().find(|code| Some(**code) == usual).copied()
}

/// Whether a currency, by its upper-case code, may be divided into thousandths.
pub(super) fn has_three_decimals(code: &str) -> bool {
    has_only_three_decimals(code) || THREE_DECIMALS_ON_PAPER == code
}

/// Whether its amounts are always written so.
pub(super) fn has_only_three_decimals(code: &str) -> bool {
    THREE_DECIMALS.split(' ').any(|three| three == code)
}

/// The currencies of a region (an ISO 3166 code).
pub(super) fn of_region(region: &str) -> impl Iterator<Item = &'static str> {
    let mut rows = REGIONS.split(' ').filter_map(|row| row.split_once('='));
    let row = rows.find(|(_, regions)| regions.split('/').any(|known| known == region));
    row.map_or("", |(codes, _)| codes).split(',').filter(|code| !code.is_empty())
}

/// The code itself, if it is one of a currency.
pub(super) fn code(text: &str) -> Option<&'static str> {
    CODES.split(' ').chain([MORE_CODES]).find(|code| code.eq_ignore_ascii_case(text))
}

/// What a text means as a whole.
fn look_up(text: &str, expected: &[&str]) -> Vec<&'static str> {
    let name = plain_name(text);
    if let Some(code) = code(&name) {
        return vec![code];
    }
    let by_name = |name: &str| NAMES.iter().find(|(names, _)| names.split(' ').any(|known| known == name));
    let singular = name.strip_suffix('s').filter(|singular| singular.chars().count() > 2);
    let named = by_name(&name).or_else(|| by_name(singular?)).map_or("", |(_, codes)| codes);
    let mut rows = SYMBOLS.split(' ').filter_map(|row| row.rsplit_once('='));
    let used = rows.find(|(symbol, _)| *symbol == name).map_or("", |(_, codes)| codes);
    let mut found: Vec<&'static str> = Vec::new();
    for code in named.split(' ').chain(used.split(',')) {
        if !code.is_empty() && !found.contains(&code) {
            found.push(code);
        }
    }
    let is_letter = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_letter && !NAMED_BY_A_LETTER.contains(&name.as_str()) {
        found.retain(|code| expected.contains(code));
    }
    if found.is_empty() { code_beside_symbol(&name, expected) } else { found }
}

/// Letters that are a currency's sign even where nothing else is known.
const NAMED_BY_A_LETTER: &[&str] = &["r", "q"];

/// The code in `USD$`, `$USD` and `€EUR`, if the symbol beside it may mean it.
fn code_beside_symbol(name: &str, expected: &[&str]) -> Vec<&'static str> {
    let is_letter = |char: char| char.is_ascii_alphabetic();
    let letters = name.trim_matches(|char| !is_letter(char));
    let symbol: String = name.chars().filter(|&char| !is_letter(char)).collect();
    let is_beside = !symbol.is_empty() && (name.starts_with(letters) || name.ends_with(letters));
    match code(letters).filter(|_| is_beside) {
        Some(code) if look_up(&symbol, expected).contains(&code) => vec![code],
        _ => Vec::new(),
    }
}

/// A name without its style: `U.S. dollar`, `US Dollar` and `us-dollar` are the same.
fn plain_name(text: &str) -> String {
    let is_style =
        |char: &char| char.is_whitespace() || super::characters::is_direction(*char) || matches!(char, '.' | '-');
    text.chars().filter(|char| !is_style(char)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "currency_tests.rs"]
mod tests;
