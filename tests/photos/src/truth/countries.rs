//! Twenty-two countries: money, dates, taxes, and words on paper. Shops and goods are made up.

use super::days::DateForm::{self, *};

/// A tax that a country has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tax {
    /// As it is printed.
    pub name: &'static str,
    /// The letter beside the goods of this rate.
    pub class: &'static str,
    /// In hundredths of a percent: 1900 are 19 %.
    pub rate: i64,
}

/// Words on a receipt.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What is to pay.
    pub total: &'static str,
    /// The goods together.
    pub subtotal: &'static str,
    /// What is taken off.
    pub discount: &'static str,
    /// Money for an empty bottle.
    pub deposit: &'static str,
    /// Before the day.
    pub date: &'static str,
    /// Paid in notes and coins.
    pub cash: &'static str,
    /// Given back.
    pub change: &'static str,
    /// Paid by card.
    pub card: &'static str,
    /// To the coins that there are.
    pub rounding: &'static str,
    /// Before the receipt's number.
    pub number: &'static str,
}

/// How a country prints receipts.
#[derive(Debug, Clone, Copy)]
pub struct Country {
    /// ISO 3166.
    pub region: &'static str,
    /// BCP 47.
    pub locale: &'static str,
    /// ISO 4217.
    pub currency: &'static str,
    /// Decimals of the currency.
    pub digits: u32,
    /// The currency's sign.
    pub sign: &'static str,
    /// Whether it stands before the number.
    pub sign_first: bool,
    /// Before the decimals.
    pub decimal: char,
    /// Between thousands.
    pub group: &'static str,
    pub(super) dates: &'static [DateForm],
    /// Names of the months.
    pub(super) months: &'static [&'static str; 12],
    /// The taxes on goods; several of one class are added up.
    pub taxes: &'static [Tax],
    /// Whether prices include them.
    pub included: bool,
    /// What cash is rounded to, in smallest units.
    pub cash_unit: i64,
    /// What a coffee costs, in smallest units.
    pub coffee: i64,
    /// Shops.
    pub shops: &'static [&'static str],
    /// A street and a town.
    pub address: &'static str,
    /// A telephone number.
    pub phone: &'static str,
    /// A tax number.
    pub tax_id: &'static str,
    /// Goods.
    pub goods: &'static [&'static str; 6],
    /// Words on paper.
    pub words: Words,
}

