//! How long a server asks to wait: `Retry-After` in seconds or as a date (RFC 9110 10.2.3), or `retry-after-ms`.

use crate::environment::Timestamp;
use http::HeaderMap;
use std::time::Duration;

/// The longest wait that is reported, 100 years: languages that count time in 64 bits must be able to hold it.
const MAX_WAIT: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// The wait, if the response names one that can be read; of several the longest. `now` is the server's time, for dates.
pub(crate) fn read(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let longest = |name, read: &dyn Fn(&str) -> Option<Duration>| {
        headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).filter_map(read).max()
    };
    longest("retry-after-ms", &|text| from_list(text, 0.001))
        .or_else(|| longest("retry-after", &|text| from_list(text, 1.0).or_else(|| from_date(text, now))))
}

/// Numbers in a unit of so many seconds: one, or a list of which the longest counts.
fn from_list(text: &str, unit: f64) -> Option<Duration> {
    text.split(',').map(|number| from_number(number.trim(), unit)).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// A number without sign or exponent. One that is too large to count is a wait as well, and no missing one.
fn from_number(text: &str, unit: f64) -> Option<Duration> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let seconds = text.parse::<f64>().ok()? * unit;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(MAX_WAIT).min(MAX_WAIT))
}

fn from_date(text: &str, now: Timestamp) -> Option<Duration> {
    let moment = httpdate::parse_http_date(text.trim()).ok()?;
    Some(Timestamp::from(moment).since(now).unwrap_or_default().min(MAX_WAIT))
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

    // P2: a wait without end is no missing one
    #[test]
    fn huge_waits_saturate() {
        for huge in ["99999999999999999999", "18446744073709551616", "340282366920938463463374607431768211456", "9e9"] {
            let expected = huge.bytes().all(|byte| byte.is_ascii_digit()).then_some(MAX_WAIT);
            assert_eq!(wait("retry-after", huge), expected, "{huge}");
            assert_eq!(wait("retry-after-ms", huge), expected, "{huge}");
        }
        assert_eq!(wait("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"), Some(MAX_WAIT));
        assert_eq!(wait("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT"), Some(Duration::ZERO));
    }

    // P2
    #[test]
    fn of_several_waits_the_longest_counts() {
        assert_eq!(wait("retry-after", "1, 120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("retry-after", " 7 "), Some(Duration::from_secs(7)));
        for unreadable in ["1,", ",", "1, soon", "-1, 5", "0x10", "+5", "."] {
            assert_eq!(wait("retry-after", unreadable), None, "{unreadable}");
        }
        let mut headers = HeaderMap::new();
        for value in ["5", "Fri, 13 Nov 2015 23:22:06 GMT", "nonsense"] {
            headers.append("retry-after", http::HeaderValue::from_static(value));
        }
        assert_eq!(read(&headers, Timestamp(1_447_456_896_000)), Some(Duration::from_secs(30)));
    }

    proptest::proptest! {
        // S3: whatever stands there, it is a wait or none, and never longer than can be counted
        #[test]
        fn hostile_values_never_panic(value in "[0-9., a-zA-Z:+-]{0,60}") {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", value.parse().unwrap());
            headers.insert("retry-after-ms", value.parse().unwrap());
            proptest::prop_assert!(read(&headers, Timestamp(0)).is_none_or(|wait| wait <= MAX_WAIT));
        }

        #[test]
        fn every_number_is_a_wait(digits in "[0-9]{1,60}") {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", digits.parse().unwrap());
            proptest::prop_assert!(read(&headers, Timestamp(0)).is_some());
        }
    }
}
