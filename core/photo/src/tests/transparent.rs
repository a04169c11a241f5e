//! What is transparent on purpose stays so, and loses its metadata all the same.

use image::{ImageFormat as Codec, Rgba};

use super::super::samples::*;
use super::*;

fn alphas(photo: &PreparedPhoto) -> (u8, u8) {
    let picture = pixels(photo).to_rgba8();
    (picture[(0, 0)].0[3], picture[(photo.width - 1, 0)].0[3])
}

// S4
#[test]
fn a_transparent_picture_stays_transparent_and_loses_its_metadata() {
    for codec in [Codec::Png, Codec::WebP] {
        let photo = prepare_transparent(&file_of(half_transparent(40, 20), codec), &PhotoLimits::default()).unwrap();
        assert_eq!((photo.format, photo.width, photo.height), (ImageFormat::Png, 40, 20));
        assert_eq!(alphas(&photo), (0, 255));
    }
    let text = chunk(b"tEXt", &[b"Comment\0", CANARY].concat());
    let tagged = with_chunks(&file_of(half_transparent(40, 20), Codec::Png), &[text]);
    assert!(tagged.windows(CANARY.len()).any(|window| window == CANARY));
    let photo = prepare_transparent(&tagged, &PhotoLimits::default()).unwrap();
    assert!(!photo.bytes.windows(CANARY.len()).any(|window| window == CANARY));
}

// U7: transparency does not keep a display's colours
#[test]
fn the_colours_of_a_transparent_picture_in_display_p3_become_srgb() {
    let picture = image::RgbaImage::from_fn(64, 32, |x, _| Rgba([200, 60, 40, if x < 32 { 120 } else { 255 }]));
    let icc = profile(DISPLAY_P3, 2.2);
    let webp = extended_webp(&file_of(picture.clone(), Codec::WebP), 0x30, (64, 32), &[(b"ICCP", &icc)]);
    let limits = PhotoLimits { max_edge: 40, ..PhotoLimits::default() };
    for file in [webp, png_with_profile(&picture.clone().into(), &icc)] {
        for limits in [limits, PhotoLimits::default()] {
            for prepared in [prepare_transparent(&file, &limits).unwrap(), prepare_png(&file, &limits).unwrap()] {
                let shown = pixels(&prepared).to_rgba8();
                for (x, alpha) in [(5, 120), (prepared.width - 5, 255)] {
                    let Rgba([red, green, blue, a]) = shown[(x, 10)];
                    assert!(
                        [red, green, blue].iter().zip([219, 37, 13]).all(|(a, b)| a.abs_diff(b) <= 3),
                        "{red} {green} {blue}"
                    );
                    assert_eq!(a, alpha);
                }
            }
        }
    }
    // A profile of colours beside a grey picture says nothing about it.
    let grey = image::GrayAlphaImage::from_pixel(20, 20, image::LumaA([90, 100]));
    let prepared = prepare_transparent(&png_with_profile(&grey.into(), &icc), &PhotoLimits::default()).unwrap();
    assert_eq!(pixels(&prepared).to_rgba8()[(3, 3)], Rgba([90, 90, 90, 100]));
}

#[test]
fn an_opaque_picture_is_prepared_as_every_photo() {
    for (format, file) in clean_files() {
        let limits = PhotoLimits::default();
        assert_eq!(prepare_transparent(&file, &limits).unwrap(), prepare(&file, &limits).unwrap(), "{format}");
    }
}

#[test]
fn a_mask_is_shrunk_as_its_picture_was() {
    let limits = PhotoLimits { max_edge: 20, ..PhotoLimits::default() };
    let picture = prepare(&jpeg_of(quarters(40, 30)), &limits).unwrap();
    let mask = prepare_mask(&file_of(half_transparent(40, 30), Codec::Png), &picture, &limits).unwrap();
    assert_eq!((mask.width, mask.height), (picture.width, picture.height));
    assert_eq!((mask.width, mask.height, alphas(&mask)), (20, 15, (0, 255)));
}

// P8
#[test]
fn a_mask_that_does_not_fit_is_refused_with_a_reason() {
    let limits = PhotoLimits::default();
    let picture = prepare(&jpeg_of(quarters(40, 30)), &limits).unwrap();
    let refused = |file: &[u8]| prepare_mask(file, &picture, &limits).unwrap_err().to_string();
    assert!(
        refused(&file_of(half_transparent(30, 40), Codec::Png)).contains("it measures 30 × 40, the picture 40 × 30")
    );
    assert!(refused(&jpeg_of(quarters(40, 30))).contains("nothing of it is transparent"));
    assert!(refused(b"").contains("empty"));
}

// S3
#[test]
fn a_damaged_transparent_picture_is_refused_wherever_it_ends() {
    for codec in [Codec::Png, Codec::WebP] {
        let file = file_of(half_transparent(16, 16), codec);
        for end in 0..file.len() - 1 {
            let _ = prepare_transparent(&file[..end], &PhotoLimits::default()).map(|photo| pixels(&photo));
        }
        assert!(prepare_transparent(&file[..file.len() / 2], &PhotoLimits::default()).is_err());
    }
}

#[test]
fn a_transparent_picture_is_made_smaller_until_it_fits() {
    let mut picture = image::DynamicImage::from(noise(200, 100)).to_rgba8();
    picture[(0, 0)].0[3] = 0;
    let limits = PhotoLimits { max_bytes: 20_000, ..PhotoLimits::default() };
    let photo = prepare_transparent(&file_of(picture, Codec::Png), &limits).unwrap();
    assert!(photo.bytes.len() <= 20_000 && photo.width < 200, "{photo:?}");
    assert_eq!((photo.original_width, photo.original_height), (200, 100));
    let limits = PhotoLimits { max_bytes: 40, ..PhotoLimits::default() };
    let refused = prepare_transparent(&file_of(half_transparent(40, 20), Codec::Png), &limits);
    assert!(matches!(refused, Err(PhotoError::NoRoom { max_bytes: 40 })));
}

#[test]
fn a_photo_becomes_a_png_where_nothing_else_is_taken() {
    let photo = prepare_png(&jpeg_of(quarters(40, 30)), &PhotoLimits::default()).unwrap();
    assert_eq!((photo.format, photo.width, photo.height), (ImageFormat::Png, 40, 30));
    assert!(looks_like(&pixels(&photo), 1, 1, RED));
}

// S3
#[test]
fn a_picture_with_more_than_it_may_take_is_refused_before_it_is_decoded() {
    let deep = image::ImageBuffer::<Rgba<u16>, _>::from_fn(20, 20, |_, _| Rgba([0, 0, 0, 0]));
    let limits = PhotoLimits { max_pixels: 500, ..PhotoLimits::default() };
    let refused = prepare_transparent(&file_of(deep, Codec::Png), &limits);
    assert!(matches!(refused, Err(PhotoError::TooManyPixels { .. })));
}
