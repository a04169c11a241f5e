//! The coefficients of one block out of a scan's bits (ITU-T T.81, annex F.2).
//!
//! A code that does not exist and a number that no picture has are each a [`Damage`]. Decoders that go on after one show flat
//! colour from there on.

use super::Damage;
use super::bits::{Bits, Codes, END, Whole};
use super::header::{NATURAL, Tables};

/// For each coefficient in the order of storage, its place in rows of `edge`; 64 for those that are left out.
fn places(edge: usize) -> [u8; 64] {
    NATURAL.map(|natural| {
        let (v, u) = (usize::from(natural) / 8, usize::from(natural) % 8);
        if v < edge && u < edge { (v * edge + u) as u8 } else { 64 }
    })
}

/// The largest coefficient that eight-bit samples can have, in quantisation steps, with room for an encoder's rounding.
fn limit(step: u16) -> i16 {
    1024 / step.clamp(1, 1024) as i16 + 2
}

/// No AC coefficient of eight-bit samples has more bits.
pub(super) const MAX_AC_BITS: u32 = 10;

/// Decodes the blocks of one component.
pub(super) struct Coder<'a> {
    dc: Option<&'a Codes>,
    pub(super) ac: Option<&'a Codes>,
    pub(super) places: [u8; 64],
    /// The largest coefficients, in the order of storage.
    limits: [i16; 64],
    /// The DC coefficient of the block before.
    last_dc: i32,
}

impl<'a> Coder<'a> {
    pub(super) fn new(tables: &'a Tables, (_, dc, ac): (usize, usize, usize), edge: usize, steps: &[u16; 64]) -> Self {
        let table = |tables: &'a [Option<Codes>; 4], at: usize| tables.get(at).and_then(Option::as_ref);
        Self {
            dc: table(&tables.dc, dc),
            ac: table(&tables.ac, ac),
            places: places(edge),
            limits: NATURAL.map(|natural| limit(steps[usize::from(natural)])),
            last_dc: 0,
        }
    }

    pub(super) fn restart(&mut self) {
        self.last_dc = 0;
    }

    #[inline(always)]
    pub(super) fn next_dc(&mut self, bits: &mut Bits, low: u8) -> Result<i16, Damage> {
        let length = u32::from(bits.symbol(self.dc.ok_or(Damage::Tables)?)?);
        if length > 11 {
            return Err(Damage::Value);
        }
        self.last_dc += bits.signed(length)?;
        self.within(0, self.last_dc << low, low)
    }

    /// The coefficient, unless no picture has it. With `low` bits to come it may be rounded up that far.
    #[inline(always)]
    pub(super) fn within(&self, at: usize, value: i32, low: u8) -> Result<i16, Damage> {
        if value.abs() > i32::from(self.limits[at]) + (1 << low) - 1 { Err(Damage::Value) } else { Ok(value as i16) }
    }

    /// Keeps the coefficient if it is one of those that are kept. A block of a plane ends before the place of the others.
    pub(super) fn set(&self, block: &mut [i16], at: usize, value: i16) {
        if let Some(coefficient) = block.get_mut(usize::from(self.places[at])) {
            *coefficient = value;
        }
    }

    /// A whole block into `block`, which is zero. Tells whether it has more than its DC coefficient.
    pub(super) fn sequential(&mut self, bits: &mut Bits, block: &mut [i16; 65]) -> Result<bool, Damage> {
        let mut copy = *bits;
        let has_ac = self.sequential_from(&mut copy, block);
        *bits = copy;
        has_ac
    }

    #[inline(always)]
    fn sequential_from(&mut self, bits: &mut Bits, block: &mut [i16; 65]) -> Result<bool, Damage> {
        block[0] = self.next_dc(bits, 0)?;
        let codes = self.ac.ok_or(Damage::Tables)?;
        let mut at = 1;
        while at < 64 {
            let (zeros, value) = match bits.whole(codes) {
                Some(Whole { zeros: END, .. }) => break,
                Some(whole) => (usize::from(whole.zeros), i32::from(whole.value)),
                None => {
                    let symbol = bits.symbol(codes)?;
                    let (zeros, length) = (usize::from(symbol >> 4), u32::from(symbol & 15));
                    if length == 0 {
                        if zeros != 15 {
                            break;
                        }
                        at += 16;
                        continue;
                    }
                    if length > MAX_AC_BITS {
                        return Err(Damage::Value);
                    }
                    (zeros, bits.signed(length)?)
                }
            };
            at += zeros;
            if at > 63 {
                return Err(Damage::Value);
            }
            block[usize::from(self.places[at])] = self.within(at, value, 0)?;
            at += 1;
        }
        // One that ends by a run of 16 zeros instead of the end's code.
        if at > 64 { Err(Damage::Value) } else { Ok(at > 1) }
    }
}
