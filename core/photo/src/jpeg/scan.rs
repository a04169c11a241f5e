//! Blocks of coefficients out of a scan's bits (ITU-T T.81, annexes F.2 and G.2).
//!
//! Nothing is made up: a code that does not exist, a number that no picture has, a block too few or too many, and a restart
//! marker out of its order are each a [`Damage`]. A decoder that goes on would show flat colour from there on.

use super::Damage;
use super::bits::{Bits, Codes};
use super::header::{Component, Frame, NATURAL, Scan, Tables};

/// What a camera may leave behind a picture's data.
const MAX_STRAY_BYTES: u32 = 2;

/// Reads the blocks of a scan, in the order in which it holds them.
pub(super) trait Blocks {
    /// One block: of which of the scan's components, and its place in it.
    fn block(&mut self, bits: &mut Bits, part: usize, x: usize, y: usize) -> Result<(), Damage>;
    /// Forgets what was carried from block to block.
    fn restart(&mut self) -> Result<(), Damage>;
    /// A row of units is complete.
    fn row_done(&mut self, _row: usize) -> Result<(), Damage> {
        Ok(())
    }
}

/// Walks over a scan's units. Returns the position of the marker behind it, and whether its data ended there and not before.
pub(super) fn walk(
    bits: &mut Bits,
    scan: &Scan,
    frame: &Frame,
    restart_interval: usize,
    blocks: &mut impl Blocks,
) -> Result<(usize, bool), Damage> {
    // Only one component: its blocks follow each other, and none stands for padding.
    let alone = scan.components.len() == 1;
    let (across, down) = if alone { frame.blocks(&frame.components[scan.components[0].0]) } else { frame.units() };
    let mut until_restart = restart_interval;
    let mut restarts = 0;
    let mut tidy = true;
    for row in 0..down {
        for column in 0..across {
            if restart_interval > 0 {
                if until_restart == 0 {
                    tidy &= bits.restart(restarts)?;
                    blocks.restart()?;
                    restarts += 1;
                    until_restart = restart_interval;
                }
                until_restart -= 1;
            }
            for (part, &(place, ..)) in scan.components.iter().enumerate() {
                let Component { h, v, .. } = frame.components[place];
                let (h, v) = if alone { (1, 1) } else { (h, v) };
                for y in 0..v {
                    for x in 0..h {
                        blocks.block(bits, part, column * h + x, row * v + y)?;
                    }
                }
            }
        }
        blocks.row_done(row)?;
    }
    blocks.restart()?;
    // Cameras write sequential pictures; programs, which write progressive ones, leave nothing there.
    let (end, tidy_end) = bits.end(if frame.progressive { 0 } else { MAX_STRAY_BYTES })?;
    Ok((end, tidy && tidy_end))
}

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
const MAX_AC_BITS: u32 = 10;

/// Decodes the blocks of one component.
pub(super) struct Coder<'a> {
    dc: Option<&'a Codes>,
    ac: Option<&'a Codes>,
    places: [u8; 64],
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

    fn next_dc(&mut self, bits: &mut Bits, low: u8) -> Result<i16, Damage> {
        let length = u32::from(bits.symbol(self.dc.ok_or(Damage::Tables)?)?);
        if length > 11 {
            return Err(Damage::Value);
        }
        self.last_dc += bits.signed(length)?;
        self.within(0, self.last_dc << low, low)
    }

    /// The coefficient, unless no picture has it. With `low` bits to come it may be rounded up that far.
    #[inline]
    fn within(&self, at: usize, value: i32, low: u8) -> Result<i16, Damage> {
        if value.abs() > i32::from(self.limits[at]) + (1 << low) - 1 { Err(Damage::Value) } else { Ok(value as i16) }
    }

    /// Keeps the coefficient if it is one of those that are kept. A block of a plane ends before the place of the others.
    fn set(&self, block: &mut [i16], at: usize, value: i16) {
        if let Some(coefficient) = block.get_mut(usize::from(self.places[at])) {
            *coefficient = value;
        }
    }

    /// A whole block into `block`, which is zero. Tells whether it has more than its DC coefficient.
    pub(super) fn sequential(&mut self, bits: &mut Bits, block: &mut [i16; 65]) -> Result<bool, Damage> {
        block[0] = self.next_dc(bits, 0)?;
        let codes = self.ac.ok_or(Damage::Tables)?;
        let mut at = 1;
        while at < 64 {
            let symbol = bits.symbol(codes)?;
            let (run, length) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            if length == 0 {
                if run != 15 {
                    break;
                }
                at += 16;
                continue;
            }
            at += run;
            if at > 63 || length > MAX_AC_BITS {
                return Err(Damage::Value);
            }
            block[usize::from(self.places[at])] = self.within(at, bits.signed(length)?, 0)?;
            at += 1;
        }
        // One that ends by a run of 16 zeros instead of the end's code.
        if at > 64 { Err(Damage::Value) } else { Ok(at > 1) }
    }
}

