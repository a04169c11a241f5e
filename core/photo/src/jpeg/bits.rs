//! The bits of a scan (ITU-T T.81, annex F.2.2) and the Huffman codes in them (annex C).

use super::Damage;

/// Codes of up to so many bits are read with one look into a table.
const FAST_BITS: u32 = 10;

/// A Huffman table.
pub(super) struct Codes {
    /// For each start of a code of at most `FAST_BITS` bits: its length and its symbol. A length of zero: no such code, or a longer one.
    fast: Box<[(u8, u8); 1 << FAST_BITS]>,
    /// The same for codes with the number behind them, where both have at most `FAST_BITS` bits.
    whole: Box<[Whole; 1 << FAST_BITS]>,
    /// For each length from 1: the first code that is too large for it, shifted to 16 bits.
    end: [u32; 17],
    /// For each length: what to add to a code for its symbol's place.
    offset: [i32; 17],
    symbols: Vec<u8>,
}

/// An AC code and its number, read at once.
#[derive(Clone, Copy, Default)]
pub(super) struct Whole {
    /// Bits of both; 0: there is no such code, or it is longer.
    pub bits: u8,
    /// Zeros before the coefficient; `END` where the block ends.
    pub zeros: u8,
    pub value: i16,
}

/// So many zeros reach behind any block.
pub(super) const END: u8 = 64;

impl Whole {
    /// What `bits` begin with, of which the first `length` are the code of `symbol`.
    fn new(bits: u32, length: u32, symbol: u8) -> Self {
        let (zeros, size) = (symbol >> 4, u32::from(symbol & 15));
        let used = length + size;
        if used > FAST_BITS || symbol == 0xF0 {
            return Self::default();
        }
        if size == 0 {
            return Self { bits: used as u8, zeros: END, value: 0 };
        }
        let number = bits >> (FAST_BITS - used) & ((1 << size) - 1);
        Self { bits: used as u8, zeros, value: signed(number, size) as i16 }
    }
}

/// A number of so many bits, the first of which is its sign (figure F.12).
fn signed(number: u32, bits: u32) -> i32 {
    let (number, half) = (number as i32, (1 << bits) >> 1);
    if number < half { number - (1 << bits) + 1 } else { number }
}

impl Codes {
    /// The table that a DHT segment holds: how many codes each length has, then the symbols.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8]) -> Result<Self, Damage> {
        let mut fast = Box::new([(0, 0); 1 << FAST_BITS]);
        let mut whole = Box::new([Whole::default(); 1 << FAST_BITS]);
        let (mut end, mut offset) = ([0; 17], [0; 17]);
        let (mut code, mut place) = (0_u32, 0_usize);
        for length in 1..=16_u32 {
            let count = usize::from(counts[length as usize - 1]);
            offset[length as usize] = place as i32 - code as i32;
            for &symbol in symbols.get(place..place + count).ok_or(Damage::Tables)? {
                if code >= 1 << length {
                    return Err(Damage::Tables);
                }
                if length <= FAST_BITS {
                    let unused = FAST_BITS - length;
                    let first = (code << unused) as usize;
                    for bits in first..first + (1 << unused) {
                        fast[bits] = (length as u8, symbol);
                        whole[bits] = Whole::new(bits as u32, length, symbol);
                    }
                }
                code += 1;
            }
            place += count;
            end[length as usize] = code << (16 - length);
            code <<= 1;
        }
        Ok(Self { fast, whole, end, offset, symbols: symbols.to_vec() })
    }
}

/// The longest code and the longest number behind it.
const NEEDED: u32 = 16 + 16;

