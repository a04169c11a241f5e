//! What is written against another encoder's files, as other decoders and our own show both.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

use super::*;
use crate::picture::Channels;
use crate::samples::{noise, quarters};

fn planes(image: &image::RgbImage) -> Ycc {
    let (width, height) = image.dimensions();
    Ycc::of(Picture { width, height, channels: Channels::Rgb, data: image.as_raw().clone() })
}

fn others(image: &image::RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.encode(image.as_raw(), image.width() as u16, image.height() as u16, ColorType::Rgb).unwrap();
    bytes
}

fn mean_difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / a.len() as f64
}

// Our own encoder loses no more than the one that it replaced, and takes no more bytes
#[test]
fn files_are_as_good_and_as_small_as_another_encoders() {
    for image in [quarters(64, 48), noise(120, 88), quarters(33, 17), noise(7, 9), noise(1, 1)] {
        for quality in [50, 60, 80, 100] {
            let (ours, theirs) = (encode(&planes(&image), quality).unwrap(), others(&image, quality));
            let size = image.dimensions();
            assert!(
                ours.len() <= theirs.len() + 16 + theirs.len() / 50,
                "{size:?} {quality}: {} {}",
                ours.len(),
                theirs.len()
            );
            let shown = |file: &[u8]| image::load_from_memory(file).unwrap().into_rgb8().into_raw();
            let [ours, theirs] = [ours, theirs].map(|file| mean_difference(&shown(&file), image.as_raw()));
            assert!(ours <= theirs * 1.02 + 0.6, "{size:?} {quality}: {ours} {theirs}");
        }
    }
}

#[test]
fn a_part_of_a_picture_shows_how_many_bytes_it_takes() {
    for image in [noise(320, 600), noise(64, 400), noise(33, 17), noise(1, 1), quarters(64, 48)] {
        let grey = Ycc { chroma: None, ..planes(&image) };
        for picture in [planes(&image), grey] {
            let (bytes, estimated) = (encode(&picture, 90).unwrap().len(), estimated_bytes(&picture, 90));
            // The header is not estimated, and a picture's edge is repeated in its last row.
            let difference = bytes.abs_diff(estimated);
            assert!(difference <= 640 + bytes / 20, "{:?}: {bytes} {estimated}", image.dimensions());
        }
    }
}

#[test]
fn grey_pictures_have_one_component() {
    let data: Vec<u8> = (0..50 * 41).map(|at| (at % 50 * 5) as u8).collect();
    let luma = Picture { width: 50, height: 41, channels: Channels::Grey, data: data.clone() };
    let file = encode(&Ycc { luma, chroma: None }, 95).unwrap();
    let shown = image::load_from_memory(&file).unwrap();
    assert_eq!(shown.color(), image::ColorType::L8);
    assert!(mean_difference(shown.as_bytes(), &data) < 1.5);
}

#[test]
fn an_edge_that_a_header_cannot_state_is_an_error() {
    let luma = Picture { width: 65_536, height: 1, channels: Channels::Grey, data: vec![0; 65_536] };
    assert!(matches!(encode(&Ycc { luma, chroma: None }, 80), Err(PhotoError::NotEncoded { .. })));
}

proptest::proptest! {
    // S3: of any planes a file is made that decodes to their size
    #[test]
    fn any_planes_make_a_file(width in 1_u32..40, height in 1_u32..40, quality in 0_u8..=255, seed in proptest::collection::vec(0_u8.., 64)) {
        let at = |index: u32| seed[index as usize % 61];
        let image = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([at(x * 3 + y * 7), at(x + y), at(x * y)]));
        let file = encode(&planes(&image), quality).unwrap();
        let shown = crate::prepare(&file, &crate::PhotoLimits::default()).unwrap();
        assert_eq!((shown.width, shown.height, shown.re_encoded), (width, height, false));
    }
}
