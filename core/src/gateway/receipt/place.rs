//! Where and when a receipt is read: what decides between the meanings of a text, and never stands in for a missing one.

use chrono::NaiveDate;

/// What the app knows about a receipt before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The locale's language in lower case; empty without a locale.
    pub(super) language: String,
    /// The locale's ISO 3166 region in upper case.
    pub(super) region: Option<String>,
    /// The ISO 4217 code of the currency to expect, in upper case.
    pub(super) currency: Option<String>,
    /// The device's day. No receipt is of a later one, but for the difference between two time zones.
    pub(super) today: NaiveDate,
}

impl Place {
    /// The place of a BCP 47 tag such as `en-US`; `en_US.UTF-8` is understood too.
    pub(super) fn new(locale: Option<&str>, currency: Option<&str>, today: NaiveDate) -> Self {
        // What follows a subtag of one letter are extensions, and a POSIX locale's encoding follows a point.
        let locale = locale.unwrap_or_default().split(['.', '@']).next().unwrap_or_default();
        let mut subtags = locale.split(['-', '_']).take_while(|subtag| subtag.len() > 1);
        let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
        // Java's and Android's old codes.
        let language = match language.as_str() {
            "iw" => "he".to_owned(),
            "in" => "id".to_owned(),
            "ji" => "yi".to_owned(),
            "tl" => "fil".to_owned(),
            "mo" => "ro".to_owned(),
            _ => language,
        };
        let region = subtags.find(|subtag| subtag.len() == 2 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let region = region.map(str::to_ascii_uppercase);
        Self { language, region, currency: currency.map(str::to_ascii_uppercase), today }
    }

    /// `language-REGION`, if both are known.
    pub(super) fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.language, self.region.as_deref()?))
    }

    /// Whether a receipt may be of this day.
    pub(super) fn is_past(&self, day: NaiveDate) -> bool {
        self.today.succ_opt().is_none_or(|tomorrow| day <= tomorrow)
    }
}
