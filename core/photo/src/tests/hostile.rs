//! What is refused, and that no bytes make it panic or allocate without measure (S3, P8).

use image::{DynamicImage, ImageFormat as Codec};
use proptest::prelude::*;

use super::super::samples::*;
use super::*;

// P8
#[test]
fn formats_that_models_do_not_take_are_named() {
    let ftyp = |brands: &[u8]| [&(8 + brands.len() as u32).to_be_bytes(), b"ftyp", brands, b"\0\0\0\x08mdat"].concat();
    let cases: [(Vec<u8>, &str); 14] = [
        (ftyp(b"heic\0\0\0\0mif1heic"), "HEIC"),
        (ftyp(b"mif1\0\0\0\0mif1heic"), "HEIC"),
        (ftyp(b"hevc\0\0\0\0"), "HEIC"),
        (ftyp(b"avif\0\0\0\0mif1miaf"), "AVIF"),
        (ftyp(b"mif1\0\0\0\0mif1avif"), "AVIF"),
        (ftyp(b"isom\0\0\x02\0isomavc1"), "video"),
        (b"\0\0\0\x14ftyphe".to_vec(), "video"),
        (b"II*\0\x08\0\0\0".to_vec(), "TIFF"),
        (b"MM\0*\0\0\0\x08".to_vec(), "TIFF"),
        (b"BM\x36\0\0\0".to_vec(), "BMP"),
        (b"%PDF-1.7".to_vec(), "PDF"),
        (b"\xFF\x0A\0\0".to_vec(), "JPEG XL"),
        (b"\0\0\0\x0CjP  \r\n\x87\n".to_vec(), "JPEG 2000"),
        (b"Total 12.40".to_vec(), "unknown format"),
    ];
    for (file, name) in cases {
        let error = refused(&file);
        assert!(matches!(error, PhotoError::Unsupported { format, .. } if format == name), "{name}: {error}");
    }
    for brand in
        ["heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs", "heif", "mif1", "mif2", "mif3", "msf1", "miaf"]
    {
        let major = ftyp(format!("{brand}\0\0\0\0").as_bytes());
        let compatible = ftyp(format!("xxxx\0\0\0\0isom{brand}").as_bytes());
        for file in [major, compatible] {
            assert!(matches!(refused(&file), PhotoError::Unsupported { format: "HEIC", .. }), "{brand}");
        }
    }
    assert_eq!(
        refused(&ftyp(b"heic\0\0\0\0")).to_string(),
        "HEIC is not supported: ask the camera or the picker for JPEG"
    );
    assert_eq!(refused(b""), PhotoError::Empty);
}

#[test]
fn jpegs_that_no_model_reads_are_named() {
    let clean = jpeg_of(quarters(24, 16));
    let frame = clean.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let with = |offset: usize, byte: u8| {
        let mut file = clean.clone();
        file[frame + offset] = byte;
        refused(&file).to_string()
    };
    assert!(with(4, 12).contains("more than 8 bits"));
    for (marker, name) in [
        (0xC9, "JPEG with arithmetic coding"),
        (0xCA, "JPEG with arithmetic coding"),
        (0xC3, "JPEG with lossless coding"),
        (0xCB, "JPEG with lossless coding"),
        (0xC5, "JPEG in several sizes"),
    ] {
        assert!(with(1, marker).starts_with(name), "{marker:02X}");
    }
    assert!(with(9, 2).contains("neither 1, 3 nor 4 colours"));
}

// S3
#[test]
fn a_file_cut_at_any_byte_is_an_error() {
    for (name, file) in clean_files() {
        for length in 1..file.len() {
            // A GIF whose last byte is missing still has its whole picture, as every browser would say.
            if name == "GIF" && length == file.len() - 1 {
                assert!(prepared(&file[..length]).re_encoded);
                continue;
            }
            let error = refused(&file[..length]);
            assert!(matches!(error, PhotoError::Corrupt { .. } | PhotoError::Unsupported { .. }), "{name} {length}");
        }
    }
    assert!(refused(&jpeg_of(quarters(24, 16))[..300]).to_string().contains("ends before the picture does"));
}

// S3
#[test]
fn bombs_are_refused_by_their_header() {
    let jpeg = with_jpeg_size(&jpeg_of(quarters(24, 16)), 65_535, 65_535);
    let png_size = [&50_000_u32.to_be_bytes()[..], &50_000_u32.to_be_bytes(), b"\x08\x02\0\0\0"].concat();
    let png =
        [b"\x89PNG\r\n\x1A\n".to_vec(), chunk(b"IHDR", &png_size), chunk(b"IDAT", b"\x78\x9C"), chunk(b"IEND", b"")]
            .concat();
    let mut gif = gif_with(&[]);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    let webp = extended_webp(&file_of(quarters(64, 32), Codec::WebP), 0, (1 << 24, 1 << 24), &[]);
    for bomb in [jpeg, png, gif, webp] {
        assert!(matches!(refused(&bomb), PhotoError::TooManyPixels { .. }));
        // No decoder runs in there.
        assert!(matches!(probe_within(&bomb, &PhotoLimits::default()), Err(PhotoError::TooManyPixels { .. })));
    }
}

