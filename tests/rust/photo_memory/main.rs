//! What a photo takes in memory beside its file, counted byte by byte (S8): at most 160 MB, or it is refused.
//!
//! All decoders are written in Rust, so that Rust's allocator sees everything they take.

#![allow(unsafe_code)] // an allocator is unsafe by its trait

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use aipass::photo::{PhotoError, PhotoLimits, prepare, prepare_parts, prepare_transparent};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

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

fn jpeg(width: u16, height: u16, kind: ColorType, progressive: bool) -> Vec<u8> {
    let channels = match kind {
        ColorType::Luma => 1,
        ColorType::Rgb => 3,
        _ => 4,
    };
    let pixels: Vec<u8> =
        (0..usize::from(width) * usize::from(height) * channels).map(|at| (at / 4096 % 200) as u8).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 80);
    encoder.set_progressive(progressive);
    encoder.set_sampling_factor(if channels == 3 { SamplingFactor::F_2_2 } else { SamplingFactor::F_1_1 });
    encoder.encode(&pixels, width, height, kind).expect("a picture");
    bytes
}

/// The same file with another size in its frame header: its decoder reserves for that, and finds too little data.
fn claiming(mut jpeg: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
    let frame = jpeg.windows(2).position(|pair| matches!(pair, [0xFF, 0xC0 | 0xC2])).expect("a frame");
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let checked = [kind.as_slice(), data].concat();
    let crc = !checked.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    [&(data.len() as u32).to_be_bytes()[..], &checked, &crc.to_be_bytes()].concat()
}

fn png(width: u32, height: u32, depth: u8, colour: u8, interlaced: bool) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, interlaced.into()]].concat();
    let palette = if colour == 3 { chunk(b"PLTE", &[7; 48]) } else { Vec::new() };
    let data = chunk(b"IDAT", &[0x78, 0x01, 0x03, 0x00, 0, 0, 0, 1]);
    [b"\x89PNG\r\n\x1A\n".to_vec(), chunk(b"IHDR", &header), palette, data, chunk(b"IEND", b"")].concat()
}

fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend_from_slice(*kind);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(data);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

fn lossless(width: u32, height: u32) -> Vec<u8> {
    let size = (width - 1) | (height - 1) << 14;
    [&[0x2F][..], &size.to_le_bytes(), &[0x88, 0x88, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat()
}

/// A lossy bitstream's header: a key frame, its start code and its size.
fn lossy(width: u16, height: u16) -> Vec<u8> {
    let head = [0x50, 0x01, 0x00, 0x9D, 0x01, 0x2A];
    [&head[..], &width.to_le_bytes(), &height.to_le_bytes(), &[0; 200]].concat()
}

fn extended(flags: u8, width: u32, height: u32) -> Vec<u8> {
    [&[flags, 0, 0, 0][..], &(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat()
}

fn gif(width: u16, height: u16, interlaced: u8) -> Vec<u8> {
    let screen = [width.to_le_bytes(), height.to_le_bytes()].concat();
    let frame = [b"\x2C\0\0\0\0".as_slice(), &screen, &[interlaced, 2, 2, 0x44, 1, 0]].concat();
    [b"GIF89a".as_slice(), &screen, b"\x80\0\0\xDC\x1E\x1E\xFF\xFF\xFF", &frame, b"\x3B"].concat()
}

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

#[test]
fn what_phones_write_is_taken_in_far_less() {
    let _alone = alone();
    let limits = PhotoLimits::default();
    for (width, height, progressive, most) in [
        (4032, 3024, false, 90_000_000),
        (4032, 3024, true, 120_000_000),
        (8064, 6048, false, 90_000_000),
        (8064, 6048, true, 160_000_000),
        (12_000, 9000, false, 60_000_000),
    ] {
        let file = jpeg(width, height, ColorType::Rgb, progressive);
        let (prepared, bytes) = peak(|| prepare(&file, &limits));
        let prepared = prepared.unwrap_or_else(|error| panic!("{width} × {height}, {progressive}: {error}"));
        assert_eq!(prepared.width.max(prepared.height), 2048);
        assert!(bytes <= most, "{width} × {height}, {progressive}: {bytes} bytes");
    }
}

#[test]
fn what_would_take_more_is_refused_by_its_header() {
    let _alone = alone();
    let bomb = riff(&[(b"VP8L", lossless(16_383, 6714))]);
    let (refused, bytes) = peak(|| prepare(&bomb, &PhotoLimits::default()));
    assert!(matches!(refused, Err(PhotoError::TooMuchMemory { width: 16_383, height: 6714, .. })), "{refused:?}");
    assert!(bytes < 1_000_000, "{bytes}");
}