/// The coefficients of one component, where they cannot be turned into samples at once.
pub(super) struct Plane {
    /// Blocks in a row, with those that fill the last unit.
    pub across: usize,
    /// Only so many low frequencies are kept in each direction.
    pub edge: usize,
    pub coefficients: Vec<i16>,
    /// Of a progressive picture: a bit for each coefficient that is not zero, kept or not.
    nonzero: Vec<u64>,
    /// For each coefficient the bit position that is known; `UNKNOWN` before its first scan.
    known: [u8; 64],
}

const UNKNOWN: u8 = 255;

impl Plane {
    pub(super) fn bytes(blocks: usize, edge: usize, progressive: bool) -> u64 {
        (blocks * (edge * edge * 2 + if progressive { 8 } else { 0 })) as u64
    }

    pub(super) fn new(across: usize, down: usize, edge: usize, progressive: bool) -> Self {
        let blocks = across * down;
        Self {
            across,
            edge,
            coefficients: vec![0; blocks * edge * edge],
            nonzero: if progressive { vec![0; blocks] } else { Vec::new() },
            known: [UNKNOWN; 64],
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.known.iter().all(|&low| low == 0)
    }

    /// Notes what a scan brings, which must follow on what is known.
    pub(super) fn begin(&mut self, scan: &Scan) -> Result<(), Damage> {
        for known in &mut self.known[scan.band.0..=scan.band.1] {
            let expected = if scan.high == 0 { UNKNOWN } else { scan.high };
            if *known != expected {
                return Err(Damage::Scans);
            }
            *known = scan.low;
        }
        Ok(())
    }

    pub(super) fn block(&self, x: usize, y: usize) -> &[i16] {
        let size = self.edge * self.edge;
        let at = (y * self.across + x) * size;
        &self.coefficients[at..at + size]
    }
}

/// A sequential scan into planes.
pub(super) struct Stored<'a> {
    pub coders: Vec<Coder<'a>>,
    pub planes: &'a mut [Option<Plane>],
    pub places: Vec<usize>,
}

impl Blocks for Stored<'_> {
    fn block(&mut self, bits: &mut Bits, part: usize, x: usize, y: usize) -> Result<(), Damage> {
        let plane = self.planes[self.places[part]].as_mut().ok_or(Damage::Scans)?;
        let mut block = [0; 65];
        self.coders[part].sequential(bits, &mut block)?;
        let size = plane.edge * plane.edge;
        let at = (y * plane.across + x) * size;
        plane.coefficients[at..at + size].copy_from_slice(&block[..size]);
        Ok(())
    }

    fn restart(&mut self) -> Result<(), Damage> {
        self.coders.iter_mut().for_each(Coder::restart);
        Ok(())
    }
}

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
        let nonzero = &mut plane.nonzero[index];
        let low = self.scan.low;
        match (self.scan.band.0, self.scan.high) {
            (0, 0) => block[0] = coder.next_dc(bits, low)?,
            (0, _) => block[0] |= i16::from(bits.bit()?) << low,
            (_, 0) => first(bits, coder, self.scan, block, nonzero, &mut self.end_of_band)?,
            _ => refine(bits, coder, self.scan, block, nonzero, &mut self.end_of_band)?,
        }
        Ok(())
    }

    fn restart(&mut self) -> Result<(), Damage> {
        self.coders.iter_mut().for_each(Coder::restart);
        if self.end_of_band == 0 { Ok(()) } else { Err(Damage::Surplus) }
    }
}

