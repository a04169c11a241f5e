//! A long photo in parts: a shop's paper tape, or a screenshot of a whole page.
//!
//! Shrunk to one upload, 1080 × 12000 pixels become 184 × 2048, and the print cannot be read. Such a photo is cut
//! across its longer edge into parts that overlap, so that each line stands whole in one of them.

use fast_image_resize::ResizeError;
use image::metadata::Orientation;

use super::colour::Conversion;
use super::encode::MaxBytes;
use super::measures::PhotoMeasures;
use super::memory::Goal;
use super::picture::{self, Area, Picture};
use super::probe::Facts;
use super::raster::Raster;
use super::ycc::{self, Ycc};
use super::{
    ImageFormat, PhotoError, PhotoLimits, PreparedPhoto, decode, encode, finished, prepare_probed, probe_within,
    upload_size,
};

/// The shorter edge of a part, in pixels, if the photo has as many. A line of 48 characters then has 32 for each.
const PART_WIDTH: u32 = 1536;

/// Below this shorter edge a receipt's print is no longer read.
const MIN_READABLE_WIDTH: u32 = 640;

/// A photo whose shorter edge is still this in one upload is not cut.
const COMFORTABLE_WIDTH: u32 = 864;

/// Parts of one photo in a call.
const MAX_PARTS: u32 = 8;

/// What neighbouring parts share: four to eight lines of print.
const OVERLAP: u32 = 200;

/// All parts together, as a multiple of what one upload may have.
const MAX_TOTAL: usize = 5;

/// The parts of a photo: one, or those of a long one from top to bottom (from left to right where it lies).
///
/// # Errors
/// As [`prepare`](super::prepare); [`PhotoError::TooLong`] where the print would be too small in as many parts as one call takes.
pub fn prepare_parts(input: &[u8], limits: &PhotoLimits) -> Result<Vec<PreparedPhoto>, PhotoError> {
    prepare_looking(input, limits, |_, _| ())
}

/// The same, and how the photo looks, from the same decoded pixels.
///
/// # Errors
/// As [`prepare_parts`].
pub fn prepare_parts_measured(
    input: &[u8],
    limits: &PhotoLimits,
) -> Result<(Vec<PreparedPhoto>, PhotoMeasures), PhotoError> {
    let mut measured = None;
    let parts = prepare_looking(input, limits, |picture, size| measured = Some(PhotoMeasures::of(picture, size)))?;
    // A photo with parts was decoded.
    measured.map(|measured| (parts, measured)).ok_or(PhotoError::Empty)
}

/// Measures a photo as it would be uploaded, and uploads nothing.
///
/// # Errors
/// As [`prepare_parts`].
pub fn measure(input: &[u8], limits: &PhotoLimits) -> Result<PhotoMeasures, PhotoError> {
    let (format, facts) = probe_within(input, limits)?;
    let decoded = decode::decode(format, input, &facts, goal(format, &facts, limits)?, limits)?;
    Ok(PhotoMeasures::of(decoded.raster.brightness(), (facts.width, facts.height)))
}

/// What decoding this photo is for.
fn goal(format: ImageFormat, facts: &Facts, limits: &PhotoLimits) -> Result<Goal, PhotoError> {
    let (width, height) = picture::upright_size(facts.width, facts.height, facts.orientation);
    Ok(match Plan::of(width, height, limits)? {
        Some(plan) => plan.goal(facts.orientation),
        None => Goal::whole(upload_size(format, facts, limits)),
    })
}

