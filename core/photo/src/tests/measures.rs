//! What is measured of a photo, and that no bytes and no size stop it (S3).

use proptest::prelude::*;

use super::super::samples::*;
use super::*;
use image::{DynamicImage, ImageFormat as Codec};

use crate::picture::{Channels, Picture};

fn of(picture: &Picture) -> PhotoMeasures {
    PhotoMeasures::of(picture, (picture.width, picture.height))
}

fn grey(width: u32, height: u32, level: impl Fn(u32, u32) -> u8) -> Picture {
    let data = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| level(x, y)).collect();
    Picture { width, height, channels: Channels::Grey, data }
}

/// Something like lines of print: short strokes, across and down, with bare paper between the lines.
fn print(paper: u8, ink: u8) -> Picture {
    grey(768, 1024, move |x, y| {
        let (column, row) = (x / 3, y / 3);
        let is_ink = row % 8 < 5 && (column * 7 + row * 13 + column * row) % 5 < 2;
        if is_ink && (100..700).contains(&x) { ink } else { paper }
    })
}

/// Each pixel is the mean of those up to `radius` before and behind it, across or down.
fn blurred(picture: &Picture, (dx, dy): (i64, i64), radius: i64) -> Picture {
    let (width, height) = (i64::from(picture.width), i64::from(picture.height));
    grey(picture.width, picture.height, |x, y| {
        let levels = (-radius..=radius).map(|step| {
            let x = (i64::from(x) + dx * step).clamp(0, width - 1);
            let y = (i64::from(y) + dy * step).clamp(0, height - 1);
            u32::from(picture.data[(y * width + x) as usize])
        });
        (levels.sum::<u32>() / (2 * radius as u32 + 1)) as u8
    })
}

#[test]
fn figures_tell_print_light_and_blur() {
    let good = of(&print(220, 40));
    assert!(good.print_share > 0.3 && good.brightness == 220.0 && good.ink_contrast.is_none(), "{good:?}");
    let dark = of(&print(30, 6));
    assert!(dark.brightness == 30.0 && dark.print_share > 0.3, "{dark:?}");
    let overexposed = of(&print(255, 240));
    assert_eq!((overexposed.ink_contrast, overexposed.print_share), (Some(15.0), 0.0), "{overexposed:?}");
    let screenshot = of(&print(255, 0));
    assert!(screenshot.ink_contrast > Some(200.0) && screenshot.sharpness == Some(1.0), "{screenshot:?}");
    let blank = of(&grey(900, 700, |_, _| 200));
    assert_eq!((blank.sharpness, blank.print_share), (None, 0.0));

    for direction in [(1, 0), (0, 1)] {
        let moved = of(&blurred(&print(220, 40), direction, 6));
        assert!(moved.sharpness < Some(0.5) && good.sharpness > Some(0.9), "{moved:?} {good:?}");
    }
    let edge_only = of(&grey(900, 700, |x, _| if x < 450 { 20 } else { 220 }));
    assert!(edge_only.print_share == 0.0, "a table's edge is no print: {edge_only:?}");
}

// P8: the figures are those of the upload, from the same pixels
#[test]
fn the_same_is_measured_with_and_without_an_upload() {
    let picture = image::GrayImage::from_raw(768, 1024, print(220, 40).data).unwrap();
    let long = DynamicImage::ImageLuma8(picture.clone()).resize_exact(900, 5000, image::imageops::Nearest);
    let flat = DynamicImage::ImageLuma8(picture);
    for (picture, parts) in [(flat.clone(), 1), (flat.rotate90(), 1), (long, 3)] {
        let (size, jpeg) = ((picture.width(), picture.height()), jpeg_of(picture.into_rgb8()));
        let (prepared, measured) = prepare_parts_measured(&jpeg, &PhotoLimits::default()).unwrap();
        assert_eq!((prepared.len(), measured.shorter_edge), (parts, size.0.min(size.1)));
        assert_eq!(measure(&jpeg, &PhotoLimits::default()), Ok(measured));
        assert!(measured.print_share > 0.0, "{size:?}: {measured:?}");
    }
}

#[test]
fn the_figures_do_not_depend_on_how_a_photo_lies() {
    let upright = print(220, 40);
    let expected = of(&upright);
    for orientation in [3, 6, 8] {
        let copy = ycc::turned(upright.cut((0, 0), (768, 1024)), Orientation::from_exif(orientation).unwrap());
        let measured = of(&copy);
        assert!((measured.print_share - expected.print_share).abs() < 0.05, "{orientation}: {measured:?} {expected:?}");
        assert_eq!((measured.brightness, measured.sharpness), (expected.brightness, expected.sharpness));
    }
}

proptest! {
    // S3
    #[test]
    fn every_size_can_be_measured(width in 1_u32..2500, height in 1_u32..60, rgb: bool, turned: bool, level: u8) {
        let (width, height) = if turned { (height, width) } else { (width, height) };
        let channels = if rgb { Channels::Rgb } else { Channels::Grey };
        let data = vec![level; width as usize * height as usize * channels.count()];
        let measured = of(&Picture { width, height, channels, data });
        prop_assert!((measured.brightness - f64::from(level)).abs() <= 1.0, "{measured:?}");
        prop_assert!(measured.sharpness.is_none() && measured.print_share == 0.0, "{measured:?}");
    }

    // S3, P8: what cannot be uploaded cannot be measured either, and nothing panics
    #[test]
    fn damaged_files_are_measured_or_refused_as_uploads_are(
        changes in proptest::collection::vec((0_usize..1_000_000, any::<u8>()), 0..8),
        cut in 0_usize..1_000_000,
        is_png: bool,
    ) {
        let picture = noise(40, 56);
        let mut file = if is_png { file_of(picture, Codec::Png) } else { jpeg_of(picture) };
        for (at, byte) in changes {
            let at = at % file.len();
            file[at] = byte;
        }
        if cut % 3 == 0 {
            file.truncate(cut % file.len());
        }
        let limits = PhotoLimits::default();
        let uploaded = prepare_parts(&file, &limits);
        prop_assert_eq!(measure(&file, &limits).err(), uploaded.as_ref().err().cloned());
        prop_assert_eq!(prepare_parts_measured(&file, &limits).map(|(parts, _)| parts), uploaded);
    }
}
