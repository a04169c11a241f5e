use super::*;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;
use std::io::Write;

pub(in crate::net) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn raw_deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn decoder(codings: &str) -> Result<Decoder, HttpFailure> {
    Decoder::of(&HeaderMap::from_iter([(header::CONTENT_ENCODING, codings.parse().unwrap())]))
}

/// Decodes a body that arrives in pieces of this size.
fn decode(codings: &str, body: &[u8], piece: usize) -> Result<Vec<u8>, HttpFailure> {
    let mut decoder = decoder(codings)?;
    let mut whole = Vec::new();
    for piece in body.chunks(piece.max(1)) {
        decoder.push(Bytes::copy_from_slice(piece));
        while let Some(bytes) = decoder.next()? {
            assert!(bytes.len() <= STEP.max(piece.len()));
            whole.extend_from_slice(&bytes);
        }
    }
    decoder.finish().map(|()| whole)
}

const TEXT: &[u8] = b"{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"expires_in\":3600}";

// T8
#[test]
fn gzip_and_both_kinds_of_deflate_are_decoded_however_they_are_cut() {
    let twice = [gzip(TEXT), gzip(TEXT)].concat();
    let padded = [gzip(TEXT), vec![0; 20]].concat();
    for (codings, body, expected) in [
        ("gzip", gzip(TEXT), TEXT.to_vec()),
        ("x-gzip", gzip(TEXT), TEXT.to_vec()),
        ("GZIP", gzip(TEXT), TEXT.to_vec()),
        ("gzip", twice, TEXT.repeat(2)),
        ("gzip", padded, TEXT.to_vec()),
        ("deflate", zlib(TEXT), TEXT.to_vec()),
        ("deflate", raw_deflate(TEXT), TEXT.to_vec()),
        ("deflate, gzip", gzip(&zlib(TEXT)), TEXT.to_vec()),
        ("gzip, identity, , gzip", gzip(&gzip(TEXT)), TEXT.to_vec()),
        ("gzip", TEXT.to_vec(), TEXT.to_vec()), // the header of a proxy that had decoded it
        ("gzip", Vec::new(), Vec::new()),
        ("gzip", gzip(b""), Vec::new()),
        ("deflate", zlib(b""), Vec::new()),
    ] {
        for piece in [1, 2, 7, 10_000] {
            assert_eq!(decode(codings, &body, piece), Ok(expected.clone()), "{codings} in pieces of {piece}");
        }
    }
    assert!(decoder("identity").unwrap().is_identity());
}

#[test]
fn large_bodies_may_come_in_one_piece() {
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(300_000)
    .collect();
    assert!(decode("gzip", &gzip(&noise), usize::MAX) == Ok(noise.clone()));
    assert!(decode("gzip, deflate", &zlib(&gzip(&noise)), usize::MAX) == Ok(noise));
    let endless = [&[0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0][..], &vec![b'x'; 200_000]].concat();
    assert!(matches!(decode("gzip", &endless, 4096), Err(HttpFailure::Malformed { .. })));
}

#[test]
fn gzip_headers_with_every_optional_field_are_read() {
    let mut encoder = flate2::GzBuilder::new()
        .filename("answer.json")
        .comment("a comment")
        .extra(vec![1; 300])
        .write(Vec::new(), Compression::fast());
    encoder.write_all(TEXT).unwrap();
    let body = encoder.finish().unwrap();
    for piece in [1, 3, 1000] {
        assert_eq!(decode("gzip", &body, piece), Ok(TEXT.to_vec()));
    }
}

// T8
#[test]
fn other_codings_are_named() {
    for codings in ["br", "zstd", "gzip, br", "compress", "gzip,gzip,gzip,gzip,gzip", "aes128gcm"] {
        let failure = decoder(codings).err();
        let Some(HttpFailure::UnknownCoding { name }) = failure else { panic!("{codings}: {failure:?}") };
        assert!(codings.contains(&name) || name.starts_with("more than"), "{name}");
    }
}

