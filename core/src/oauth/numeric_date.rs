//! Moments as OAuth's JSON writes them: seconds since 1970 in UTC ([RFC 7519 2](https://www.rfc-editor.org/rfc/rfc7519#section-2), NumericDate).

use crate::json;
use serde_json::value::RawValue;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The end of the year 9999. A later moment is a mistake, and some languages cannot hold it.
const MAX_SECONDS: f64 = 253_402_300_799.0;

/// The moment that a number says, also as a string. `None` for what is no moment: text, nothing, 0 and less, a year after 9999.
pub(crate) fn read(value: &RawValue) -> Option<SystemTime> {
    let seconds: f64 = json::text(value)?.trim().parse().ok()?;
    let is_moment = (1.0..=MAX_SECONDS).contains(&seconds);
    is_moment.then(|| UNIX_EPOCH + Duration::from_secs(seconds as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    // T1
    #[test]
    fn a_moment_is_read_in_every_form_and_nothing_else_is_one() {
        let read = |json: &str| read(serde_json::from_str(json).unwrap());
        let at = |seconds| Some(UNIX_EPOCH + Duration::from_secs(seconds));
        for json in ["1893256400", "\"1893256400\"", "1893256400.9", "1.8932564e9", "[1893256400]"] {
            assert_eq!(read(json), at(1_893_256_400), "{json}");
        }
        assert_eq!(read("253402300799"), at(253_402_300_799));
        for json in ["0", "-5", "null", "true", "\"soon\"", "1e400", "253402300800", "\"NaN\"", "\"inf\"", "{}", "[]"] {
            assert_eq!(read(json), None, "{json}");
        }
    }
}
