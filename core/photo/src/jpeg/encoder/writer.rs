//! Coefficients into the bits of a scan (ITU-T T.81, annex F.1.2).

use super::forward::Coefficients;
use super::standard::Huffman;

/// For each symbol its code, and how many bits that has.
pub(super) struct Codes([(u32, u32); 256]);

impl Codes {
    pub(super) fn new(table: &Huffman) -> Self {
        let mut codes = [(0, 0); 256];
        let (mut code, mut symbols) = (0, table.symbols.iter());
        for (length, &count) in (1..).zip(&table.counts) {
            for &symbol in symbols.by_ref().take(count.into()) {
                codes[usize::from(symbol)] = (code, length);
                code += 1;
            }
            code <<= 1;
        }
        Self(codes)
    }
}

/// Collects bits, and stuffs a zero behind each byte 0xFF.
pub(super) struct Writer {
    pub bytes: Vec<u8>,
    /// The last `count` bits that were put, fewer than 32.
    buffer: u64,
    count: u32,
}

impl Writer {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, buffer: 0, count: 0 }
    }

    /// At most 32 bits.
    #[inline(always)]
    fn put(&mut self, bits: u32, count: u32) {
        self.buffer = self.buffer << count | u64::from(bits);
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            let word = (self.buffer >> self.count) as u32;
            if (!word).wrapping_sub(0x0101_0101) & word & 0x8080_8080 == 0 {
                self.bytes.extend_from_slice(&word.to_be_bytes());
            } else {
                word.to_be_bytes().into_iter().for_each(|byte| self.put_byte(byte));
            }
        }
    }

    fn put_byte(&mut self, byte: u8) {
        self.bytes.push(byte);
        if byte == 0xFF {
            self.bytes.push(0);
        }
    }

    /// A code, and the number behind it.
    #[inline(always)]
    fn put_value(&mut self, codes: &Codes, zeros: u32, value: i32) {
        let length = 32 - value.unsigned_abs().leading_zeros();
        let (code, bits) = codes.0[(zeros << 4 | length) as usize & 0xFF];
        // A negative number is stored with its bits the other way round.
        let number = (value + (value >> 31)) as u32 & ((1 << length) - 1);
        self.put(code << length | number, bits + length);
    }

    /// A block, in the order of storage. `last_dc` is that of the component's block before.
    pub(super) fn block(&mut self, coefficients: &Coefficients, last_dc: &mut i16, dc: &Codes, ac: &Codes) {
        let Coefficients { values, nonzero } = coefficients;
        self.put_value(dc, 0, i32::from(values[0]) - i32::from(*last_dc));
        *last_dc = values[0];
        let mut left = nonzero & !1;
        let mut at = 1;
        while left != 0 {
            let next = left.trailing_zeros();
            left &= left - 1;
            let mut zeros = next - at;
            while zeros > 15 {
                let (code, bits) = ac.0[0xF0];
                self.put(code, bits);
                zeros -= 16;
            }
            self.put_value(ac, zeros, values[next as usize & 63].into());
            at = next + 1;
        }
        if at < 64 {
            let (code, bits) = ac.0[0];
            self.put(code, bits);
        }
    }

    /// Fills the last byte with ones (F.1.2.3).
    pub(super) fn finished(mut self) -> Vec<u8> {
        let padding = (8 - self.count % 8) % 8;
        self.put((1 << padding) - 1, padding);
        while self.count > 0 {
            self.count -= 8;
            self.put_byte((self.buffer >> self.count) as u8);
        }
        self.bytes
    }
}