/// Prepares the parts; `look` is shown the decoded picture, and the size that the file's picture has.
fn prepare_looking(
    input: &[u8],
    limits: &PhotoLimits,
    look: impl FnOnce(&Picture, (u32, u32)),
) -> Result<Vec<PreparedPhoto>, PhotoError> {
    let (format, facts) = probe_within(input, limits)?;
    let look = |picture: &Picture| look(picture, (facts.width, facts.height));
    let (width, height) = picture::upright_size(facts.width, facts.height, facts.orientation);
    let Some(plan) = Plan::of(width, height, limits)? else {
        return Ok(vec![prepare_probed(format, &facts, input, limits, look)?]);
    };
    let goal = plan.goal(facts.orientation);
    let size = goal.size;
    let decoded = decode::decode(format, input, &facts, goal, limits)?;
    look(decoded.raster.brightness());
    let conversion = Conversion::to_srgb(decoded.profile.as_deref().unwrap_or(&facts.profile));
    let max_bytes = limits.max_bytes.min(limits.max_bytes.saturating_mul(MAX_TOTAL) / plan.count as usize);
    let part = |number: u32| {
        let piece = plan.stored_span(number, facts.orientation);
        let piece =
            piece_of(&decoded.raster, size, piece).map_err(|error| PhotoError::corrupt(format, &error.to_string()))?;
        let upright = finished(piece, conversion.as_ref(), facts.orientation);
        let (bytes, part_width, part_height) =
            encode::encode(&upright, MaxBytes { wanted: max_bytes, most: max_bytes })?;
        if part_width.min(part_height) < MIN_READABLE_WIDTH.min(width.min(height)) {
            return Err(PhotoError::TooLong { width, height });
        }
        Ok(PreparedPhoto {
            bytes: bytes.into(),
            format: ImageFormat::Jpeg,
            width: part_width,
            height: part_height,
            original_width: width,
            original_height: height,
            re_encoded: true,
        })
    };
    (0..plan.count).map(part).collect()
}

/// How a long photo is cut.
#[derive(Debug, PartialEq)]
struct Plan {
    /// The whole picture, upright, before it is cut.
    size: (u32, u32),
    count: u32,
    /// The length of a part along the longer edge.
    length: u32,
}

impl Plan {
    /// `None` if one upload shows the photo well enough.
    fn of(width: u32, height: u32, limits: &PhotoLimits) -> Result<Option<Self>, PhotoError> {
        let max_edge = limits.max_edge.clamp(1, encode::MAX_EDGE);
        let (long, short) = (width.max(height), width.min(height));
        let fitted = u64::from(short) * u64::from(max_edge) / u64::from(long);
        if long <= max_edge || fitted >= u64::from(COMFORTABLE_WIDTH.min(short - short / 10)) {
            return Ok(None);
        }
        if max_edge <= 4 * OVERLAP {
            // Uploads as small as that are thumbnails.
            return Ok(None);
        }
        let step = max_edge - OVERLAP;
        let most = u64::from(MAX_PARTS * step + OVERLAP);
        // As wide as is useful, or as fits into so many parts.
        let wide = u64::from(short.min(PART_WIDTH)).min(most * u64::from(short) / u64::from(long));
        if wide < u64::from(MIN_READABLE_WIDTH.min(short)) {
            return Err(PhotoError::TooLong { width, height });
        }
        let longer = u64::from(long) * wide / u64::from(short);
        let (wide, longer) = (wide as u32, longer as u32);
        let count = (longer.saturating_sub(OVERLAP)).div_ceil(step).max(1);
        let length = (longer + OVERLAP * (count - 1)).div_ceil(count);
        let size = if width >= height { (longer, wide) } else { (wide, longer) };
        Ok(Some(Self { size, count, length }))
    }

    /// What decoding is for, in pixels as they are stored.
    fn goal(&self, orientation: Orientation) -> Goal {
        let stored = |size: (u32, u32)| picture::upright_size(size.0, size.1, orientation);
        Goal { size: stored(self.size), part: Some(stored(self.part_size())), half_colour: true }
    }

    /// Where part `number` begins and ends along the longer edge.
    fn span(&self, number: u32) -> (u32, u32) {
        let long = self.size.0.max(self.size.1);
        let start = (number * (self.length - OVERLAP)).min(long - self.length.min(long));
        (start, (start + self.length).min(long))
    }

    /// Width and height of the largest part.
    fn part_size(&self) -> (u32, u32) {
        let (width, height) = self.size;
        if width >= height { (self.length.min(width), height) } else { (width, self.length.min(height)) }
    }

