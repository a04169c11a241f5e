//! What a photo takes in memory beside its file, counted byte by byte (S8): at most 160 MB, or it is refused.
//!
//! All decoders are written in Rust, so that Rust's allocator sees everything they take.

#![allow(unsafe_code)] // an allocator is unsafe by its trait

mod files;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use aipass::photo::{PhotoError, PhotoLimits, prepare, prepare_parts, prepare_transparent};
use files::*;
use jpeg_encoder::ColorType;

const MAX_BYTES: usize = 160_000_000;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

struct Counting;

fn grown(bytes: usize) {
    let now = NOW.fetch_add(bytes, Ordering::Relaxed) + bytes;
    PEAK.fetch_max(now, Ordering::Relaxed);
}

// SAFETY: each call is passed on to the system's allocator as it came; counting touches no memory of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // The old block lives until the new one is filled.
        grown(size);
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What one test takes may not be counted in another.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The most bytes beside `file` while `work` runs.
fn peak<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let done = work();
    (done, PEAK.load(Ordering::Relaxed) - before)
}

// S8, G2, U2
#[test]
fn no_photo_takes_more_than_160_megabytes() {
    let _alone = alone();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (width, height) in [(4032_u16, 3024_u16), (5500, 5500), (8064, 6048), (10_400, 10_400), (1200, 12_000)] {
        for progressive in [false, true] {
            for (name, kind) in [("RGB", ColorType::Rgb), ("CMYK", ColorType::Cmyk), ("grey", ColorType::Luma)] {
                let file = claiming(jpeg(64, 64, kind, progressive), width, height);
                files.push((format!("JPEG {name} {width} × {height}, progressive: {progressive}"), file));
            }
        }
        let (wide, high) = (u32::from(width), u32::from(height));
        for (depth, colour) in [(8, 0), (16, 0), (1, 0), (8, 2), (16, 2), (8, 3), (1, 3), (8, 4), (8, 6), (16, 6)] {
            for interlaced in [false, true] {
                let file = png(wide, high, depth, colour, interlaced);
                files.push((format!("PNG {depth} {colour} {width} × {height}, interlaced: {interlaced}"), file));
            }
        }
        let alpha = (b"ALPH", [&[1][..], &[0; 40]].concat());
        let webp = [
            ("lossless", riff(&[(b"VP8L", lossless(wide, high))])),
            ("lossy", riff(&[(b"VP8 ", lossy(width, height))])),
            ("with alpha", riff(&[(b"VP8X", extended(0x10, wide, high)), alpha, (b"VP8 ", lossy(width, height))])),
            ("lossless with alpha", riff(&[(b"VP8X", extended(0x10, wide, high)), (b"VP8L", lossless(wide, high))])),
        ];
        files.extend(webp.map(|(name, file)| (format!("WebP {name} {width} × {height}"), file)));
        for interlaced in [0, 0x40] {
            files.push((format!("GIF {width} × {height}"), gif(width, height, interlaced)));
        }
    }
    let limits = PhotoLimits::default();
    for (name, file) in files {
        for (way, prepared) in [
            ("one upload", peak(|| prepare(&file, &limits).map(|_| ()))),
            ("parts", peak(|| prepare_parts(&file, &limits).map(|_| ()))),
            ("transparent", peak(|| prepare_transparent(&file, &limits).map(|_| ()))),
        ] {
            let (outcome, bytes) = prepared;
            assert!(bytes <= MAX_BYTES, "{name}, {way}: {bytes} bytes, {outcome:?}");
        }
    }
}

// S8
#[test]
fn what_phones_write_is_taken_in_far_less() {
    let _alone = alone();
    let limits = PhotoLimits::default();
    for (width, height, edge, most) in [
        (4032, 3024, 2016, 24_000_000),
        (8064, 6048, 2016, 32_000_000),
        (12_000, 9000, 2048, 32_000_000),
        (4608, 3456, 2048, 32_000_000),
    ] {
        for (progressive, orientation) in [(false, 1), (false, 6), (true, 1), (true, 8)] {
            // What phones write in one scan.
            if progressive && width > 8064 {
                continue;
            }
            let file = jpeg_lying(width, height, ColorType::Rgb, progressive, orientation);
            let (prepared, bytes) = peak(|| prepare(&file, &limits));
            let prepared = prepared.unwrap_or_else(|error| panic!("{width} × {height}, {progressive}: {error}"));
            assert_eq!(prepared.width.max(prepared.height), edge, "{prepared:?}");
            println!("{width} × {height}, progressive: {progressive}, orientation {orientation}: {bytes} bytes");
            assert!(bytes <= most, "{width} × {height}, {progressive}: {bytes} bytes");
        }
    }
}

