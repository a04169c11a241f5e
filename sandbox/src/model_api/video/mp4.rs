//! MP4 (ISO/IEC 14496-12 and -15): one track of video, its index before its frames, so that it plays while it comes.

use bytes::Bytes;
use image::RgbImage;

use super::h264::{self, BLOCK};

const FRAMES_PER_SECOND: u32 = 4;
/// Nothing is turned or scaled.
const UNCHANGED: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// A film of the picture, whose pixels become blocks.
pub(super) fn of(picture: &RgbImage, seconds: u32) -> Bytes {
    let count = seconds * FRAMES_PER_SECOND;
    let units = (0..count).map(|number| match number {
        0 => h264::first_frame(picture),
        _ => h264::next_frame(picture, number),
    });
    let frames: Vec<Vec<u8>> = units.map(|unit| [&size(unit.len()).to_be_bytes()[..], &unit].concat()).collect();
    let head = node(b"ftyp", &[b"isom", &[0, 0, 2, 0], b"isom", b"iso2", b"avc1", b"mp41"]);
    // The index says where the frames begin, behind itself; how long it is does not depend on what it says.
    let index = index(picture, &frames, 0).len();
    let index = self::index(picture, &frames, size(head.len() + index + 8));
    Bytes::from([head, index, node(b"mdat", &[&frames.concat()])].concat())
}

fn index(picture: &RgbImage, frames: &[Vec<u8>], offset: u32) -> Vec<u8> {
    let duration = size(frames.len());
    let (width, height) = (picture.width() * BLOCK, picture.height() * BLOCK);
    let movie = full(
        b"mvhd",
        0,
        &[
            numbers(&[0, 0, FRAMES_PER_SECOND, duration, 0x1_0000]),
            vec![1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], // volume
            numbers(&UNCHANGED),
            numbers(&[0, 0, 0, 0, 0, 0, 2]), // the next track would be the second
        ],
    );
    let track = full(
        b"tkhd",
        3,
        &[numbers(&[0, 0, 1, 0, duration, 0, 0, 0, 0]), numbers(&UNCHANGED), numbers(&[width << 16, height << 16])],
    );
    let media = full(b"mdhd", 0, &[numbers(&[0, 0, FRAMES_PER_SECOND, duration, 0x55c4_0000])]); // no language
    let handler = full(b"hdlr", 0, &[numbers(&[0]), b"vide".to_vec(), numbers(&[0, 0, 0]), b"video\0".to_vec()]);
    let here = full(b"dref", 0, &[numbers(&[1]), full(b"url ", 1, &[])]);
    let information = node(
        b"minf",
        &[&full(b"vmhd", 1, &[numbers(&[0, 0])]), &node(b"dinf", &[&here]), &table(picture, frames, offset)],
    );
    let media = node(b"mdia", &[&media, &handler, &information]);
    node(b"moov", &[&movie, &node(b"trak", &[&track, &media])])
}

/// What the frames are, how long each lasts, how large it is and where.
fn table(picture: &RgbImage, frames: &[Vec<u8>], offset: u32) -> Vec<u8> {
    let count = size(frames.len());
    let sizes: Vec<u32> = frames.iter().map(|frame| size(frame.len())).collect();
    node(
        b"stbl",
        &[
            &full(b"stsd", 0, &[numbers(&[1]), description(picture)]),
            &full(b"stts", 0, &[numbers(&[1, count, 1])]),
            &full(b"stss", 0, &[numbers(&[1, 1])]), // the first can be shown alone
            &full(b"stsc", 0, &[numbers(&[1, 1, count, 1])]),
            &full(b"stsz", 0, &[numbers(&[0, count]), numbers(&sizes)]),
            &full(b"stco", 0, &[numbers(&[1, offset])]),
        ],
    )
}

fn description(picture: &RgbImage) -> Vec<u8> {
    let (sequence, pictures) = (h264::sequence_parameters(picture), h264::picture_parameters());
    let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
    let configuration = node(
        b"avcC",
        &[
            &[1],
            &h264::PROFILE,
            &[0xff, 0xe1], // lengths have four bytes; one set of each
            &short(sequence.len()),
            &sequence,
            &[1],
            &short(pictures.len()),
            &pictures,
        ],
    );
    let (width, height) = (picture.width() * BLOCK, picture.height() * BLOCK);
    node(
        b"avc1",
        &[
            &[0, 0, 0, 0, 0, 0, 0, 1], // where the data is: the first reference
            &[0; 16],
            &numbers(&[width << 16 | height, 0x48_0000, 0x48_0000, 0]), // 72 dots an inch
            &[0, 1],                                                    // a frame a sample
            &[0; 32],                                                   // no encoder's name
            &[0, 24, 0xff, 0xff],                                       // 24 bits of colour
            &configuration,
        ],
    )
}

/// A box: its length, its kind, what is in it.
fn node(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    [&size(content.len() + 8).to_be_bytes()[..], kind, &content].concat()
}

/// A box with a version, always 0, and flags.
fn full(kind: &[u8; 4], flags: u32, parts: &[Vec<u8>]) -> Vec<u8> {
    node(kind, &[&flags.to_be_bytes(), &parts.concat()])
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