    /// Where part `number` begins and ends along the longer edge of the picture as it is stored.
    fn stored_span(&self, number: u32, orientation: Orientation) -> (u32, u32) {
        let (width, height) = self.size;
        let (start, end) = self.span(number);
        // Whether the longer edge runs the other way there.
        let turned_round = match orientation {
            Orientation::Rotate180 | Orientation::Rotate270FlipH => true,
            Orientation::FlipHorizontal | Orientation::Rotate90 => width >= height,
            Orientation::FlipVertical | Orientation::Rotate270 => width < height,
            Orientation::NoTransforms | Orientation::Rotate90FlipH => false,
        };
        let long = width.max(height);
        if turned_round { (long - end, long - start) } else { (start, end) }
    }
}

/// The piece between `start` and `end` along the longer edge of a picture that is, or is to be shrunk to, `size`.
fn piece_of(raster: &Raster, size: (u32, u32), (start, end): (u32, u32)) -> Result<Raster, ResizeError> {
    let planes = match raster {
        Raster::Pixels(picture) => return Ok(Raster::Pixels(pixels_of(picture, size, (start, end))?)),
        Raster::Planes(planes) => planes,
    };
    let luma = pixels_of(&planes.luma, size, (start, end))?;
    // From the same pixel on, or from the one before.
    let from = start / 2;
    let half = (from, from + (end - start).div_ceil(2));
    let chroma = match &planes.chroma {
        Some([blue, red]) => Some([pixels_of(blue, ycc::half(size), half)?, pixels_of(red, ycc::half(size), half)?]),
        None => None,
    };
    Ok(Raster::Planes(Ycc { luma, chroma }))
}

fn pixels_of(picture: &Picture, size: (u32, u32), (start, end): (u32, u32)) -> Result<Picture, ResizeError> {
    let across = size.0 >= size.1;
    if (picture.width, picture.height) == size {
        let (at, size) = if across { ((start, 0), (end - start, size.1)) } else { ((0, start), (size.0, end - start)) };
        return Ok(picture.cut(at, size));
    }
    let mut area = Area::whole((picture.width, picture.height));
    let length = end - start;
    let scaled = |edge: f64, size: u32| {
        let scale = edge / f64::from(size);
        (f64::from(start) * scale, f64::from(length) * scale)
    };
    if across {
        (area.left, area.width) = scaled(area.width, size.0);
        picture.shrunk(area, (length, size.1))
    } else {
        (area.top, area.height) = scaled(area.height, size.1);
        picture.shrunk(area, (size.0, length))
    }
}

#[cfg(test)]
mod tests {
    use super::super::jpeg;
    use super::super::picture::Channels;
    use super::super::samples::{chunk, exif, exif_segment, file_of, with_chunks, with_segments};
    use super::*;

    fn plan(width: u32, height: u32) -> Result<Option<Plan>, PhotoError> {
        Plan::of(width, height, &PhotoLimits::default())
    }

    #[test]
    fn ordinary_photos_and_screenshots_are_one_upload() {
        for (width, height) in
            [(4032, 3024), (3024, 4032), (1080, 2400), (4608, 2074), (500, 2000), (700, 2100), (2048, 1)]
        {
            assert_eq!(plan(width, height), Ok(None), "{width} × {height}");
        }
    }

    #[test]
    fn parts_cover_the_whole_and_overlap() {
        for (width, height) in
            [(1080, 12_000), (1080, 3240), (3000, 12_000), (700, 15_000), (9000, 1000), (1440, 17_280)]
        {
            let plan = plan(width, height).unwrap().unwrap();
            let long = plan.size.0.max(plan.size.1);
            let spans: Vec<_> = (0..plan.count).map(|number| plan.span(number)).collect();
            assert_eq!((spans[0].0, spans[spans.len() - 1].1), (0, long), "{plan:?}");
            assert!(spans.iter().all(|(start, end)| end - start <= 2048), "{plan:?}");
            assert!(spans.windows(2).all(|pair| pair[0].1 >= pair[1].0 + OVERLAP), "{plan:?}");
            assert!(plan.count <= MAX_PARTS && plan.size.0.min(plan.size.1) >= MIN_READABLE_WIDTH, "{plan:?}");
        }
    }