// S3
#[test]
fn sixteen_bits_count_double_against_the_memory_limit() {
    let file = file_of(DynamicImage::from(quarters(64, 64)).to_rgba16(), Codec::Png);
    let limits = |max_pixels| PhotoLimits { max_pixels, ..PhotoLimits::default() };
    assert!(matches!(prepare(&file, &limits(64 * 64)), Err(PhotoError::TooManyPixels { .. })));
    assert!(prepare(&file, &limits(64 * 64 * 2)).is_ok());
    assert!(matches!(prepare(&file, &limits(64 * 64 - 1)), Err(PhotoError::TooManyPixels { .. })));
}

// S3
#[test]
fn a_webp_whose_bitstream_exceeds_its_canvas_is_refused() {
    let file = extended_webp(&file_of(quarters(64, 32), Codec::WebP), 0, (8, 8), &[]);
    assert!(refused(&file).to_string().contains("larger than its canvas"));
}

// S3
#[test]
fn a_jpeg_made_of_scans_is_refused() {
    let clean = jpeg_of(quarters(24, 16));
    let scan = clean.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let (head, tail) = clean.split_at(scan);
    let scans = tail[..tail.len() - 2].repeat(101);
    assert!(refused(&[head, &scans, b"\xFF\xD9"].concat()).to_string().contains("more scans"));
}

#[test]
fn a_file_over_the_input_limit_is_refused_unread() {
    let limits = PhotoLimits { max_input_bytes: 10, ..PhotoLimits::default() };
    let error = prepare(&[0; 11], &limits).unwrap_err();
    assert_eq!(error, PhotoError::FileTooLarge { bytes: 11, max_bytes: 10 });
}

proptest! {
    // S3
    #[test]
    fn damaged_files_never_panic(
        which in 0_usize..4,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let (_, mut file) = clean_files().swap_remove(which);
        for (at, byte) in damage {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = prepare(&file, &small());
        let _ = prepare(&file[..cut.index(file.len())], &small());
    }

    // S3
    #[test]
    fn random_bytes_behind_any_magic_never_panic(
        magic in prop::sample::select(vec![
            &b""[..], b"\xFF\xD8\xFF\xC0", b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", b"GIF89a", b"RIFF\x40\0\0\0WEBPVP8L",
            b"RIFF\x40\0\0\0WEBPVP8X\x0A\0\0\0", b"\0\0\0\x18ftyp",
        ]),
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let _ = prepare(&[magic, &tail].concat(), &small());
    }
}

proptest! {
    // S3: what EXIF says wrongly is not a reason to lose the photo
    #[test]
    fn any_exif_block_leaves_the_photo_readable(
        magic in prop::sample::select(vec![
            &b"Exif\0\0MM\0*\0\0\0\x08"[..], b"Exif\0\xFFII*\0\x08\0\0\0", b"Exif\0\0II*\0", b"Exif\0",
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12", b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01",
        ]),
        tail in prop::collection::vec(any::<u8>(), 0..120),
    ) {
        let file = with_segments(&jpeg_of(quarters(24, 16)), &[segment(0xE1, &[magic, &tail])]);
        prop_assert!(prepare(&file, &small()).is_ok());
    }

    // S3: the same for a colour profile, whose tags may point anywhere
    #[test]
    fn any_colour_profile_leaves_the_photo_readable(
        count in prop_oneof![Just(6_u32), any::<u32>()],
        places in prop::collection::vec((100_u32..400, prop_oneof![0_u32..200, any::<u32>()]), 6),
        data in prop::collection::vec((prop::sample::select(vec![&b"curv"[..], b"para", b"XYZ "]), any::<[u8; 12]>()), 0..20),
        few in 0_u8..6,
    ) {
        let mut profile = [&[0; 16][..], b"RGB XYZ ", &[0; 104], &count.to_be_bytes()].concat();
        let names = [b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"];
        for (name, (place, length)) in names.into_iter().zip(places) {
            profile.extend([&name[..], &(place / 4 * 4).to_be_bytes(), &length.to_be_bytes()].concat());
        }
        for (kind, bytes) in data {
            // A count or a kind that is small is one that is followed.
            profile.extend([kind, &[0, 0, 0, 0, 0, few], &bytes].concat());
        }
        let file = with_segments(&jpeg_of(quarters(24, 16)), &[segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile])]);
        prop_assert!(prepare(&file, &small()).is_ok());
    }
}

/// So that a damaged header which asks for much does not make the test slow.
fn small() -> PhotoLimits {
    PhotoLimits { max_pixels: 100_000, ..PhotoLimits::default() }
}