// T8, P5
#[test]
fn truncated_bodies_are_truncations_and_damaged_ones_are_not() {
    let long = prose(50_000);
    for (codings, body) in [("gzip", gzip(&long)), ("deflate", zlib(&long)), ("deflate", raw_deflate(&long))] {
        for end in [1, 2, 5, 12, body.len() / 2, body.len() - 1] {
            let failure = decode(codings, &body[..end], 4096).unwrap_err();
            assert!(matches!(failure, HttpFailure::Broken { .. }), "{codings} {end}: {failure}");
        }
    }
    let mut wrong_sum = gzip(TEXT);
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 1;
    for body in [wrong_sum, vec![0x1f, 0x8b, 9, 0, 0], vec![0x88; 40]] {
        let failure = decode("gzip", &body, 4096).unwrap_err();
        assert!(matches!(failure, HttpFailure::Malformed { .. }), "{failure}");
    }
}

fn prose(words: usize) -> Vec<u8> {
    (0..words).map(|word| format!("{} ", word.wrapping_mul(2_654_435_761) % 99_991)).collect::<String>().into_bytes()
}

// T8, P4: no step expands without bound, through any number of layers
#[test]
fn bombs_come_in_small_steps() {
    let bomb = gzip(&gzip(&vec![0; 20_000_000]));
    let mut decoder = decoder("gzip, gzip").unwrap();
    decoder.push(bomb.into());
    let mut total = 0;
    while let Some(bytes) = decoder.next().unwrap() {
        assert!(bytes.len() <= STEP);
        total += bytes.len();
    }
    assert_eq!(total, 20_000_000);
}

// P5: events reach the reader when the server flushes them, and not at the end
#[test]
fn flushed_bytes_are_given_at_once() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let mut decoder = decoder("gzip").unwrap();
    for event in ["data: one\n\n", "data: two\n\n"] {
        encoder.write_all(event.as_bytes()).unwrap();
        encoder.flush().unwrap();
        decoder.push(std::mem::take(encoder.get_mut()).into());
        let mut given = Vec::new();
        while let Some(bytes) = decoder.next().unwrap() {
            given.extend_from_slice(&bytes);
        }
        assert_eq!(given, event.as_bytes());
    }
}

proptest! {
    // T8
    #[test]
    fn what_was_coded_comes_back(body in proptest::collection::vec(any::<u8>(), 0..2000), piece in 1_usize..500) {
        prop_assert_eq!(decode("gzip", &gzip(&body), piece).unwrap(), body.clone());
        prop_assert_eq!(decode("deflate", &zlib(&body), piece).unwrap(), body.clone());
        prop_assert_eq!(decode("deflate, gzip", &gzip(&zlib(&body)), piece).unwrap(), body);
    }

    // S3
    #[test]
    fn hostile_bodies_never_panic(body in proptest::collection::vec(any::<u8>(), 0..300), piece in 1_usize..50) {
        let _ = decode("gzip", &[&[0x1f, 0x8b, 8][..], &body].concat(), piece);
        for codings in ["gzip", "deflate", "gzip, deflate"] {
            let _ = decode(codings, &body, piece);
        }
    }

    // S3
    #[test]
    fn damaged_bodies_never_give_more_than_was_coded(at in 0_usize..200, bit in 0_u8..8) {
        let mut body = gzip(&prose(60));
        let at = at % body.len();
        body[at] ^= 1 << bit;
        let _ = decode("gzip", &body, 64);
    }
}

// T8: what follows the end is not read without limit
#[test]
fn few_bytes_may_follow_the_end_of_a_coded_body() {
    for (coding, coded) in [("gzip", gzip(b"text")), ("deflate", zlib(b"text")), ("deflate", raw_deflate(b"text"))] {
        let followed_by = |count| [coded.clone(), vec![b'.'; count]].concat();
        assert_eq!(decode(coding, &followed_by(MAX_REST), 1024), Ok(b"text".to_vec()), "{coding}");
        let failure = decode(coding, &followed_by(MAX_REST + 1), 1024);
        assert!(matches!(failure, Err(HttpFailure::Malformed { .. })), "{coding}: {failure:?}");
    }
}
