//! What a call cost, where the provider tells it.

use super::lenient::parse_decimal;
use http::HeaderMap;
use rust_decimal::Decimal;

/// LiteLLM's header, which AI Pass passes on: US dollars, perhaps in scientific notation (`8.8e-05`).
const HEADER: &str = "x-litellm-response-cost";

/// The cost in US dollars. `None` means unknown, never zero (P12): the header is missing, empty, or says `None`.
pub(super) fn of(headers: &HeaderMap) -> Option<Decimal> {
    let cost = parse_decimal(headers.get(HEADER)?.to_str().ok()?)?;
    (!cost.is_sign_negative()).then_some(cost)
}

/// The cost by the header and by the body of one answer. A zero beside a figure says nothing.
pub(super) fn told(by_header: Option<Decimal>, by_body: Option<Decimal>) -> Option<Decimal> {
    by_header.filter(|cost| !cost.is_zero()).or(by_body).or(by_header)
}

#[cfg(test)]
mod tests {
    use super::*;

    // P12
    #[test]
    fn cost_is_exact_or_unknown() {
        for (text, expected) in [
            ("0.00125", Some("0.00125")),
            ("8.8e-05", Some("0.000088")),
            ("0.0", Some("0")),
            ("None", None),
            ("", None),
            ("-1", None),
            ("NaN", None),
        ] {
            let headers = HeaderMap::from_iter([(http::HeaderName::from_static(HEADER), text.parse().unwrap())]);
            assert_eq!(of(&headers), expected.map(|cost| cost.parse().unwrap()), "{text}");
        }
        assert_eq!(of(&HeaderMap::new()), None);
    }
}