// U6: a long tape at a phone's full resolution is cut, not refused
#[test]
fn a_long_tape_is_taken_whatever_its_resolution() {
    let _alone = alone();
    let limits = PhotoLimits::default();
    let mut files = Vec::new();
    for (width, height, orientation) in [(1500, 18_078, 1), (1500, 18_078, 3), (18_078, 1500, 6), (18_078, 1500, 8)] {
        for progressive in [false, true] {
            let file = jpeg_lying(width, height, ColorType::Rgb, progressive, orientation);
            files.push((format!("JPEG, progressive: {progressive}, orientation {orientation}"), file));
        }
    }
    files.push(("JPEG of 110 megapixels".into(), jpeg(3024, 36_288, ColorType::Luma, false)));
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbaImage::new(1440, 17_280).write_to(&mut file, image::ImageFormat::Png).expect("a picture");
    files.push(("PNG with alpha".into(), file.into_inner()));
    for (name, file) in files {
        let (parts, bytes) = peak(|| prepare_parts(&file, &limits));
        let parts = parts.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(parts.len(), 8, "{name}");
        assert!(parts.iter().all(|part| part.width >= 1200 && part.height > part.width), "{name}");
        println!("{name}: {bytes} bytes");
        assert!(bytes <= MAX_BYTES, "{name}: {bytes} bytes");
    }
}

// The bound holds for limits that an app sets, too.
#[test]
fn a_large_upload_takes_no_more_either() {
    let _alone = alone();
    let limits = PhotoLimits { max_edge: 65_535, max_bytes: 30_000_000, ..PhotoLimits::default() };
    for (width, height) in [(4032, 3024), (5500, 4500), (8064, 6048)] {
        for (kind, progressive) in [(ColorType::Rgb, false), (ColorType::Rgb, true), (ColorType::Luma, false)] {
            let file = jpeg_lying(width, height, kind, progressive, 6);
            let (outcome, bytes) = peak(|| prepare(&file, &limits).map(|_| ()));
            assert!(bytes <= MAX_BYTES, "{width} × {height}: {bytes} bytes, {outcome:?}");
        }
    }
}

// S8, G2
#[test]
fn what_would_take_more_is_refused_by_its_header() {
    let _alone = alone();
    let bomb = riff(&[(b"VP8L", lossless(16_383, 6714))]);
    let (refused, bytes) = peak(|| prepare(&bomb, &PhotoLimits::default()));
    assert!(matches!(refused, Err(PhotoError::TooMuchMemory { width: 16_383, height: 6714, .. })), "{refused:?}");
    assert!(bytes < 1_000_000, "{bytes}");
}

// S8, G2: of a lossless WebP the tables of its codes may be larger than its pixels
#[test]
fn code_tables_count() {
    let _alone = alone();
    for (width, height) in [(64, 64), (3000, 2000)] {
        for groups in [1, 1000, 10_000, 20_000, 40_000, 65_536] {
            let (canvas, bitstream) = (extended(0x10, width, height), crowded(width, height, groups));
            let alpha = [&[1][..], &bitstream[5..]].concat();
            let lossy = (b"VP8 ", lossy(width as u16, height as u16));
            for (name, file) in [
                ("picture", riff(&[(b"VP8L", bitstream.clone())])),
                ("transparent picture", riff(&[(b"VP8X", canvas.clone()), (b"VP8L", bitstream)])),
                ("transparency", riff(&[(b"VP8X", canvas), (b"ALPH", alpha), lossy])),
            ] {
                let (outcome, bytes) = peak(|| prepare(&file, &PhotoLimits::default()).map(|_| ()));
                assert!(bytes <= MAX_BYTES, "{name}, {groups} groups: {bytes} bytes, {outcome:?}");
                let refused = matches!(outcome, Err(PhotoError::TooMuchMemory { .. }));
                assert!(refused || groups < 40_000, "{name}, {groups} groups: {outcome:?}");
                assert!(!refused || groups > 1000, "{name}, {groups} groups: {outcome:?}");
            }
        }
    }
}
