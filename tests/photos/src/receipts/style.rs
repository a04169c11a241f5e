//! How money and dates are written, and how a receipt is set.

/// How a country prints money and dates, and in which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `12,40 €`, `24.03.2026`, German.
    German,
    /// `€12.40`, `24/03/2026`, English.
    Irish,
    /// `$12.40`, `03/24/2026`, English.
    American,
    /// `£12.40`, `24 Mar 2026`, English.
    British,
    /// `CHF 12.40`, `24.03.2026`, German.
    Swiss,
}

impl Style {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::German, Self::Irish, Self::American, Self::British, Self::Swiss];

    /// The ISO 4217 code.
    #[must_use]
    pub fn currency(self) -> &'static str {
        match self {
            Self::German | Self::Irish => "EUR",
            Self::American => "USD",
            Self::British => "GBP",
            Self::Swiss => "CHF",
        }
    }

    /// An amount as printed, with the currency's sign.
    #[must_use]
    pub fn money(self, cents: u32) -> String {
        let (whole, rest) = (cents / 100, cents % 100);
        match self {
            Self::German => format!("{whole},{rest:02} €"),
            Self::Irish => format!("€{whole}.{rest:02}"),
            Self::American => format!("${whole}.{rest:02}"),
            Self::British => format!("£{whole}.{rest:02}"),
            Self::Swiss => format!("CHF {whole}.{rest:02}"),
        }
    }

    /// An amount as printed in a column of prices, without the currency where receipts leave it out.
    pub(super) fn price(self, cents: u32) -> String {
        let (whole, rest) = (cents / 100, cents % 100);
        match self {
            Self::German => format!("{whole},{rest:02}"),
            Self::Swiss => format!("{whole}.{rest:02}"),
            _ => self.money(cents),
        }
    }

    /// A date as printed.
    #[must_use]
    pub fn date(self, Date { year, month, day }: Date) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        match self {
            Self::German | Self::Swiss => format!("{day:02}.{month:02}.{year}"),
            Self::Irish => format!("{day:02}/{month:02}/{year}"),
            Self::American => format!("{month:02}/{day:02}/{year}"),
            Self::British => format!("{day} {} {year}", MONTHS[month as usize - 1]),
        }
    }

    pub(super) fn is_german(self) -> bool {
        matches!(self, Self::German | Self::Swiss)
    }
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Such as 2026.
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

/// How the receipt is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// A thermal printer's fixed-width letters between dashed lines.
    Till,
    /// A restaurant's narrow letters, with table, server and column heads.
    Table,
    /// A shop's serif name over ruled lines.
    Shop,
}
