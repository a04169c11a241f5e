//! Who sells what, country by country. All of it is made up.

use super::style::{Layout, Style};

/// A shop and how it sets its receipts.
pub(super) struct Shop {
    pub name: &'static str,
    pub address: &'static [&'static str],
    pub category: &'static str,
    pub layout: Layout,
}

impl Shop {
    /// What it sells, and what each costs in hundredths.
    pub(super) fn goods(&self, style: Style) -> &'static [(&'static str, u32)] {
        match (self.category, style.is_german()) {
            ("meals", true) => &[
                ("Cappuccino", 340),
                ("Flat White", 390),
                ("Espresso", 240),
                ("Croissant", 260),
                ("Apfelkuchen", 420),
                ("Tagessuppe", 650),
                ("Kleiner Salat", 580),
                ("Mineralwasser", 310),
            ],
            ("meals", false) => &[
                ("Flat White", 365),
                ("Americano", 310),
                ("Club Sandwich", 925),
                ("House Salad", 785),
                ("Iced Tea", 295),
                ("Lemon Tart", 480),
                ("Tomato Soup", 640),
                ("Cheeseburger", 1195),
            ],
            ("groceries", true) => &[
                ("Vollkornbrot", 389),
                ("Butter 250g", 249),
                ("Bananen", 167),
                ("Bergkaese", 524),
                ("Haferdrink", 199),
                ("Tomaten", 278),
                ("Olivenoel", 899),
                ("Eier 10er", 359),
            ],
            ("groceries", false) => &[
                ("Whole Wheat Bread", 349),
                ("Butter", 279),
                ("Bananas", 164),
                ("Cheddar", 525),
                ("Oat Milk", 219),
                ("Tomatoes", 287),
                ("Olive Oil", 949),
                ("Eggs, dozen", 398),
            ],
            ("books", true) => &[
                ("Das Salzhaus", 2490),
                ("Wanderkarte", 1850),
                ("Nachtzug", 1400),
                ("Notizbuch A5", 650),
                ("Bleistift HB", 195),
                ("Atlas der Alpen", 3890),
                ("Grusskarte", 325),
                ("Taschenkalender", 1275),
            ],
            ("books", false) => &[
                ("The Salt Road", 1099),
                ("A Field Guide to Moss", 1850),
                ("Night Trains", 999),
                ("Notebook A5", 650),
                ("Bookmark", 195),
                ("Maps of the North", 2499),
                ("Greeting Card", 325),
                ("Pocket Atlas", 1275),
            ],
            ("hardware", true) => &[
                ("Schrauben M4", 475),
                ("Holzleim", 690),
                ("Flachpinsel", 545),
                ("LED-Lampe", 799),
                ("Malerband", 385),
                ("Scharnier", 620),
                ("Schleifpapier", 310),
                ("Massband 5m", 1140),
            ],
            ("hardware", false) => &[
                ("Screws M4 x50", 475),
                ("Wood Glue", 690),
                ("Paint Brush", 545),
                ("LED Bulb", 799),
                ("Masking Tape", 385),
                ("Hinge, brass", 620),
                ("Sandpaper", 310),
                ("Tape Measure", 1140),
            ],
            _ => &[
                ("Plasters", 385),
                ("Sun Cream 50", 1290),
                ("Toothpaste", 345),
                ("Hand Cream", 595),
                ("Vitamin D", 875),
                ("Cough Syrup", 1040),
                ("Lip Balm", 275),
                ("Shampoo", 690),
            ],
        }
    }
}

/// The shops of a country.
pub(super) fn shops(style: Style) -> &'static [Shop] {
    use Layout::{Shop as Ruled, Table, Till};
    const fn shop(
        name: &'static str,
        address: &'static [&'static str],
        category: &'static str,
        layout: Layout,
    ) -> Shop {
        Shop { name, address, category, layout }
    }
    const GERMAN: &[Shop] = &[
        shop("Cafe Morgenrot", &["Lindenstraße 14", "50674 Köln", "Tel. 0221 555 0134"], "meals", Till),
        shop("Gasthaus Linde", &["Am Markt 3", "79098 Freiburg"], "meals", Table),
        shop("Biomarkt Sonnenhof", &["Hauptstr. 88", "04109 Leipzig"], "groceries", Till),
        shop("Werkzeug Brandt", &["Hafenweg 21", "20457 Hamburg"], "hardware", Ruled),
    ];
    const IRISH: &[Shop] = &[
        shop("Liffey Coffee House", &["9 Quay Lane, Dublin 2", "Tel. 01 555 0172"], "meals", Till),
        shop("Harp Street Kitchen", &["31 Harp Street", "Galway"], "meals", Table),
        shop("Quayside Pharmacy", &["Merchant's Quay 4", "Cork"], "pharmacy", Ruled),
    ];
    const AMERICAN: &[Shop] = &[
        shop("Blue Plate Diner", &["418 Harbor Street", "New York, NY 10013", "(212) 555-0148"], "meals", Table),
        shop("Corner Market", &["77 Elm Avenue", "Madison, WI 53703"], "groceries", Till),
        shop("Maple Hardware", &["1200 Mill Road", "Ithaca, NY 14850"], "hardware", Ruled),
        shop("Sunrise Pharmacy", &["5 Lake Drive", "Austin, TX 78701"], "pharmacy", Till),
    ];
    const BRITISH: &[Shop] = &[
        shop("Foxglove Books", &["12 Bridge Street", "York YO1 6DD", "01904 555 019"], "books", Ruled),
        shop("The Old Mill Tearoom", &["Mill Lane", "Bath BA1 5NB"], "meals", Table),
        shop("Highfield Grocers", &["203 High Street", "Leeds LS2 7EY"], "groceries", Till),
    ];
    const SWISS: &[Shop] = &[
        shop("Bergblick Bistro", &["Bahnhofplatz 2", "3011 Bern"], "meals", Table),
        shop("Alpenmarkt", &["Seestrasse 51", "6004 Luzern"], "groceries", Till),
        shop("Papeterie Zentral", &["Marktgasse 19", "8001 Zürich"], "books", Ruled),
    ];
    match style {
        Style::German => GERMAN,
        Style::Irish => IRISH,
        Style::American => AMERICAN,
        Style::British => BRITISH,
        Style::Swiss => SWISS,
    }
}
