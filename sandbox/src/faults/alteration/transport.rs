//! Content codings and headers.

use std::io::Write as _;

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use rust_decimal::Decimal;

use crate::wire::cost::COST;
use crate::wire::fault::Alteration;

const MANY_HEADERS: usize = 120;
const BOMB_MEBIBYTES: usize = 256;
const MEBIBYTE: usize = 1024 * 1024;

pub(super) fn encode(alteration: Alteration, headers: &mut HeaderMap, body: Bytes) -> Bytes {
    match alteration {
        Alteration::Gzip => {
            set_coding(headers, "gzip");
            gzip(std::iter::once(&body[..]))
        }
        Alteration::Deflate => {
            set_coding(headers, "deflate");
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
            // Writing into memory does not fail.
            let _ = encoder.write_all(&body);
            Bytes::from(encoder.finish().unwrap_or_default())
        }
        Alteration::UnknownCoding => {
            set_coding(headers, "x-sandbox");
            body
        }
        Alteration::GzipBomb => {
            set_coding(headers, "gzip");
            let blanks = vec![b' '; MEBIBYTE];
            gzip(std::iter::repeat_n(&blanks[..], BOMB_MEBIBYTES))
        }
        Alteration::ManyHeaders => {
            for number in 0..MANY_HEADERS {
                let name = HeaderName::try_from(format!("llm_provider-x-passed-on-{number}"));
                if let Ok(name) = name {
                    headers.insert(name, HeaderValue::from_static("as the server behind sent it"));
                }
            }
            body
        }
        Alteration::CostScientific => {
            let cost = headers.get(COST).and_then(|cost| cost.to_str().ok()?.parse::<Decimal>().ok());
            if let Some(cost) = cost.and_then(|cost| HeaderValue::from_str(&scientific(cost)).ok()) {
                headers.insert(COST, cost);
            }
            body
        }
        Alteration::CostUnknown => {
            headers.insert(COST, HeaderValue::from_static("None"));
            body
        }
        _ => body,
    }
}

fn set_coding(headers: &mut HeaderMap, name: &'static str) {
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
}

fn gzip<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for piece in pieces {
        // Writing into memory does not fail.
        let _ = encoder.write_all(piece);
    }
    Bytes::from(encoder.finish().unwrap_or_default())
}

/// As Python writes it: an exponent of at least two digits.
fn scientific(amount: Decimal) -> String {
    let text = format!("{amount:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_written_as_python_writes_it() {
        assert_eq!(scientific(Decimal::new(88, 6)), "8.8e-05");
        assert_eq!(scientific(Decimal::new(4, 2)), "4e-02");
    }
}
