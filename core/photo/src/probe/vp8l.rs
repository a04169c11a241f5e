//! What the code tables of a lossless WebP bitstream take in memory (RFC 9649, section 3).
//!
//! A file may hold 65,536 groups of five tables, each some hundred times larger in memory than in the file. How many there are
//! stands in a small picture inside the bitstream, so that this must be decoded; the large picture behind the tables is not.

use super::prefix_code::Code;

/// For a group without its tables, while the list of groups grows.
const GROUP: u64 = 5 * 64 * 3;

/// In which order the lengths of the code for lengths are stored.
const LENGTH_ORDER: [usize; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// The symbols of a group's codes: green and lengths, red, blue, alpha, distances.
const SYMBOLS: [usize; 5] = [280, 256, 256, 256, 40];

/// The bytes that the decoder takes for the tables, and for its small pictures; more than `most` is not counted. `None` if the
/// bitstream is not valid up to there. `data` begins behind the size.
pub(super) fn table_bytes(data: &[u8], (width, height): (u32, u32), most: u64) -> Option<u64> {
    let mut scan = Scan { data, at: 0, bytes: 0 };
    let mut width = width;
    let mut seen = [false; 4];
    while scan.bits(1)? == 1 {
        let transform = scan.bits(2)?;
        // Each may be used once; a file of nothing else would take minutes.
        if std::mem::replace(&mut seen[transform as usize], true) {
            return None;
        }
        match transform {
            0 | 1 => {
                let bits = scan.bits(3)? + 2;
                scan.small_picture(width.div_ceil(1 << bits), height.div_ceil(1 << bits))?;
            }
            2 => {}
            _ => {
                let colours = scan.bits(8)? + 1;
                scan.small_picture(colours, 1)?;
                let packed = match colours {
                    0..=2 => 3,
                    3..=4 => 2,
                    5..=16 => 1,
                    _ => 0,
                };
                width = width.div_ceil(1 << packed);
            }
        }
    }
    let cache = scan.cache_bits()?;
    let mut groups = 1;
    if scan.bits(1)? == 1 {
        let bits = scan.bits(3)? + 2;
        let picture = scan.small_picture(width.div_ceil(1 << bits), height.div_ceil(1 << bits))?;
        groups += picture.iter().map(|pixel| pixel >> 8 & 0xFFFF).max().unwrap_or(0);
    }
    for _ in 0..groups {
        scan.group(cache)?;
        if scan.bytes > most {
            break;
        }
    }
    Some(scan.bytes)
}

struct Scan<'a> {
    data: &'a [u8],
    /// In bits.
    at: usize,
    bytes: u64,
}

