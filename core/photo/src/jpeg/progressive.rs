//! Progressive scans: coefficients come band by band and bit by bit (ITU-T T.81, annex G.2).

use super::Damage;
use super::bits::Bits;
use super::coder::{Coder, MAX_AC_BITS};
use super::header::Scan;
use super::planes::Plane;
use super::scan::Blocks;

/// A progressive scan into planes.
pub(super) struct Progressive<'a> {
    pub coders: Vec<Coder<'a>>,
    pub planes: &'a mut [Option<Plane>],
    pub places: Vec<usize>,
    pub scan: &'a Scan,
    /// So many blocks follow that have no further coefficient in this band.
    pub end_of_band: u32,
}

impl Blocks for Progressive<'_> {
    fn block(&mut self, bits: &mut Bits, part: usize, x: usize, y: usize) -> Result<(), Damage> {
        let plane = self.planes[self.places[part]].as_mut().ok_or(Damage::Scans)?;
        let coder = &mut self.coders[part];
        let index = y * plane.across + x;
        let size = plane.edge * plane.edge;
        let block = &mut plane.coefficients[index * size..(index + 1) * size];
        let (scan, low) = (self.scan, self.scan.low);
        match (scan.band.0, scan.high) {
            (0, 0) => block[0] = coder.next_dc(bits, low)?,
            (0, _) => block[0] |= i16::from(bits.bit()?) << low,
            (_, high) => {
                let nonzero = &mut plane.nonzero[index];
                let mut band = Band { bits, coder, scan, block, nonzero, end_of_band: &mut self.end_of_band };
                if high == 0 { band.first()? } else { band.refine()? }
            }
        }
        Ok(())
    }

    fn restart(&mut self) -> Result<(), Damage> {
        self.coders.iter_mut().for_each(Coder::restart);
        // A band may not end behind the scan or the restart marker.
        if self.end_of_band == 0 { Ok(()) } else { Err(Damage::Surplus) }
    }
}

/// One block's coefficients of a band.
struct Band<'a, 'bits> {
    bits: &'a mut Bits<'bits>,
    coder: &'a Coder<'a>,
    scan: &'a Scan,
    block: &'a mut [i16],
    /// A bit for each coefficient that is not zero.
    nonzero: &'a mut u64,
    end_of_band: &'a mut u32,
}

impl Band<'_, '_> {
    /// How many zeros come next, and how many bits has the coefficient behind them; none if it is a zero too. `None` where the
    /// band ends: in this block, and in others that are counted with it.
    fn next(&mut self) -> Result<Option<(usize, u32)>, Damage> {
        let symbol = self.bits.symbol(self.coder.ac.ok_or(Damage::Tables)?)?;
        let (run, length) = (symbol >> 4, u32::from(symbol & 15));
        if length == 0 && run < 15 {
            *self.end_of_band = (1 << run) + self.bits.number(run.into())?;
            return Ok(None);
        }
        Ok(Some((run.into(), length)))
    }

    /// The first bits of the coefficients.
    fn first(&mut self) -> Result<(), Damage> {
        let (mut at, last) = self.scan.band;
        while *self.end_of_band == 0 && at <= last {
            let Some((zeros, length)) = self.next()? else { break };
            at += zeros;
            if length > 0 {
                if at > last || length + u32::from(self.scan.low) > MAX_AC_BITS + 1 {
                    return Err(Damage::Value);
                }
                let value = self.bits.signed(length)? << self.scan.low;
                let value = self.coder.within(at, value, self.scan.low)?;
                *self.nonzero |= 1 << at;
                self.coder.set(self.block, at, value);
            }
            at += 1;
        }
        *self.end_of_band = self.end_of_band.saturating_sub(1);
        if at > last + 1 { Err(Damage::Value) } else { Ok(()) }
    }

    /// One more bit of the coefficients (figure G.7).
    fn refine(&mut self) -> Result<(), Damage> {
        let (mut at, last) = self.scan.band;
        while *self.end_of_band == 0 && at <= last {
            let Some((mut zeros, length)) = self.next()? else { break };
            let value = match length {
                0 => 0,
                1 if self.bits.bit()? => self.one(),
                1 => -self.one(),
                _ => return Err(Damage::Value),
            };
            loop {
                if at > last {
                    // A run of zeros may end at the band's end; a coefficient behind it may not stand.
                    if value != 0 || zeros > 0 {
                        return Err(Damage::Value);
                    }
                    break;
                }
                let known = self.correct(at)?;
                at += 1;
                if known {
                    continue;
                }
                if zeros == 0 {
                    if value != 0 {
                        *self.nonzero |= 1 << (at - 1);
                        self.coder.set(self.block, at - 1, value);
                    }
                    break;
                }
                zeros -= 1;
            }
        }
        if *self.end_of_band > 0 {
            for at in at..=last {
                self.correct(at)?;
            }
            *self.end_of_band -= 1;
        }
        Ok(())
    }

    /// The bit that this scan brings.
    fn one(&self) -> i16 {
        1 << self.scan.low
    }

    /// Reads the correction bit of a coefficient that is not zero. Tells whether it is one.
    fn correct(&mut self, at: usize) -> Result<bool, Damage> {
        if *self.nonzero >> at & 1 == 0 {
            return Ok(false);
        }
        let one = self.one();
        if self.bits.bit()?
            && let Some(value) = self.block.get_mut(usize::from(self.coder.places[at]))
            && *value & one == 0
        {
            *value = value.wrapping_add(if *value < 0 { -one } else { one });
        }
        Ok(true)
    }
}
