//! The prefix codes of a lossless WebP bitstream (RFC 9649, section 3.7.2), and what the decoder takes for them.

/// No code is longer.
const MAX_CODE_BITS: usize = 15;

/// The decoder's table has an entry for each number of at most this many bits.
const TABLE_BITS: usize = 10;

/// Bytes of such an entry, and of the nodes for each longer code.
const TABLE_ENTRY: u64 = 4;
const LONG_CODE: u64 = 2 * 16;

/// A prefix code.
pub(super) enum Code {
    Single(u16),
    /// How many codes each length has, and the symbols in their order.
    Table {
        counts: [u16; MAX_CODE_BITS + 1],
        symbols: Vec<u16>,
    },
}

fn counts(lengths: &[u8]) -> [u16; MAX_CODE_BITS + 1] {
    let mut counts = [0; MAX_CODE_BITS + 1];
    for &length in lengths.iter().filter(|length| **length > 0) {
        counts[usize::from(length)] += 1;
    }
    counts
}

impl Code {
    pub(super) fn of_two(first: u16, second: u16) -> Self {
        Self::Table { counts: counts(&[1, 1]), symbols: vec![first, second] }
    }

    /// `None` unless the lengths fill all codes exactly.
    pub(super) fn of(lengths: &[u8]) -> Option<Self> {
        let counts = counts(lengths);
        // Where the symbols of each length begin.
        let (mut places, mut total, mut used) = ([0; MAX_CODE_BITS + 1], 0, 0_u32);
        for length in 1..=MAX_CODE_BITS {
            places[length] = total;
            total += usize::from(counts[length]);
            used += u32::from(counts[length]) << (MAX_CODE_BITS - length);
        }
        let mut symbols = vec![0; total];
        for (symbol, &length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
            let place = &mut places[usize::from(length)];
            symbols[*place] = symbol as u16;
            *place += 1;
        }
        if let [only] = symbols[..] {
            return Some(Self::Single(only));
        }
        (used == 1 << MAX_CODE_BITS).then_some(Self::Table { counts, symbols })
    }

    /// What the decoder takes for it.
    pub(super) fn bytes(&self) -> u64 {
        let Self::Table { counts, .. } = self else { return 0 };
        let longest = counts.iter().rposition(|&count| count > 0).unwrap_or(0);
        let long: u64 = counts[TABLE_BITS + 1..].iter().map(|&count| u64::from(count)).sum();
        // Three nodes of the shortest table.
        (TABLE_ENTRY << longest.min(TABLE_BITS)) + LONG_CODE * long.max(2)
    }
}
