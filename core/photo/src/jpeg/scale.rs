//! At which fraction of its size a picture is decoded, and its colour.

use super::header::{Component, Frame};

/// How large each component is decoded.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    /// Samples for eight pixels.
    pub samples: usize,
    /// Whether the two colour components are decoded at half the resolution of the first, and stay apart from it.
    pub half_colour: bool,
}

impl Scale {
    /// The smallest fraction that is not below the target. `half_colour`: if the sampling factors allow it.
    pub(super) fn new(frame: &Frame, target: (u32, u32), half_colour: bool) -> Self {
        let reaches = |samples: usize| {
            scaled(frame.width, samples) >= target.0 as usize && scaled(frame.height, samples) >= target.1 as usize
        };
        let samples = [1, 2, 4].into_iter().find(|&samples| reaches(samples)).unwrap_or(8);
        let halved = Self { samples, half_colour: true };
        if half_colour && halved.is_possible(frame) { halved } else { Self { samples, half_colour: false } }
    }

    fn is_possible(self, frame: &Frame) -> bool {
        let first = &frame.components[0];
        (first.h, first.v) == (frame.h_max, frame.v_max)
            && (frame.h_max * self.samples).is_multiple_of(2)
            && (frame.v_max * self.samples).is_multiple_of(2)
            && (1..frame.components.len()).all(|place| self.surplus(frame, place).is_some())
    }

    /// Samples an edge for a block of a component.
    pub(super) fn edge(self, frame: &Frame, place: usize) -> usize {
        let Component { h, v, .. } = frame.components[place];
        if self.half_colour && place > 0 {
            let enough =
                |edge: usize| 2 * h * edge >= frame.h_max * self.samples && 2 * v * edge >= frame.v_max * self.samples;
            return [1, 2, 4].into_iter().find(|&edge| enough(edge)).unwrap_or(8);
        }
        // A component that was sampled at a lower rate is decoded at a higher fraction instead of being stretched.
        let most = (self.samples * (frame.h_max / h).min(frame.v_max / v)).min(8);
        [8, 4, 2].into_iter().find(|&edge| edge <= most).unwrap_or(1)
    }

    /// How many decoded samples, across and down, make one at half the resolution: 1 or 2.
    pub(super) fn surplus(self, frame: &Frame, place: usize) -> Option<(usize, usize)> {
        let Component { h, v, .. } = frame.components[place];
        let edge = self.edge(frame, place);
        let ratio = |factor: usize, most: usize| {
            [1, 2].into_iter().find(|&ratio| 2 * factor * edge == ratio * most * self.samples)
        };
        Some((ratio(h, frame.h_max)?, ratio(v, frame.v_max)?))
    }

    /// The size of the decoded picture.
    pub(super) fn size(self, frame: &Frame) -> (usize, usize) {
        (scaled(frame.width, self.samples), scaled(frame.height, self.samples))
    }
}

/// The largest fraction of a picture that is at most a sixteenth smaller than `target`, and not larger.
///
/// Print stays as legible, and nothing has to be resampled: half of 4032 × 3024 is 2016 × 1512.
pub(in super::super) fn close_fraction((width, height): (u32, u32), target: (u32, u32)) -> Option<(u32, u32)> {
    let is_close = |edge: u32, target: u32| edge <= target && u64::from(edge) * 16 >= u64::from(target) * 15;
    let size = |samples: usize| (scaled(width as usize, samples) as u32, scaled(height as usize, samples) as u32);
    [4, 2, 1].map(size).into_iter().find(|size| is_close(size.0, target.0) && is_close(size.1, target.1))
}

/// The samples of an edge, decoded at `samples` for eight pixels.
fn scaled(pixels: usize, samples: usize) -> usize {
    (pixels * samples).div_ceil(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    // A phone's photos of 12 and 48 megapixels are decoded at the size of their upload
    #[test]
    fn close_fractions_are_taken_and_no_others() {
        for (size, target, expected) in [
            ((4032, 3024), (2048, 1536), Some((2016, 1512))),
            ((3000, 4000), (1536, 2048), Some((1500, 2000))),
            ((8064, 6048), (2048, 1536), Some((2016, 1512))),
            ((16_384, 12_288), (2048, 1536), Some((2048, 1536))),
            ((3264, 2448), (2048, 1536), None),
            ((4608, 3456), (2048, 1536), None),
            ((3838, 2878), (2048, 1536), None),
            ((2048, 1536), (2048, 1536), None),
            ((65_535, 1), (2048, 1), None),
        ] {
            assert_eq!(close_fraction(size, target), expected, "{size:?}");
        }
    }
}
