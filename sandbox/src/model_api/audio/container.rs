//! The duration of an audio file, from its container. No sound is decoded.
//!
//! The files are untrusted: every size in them is checked against the bytes that are there, and nothing is allocated.

use std::time::Duration;

use super::reading::{array, duration_of, riff_chunks};
use super::{mpeg, tags};

/// In a WAV file's format.
const PLAIN_SAMPLES: [u8; 2] = [1, 0];

/// `None` for a file that is not FLAC, MP3, MP4, Ogg or WAV; zero for one that does not state its length.
pub(super) fn duration(file: &[u8]) -> Option<Duration> {
    let sound = tags::without_id3(file);
    if sound.starts_with(b"RIFF") {
        wav(sound)
    } else if sound.starts_with(b"fLaC") {
        flac(sound)
    } else if sound.starts_with(b"OggS") {
        ogg(sound)
    } else if sound.get(4..8) == Some(b"ftyp") {
        mp4(sound)
    } else {
        mpeg::duration(sound)
    }
}

fn wav(file: &[u8]) -> Option<Duration> {
    let chunks = file.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WAVE")?;
    let chunk = |wanted: &[u8]| riff_chunks(chunks).find(|(name, _)| *name == wanted).map(|(_, chunk)| chunk);
    let (format, sound) = (chunk(b"fmt ")?, chunk(b"data")?.len() as u64);
    // For compressed samples the bytes per second are an average, and often wrong. The fact chunk counts the samples.
    let packed = array(format, 0)? != PLAIN_SAMPLES;
    let count = chunk(b"fact").filter(|_| packed && sound > 0).and_then(|fact| array(fact, 0)).map(u32::from_le_bytes);
    let (units, at) = count.filter(|count| *count > 0).map_or((sound, 8), |count| (count.into(), 4));
    duration_of(units, u32::from_le_bytes(array(format, at)?).into())
}

fn flac(file: &[u8]) -> Option<Duration> {
    // After the magic number and the head of a block comes the stream's information.
    let numbers = u64::from_be_bytes(array(file, 18)?);
    duration_of(numbers & 0xf_ffff_ffff, numbers >> 44)
}

/// A stream of sound in an Ogg file.
struct Stream {
    serial: [u8; 4],
    rate: u64,
    /// Samples at the beginning that are not played.
    skipped: u64,
    /// The number of the last sample.
    end: u64,
}

impl Stream {
    /// The Vorbis or Opus stream that begins with the page.
    fn begun_by(page: &Page<'_>) -> Option<Self> {
        let (rate, skipped) = if page.body.starts_with(b"\x01vorbis") {
            (u32::from_le_bytes(array(page.body, 12)?).into(), 0)
        } else if page.body.starts_with(b"OpusHead") {
            (48_000, u16::from_le_bytes(array(page.body, 10)?).into())
        } else {
            return None;
        };
        Some(Self { serial: page.serial, rate, skipped, end: 0 })
    }

    fn duration(&self) -> Option<Duration> {
        duration_of(self.end.saturating_sub(self.skipped), self.rate)
    }
}

struct Page<'a> {
    /// The number of the last sample that ends in it. Negative if none does.
    position: i64,
    serial: [u8; 4],
    body: &'a [u8],
}

fn ogg(file: &[u8]) -> Option<Duration> {
    let (mut before, mut stream) = (Duration::ZERO, None::<Stream>);
    for page in ogg_pages(file) {
        if let Some(next) = Stream::begun_by(&page) {
            // A file may contain several streams one after another.
            if let Some(ended) = stream.replace(next) {
                before = before.checked_add(ended.duration()?)?;
            }
        } else if let Some(stream) = stream.as_mut().filter(|stream| stream.serial == page.serial) {
            stream.end = u64::try_from(page.position).unwrap_or(stream.end);
        }
    }
    before.checked_add(stream?.duration()?)
}

fn ogg_pages(mut rest: &[u8]) -> impl Iterator<Item = Page<'_>> {
    std::iter::from_fn(move || {
        let head = rest.get(..27)?.strip_prefix(b"OggS")?;
        let (position, serial) = (i64::from_le_bytes(array(head, 2)?), array(head, 10)?);
        let (sizes, body) = rest[27..].split_at_checked(head[22].into())?;
        let size: usize = sizes.iter().copied().map(usize::from).sum();
        let (body, after) = body.split_at(size.min(body.len()));
        rest = after;
        Some(Page { position, serial, body })
    })
}

fn mp4(file: &[u8]) -> Option<Duration> {
    let movie = mp4_box(file, b"moov")?;
    let media = mp4_boxes(movie).filter(|(kind, _)| kind == b"trak").filter_map(|(_, track)| mp4_box(track, b"mdia"));
    let is_sound = |media: &&[u8]| mp4_box(media, b"hdlr").and_then(|handler| handler.get(8..12)) == Some(b"soun");
    let head = mp4_box(media.into_iter().find(is_sound)?, b"mdhd")?;
    let (units, per_second) = match head.first()? {
        0 => (u32::from_be_bytes(array(head, 16)?).into(), array(head, 12)?),
        _ => (u64::from_be_bytes(array(head, 24)?), array(head, 20)?),
    };
    duration_of(units, u32::from_be_bytes(per_second).into())
}