impl Scan<'_> {
    /// A number of at most 24 bits, the first bit lowest.
    fn bits(&mut self, count: u32) -> Option<u32> {
        let number = self.peek() & ((1 << count) - 1);
        self.skip(count as usize)?;
        Some(number)
    }

    /// The next bits, with zeros behind the end.
    fn peek(&self) -> u32 {
        let start = self.at / 8;
        let bytes = std::array::from_fn(|at| self.data.get(start + at).copied().unwrap_or(0));
        u32::from_le_bytes(bytes) >> (self.at % 8)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.at += count;
        (self.at <= self.data.len() * 8).then_some(())
    }

    fn cache_bits(&mut self) -> Option<u32> {
        if self.bits(1)? == 0 {
            return Some(0);
        }
        self.bits(4).filter(|bits| (1..=11).contains(bits))
    }

    /// The five codes of a group, counted.
    fn group(&mut self, cache_bits: u32) -> Option<[Code; 5]> {
        self.bytes += GROUP;
        let mut codes = [const { Code::Single(0) }; 5];
        for (number, code) in codes.iter_mut().enumerate() {
            let cached = if number == 0 && cache_bits > 0 { 1 << cache_bits } else { 0 };
            *code = self.code(SYMBOLS[number] + cached)?;
            self.bytes += code.bytes();
        }
        Some(codes)
    }

    fn code(&mut self, symbols: usize) -> Option<Code> {
        if self.bits(1)? == 1 {
            let two = self.bits(1)? == 1;
            let wide = self.bits(1)?;
            let first = self.bits(1 + 7 * wide)? as u16;
            let second = if two { self.bits(8)? as u16 } else { first };
            if usize::from(first.max(second)) >= symbols {
                return None;
            }
            if !two {
                return Some(Code::Single(first));
            }
            return Some(Code::of_two(first, second));
        }
        let mut lengths = [0; 19];
        let count = 4 + self.bits(4)? as usize;
        for &at in &LENGTH_ORDER[..count] {
            lengths[at] = self.bits(3)? as u8;
        }
        let code = Code::of(&lengths)?;
        let mut left = symbols;
        if self.bits(1)? == 1 {
            let bits = 2 + 2 * self.bits(3)?;
            left = 2 + self.bits(bits)? as usize;
        }
        let mut lengths = Vec::with_capacity(symbols);
        let mut last = 8;
        while lengths.len() < symbols && left > 0 {
            left -= 1;
            let (length, count) = match self.symbol(&code)? {
                length @ 0..16 => (length as u8, 1),
                16 => (last, 3 + self.bits(2)?),
                17 => (0, 3 + self.bits(3)?),
                _ => (0, 11 + self.bits(7)?),
            };
            if length != 0 {
                last = length;
            }
            lengths.extend(std::iter::repeat_n(length, count as usize));
        }
        if lengths.len() > symbols { None } else { Code::of(&lengths) }
    }

    fn symbol(&mut self, code: &Code) -> Option<u16> {
        let (counts, symbols) = match code {
            Code::Single(symbol) => return Some(*symbol),
            Code::Table { counts, symbols } => (counts, symbols),
        };
        let next = self.peek();
        let (mut value, mut first, mut place) = (0, 0, 0);
        for (length, &count) in counts.iter().enumerate().skip(1) {
            value = value << 1 | (next >> (length - 1) & 1) as usize;
            let count = usize::from(count);
            if value < first + count {
                self.skip(length)?;
                return symbols.get(place + value - first).copied();
            }
            place += count;
            first = (first + count) << 1;
        }
        None
    }

    /// A picture without groups of its own, such as that of the groups' numbers: its pixels as alpha, red, green and blue.
    fn small_picture(&mut self, width: u32, height: u32) -> Option<Vec<u32>> {
        let cache_bits = self.cache_bits()?;
        let [green, red, blue, alpha, distances] = self.group(cache_bits)?;
        let count = width as usize * height as usize;
        // Four bytes a pixel, and for the groups' numbers two more.
        self.bytes += 6 * count as u64;
        let mut cache = vec![0_u32; 1 << cache_bits];
        let mut pixels: Vec<u32> = Vec::with_capacity(count);
        while pixels.len() < count {
            let code = u32::from(self.symbol(&green)?);
            let start = pixels.len();
            match code {
                0..256 => {
                    let (red, blue) = (self.symbol(&red)?, self.symbol(&blue)?);
                    let alpha = self.symbol(&alpha)?;
                    pixels.push(u32::from(alpha) << 24 | u32::from(red) << 16 | code << 8 | u32::from(blue));
                }
                256..280 => {
                    let length = self.distance(code - 256)?;
                    let distance = self.symbol(&distances)?;
                    let distance = pixel_distance(self.distance(distance.into())?, width as usize);
                    if distance > start || length > count - start {
                        return None;
                    }
                    for at in start..start + length {
                        pixels.push(pixels[at - distance]);
                    }
                }
                _ => pixels.push(*cache.get(code as usize - 280).filter(|_| cache_bits > 0)?),
            }
            if cache_bits > 0 {
                for pixel in &pixels[start..] {
                    cache[(pixel.wrapping_mul(0x1E35_A7BD) >> (32 - cache_bits)) as usize] = *pixel;
                }
            }
        }
        Some(pixels)
    }

    /// A length or a distance behind its prefix.
    fn distance(&mut self, prefix: u32) -> Option<usize> {
        if prefix < 4 {
            return Some(prefix as usize + 1);
        }
        let extra = (prefix - 2) >> 1;
        let more = self.bits(extra)? as usize;
        Some((((2 + (prefix & 1)) << extra) as usize) + more + 1)
    }
}

/// The distance in pixels: small ones stand for places around the pixel, by rows and columns.
fn pixel_distance(distance: usize, width: usize) -> usize {
    let Some(&(across, up)) = NEAR.get(distance - 1) else { return distance - NEAR.len() };
    (width * usize::from(up)).saturating_add_signed(across.into()).max(1)
}

