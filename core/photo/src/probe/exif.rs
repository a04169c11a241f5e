//! The orientation in an EXIF block (EXIF 2.32, TIFF 6.0), as strict and as careless programs write it.

use image::metadata::Orientation;

/// The tag's number.
const ORIENTATION: u16 = 0x0112;

/// A type's number (TIFF 6.0, page 16).
const FLOAT: u16 = 11;

/// A directory of a camera has some twenty entries.
const MAX_ENTRIES: usize = 1000;

/// The orientation, where the block states one of the eight that exist.
///
/// The block may begin with `Exif` and two bytes, which are not zeros everywhere. The value may be stored as any whole number,
/// in its place or behind an offset. Only the first directory counts: the second one is about the thumbnail.
pub(super) fn orientation(block: &[u8]) -> Option<Orientation> {
    let block = match block.get(..4) {
        Some(name) if name.eq_ignore_ascii_case(b"exif") => block.get(6..)?,
        _ => block,
    };
    let big_endian = match block.get(..4)? {
        [b'M', b'M', 0, 42] => true,
        [b'I', b'I', 42, 0] => false,
        _ => return None,
    };
    let tiff = Tiff { block, big_endian };
    let directory = tiff.u32(4)? as usize;
    let entries = usize::from(tiff.u16(directory)?).min(MAX_ENTRIES);
    (0..entries).find_map(|entry| {
        let at = directory.checked_add(2 + 12 * entry)?;
        if tiff.u16(at)? == ORIENTATION { tiff.value(at) } else { None }
    })
}

/// Whether a JPEG's APP1 segment is EXIF.
pub(super) fn is_exif(payload: &[u8]) -> bool {
    payload.get(..5).is_some_and(|name| name[..4].eq_ignore_ascii_case(b"exif") && name[4] == 0)
}

struct Tiff<'a> {
    block: &'a [u8],
    big_endian: bool,
}

impl Tiff<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = super::array(self.block, at)?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = super::array(self.block, at)?;
        Some(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// The value of the entry at `at`: as its type says, or else in the width that gives one of the eight.
    fn value(&self, at: usize) -> Option<Orientation> {
        let (kind, count) = (self.u16(at + 2)?, self.u32(at + 4)?);
        let unit = match kind {
            1 | 2 | 6 | 7 => 1,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            // SHORT, as it should be, and types that do not exist.
            _ => 2,
        };
        let place = at + 8;
        // What does not fit into four bytes stands elsewhere.
        let stored = if count.max(1).saturating_mul(unit) > 4 { self.u32(place)? as usize } else { place };
        let byte = || self.block.get(stored).map(|&byte| u32::from(byte));
        let short = || self.u16(stored).map(u32::from);
        let long = || self.u32(stored);
        let digit = || byte().and_then(|byte| byte.checked_sub(u32::from(b'0')));
        let known = |value: Option<u32>| Orientation::from_exif(u8::try_from(value?).ok()?);
        match unit {
            1 => known(byte()).or_else(|| known(digit())).or_else(|| known(short())).or_else(|| known(long())),
            2 => known(short()).or_else(|| known(long())),
            _ if kind == FLOAT => known(long().map(|bits| f32::from_bits(bits) as u32)),
            _ => known(long()).or_else(|| known(short())),
        }
    }
}