    /// Brighter from top to bottom, and black on the left.
    fn level(x: u32, y: u32, (width, height): (u32, u32)) -> u8 {
        if x < width / 4 { 0 } else { (40 + y * 200 / height) as u8 }
    }

    // U6: whatever way a long photo is stored, its parts stand upright and follow each other from top to bottom
    #[test]
    fn parts_show_their_piece_in_every_orientation() {
        let limits = PhotoLimits { max_edge: 820, ..PhotoLimits::default() };
        let ways = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 8), (7, 7), (8, 6)];
        for size in [(840, 1800), (800, 5400)] {
            let data = (0..size.1).flat_map(|y| (0..size.0).map(move |x| level(x, y, size))).collect();
            let upright = Picture { width: size.0, height: size.1, channels: Channels::Grey, data };
            let plan = Plan::of(size.0, size.1, &limits).unwrap().unwrap();
            // The longer one is shrunk, too.
            let step = if size.1 > 2000 { 3 } else { 1 };
            for (orientation, back) in ways.into_iter().step_by(step) {
                let copy = ycc::turned(upright.cut((0, 0), size), Orientation::from_exif(back).unwrap());
                let picture = image::GrayImage::from_raw(copy.width, copy.height, copy.data.clone()).unwrap();
                let jpeg = jpeg::encode(&Ycc::of(copy), 92).unwrap();
                let block = exif(orientation, true);
                let png = with_chunks(&file_of(picture, image::ImageFormat::Png), &[chunk(b"eXIf", &block)]);
                for file in [with_segments(&jpeg, &[exif_segment(orientation, false)]), png] {
                    let parts = prepare_parts(&file, &limits).unwrap();
                    assert_eq!(parts.len(), plan.count as usize);
                    for (number, part) in parts.iter().enumerate() {
                        let (start, end) = plan.span(number as u32);
                        assert_eq!((part.width, part.height), (plan.size.0, end - start), "{orientation} {size:?}");
                        let shown = image::load_from_memory(&part.bytes).unwrap().into_luma8();
                        for (x, y) in [(50, 0), (400, 0), (700, part.height / 2), (60, 300), (750, part.height - 1)] {
                            let expected = level(x, start + y, plan.size);
                            let actual = shown[(x, y)].0[0];
                            assert!(
                                actual.abs_diff(expected) < 6,
                                "{orientation} {size:?} {x} {y}: {actual} {expected}"
                            );
                        }
                    }
                }
            }
        }
    }

    // P8
    #[test]
    fn what_cannot_be_read_in_parts_either_is_refused() {
        for (width, height) in [(1080, 40_000), (300, 16_000), (60_000, 1500)] {
            assert_eq!(plan(width, height), Err(PhotoError::TooLong { width, height }));
        }
    }

    proptest::proptest! {
        // P8, S3
        #[test]
        fn of_any_size_nothing_is_left_out(width in 1_u32..70_000, height in 1_u32..70_000, max_edge in 0_u32..70_000) {
            let limits = PhotoLimits { max_edge, ..PhotoLimits::default() };
            if let Ok(Some(plan)) = Plan::of(width, height, &limits) {
                let spans: Vec<_> = (0..plan.count).map(|number| plan.span(number)).collect();
                let long = plan.size.0.max(plan.size.1);
                assert_eq!((spans[0].0, spans[spans.len() - 1].1), (0, long), "{plan:?}");
                assert!(spans.iter().all(|(start, end)| end > start && end - start <= max_edge), "{plan:?}");
                assert!(spans.windows(2).all(|pair| pair[0].1 >= pair[1].0 + OVERLAP), "{plan:?}");
                assert!(plan.count <= MAX_PARTS && plan.size.0 <= width && plan.size.1 <= height, "{plan:?}");
            }
        }
    }
}