/// Reads the bits up to the next marker. A bit that is not there is an error, never a zero.
///
/// What runs for each coefficient is inlined and works on a copy, so that it stays in the processor's registers.
#[derive(Clone, Copy)]
pub(super) struct Bits<'a> {
    input: &'a [u8],
    at: usize,
    /// The next bits, the first one highest.
    buffer: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(input: &'a [u8], at: usize) -> Self {
        Self { input, at, buffer: 0, count: 0 }
    }

    /// Fills the buffer with whole bytes, to more than `NEEDED` bits if there are as many before the next marker.
    #[inline(always)]
    fn fill(&mut self) {
        if let Some(&eight) = self.input.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) {
            let word = u64::from_be_bytes(eight);
            // No byte of it is 0xFF.
            if (!word).wrapping_sub(0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080 == 0 {
                let bytes = (64 - self.count) / 8;
                // Bits behind the last whole byte are the same ones that are filled in next.
                self.buffer |= word >> self.count;
                self.at += bytes as usize;
                self.count += 8 * bytes;
                return;
            }
        }
        *self = self.filled_slowly();
    }

    #[cold]
    #[inline(never)]
    fn filled_slowly(mut self) -> Self {
        while self.count <= 56 {
            let Some(byte) = self.next_byte() else { break };
            self.buffer |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
        self
    }

    /// An AC code with its number, if both are short.
    #[inline(always)]
    pub(super) fn whole(&mut self, codes: &Codes) -> Option<Whole> {
        if self.count < NEEDED {
            self.fill();
        }
        let whole = codes.whole[(self.buffer >> (64 - FAST_BITS)) as usize];
        if whole.bits == 0 || u32::from(whole.bits) > self.count {
            return None;
        }
        self.buffer <<= whole.bits;
        self.count -= u32::from(whole.bits);
        Some(whole)
    }

    /// The next byte of data, without the zero that is stuffed behind 0xFF. `None` at a marker.
    fn next_byte(&mut self) -> Option<u8> {
        let byte = *self.input.get(self.at)?;
        if byte != 0xFF {
            self.at += 1;
            return Some(byte);
        }
        let fill = self.input[self.at..].iter().take_while(|&&byte| byte == 0xFF).count();
        (self.input.get(self.at + fill) == Some(&0)).then(|| {
            self.at += fill + 1;
            0xFF
        })
    }

    #[inline(always)]
    fn drop_bits(&mut self, count: u32) -> Result<(), Damage> {
        if count > self.count {
            return Err(Damage::CutShort);
        }
        self.buffer <<= count;
        self.count -= count;
        Ok(())
    }

    /// The next symbol.
    #[inline(always)]
    pub(super) fn symbol(&mut self, codes: &Codes) -> Result<u8, Damage> {
        if self.count < NEEDED {
            self.fill();
        }
        let (length, symbol) = codes.fast[(self.buffer >> (64 - FAST_BITS)) as usize];
        if length != 0 {
            self.drop_bits(length.into())?;
            return Ok(symbol);
        }
        self.long_symbol(codes)
    }

    #[inline(always)]
    fn long_symbol(&mut self, codes: &Codes) -> Result<u8, Damage> {
        let next = (self.buffer >> 48) as u32;
        for length in FAST_BITS + 1..=16 {
            if next < codes.end[length as usize] {
                self.drop_bits(length)?;
                let place = (next >> (16 - length)) as i32 + codes.offset[length as usize];
                return codes.symbols.get(place as usize).copied().ok_or(Damage::Code);
            }
        }
        Err(if self.count < 16 { Damage::CutShort } else { Damage::Code })
    }

    /// A number of at most 16 bits.
    #[inline(always)]
    pub(super) fn number(&mut self, bits: u32) -> Result<u32, Damage> {
        if bits == 0 {
            return Ok(0);
        }
        if self.count < bits {
            self.fill();
        }
        let number = (self.buffer >> (64 - bits)) as u32;
        self.drop_bits(bits)?;
        Ok(number)
    }

    /// A number whose first bit is its sign.
    #[inline(always)]
    pub(super) fn signed(&mut self, bits: u32) -> Result<i32, Damage> {
        Ok(signed(self.number(bits)?, bits))
    }

    pub(super) fn bit(&mut self) -> Result<bool, Damage> {
        Ok(self.number(1)? == 1)
    }

    /// Ends a run of data: the position of the marker behind it, and whether the data ends right before it.
    ///
    /// The last byte is filled with ones (F.1.2.3); some cameras fill it with zeros, and leave further padding or, behind the whole
    /// picture, `max_stray` bytes. Anything else is data that belongs to no block: what was decoded is not what was encoded.
    pub(super) fn end(&mut self, max_stray: u32) -> Result<(usize, bool), Damage> {
        let rest = self.count % 8;
        let padding = self.number(rest)?;
        let ones = (1 << rest) - 1;
        if padding != ones && padding != 0 {
            return Err(Damage::Surplus);
        }
        let (mut bytes, mut is_padding) = (0, true);
        loop {
            let byte = if self.count >= 8 {
                self.number(8)? as u8
            } else {
                let Some(byte) = self.next_byte() else { break };
                byte
            };
            bytes += 1;
            is_padding &= matches!(byte, 0 | 0xFF);
            if bytes > max_stray && !is_padding {
                return Err(Damage::Surplus);
            }
        }
        // Fill bytes before a marker are valid, and rare enough that not every decoder expects them.
        let tidy = padding == ones && bytes == 0 && self.input.get(self.at + 1) != Some(&0xFF);
        Ok((self.at, tidy))
    }

    /// Goes on behind the restart marker that must stand here, the `number`th of its scan. Tells whether nothing stood before it.
    pub(super) fn restart(&mut self, number: u32) -> Result<bool, Damage> {
        let (at, tidy) = self.end(0)?;
        let rest = self.input.get(at..).unwrap_or_default();
        let fill = rest.iter().take_while(|&&byte| byte == 0xFF).count();
        if fill == 0 || rest.get(fill) != Some(&(0xD0 + (number % 8) as u8)) {
            return Err(Damage::Restart);
        }
        *self = Self::new(self.input, at + fill + 1);
        Ok(tidy)
    }
}