/// Columns to the left and rows up.
#[rustfmt::skip]
const NEAR: [(i8, u8); 120] = [
    (0, 1), (1, 0), (1, 1), (-1, 1), (0, 2), (2, 0), (1, 2), (-1, 2), (2, 1), (-2, 1), (2, 2), (-2, 2), (0, 3), (3, 0), (1, 3),
    (-1, 3), (3, 1), (-3, 1), (2, 3), (-2, 3), (3, 2), (-3, 2), (0, 4), (4, 0), (1, 4), (-1, 4), (4, 1), (-4, 1), (3, 3),
    (-3, 3), (2, 4), (-2, 4), (4, 2), (-4, 2), (0, 5), (3, 4), (-3, 4), (4, 3), (-4, 3), (5, 0), (1, 5), (-1, 5), (5, 1),
    (-5, 1), (2, 5), (-2, 5), (5, 2), (-5, 2), (4, 4), (-4, 4), (3, 5), (-3, 5), (5, 3), (-5, 3), (0, 6), (6, 0), (1, 6),
    (-1, 6), (6, 1), (-6, 1), (2, 6), (-2, 6), (6, 2), (-6, 2), (4, 5), (-4, 5), (5, 4), (-5, 4), (3, 6), (-3, 6), (6, 3),
    (-6, 3), (0, 7), (7, 0), (1, 7), (-1, 7), (5, 5), (-5, 5), (7, 1), (-7, 1), (4, 6), (-4, 6), (6, 4), (-6, 4), (2, 7),
    (-2, 7), (7, 2), (-7, 2), (3, 7), (-3, 7), (7, 3), (-7, 3), (5, 6), (-5, 6), (6, 5), (-6, 5), (8, 0), (4, 7), (-4, 7),
    (7, 4), (-7, 4), (8, 1), (8, 2), (6, 6), (-6, 6), (8, 3), (5, 7), (-5, 7), (7, 5), (-7, 5), (8, 4), (6, 7), (-6, 7),
    (7, 6), (-7, 6), (8, 5), (7, 7), (-7, 7), (8, 6), (8, 7),
];

#[cfg(test)]
mod tests {
    use image::ImageFormat as Codec;
    use proptest::prelude::*;

    use super::super::super::samples::{file_of, noise, quarters};
    use super::*;

    /// Behind the file's, the chunk's and the bitstream's headers.
    const START: usize = 12 + 8 + 5;

    fn tables(file: &[u8], size: (u32, u32)) -> Option<u64> {
        table_bytes(&file[START..], size, u64::MAX)
    }

    // G2
    #[test]
    fn an_ordinary_picture_has_one_group_of_tables() {
        let noise = tables(&file_of(noise(60, 40), Codec::WebP), (60, 40)).unwrap();
        assert!((GROUP + 3 * 4 * 256..GROUP + 40_000).contains(&noise), "{noise}");
        let flat = tables(&file_of(quarters(60, 40), Codec::WebP), (60, 40)).unwrap();
        assert!(flat < noise, "{flat}");
    }

    // S8: a header of nothing but transforms would be decoded for minutes
    #[test]
    fn a_transform_is_taken_once() {
        let file = file_of(noise(60, 40), Codec::WebP);
        // Each is "subtract green", which has no data: a one, and the type 2, lowest bit first.
        let with_bits = |bits: &[u8]| {
            let own = file[START..].iter().flat_map(|byte| (0..8).map(move |at| byte >> at & 1));
            let all: Vec<u8> = bits.iter().copied().chain(own).collect();
            all.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit)).collect::<Vec<u8>>()
        };
        assert!(table_bytes(&with_bits(&[]), (60, 40), u64::MAX).is_some());
        assert_eq!(table_bytes(&with_bits(&[1, 0, 1, 1, 0, 1]), (60, 40), u64::MAX), None);
    }

    // S3
    #[test]
    fn tables_that_are_cut_are_not_valid() {
        let file = file_of(noise(60, 40), Codec::WebP);
        for end in START..START + 20 {
            assert_eq!(tables(&file[..end], (60, 40)), None, "{end}");
        }
    }

    proptest! {
        // S3
        #[test]
        fn any_bits_are_scanned_without_a_panic(
            data in prop::collection::vec(prop_oneof![any::<u8>(), Just(0), Just(0xFF), Just(0x55)], 0..400),
            width in 1_u32..300,
            height in 1_u32..300,
        ) {
            let _ = table_bytes(&data, (width, height), 1_000_000);
        }
    }
}