const EN: &[&str; 12] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DE: &[&str; 12] = &[
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const FR: &[&str; 12] = &[
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const IT: &[&str; 12] = &[
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
const ES: &[&str; 12] = &[
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const NL: &[&str; 12] = &[
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const SV: &[&str; 12] = &[
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];
const DA: &[&str; 12] = &[
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
const PL: &[&str; 12] = &[
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
];
const CS: &[&str; 12] = &[
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
];
const PT: &[&str; 12] = &[
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
];
const TR: &[&str; 12] =
    &["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"];
const TH: &[&str; 12] = &[
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
];

const fn tax(name: &'static str, class: &'static str, rate: i64) -> Tax {
    Tax { name, class, rate }
}

const fn words(all: [&'static str; 10]) -> Words {
    let [total, subtotal, discount, deposit, date, cash, change, card, rounding, number] = all;
    Words { total, subtotal, discount, deposit, date, cash, change, card, rounding, number }
}

const ENGLISH: Words =
    words(["TOTAL", "Subtotal", "Discount", "Deposit", "Date", "Cash", "Change", "Card", "Rounding", "Receipt"]);
const GOODS: &[&str; 6] = &["Flat White", "Club Sandwich", "Bananas", "Oat Milk", "Notebook A5", "Olive Oil"];

#[rustfmt::skip]
macro_rules! country {
    ($region:literal $locale:literal, $currency:literal $digits:literal $sign:literal $first:literal, $decimal:literal $group:literal,
     $dates:expr, $months:expr, $taxes:expr, $included:literal, cash $cash:literal, coffee $coffee:literal,
     $shops:expr, $address:literal, $phone:literal, $tax_id:literal, $goods:expr, $words:expr) => {
        Country { region: $region, locale: $locale, currency: $currency, digits: $digits, sign: $sign, sign_first: $first,
            decimal: $decimal, group: $group, dates: $dates, months: $months, taxes: $taxes, included: $included, cash_unit: $cash,
            coffee: $coffee, shops: $shops, address: $address, phone: $phone, tax_id: $tax_id, goods: $goods, words: $words }
    };
}

/// All of them.
#[rustfmt::skip]
pub const COUNTRIES: &[Country] = &[
    country!("DE" "de-DE", "EUR" 2 "€" false, ',' ".", &[DayFirst('.'), DayFirstShort('.'), DayMonthName], DE,
        &[tax("MwSt", "A", 1900), tax("MwSt", "B", 700)], true, cash 1, coffee 340,
        &["Cafe Morgenrot", "Biomarkt Sonnenhof", "Bäckerei Großmann"], "Lindenstraße 14, 50674 Köln", "0221 555 0134", "DE123456789",
        &["Vollkornbrot", "Apfelkuchen", "Bergkäse", "Tomaten", "Olivenöl", "Notizbuch A5"],
        words(["SUMME", "Zwischensumme", "Rabatt", "Pfand", "Datum", "Bar", "Rückgeld", "Karte", "Rundung", "Bon-Nr."])),
    country!("FR" "fr-FR", "EUR" 2 "€" false, ',' " ", &[DayFirst('/'), DayMonthName, DayFirstShort('/')], FR,
        &[tax("TVA", "A", 2000), tax("TVA", "B", 550)], true, cash 1, coffee 280,
        &["Boulangerie du Port", "Épicerie Fine Lenoir", "Café des Halles"], "8 rue des Lilas, 69003 Lyon", "04 72 55 01 34", "FR40303265045",
        &["Pain de campagne", "Tarte aux pommes", "Comté", "Tomates", "Huile d'olive", "Carnet A5"],
        words(["TOTAL TTC", "Sous-total", "Remise", "Consigne", "Date", "Espèces", "Rendu", "CB", "Arrondi", "Ticket"])),
    country!("IT" "it-IT", "EUR" 2 "€" true, ',' ".", &[DayFirst('/'), DayFirst('-'), DayMonthName], IT,
        &[tax("IVA", "A", 2200), tax("IVA", "B", 1000)], true, cash 1, coffee 130,
        &["Bar Centrale", "Alimentari Rossi", "Libreria del Ponte"], "Via Roma 12, 40121 Bologna", "051 555 0134", "IT01234567890",
        &["Caffè doppio", "Pane integrale", "Parmigiano", "Pomodori", "Olio d'oliva", "Quaderno A5"],
        words(["TOTALE", "Subtotale", "Sconto", "Cauzione", "Data", "Contanti", "Resto", "Carta", "Arrotondamento", "Scontrino"])),
    country!("ES" "es-ES", "EUR" 2 "€" false, ',' ".", &[DayFirst('/'), DayFirst('-'), DayFirstShort('/')], ES,
        &[tax("IVA", "A", 2100), tax("IVA", "B", 1000)], true, cash 1, coffee 160,
        &["Panadería El Sol", "Mercado Central", "Cafetería Nuria"], "Calle Mayor 5, 28013 Madrid", "91 555 01 34", "B12345678",
        &["Pan integral", "Tarta de manzana", "Queso manchego", "Tomates", "Aceite de oliva", "Cuaderno A5"],
        words(["TOTAL", "Subtotal", "Descuento", "Depósito", "Fecha", "Efectivo", "Cambio", "Tarjeta", "Redondeo", "Factura"])),
    country!("NL" "nl-NL", "EUR" 2 "€" true, ',' ".", &[DayFirst('-'), DayFirst('/'), DayMonthName], NL,
        &[tax("BTW", "A", 2100), tax("BTW", "B", 900)], true, cash 5, coffee 310,
        &["Bakkerij Van Dam", "Kaashandel De Molen", "Boekhandel Zuid"], "Kerkstraat 21, 1017 GC Amsterdam", "020 555 0134", "NL123456789B01",
        &["Volkorenbrood", "Appeltaart", "Oude kaas", "Tomaten", "Olijfolie", "Schrift A5"],
        words(["TOTAAL", "Subtotaal", "Korting", "Statiegeld", "Datum", "Contant", "Wisselgeld", "Pin", "Afronding", "Bon"])),
    country!("CH" "de-CH", "CHF" 2 "CHF" true, '.' "'", &[DayFirst('.'), DayFirstShort('.'), DayMonthName], DE,
        &[tax("MwSt", "A", 810), tax("MwSt", "B", 260)], true, cash 5, coffee 480,
        &["Bergblick Bistro", "Alpenmarkt", "Papeterie Zentral"], "Seestrasse 51, 6004 Luzern", "041 555 01 34", "CHE-123.456.789",
        &["Ruchbrot", "Nussgipfel", "Bergkäse", "Tomaten", "Olivenöl", "Notizbuch A5"],
        words(["TOTAL", "Zwischentotal", "Rabatt", "Depot", "Datum", "Bar", "Rückgeld", "Karte", "Rundung", "Beleg"])),
    country!("SE" "sv-SE", "SEK" 2 "kr" false, ',' " ", &[YearFirst('-'), DayMonthName], SV,
        &[tax("Moms", "A", 2500), tax("Moms", "B", 1200)], true, cash 100, coffee 4200,
        &["Fika & Bröd", "Livsmedel Norr", "Bokhandeln Ekan"], "Storgatan 3, 111 51 Stockholm", "08 555 01 34", "SE556677889901",
        &["Kanelbulle", "Rågbröd", "Västerbottensost", "Tomater", "Olivolja", "Anteckningsbok"],
        words(["TOTALT", "Delsumma", "Rabatt", "Pant", "Datum", "Kontant", "Växel", "Kort", "Öresavrundning", "Kvitto"])),
    country!("PL" "pl-PL", "PLN" 2 "zł" false, ',' " ", &[DayFirst('.'), YearFirst('-'), DayMonthName], PL,
        &[tax("PTU", "A", 2300), tax("PTU", "B", 800)], true, cash 1, coffee 1490,
        &["Piekarnia Pod Lipą", "Sklep Zielony", "Kawiarnia Rynek"], "ul. Długa 7, 31-147 Kraków", "12 555 01 34", "PL1234567890",
        &["Chleb razowy", "Szarlotka", "Oscypek", "Pomidory", "Oliwa", "Zeszyt A5"],
        words(["SUMA", "Razem", "Rabat", "Kaucja", "Data", "Gotówka", "Reszta", "Karta", "Zaokrąglenie", "Paragon"])),
    country!("CZ" "cs-CZ", "CZK" 2 "Kč" false, ',' " ", &[DayFirst('.'), DayMonthName], CS,
        &[tax("DPH", "A", 2100), tax("DPH", "B", 1200)], true, cash 100, coffee 6500,
        &["Kavárna Most", "Pekařství Lípa", "Potraviny U Řeky"], "Dlouhá 9, 110 00 Praha", "222 555 013", "CZ12345678",
        &["Žitný chléb", "Jablečný koláč", "Sýr", "Rajčata", "Olivový olej", "Sešit A5"],
        words(["CELKEM", "Mezisoučet", "Sleva", "Záloha", "Datum", "Hotovost", "Vráceno", "Karta", "Zaokrouhlení", "Účtenka"])),
    country!("DK" "da-DK", "DKK" 2 "kr" false, ',' ".", &[DayFirst('.'), DayFirst('-'), DayMonthName], DA,
        &[tax("Moms", "A", 2500)], true, cash 50, coffee 3800,
        &["Bageriet Nord", "Købmand Olsen", "Café Havnen"], "Nørregade 4, 1165 København", "33 55 01 34", "DK12345678",
        &["Rugbrød", "Æblekage", "Ost", "Tomater", "Olivenolie", "Notesbog"],
        words(["TOTAL", "Subtotal", "Rabat", "Pant", "Dato", "Kontant", "Byttepenge", "Kort", "Afrunding", "Bon"])),
    country!("GB" "en-GB", "GBP" 2 "£" true, '.' ",", &[DayFirst('/'), DayMonthName, DayFirstShort('/')], EN,
        &[tax("VAT", "A", 2000), tax("VAT", "Z", 0)], true, cash 1, coffee 365,
        &["Foxglove Books", "The Old Mill Tearoom", "Highfield Grocers"], "12 Bridge Street, York YO1 6DD", "01904 555 019", "GB123456789",
        GOODS, ENGLISH),
    country!("US" "en-US", "USD" 2 "$" true, '.' ",", &[MonthFirst('/'), MonthNameDay, MonthFirst('-')], EN,
        &[tax("Sales tax", "T", 888)], false, cash 1, coffee 425,
        &["Blue Plate Diner", "Corner Market", "Maple Hardware"], "418 Harbor Street, New York, NY 10013", "(212) 555-0148", "12-3456789",
        GOODS, words(["TOTAL", "Subtotal", "Discount", "Bottle deposit", "Date", "Cash", "Change", "VISA", "Rounding", "Check"])),
    country!("CA" "en-CA", "CAD" 2 "$" true, '.' ",", &[YearFirst('-'), MonthNameDay], EN,
        &[tax("GST", "H", 500), tax("PST", "H", 700)], false, cash 5, coffee 395,
        &["Maple Leaf Bakery", "Granville Grocers", "Harbour Books"], "77 Water Street, Vancouver BC", "604 555 0134", "123456789 RT0001",
        GOODS, ENGLISH),
    country!("AU" "en-AU", "AUD" 2 "$" true, '.' ",", &[DayFirst('/'), DayMonthName], EN,
        &[tax("GST", "A", 1000), tax("GST", "F", 0)], true, cash 5, coffee 480,
        &["Laneway Coffee", "Bondi Greengrocer", "Paperbark Books"], "3 King Street, Newtown NSW", "02 5550 0134", "51 824 753 556",
        GOODS, ENGLISH),
    country!("JP" "ja-JP", "JPY" 0 "¥" true, '.' ",", &[Han, YearFirst('/'), Reiwa, ReiwaLetter], EN,
        &[tax("消費税", "A", 1000), tax("消費税", "B", 800)], true, cash 1, coffee 450,
        &["喫茶さくら", "まるやま商店", "青空書店"], "東京都台東区浅草1-2-3", "03-5550-0134", "T1234567890123",
        &["コーヒー", "サンドイッチ", "バナナ", "牛乳", "ノート", "おにぎり"],
        words(["合計", "小計", "割引", "容器代", "日付", "現金", "お釣り", "カード", "端数", "伝票"])),
    country!("TW" "zh-TW", "TWD" 0 "NT$" true, '.' ",", &[Minguo, MinguoShort, YearFirst('/')], EN,
        &[tax("營業稅", "A", 500)], true, cash 1, coffee 120,
        &["晨光咖啡", "大樹商店"], "臺北市大安區和平東路1號", "02-2555-0134", "12345678",
        &["咖啡", "三明治", "香蕉", "牛奶", "筆記本", "飯糰"],
        words(["總計", "小計", "折扣", "押金", "日期", "現金", "找零", "信用卡", "調整", "單號"])),
    country!("TH" "th-TH", "THB" 2 "฿" true, '.' ",", &[Buddhist, BuddhistNamed, DayFirst('/')], TH,
        &[tax("VAT", "V", 700)], true, cash 25, coffee 6500,
        &["ร้านกาแฟดอย", "ตลาดสดบางรัก", "Baan Coffee"], "12 ถนนสีลม กรุงเทพ", "02 555 0134", "0105551234567",
        &["กาแฟ", "แซนด์วิช", "กล้วย", "นม", "สมุด", "ข้าวผัด"],
        words(["รวมทั้งสิ้น", "รวม", "ส่วนลด", "มัดจำ", "วันที่", "เงินสด", "เงินทอน", "บัตร", "ปัดเศษ", "เลขที่"])),
    country!("SA" "ar-SA", "SAR" 2 "SAR" true, '.' ",", &[Hijri, DayFirst('/'), YearFirst('-')], EN,
        &[tax("VAT", "S", 1500)], true, cash 1, coffee 1500,
        &["Najd Coffee", "Al Waha Market", "مقهى الواحة"], "King Fahd Road, Riyadh", "011 555 0134", "310122393500003",
        GOODS, ENGLISH),
    country!("KW" "en-KW", "KWD" 3 "KD" true, '.' ",", &[DayFirst('/'), DayMonthName], EN,
        &[], true, cash 5, coffee 1350,
        &["Gulf Street Cafe", "Salmiya Market"], "Salem Al Mubarak Street, Salmiya", "2555 0134", "",
        GOODS, ENGLISH),
    country!("IN" "en-IN", "INR" 2 "₹" true, '.' ",", &[DayFirst('/'), DayFirst('-'), DayMonthName], EN,
        &[tax("CGST", "G", 900), tax("SGST", "G", 900)], false, cash 100, coffee 18000,
        &["Chai Point Corner", "Nilgiri Stores", "Banyan Books"], "MG Road 45, Bengaluru 560001", "080 5550 0134", "29ABCDE1234F1Z5",
        GOODS, ENGLISH),
    country!("BR" "pt-BR", "BRL" 2 "R$" true, ',' ".", &[DayFirst('/'), DayMonthName, DayFirstShort('/')], PT,
        &[tax("ICMS", "A", 1800)], true, cash 1, coffee 850,
        &["Padaria Estrela", "Mercado Bom Dia", "Livraria Ipê"], "Rua das Flores 30, São Paulo", "(11) 5555-0134", "12.345.678/0001-95",
        &["Pão francês", "Bolo de milho", "Queijo minas", "Tomates", "Azeite", "Caderno A5"],
        words(["TOTAL", "Subtotal", "Desconto", "Depósito", "Data", "Dinheiro", "Troco", "Cartão", "Arredondamento", "Cupom"])),
    country!("TR" "tr-TR", "TRY" 2 "₺" true, ',' ".", &[DayFirst('.'), DayFirst('/'), DayMonthName], TR,
        &[tax("KDV", "A", 2000), tax("KDV", "B", 1000)], true, cash 1, coffee 9000,
        &["Kahve Durağı", "Çarşı Market", "Boğaz Kitabevi"], "İstiklal Cad. 14, İstanbul", "0212 555 01 34", "1234567890",
        &["Filtre Kahve", "Simit", "Beyaz Peynir", "Domates", "Zeytinyağı", "Defter A5"],
        words(["TOPLAM", "Ara toplam", "İndirim", "Depozito", "Tarih", "Nakit", "Para üstü", "Kart", "Yuvarlama", "Fiş No"])),
];
