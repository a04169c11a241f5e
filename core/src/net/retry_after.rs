//! How long a server asks to wait: `Retry-After` in seconds or as a date (RFC 9110 10.2.3), or `retry-after-ms`.

use crate::environment::Timestamp;
use http::HeaderMap;
use std::time::Duration;

/// The wait, if the answer names one that can be read. `now` is the server's time, for dates.
pub(crate) fn read(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let from_number = |text: &str, unit: f64| {
        let number: f64 = text.parse().ok()?;
        Duration::try_from_secs_f64(number * unit).ok()
    };
    if let Some(wait) = text("retry-after-ms").and_then(|text| from_number(text, 0.001)) {
        return Some(wait);
    }
    let text = text("retry-after")?;
    from_number(text, 1.0).or_else(|| {
        let moment = httpdate::parse_http_date(text).ok()?;
        Some(Timestamp::from(moment).since(now).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(name: &'static str, value: &'static str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(name, http::HeaderValue::from_static(value));
        read(&headers, Timestamp(1_447_456_896_000)) // Fri, 13 Nov 2015 23:21:36 GMT
    }

    // P2: all its forms
    #[test]
    fn every_form_is_read() {
        assert_eq!(wait("retry-after", "120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("retry-after", "0.25"), Some(Duration::from_millis(250)));
        assert_eq!(wait("retry-after-ms", "250"), Some(Duration::from_millis(250)));
        assert_eq!(wait("retry-after", "Fri, 13 Nov 2015 23:22:06 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(wait("retry-after", "Fri, 13 Nov 2015 23:00:00 GMT"), Some(Duration::ZERO));
        for unreadable in ["", "soon", "-1", "inf", "NaN", "1e300"] {
            assert_eq!(wait("retry-after", unreadable), None, "{unreadable}");
        }
    }
}
