//! Which currency a text means: a code, a symbol or a name (P7).
//!
//! Most symbols and many names belong to several currencies. A text therefore has a list of meanings, and only what the
//! app knows about its user, or a second text beside it, narrows them down to one. It never takes the likeliest.
//!
//! Codes are those of ISO 4217 (list one as of January 2026, without funds, metals and test codes), and those withdrawn
//! since 2014, because receipts are older than lists. Symbols and names are those in common use in each country.

/// ISO 4217 codes in use, then the withdrawn ones.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG \
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF \
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS \
    VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG \
    ANG BGN BYR CUC HRK LTL MRO SLL STD VEF ZWL";

/// Codes whose minor unit is a thousandth.
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";

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
    ("£ ￡ sterling poundsterling poundssterling britishpound gbpound ukpound", "GBP"),
    ("pound", "GBP EGP FKP GIP LBP SDG SHP SSP SYP"),
    ("e£ £e le egyptianpound", "EGP"),
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
    ("sr saudiriyal رس", "SAR"),
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
    ("৳ taka bangladeshitaka", "BDT"),
    ("r rand southafricanrand", "ZAR"),
    ("₦ naira nigeriannaira", "NGN"),
    ("₵ gh₵ cedi ghanaiancedi", "GHS"),
    ("shilling", "KES SOS TZS UGX"),
    ("ksh kenyanshilling", "KES"),
    ("s/ sol soles peruviansol", "PEN"),
    ("₡ colón colones", "CRC"),
    ("₲ guaraní guaranies guaraníes", "PYG"),
];

/// Countries that use a currency whose code does not begin with their own ISO 3166 code, as a currency's code usually does.
const MORE_COUNTRIES: &[(&str, &str)] = &[
    ("USD", "AS BQ EC FM GU MH MP PA PR PW SV TC TL UM VG VI"),
    ("AUD", "CC CX KI NF NR TV"),
    ("NZD", "CK NU PN TK"),
    ("XCD", "AG AI DM GD KN LC MS VC"),
    ("GBP", "GG IM JE"),
    ("DKK", "FO GL"),
    ("NOK", "SJ"),
    ("CHF", "LI"),
    ("INR", "BT"),
    ("MAD", "EH"),
    ("XAF", "CF CG CM GA GQ TD"),
    ("XOF", "BF BJ CI GW ML NE SN TG"),
    ("XPF", "NC PF WF"),
];

/// The ISO 4217 codes that a text may mean: one for `EUR`, `eur`, `€` and `Euro (EUR)`, many for `$`, none for what is no
/// currency. Of a text in several parts, those that all its parts may mean.
pub(super) fn meanings(text: &str) -> Vec<&'static str> {
    // No currency's name is longer.
    if text.len() > 64 {
        return Vec::new();
    }
    let whole = look_up(text);
    if !whole.is_empty() {
        return whole;
    }
    let parts = text.split(['(', ')', '[', ']', ',']).filter(|part| !part.trim().is_empty());
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