fn mp4_box<'a>(boxes: &'a [u8], wanted: &[u8; 4]) -> Option<&'a [u8]> {
    mp4_boxes(boxes).find(|(kind, _)| kind == wanted).map(|(_, content)| content)
}

fn mp4_boxes(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let kind = array(rest, 4)?;
        let (head, size) = match u32::from_be_bytes(array(rest, 0)?) {
            0 => (8, rest.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(array(rest, 8)?)).ok()?),
            size => (8, size as usize),
        };
        let (whole, after) = rest.split_at(size.min(rest.len()));
        rest = after;
        Some((kind, whole.get(head..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ogg_page(position: i64, serial: u32, body: &[u8]) -> Vec<u8> {
        let head = [b"OggS\0\0", &position.to_le_bytes()[..], &serial.to_le_bytes(), &[0; 8]].concat();
        [&head[..], &[1, body.len() as u8], body].concat()
    }

    fn mp4_box(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [&(8 + content.len() as u32).to_be_bytes(), &kind[..], content].concat()
    }

    fn mp4_track(handler: &[u8; 4], head: &[u8]) -> Vec<u8> {
        let handler = mp4_box(b"hdlr", &[&[0; 8], &handler[..]].concat());
        mp4_box(b"trak", &mp4_box(b"mdia", &[mp4_box(b"mdhd", head), handler].concat()))
    }

    /// A file of each format, and how many milliseconds it takes.
    fn files() -> Vec<(Vec<u8>, u64)> {
        let flac = [b"fLaC\0\0\0\x22", &[0; 10][..], &(48_000_u64 << 44 | 72_000).to_be_bytes(), &[0; 16]].concat();
        let opus = [
            ogg_page(0, 1, b"OpusHead\x01\x01\x38\x01\0\0\0\0\0\0\0"),
            ogg_page(0, 1, b"OpusTags"),
            ogg_page(48_312, 1, b"sound"),
            ogg_page(99_999, 2, b"something else"),
            ogg_page(-1, 1, b"begins"),
        ]
        .concat();
        let vorbis = [ogg_page(0, 3, b"\x01vorbis\0\0\0\0\x01\x40\x1f\0\0"), ogg_page(12_000, 3, b"sound")].concat();
        let short = [&[0; 12], &8000_u32.to_be_bytes()[..], &6000_u32.to_be_bytes()].concat();
        let long = [&[1][..], &[0; 19], &8000_u32.to_be_bytes()[..], &6000_u64.to_be_bytes()].concat();
        let mp4 = |head: &[u8]| {
            let movie = mp4_box(b"moov", &[mp4_track(b"vide", &[0; 20]), mp4_track(b"soun", head)].concat());
            [mp4_box(b"ftyp", b"M4A "), movie].concat()
        };
        // MPEG-1 layer III, 128 kbit/s, 48 kHz: 384 bytes for 24 ms.
        let frame = [&[0xff, 0xfb, 0x94, 0][..], &[0; 380]].concat();
        let mut information = frame.clone();
        information[36..40].copy_from_slice(b"Info");
        let mp3 = [b"cut off", &information[..], &frame.repeat(5), b"TAG", &[0; 125]].concat();
        let packed = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x02\0\x01\0\x40\x1f\0\0\x01\0\0\0\x04\0\x04\0\
            fact\x04\0\0\0\x40\x1f\0\0data\x02\0\0\0xx";
        let chained = [&opus[..], &vorbis].concat();
        let tagged = [b"ID3\x03\0\0\0\0\0\x02xx", &flac[..]].concat();
        vec![
            (packed.to_vec(), 1000),
            (flac, 1500),
            (tagged, 1500),
            (opus, 1000),
            (vorbis, 1500),
            (chained, 2500),
            (mp4(&short), 750),
            (mp4(&long), 750),
            (mp3, 120),
        ]
    }

    #[test]
    fn the_duration_of_each_format_is_read() {
        for (number, (file, milliseconds)) in files().into_iter().enumerate() {
            assert_eq!(duration(&file), Some(Duration::from_millis(milliseconds)), "file {number}");
        }
    }

    #[test]
    fn no_broken_file_breaks_the_reader() {
        for (mut file, _) in files() {
            for at in 0..file.len() {
                let _ = duration(&file[..at]);
                for byte in [0, 1, 0x7f, 0xff] {
                    let kept = std::mem::replace(&mut file[at], byte);
                    let _ = duration(&file);
                    file[at] = kept;
                }
            }
        }
    }
}
