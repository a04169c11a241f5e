//! What a place writes first in a date of numbers.

use crate::gateway::receipt::cldr::orders::{
    DAY_FIRST, DAY_FIRST_LANGUAGES, MONTH_FIRST, OTHER_LANGUAGES, OTHER_THAN_REGION, YEAR_FIRST, YEAR_FIRST_LANGUAGES,
};
use crate::gateway::receipt::place::Place;

/// What is written first, where the numbers themselves leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 31/12/2026 and 31/12/26.
    Day,
    /// 12/31/2026 and 12/31/26.
    Month,
    /// 26/12/31. It leaves 03/04/2026 open.
    Year,
    /// Several are in use.
    Mixed,
    /// Nothing is known of the place.
    Unknown,
}

/// Where tills print other orders than the CLDR has.
const MIXED_REGIONS: &str = "CA PA SE ZA";

/// The order of the region, or without one that of the language wherever it is spoken.
pub(super) fn of(place: &Place) -> Order {
    let lists = |list: &str, wanted: &str| list.split(' ').any(|item| item == wanted);
    let Some(region) = place.region.as_deref() else {
        return if lists(DAY_FIRST_LANGUAGES, &place.language) {
            Order::Day
        } else if lists(YEAR_FIRST_LANGUAGES, &place.language) {
            Order::Year
        } else {
            Order::Unknown
        };
    };
    let is_other = place.tag().is_some_and(|tag| lists(OTHER_THAN_REGION, &tag));
    // Of other languages nothing is known: the region's order is that of the languages around them.
    let has_data =
        [DAY_FIRST_LANGUAGES, YEAR_FIRST_LANGUAGES, OTHER_LANGUAGES].iter().any(|list| lists(list, &place.language));
    if is_other || lists(MIXED_REGIONS, region) {
        Order::Mixed
    } else if lists(MONTH_FIRST, region) {
        Order::Month
    } else if !has_data {
        Order::Mixed
    } else if lists(DAY_FIRST, region) {
        Order::Day
    } else if lists(YEAR_FIRST, region) {
        Order::Year
    } else {
        Order::Mixed
    }
}