/// The one meaning; of several, the one that is `preferred` (a code), or else the one of `region` (an ISO 3166 code).
pub(super) fn choose(meanings: &[&'static str], preferred: Option<&str>, region: Option<&str>) -> Option<&'static str> {
    if let [only] = meanings {
        return Some(only);
    }
    let is_preferred = |code: &&&str| preferred.is_some_and(|preferred| preferred.eq_ignore_ascii_case(code));
    let is_used_there = |code: &&&str| region.is_some_and(|region| is_used_in(code, region));
    meanings.iter().find(is_preferred).or_else(|| meanings.iter().find(is_used_there)).copied()
}

/// Whether a currency, by its upper-case code, is divided into thousandths.
pub(super) fn has_three_decimals(code: &str) -> bool {
    THREE_DECIMALS.split(' ').any(|three| three == code)
}

fn is_used_in(code: &str, region: &str) -> bool {
    let more = MORE_COUNTRIES.iter().find(|(currency, _)| *currency == code).map_or("", |(_, regions)| regions);
    code.starts_with(region) || more.split(' ').any(|other| other == region)
}

/// What a text means as a whole.
fn look_up(text: &str) -> Vec<&'static str> {
    let name = plain_name(text);
    if let Some(code) = CODES.split_whitespace().find(|code| code.eq_ignore_ascii_case(&name)) {
        return vec![code];
    }
    let find = |name: &str| NAMES.iter().find(|(names, _)| names.split(' ').any(|known| known == name));
    let singular = name.strip_suffix('s').filter(|singular| singular.chars().count() > 2);
    let row = find(&name).or_else(|| find(singular?));
    row.map_or(Vec::new(), |(_, codes)| codes.split_whitespace().collect())
}

/// A name without its style: `U.S. dollar`, `US Dollar` and `us-dollar` are the same.
fn plain_name(text: &str) -> String {
    let is_style = |char: &char| char.is_whitespace() || matches!(char, '.' | '-');
    text.chars().filter(|char| !is_style(char)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The currency that a text means for a user of this currency and region.
    fn read(text: &str, preferred: &str, region: &str) -> Option<&'static str> {
        choose(&meanings(text), Some(preferred), Some(region).filter(|region| !region.is_empty()))
    }

    // P7
    #[test]
    fn the_tables_name_known_currencies_once() {
        let known: Vec<_> = CODES.split_whitespace().collect();
        let mut sorted = known.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), known.len());
        assert!(known.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        let named = NAMES.iter().flat_map(|(_, codes)| codes.split(' ')).chain(MORE_COUNTRIES.iter().map(|row| row.0));
        for code in named.chain(THREE_DECIMALS.split(' ')) {
            assert!(known.contains(&code), "{code}");
        }
        let mut names: Vec<_> = NAMES.iter().flat_map(|(names, _)| names.split(' ')).collect();
        assert!(names.iter().all(|name| *name == plain_name(name)));
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }

    // P7
    #[test]
    fn codes_symbols_and_names_of_one_currency_are_read_without_hints() {
        for (text, code) in [
            ("EUR", "EUR"),
            ("usd", "USD"),
            (" Chf ", "CHF"),
            ("HRK", "HRK"),
            ("€", "EUR"),
            ("£", "GBP"),
            ("₹", "INR"),
            ("₺", "TRY"),
            ("₩", "KRW"),
            ("zł", "PLN"),
            ("Kč", "CZK"),
            ("US$", "USD"),
            ("R$", "BRL"),
            ("Euro", "EUR"),
            ("Euros", "EUR"),
            ("euro (EUR)", "EUR"),
            ("USD ($)", "USD"),
            ("$ CAD", "CAD"),
            ("US dollars", "USD"),
            ("U.S. Dollar", "USD"),
            ("British Pounds", "GBP"),
            ("Swiss francs", "CHF"),
            ("Yen", "JPY"),
        ] {
            assert_eq!(read(text, "", ""), Some(code), "{text}");
        }
    }

    // P7
    #[test]
    fn what_several_currencies_share_needs_a_hint() {
        for text in ["$", "dollars", "¥", "kr", "kr.", "Rs.", "pesos", "dinar", "Fr."] {
            assert_eq!(read(text, "", ""), None, "{text}");
            assert_eq!(read(text, "EUR", "DE"), None, "{text}");
        }
        for (text, preferred, region, code) in [
            ("$", "CAD", "", "CAD"),
            ("$", "aud", "US", "AUD"),
            ("$", "EUR", "US", "USD"),
            ("$", "", "CA", "CAD"),
            ("$", "", "EC", "USD"),
            ("$", "", "MX", "MXN"),
            ("¥", "", "JP", "JPY"),
            ("¥", "CNY", "", "CNY"),
            ("kr", "", "SE", "SEK"),
            ("kr", "", "GL", "DKK"),
            ("Rs.", "", "IN", "INR"),
            ("Fr.", "", "CH", "CHF"),
        ] {
            assert_eq!(read(text, preferred, region), Some(code), "{text} {preferred} {region}");
        }
    }

    // P7
    #[test]
    fn what_is_no_currency_or_two_means_nothing() {
        for text in ["", "XYZ", "XXX", "XAU", "BTC", "€ USD", "EUR/USD", "money", "EUR EUR2", &"€".repeat(1000)] {
            assert_eq!(read(text, "USD", "US"), None, "{text}");
        }
    }
}
