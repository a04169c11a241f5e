//! Content codings by hand: stored blocks, so that the bytes owe nothing to the decoder under test.

fn stored(body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    let mut block = vec![1];
    block.extend_from_slice(&length.to_le_bytes());
    block.extend_from_slice(&(!length).to_le_bytes());
    block.extend_from_slice(body);
    block
}

/// RFC 1952.
pub fn gzip(body: &[u8]) -> Vec<u8> {
    let mut coded = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    coded.extend(stored(body));
    coded.extend_from_slice(&crc32(body).to_le_bytes());
    coded.extend_from_slice(&u32::try_from(body.len()).unwrap().to_le_bytes());
    coded
}

/// RFC 1950.
pub fn zlib(body: &[u8]) -> Vec<u8> {
    let mut coded = vec![0x78, 0x01];
    coded.extend(stored(body));
    let (a, b) = body.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    coded.extend_from_slice(&(b << 16 | a).to_be_bytes());
    coded
}

fn crc32(body: &[u8]) -> u32 {
    !body.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}
