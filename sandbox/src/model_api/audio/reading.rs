//! Reads numbers and RIFF chunks from untrusted bytes.

use std::time::Duration;

/// The duration of a number of units.
pub(super) fn duration_of(units: u64, per_second: u64) -> Option<Duration> {
    let seconds = units.checked_div(per_second)?;
    let nanoseconds = u128::from(units % per_second) * 1_000_000_000 / u128::from(per_second);
    Some(Duration::new(seconds, nanoseconds as u32))
}

/// The names and bytes of a RIFF list's chunks. The last ends with the file, if it is cut off.
pub(super) fn riff_chunks(mut rest: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let (name, size) = (rest.get(..4)?, u32::from_le_bytes(array(rest, 4)?) as usize);
        let body = &rest[8..];
        let (chunk, after) = body.split_at(size.min(body.len()));
        rest = after.get(size % 2..).unwrap_or_default();
        Some((name, chunk))
    })
}

/// `N` bytes from there.
pub(super) fn array<const N: usize>(bytes: &[u8], from: usize) -> Option<[u8; N]> {
    bytes.get(from..)?.first_chunk().copied()
}
