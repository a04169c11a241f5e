//! The order of a scan's blocks (ITU-T T.81, annex A.2) and the restart markers between them.

use super::Damage;
use super::bits::Bits;
use super::header::{Component, Frame, Scan};

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
    // Only one component: its blocks follow each other, without padding.
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
