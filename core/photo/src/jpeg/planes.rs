//! Coefficients that are kept until the last scan, and sequential scans of them.

use super::Damage;
use super::bits::Bits;
use super::coder::Coder;
use super::header::Scan;
use super::scan::Blocks;

/// The coefficients of one component, where they cannot be turned into samples at once.
pub(super) struct Plane {
    /// Blocks in a row, with those that fill the last unit.
    pub across: usize,
    /// Only so many low frequencies are kept in each direction.
    pub edge: usize,
    pub coefficients: Vec<i16>,
    /// Of a progressive picture: a bit for each coefficient that is not zero, kept or not.
    pub(super) nonzero: Vec<u64>,
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
