//! What is uploaded: format, size, colours.

use image::{DynamicImage, ImageFormat as Codec, Luma, Rgb, RgbImage};

use super::super::samples::*;
use super::*;

#[test]
fn small_upright_clean_files_pass_byte_for_byte() {
    let expected = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP];
    for ((name, file), format) in clean_files().into_iter().zip(expected) {
        let photo = prepared(&file);
        assert!(!photo.re_encoded && photo.bytes == file, "{name}");
        assert_eq!(photo.format, format);
        assert_eq!((photo.width, photo.height), (photo.original_width, photo.original_height));
    }
}

#[test]
fn an_upload_that_is_prepared_again_stays_as_it_is() {
    let first = prepared(&with_segments(&jpeg_of(quarters(64, 32)), &[exif_segment(8, true)]));
    let second = prepared(&first.bytes);
    assert!(first.re_encoded && !second.re_encoded && first.bytes == second.bytes);
}

#[test]
fn a_large_photo_is_shrunk_and_keeps_its_shape() {
    let photo = prepared(&jpeg_of(quarters(2500, 500)));
    assert_eq!((photo.width, photo.height), (2048, 410));
    assert_eq!((photo.original_width, photo.original_height), (2500, 500));
    assert!(looks_like(&pixels(&photo), 2040, 10, GREEN));
}

#[test]
fn a_hairline_keeps_its_one_pixel() {
    let photo = prepared(&file_of(quarters(5000, 1), Codec::Png));
    assert_eq!((photo.width, photo.height), (2048, 1));
}

#[test]
fn the_upload_fits_whatever_the_limit() {
    let file = file_of(noise(400, 300), Codec::Png);
    let mut last = u32::MAX;
    for max_bytes in [80_000, 20_000, 4_000, 1_000, 700] {
        let limits = PhotoLimits { max_bytes, ..PhotoLimits::default() };
        let photo = prepare(&file, &limits).unwrap();
        assert!(photo.bytes.len() <= max_bytes && photo.re_encoded);
        assert!(photo.width <= last);
        assert_eq!((photo.original_width, photo.original_height), (400, 300));
        last = photo.width;
        pixels(&photo);
    }
    let limits = PhotoLimits { max_bytes: 100, ..PhotoLimits::default() };
    assert_eq!(prepare(&file, &limits), Err(PhotoError::NoRoom { max_bytes: 100 }));
}

#[test]
fn quality_goes_before_pixels() {
    let file = file_of(noise(400, 300), Codec::Png);
    let at_best = prepared(&with_chunks(&file, &[chunk(b"tEXt", b"a\0b")])).bytes.len();
    let limits = PhotoLimits { max_bytes: at_best - 1, ..PhotoLimits::default() };
    let photo = prepare(&file, &limits).unwrap();
    assert_eq!((photo.width, photo.height), (400, 300));
}

#[test]
fn transparency_lies_on_white() {
    for codec in [Codec::Png, Codec::WebP] {
        let photo = prepared(&file_of(half_transparent(32, 16), codec));
        assert_eq!(photo.format, ImageFormat::Jpeg);
        let image = pixels(&photo);
        assert!(looks_like(&image, 4, 8, [255; 3]) && looks_like(&image, 28, 8, [0; 3]), "{codec:?}");
    }
    let opaque = file_of(DynamicImage::from(quarters(24, 16)).into_rgba8(), Codec::Png);
    assert!(!prepared(&opaque).re_encoded, "an alpha channel alone is no transparency");
}

#[test]
fn grey_and_16_bit_pictures_are_read() {
    let limits = PhotoLimits { max_edge: 16, ..PhotoLimits::default() };
    let ramp = |x: u32| if x < 16 { 60 } else { 180 };
    let wide = DynamicImage::from(quarters(32, 16));
    let grey = image::GrayImage::from_fn(32, 16, |x, _| Luma([ramp(x)]));
    let grey16 = image::ImageBuffer::from_fn(32, 16, |x, _| Luma([u16::from(ramp(x)) * 257]));
    for image in [DynamicImage::from(grey), DynamicImage::ImageLuma16(grey16)] {
        let photo = prepare(&file_of(image, Codec::Png), &limits).unwrap();
        let image = pixels(&photo);
        assert_eq!(image.color(), image::ColorType::L8);
        assert!(looks_like(&image, 2, 4, [60; 3]) && looks_like(&image, 13, 4, [180; 3]));
    }
    for image in [DynamicImage::from(wide.to_rgb16()), DynamicImage::from(wide.to_rgba16())] {
        let image = pixels(&prepare(&file_of(image, Codec::Png), &limits).unwrap());
        assert!(looks_like(&image, 2, 1, RED) && looks_like(&image, 13, 6, WHITE));
    }
}

#[test]
fn cmyk_and_ycck_jpegs_become_rgb() {
    for kind in [jpeg_encoder::ColorType::Cmyk, jpeg_encoder::ColorType::CmykAsYcck] {
        // A sheet without ink on the left, cyan and yellow ink on the right.
        let inks = |x: usize| if x < 16 { [0, 0, 0, 0] } else { [255, 0, 255, 0] };
        let data: Vec<u8> = (0..32 * 32).flat_map(|pixel| inks(pixel % 32)).collect();
        let mut file = Vec::new();
        jpeg_encoder::Encoder::new(&mut file, 95).encode(&data, 32, 32, kind).unwrap();
        let photo = prepared(&file);
        let image = pixels(&photo);
        assert!(photo.re_encoded);
        assert!(looks_like(&image, 3, 8, [255; 3]) && looks_like(&image, 28, 8, [0, 255, 0]), "{kind:?}");
    }
}

#[test]
fn progressive_jpegs_are_read() {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    encoder.set_progressive(true);
    encoder.encode(quarters(64, 32).as_raw(), 64, 32, jpeg_encoder::ColorType::Rgb).unwrap();
    assert!(!prepared(&file).re_encoded);
    let image = pixels(&prepared(&with_segments(&file, &[exif_segment(3, false)])));
    assert!(looks_like(&image, 2, 2, WHITE) && looks_like(&image, 61, 29, RED));
}

#[test]
fn of_an_animation_the_first_frame_is_taken() {
    let frames =
        [RED, GREEN].map(|c| image::Frame::new(DynamicImage::from(RgbImage::from_pixel(8, 8, Rgb(c))).into_rgba8()));
    let mut file = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut file).encode_frames(frames).unwrap();
    let photo = prepared(&file);
    assert!(photo.re_encoded && looks_like(&pixels(&photo), 4, 4, RED));
}

// S1
#[test]
fn debug_does_not_print_the_photo() {
    let photo = prepared(&jpeg_of(quarters(24, 16)));
    let text = format!("{photo:?}");
    assert!(text.contains("24x16") && text.len() < 200);
}