/// The first bits of a band's coefficients.
fn first(
    bits: &mut Bits,
    coder: &Coder,
    scan: &Scan,
    block: &mut [i16],
    nonzero: &mut u64,
    end_of_band: &mut u32,
) -> Result<(), Damage> {
    if *end_of_band > 0 {
        *end_of_band -= 1;
        return Ok(());
    }
    let codes = coder.ac.ok_or(Damage::Tables)?;
    let (mut at, last) = scan.band;
    while at <= last {
        let symbol = bits.symbol(codes)?;
        let (run, length) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        if length == 0 {
            if run < 15 {
                *end_of_band = (1 << run) - 1 + bits.number(run as u32)?;
                return Ok(());
            }
            at += 16;
            continue;
        }
        at += run;
        if at > last || length + u32::from(scan.low) > MAX_AC_BITS + 1 {
            return Err(Damage::Value);
        }
        let value = coder.within(at, bits.signed(length)? << scan.low, scan.low)?;
        *nonzero |= 1 << at;
        coder.set(block, at, value);
        at += 1;
    }
    if at > last + 1 { Err(Damage::Value) } else { Ok(()) }
}

/// One more bit of a band's coefficients (figure G.7).
fn refine(
    bits: &mut Bits,
    coder: &Coder,
    scan: &Scan,
    block: &mut [i16],
    nonzero: &mut u64,
    end_of_band: &mut u32,
) -> Result<(), Damage> {
    let codes = coder.ac.ok_or(Damage::Tables)?;
    let (mut at, last) = scan.band;
    let one = 1_i16 << scan.low;
    if *end_of_band == 0 {
        while at <= last {
            let symbol = bits.symbol(codes)?;
            let (mut run, length) = (usize::from(symbol >> 4), symbol & 15);
            let value = match length {
                0 if run < 15 => {
                    *end_of_band = (1 << run) + bits.number(run as u32)?;
                    break;
                }
                0 => 0,
                1 if bits.bit()? => one,
                1 => -one,
                _ => return Err(Damage::Value),
            };
            loop {
                if at > last {
                    // A run of zeros may end at the band's end; a coefficient behind it may not stand.
                    if value != 0 || run > 0 {
                        return Err(Damage::Value);
                    }
                    break;
                }
                if *nonzero >> at & 1 == 1 {
                    correct(bits, coder, block, at, one)?;
                    at += 1;
                    continue;
                }
                at += 1;
                if run == 0 {
                    if value != 0 {
                        *nonzero |= 1 << (at - 1);
                        coder.set(block, at - 1, value);
                    }
                    break;
                }
                run -= 1;
            }
        }
    }
    if *end_of_band > 0 {
        for at in at..=last {
            if *nonzero >> at & 1 == 1 {
                correct(bits, coder, block, at, one)?;
            }
        }
        *end_of_band -= 1;
    }
    Ok(())
}

/// The correction bit of a coefficient that is not zero.
fn correct(bits: &mut Bits, coder: &Coder, block: &mut [i16], at: usize, one: i16) -> Result<(), Damage> {
    if bits.bit()?
        && let Some(value) = block.get_mut(usize::from(coder.places[at]))
        && *value & one == 0
    {
        *value = value.wrapping_add(if *value < 0 { -one } else { one });
    }
    Ok(())
}
