//! The decoder against another one, at every sampling and fraction, and against damage (U1: what is missing is never
//! shown as flat colour).

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::*;
use crate::picture::Picture;
use crate::{probe, ycc};

const SAMPLINGS: [SamplingFactor; 12] = [
    SamplingFactor::F_1_1,
    SamplingFactor::F_2_1,
    SamplingFactor::F_1_2,
    SamplingFactor::F_2_2,
    SamplingFactor::F_4_1,
    SamplingFactor::F_4_2,
    SamplingFactor::F_1_4,
    SamplingFactor::F_2_4,
    SamplingFactor::R_4_4_4,
    SamplingFactor::R_4_2_2,
    SamplingFactor::R_4_2_0,
    SamplingFactor::R_4_1_0,
];

/// Soft shapes, as photos have, and one hard edge between light and dark.
fn scene(width: u32, height: u32) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        let (x, y) = (x as f32 / 40.0, y as f32 / 40.0);
        let wave = |f: f32| f.sin() * 50.0;
        let light = if x + y > 2.2 { 160.0 } else { 100.0 };
        [wave(x + y) + light, wave(x * 2.0 - y) + light, wave(y) + light].map(|value| value as u8)
    };
    (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect()
}

struct Form {
    sampling: SamplingFactor,
    progressive: bool,
    interval: u16,
    optimized: bool,
}

fn file((width, height): (u32, u32), form: &Form) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(form.sampling);
    encoder.set_progressive(form.progressive);
    encoder.set_restart_interval(form.interval);
    encoder.set_optimized_huffman_tables(form.optimized);
    encoder.encode(&scene(width, height), width as u16, height as u16, ColorType::Rgb).unwrap();
    bytes
}

fn forms() -> impl Iterator<Item = Form> {
    SAMPLINGS.into_iter().flat_map(|sampling| {
        [false, true].into_iter().flat_map(move |progressive| {
            // The encoder cannot make tables for restart intervals.
            [(0, false), (0, true), (1, false), (3, false)].map(|(interval, optimized)| Form {
                sampling,
                progressive,
                interval,
                optimized,
            })
        })
    })
}

fn raster(file: &[u8], target: Option<(u32, u32)>, goal: fn((u32, u32)) -> Goal) -> Result<Raster, PhotoError> {
    let (_, facts) = probe::probe(file)?;
    decode_fraction(&mut Reader::new(file), &facts, goal(target.unwrap_or((facts.width, facts.height))))
}

fn decoded(file: &[u8], target: Option<(u32, u32)>) -> Result<Picture, PhotoError> {
    raster(file, target, Goal::in_full_colour).map(Raster::into_picture)
}

fn mean_difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / a.len() as f64
}

// no healthy file is refused, and each shows what was encoded
#[test]
fn every_form_that_encoders_write_is_decoded() {
    for form in forms() {
        for size in [(1, 1), (7, 9), (16, 16), (33, 65), (100, 40)] {
            if form.optimized && size.0 < 33 {
                continue;
            }
            let file = file(size, &form);
            let picture = decoded(&file, None)
                .unwrap_or_else(|error| panic!("{:?} {} {}: {error}", form.sampling, form.progressive, form.interval));
            assert_eq!((picture.width, picture.height), size);
            let difference = mean_difference(&picture.data, &scene(size.0, size.1));
            assert!(difference < 6.0, "{:?} {size:?}: {difference}", form.sampling);
        }
    }
}

#[test]
fn another_decoder_shows_the_same() {
    // That one shows black for rarer samplings.
    for form in forms().filter(|form| matches!(form.sampling, SamplingFactor::F_1_1 | SamplingFactor::F_2_1)) {
        let file = file((123, 77), &form);
        let other = image::load_from_memory(&file).unwrap().into_rgb8();
        let difference = mean_difference(&decoded(&file, None).unwrap().data, &other);
        assert!(difference < 1.0, "{:?} {}: {difference}", form.sampling, form.progressive);
    }
}

#[test]
fn a_fraction_shows_the_same_picture() {
    for form in forms().filter(|form| form.interval == 0) {
        let file = file((256, 128), &form);
        for size in [(128, 64), (64, 32), (32, 16), (100, 50)] {
            let picture = decoded(&file, Some(size)).unwrap();
            assert_eq!((picture.width, picture.height), size);
            let whole = decoded(&file, None).unwrap().resized_copy(size).unwrap();
            let difference = mean_difference(&picture.data, &whole.data);
            // A block of colour difference covers 32 pixels there, and the hard edge in it.
            let most = if form.sampling == SamplingFactor::F_4_1 { 7.0 } else { 6.0 };
            assert!(difference < most, "{:?} {} at {size:?}: {difference}", form.sampling, form.progressive);
        }
    }
}

// Planes show what pixels do, at each size and sampling that has colour at half the resolution or more
#[test]
fn planes_show_the_same_picture() {
    let mut in_planes = 0;
    for form in forms().filter(|form| !form.optimized) {
        for (size, target) in [
            ((256, 128), (256, 128)),
            ((256, 128), (128, 64)),
            ((256, 128), (64, 32)),
            ((256, 128), (32, 16)),
            ((256, 128), (100, 50)),
            ((251, 127), (251, 127)),
            ((251, 127), (126, 64)),
            ((33, 65), (33, 65)),
            ((7, 9), (7, 9)),
            ((1, 1), (1, 1)),
        ] {
            let file = file(size, &form);
            let raster = raster(&file, Some(target), Goal::whole).unwrap();
            if let Raster::Planes(Ycc { luma, chroma: Some(planes) }) = &raster {
                in_planes += 1;
                assert!(planes.iter().chain([luma]).all(|plane| plane.data.len() as u32 == plane.width * plane.height));
                assert!(planes.iter().all(|plane| (plane.width, plane.height) == ycc::half(target)));
            }
            let picture = raster.into_picture();
            assert_eq!((picture.width, picture.height), target);
            let pixels = decoded(&file, Some(target)).unwrap();
            let difference = mean_difference(&picture.data, &pixels.data);
            assert!(difference < 6.0, "{:?} {size:?} to {target:?}: {difference}", form.sampling);
        }
    }
    assert!(in_planes > 300, "{in_planes}");
}

#[test]
fn grey_is_exact_to_a_level() {
    let grey: Vec<u8> = (0..64 * 64).map(|at| ((at % 64) * 4) as u8).collect();
    let mut file = Vec::new();
    Encoder::new(&mut file, 100).encode(&grey, 64, 64, ColorType::Luma).unwrap();
    let picture = decoded(&file, None).unwrap();
    assert!(picture.data.iter().zip(&grey).all(|(a, b)| a.abs_diff(*b) <= 2));
}
