//! The duration of MPEG audio, layers I to III. No header states it: the frames are counted.

use std::time::Duration;

use super::reading::{array, duration_of};

/// A stream that was cut out of another begins with part of a frame. No frame is larger.
const MAX_BEFORE_FIRST_FRAME: usize = 2048;

/// Thousands of bits a second.
const MPEG_1_LAYER_1: [u32; 14] = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const MPEG_1_LAYER_2: [u32; 14] = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const MPEG_1_LAYER_3: [u32; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG_2_LAYER_1: [u32; 14] = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const MPEG_2_LAYERS_2_AND_3: [u32; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

struct Frame<'a> {
    duration: Duration,
    bytes: &'a [u8],
    after: &'a [u8],
}

impl<'a> Frame<'a> {
    /// The frame that `rest` begins with, if it is complete.
    fn first(rest: &'a [u8]) -> Option<Self> {
        let head = u32::from_be_bytes(array(rest, 0)?);
        let bits = |from: u32, count: u32| head >> from & ((1 << count) - 1);
        if bits(21, 11) != 0x7ff {
            return None;
        }
        // MPEG-2 halves the rates of MPEG-1, and 2.5 halves them again.
        let halved = match bits(19, 2) {
            0b11 => 0,
            0b10 => 1,
            0b00 => 2,
            _ => return None,
        };
        let layer = 4 - bits(17, 2);
        let kilobits = match (halved, layer) {
            (0, 1) => &MPEG_1_LAYER_1,
            (0, 2) => &MPEG_1_LAYER_2,
            (0, 3) => &MPEG_1_LAYER_3,
            (_, 1) => &MPEG_2_LAYER_1,
            (_, 2 | 3) => &MPEG_2_LAYERS_2_AND_3,
            _ => return None,
        };
        let kilobits = *kilobits.get(bits(12, 4).checked_sub(1)? as usize)?;
        let samples_per_second = *[44_100_u32, 48_000, 32_000].get(bits(10, 2) as usize)? >> halved;
        let (samples, bytes_per_slot) = match layer {
            1 => (384, 4),
            3 if halved > 0 => (576, 1),
            _ => (1152, 1),
        };
        let slots = samples / 8 / bytes_per_slot * kilobits * 1000 / samples_per_second + bits(9, 1);
        let (bytes, after) = rest.split_at_checked((slots * bytes_per_slot) as usize)?;
        Some(Self { duration: duration_of(samples.into(), samples_per_second.into())?, bytes, after })
    }

    /// Whether another frame follows: a single one may be bytes that look like a frame by chance.
    fn is_followed(&self) -> bool {
        self.after.is_empty() || Self::first(self.after).is_some()
    }

    /// Whether it has no sound but the encoder's information about the file. Its place depends on the version and the channels.
    fn is_information(&self) -> bool {
        [13, 21, 36]
            .into_iter()
            .any(|at| array(self.bytes, at).is_some_and(|name| [*b"Xing", *b"Info", *b"VBRI"].contains(&name)))
    }
}

pub(super) fn duration(file: &[u8]) -> Option<Duration> {
    let first = |at: usize| Frame::first(file.get(at..)?).filter(Frame::is_followed);
    let first = (0..MAX_BEFORE_FIRST_FRAME).find_map(first)?;
    let mut duration = if first.is_information() { Duration::ZERO } else { first.duration };
    let (mut rest, mut in_step) = (first.after, true);
    while !rest.is_empty() {
        // Bytes that are no frame are skipped: tags at the end, or anything where two files were joined.
        let frame = Frame::first(rest).filter(|frame| in_step || frame.is_followed());
        in_step = frame.is_some();
        rest = frame.as_ref().map_or(&rest[1..], |frame| frame.after);
        duration += frame.map_or(Duration::ZERO, |frame| frame.duration);
    }
    Some(duration)
}
