//! Files that ask for much memory: real ones, and headers with too little behind them.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

pub fn jpeg(width: u16, height: u16, kind: ColorType, progressive: bool) -> Vec<u8> {
    jpeg_lying(width, height, kind, progressive, 1)
}

/// `orientation` is EXIF's number.
pub fn jpeg_lying(width: u16, height: u16, kind: ColorType, progressive: bool, orientation: u8) -> Vec<u8> {
    let channels = match kind {
        ColorType::Luma => 1,
        ColorType::Rgb => 3,
        _ => 4,
    };
    let pixels: Vec<u8> =
        (0..usize::from(width) * usize::from(height) * channels).map(|at| (at / 4096 % 200) as u8).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 80);
    let exif =
        [b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0][..], &[0; 4]].concat();
    encoder.add_app_segment(1, exif).expect("a short segment");
    encoder.set_progressive(progressive);
    encoder.set_sampling_factor(if channels == 3 { SamplingFactor::F_2_2 } else { SamplingFactor::F_1_1 });
    encoder.encode(&pixels, width, height, kind).expect("a picture");
    bytes
}

/// The same file with another size in its frame header: its decoder reserves for that, and finds too little data.
pub fn claiming(mut jpeg: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
    let frame = jpeg.windows(2).position(|pair| matches!(pair, [0xFF, 0xC0 | 0xC2])).expect("a frame");
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let checked = [kind.as_slice(), data].concat();
    let crc = !checked.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    [&(data.len() as u32).to_be_bytes()[..], &checked, &crc.to_be_bytes()].concat()
}

pub fn png(width: u32, height: u32, depth: u8, colour: u8, interlaced: bool) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, interlaced.into()]].concat();
    let palette = if colour == 3 { chunk(b"PLTE", &[7; 48]) } else { Vec::new() };
    let data = chunk(b"IDAT", &[0x78, 0x01, 0x03, 0x00, 0, 0, 0, 1]);
    [b"\x89PNG\r\n\x1A\n".to_vec(), chunk(b"IHDR", &header), palette, data, chunk(b"IEND", b"")].concat()
}

pub fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend_from_slice(*kind);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(data);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

pub fn lossless(width: u32, height: u32) -> Vec<u8> {
    let size = (width - 1) | (height - 1) << 14;
    [&[0x2F][..], &size.to_le_bytes(), &[0x88, 0x88, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat()
}

/// A lossy bitstream's header: a key frame, its start code and its size.
pub fn lossy(width: u16, height: u16) -> Vec<u8> {
    let head = [0x50, 0x01, 0x00, 0x9D, 0x01, 0x2A];
    [&head[..], &width.to_le_bytes(), &height.to_le_bytes(), &[0; 200]].concat()
}

pub fn extended(flags: u8, width: u32, height: u32) -> Vec<u8> {
    [&[flags, 0, 0, 0][..], &(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat()
}

pub fn gif(width: u16, height: u16, interlaced: u8) -> Vec<u8> {
    let screen = [width.to_le_bytes(), height.to_le_bytes()].concat();
    let frame = [b"\x2C\0\0\0\0".as_slice(), &screen, &[interlaced, 2, 2, 0x44, 1, 0]].concat();
    [b"GIF89a".as_slice(), &screen, b"\x80\0\0\xDC\x1E\x1E\xFF\xFF\xFF", &frame, b"\x3B"].concat()
}

/// A lossless bitstream with so many groups of code tables, each of 17 bytes here and of some 4000 in memory.
pub fn crowded(width: u32, height: u32, groups: u32) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(0x2F, 8);
    bits.push(width - 1, 14);
    bits.push(height - 1, 14);
    bits.push(0, 4);
    // No transforms, no colour cache, and a picture of the groups' numbers in blocks of 512 pixels.
    bits.push(0, 2);
    bits.push(1 | 7 << 1, 4);
    bits.push(0, 1);
    let last = groups - 1;
    for symbol in [last & 0xFF, last >> 8, 0, 0, 0] {
        bits.only(symbol);
    }
    for _ in 0..groups {
        bits.only(0);
        (0..3).for_each(|_| bits.all_of_eight_bits());
        bits.only(0);
    }
    bits.bytes
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    /// The lowest bit first.
    fn push(&mut self, number: u32, count: usize) {
        for at in 0..count {
            if self.count.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.last_mut().expect("a byte");
            *last |= ((number >> at & 1) as u8) << (self.count % 8);
            self.count += 1;
        }
    }

    /// A code of one symbol.
    fn only(&mut self, symbol: u32) {
        self.push(0b101, 3);
        self.push(symbol, 8);
    }

    /// A code in which each of 256 symbols has eight bits: said by a code for lengths in which nothing but eight exists.
    fn all_of_eight_bits(&mut self) {
        self.push(0, 1);
        self.push(12 - 4, 4);
        (0..11).for_each(|_| self.push(0, 3));
        self.push(1, 3);
        self.push(0, 1);
    }
}
