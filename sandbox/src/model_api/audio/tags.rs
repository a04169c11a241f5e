//! The text of the sandbox's own speech, in the tags of its file: a RIFF INFO list, or ID3v2.4.

use super::reading::{array, riff_chunks};

/// The encoder's name in the tags. Only with this name is the comment the text.
const ENCODER: &str = "aipass-sandbox";
/// Before an ID3 comment: that it is UTF-8, of no known language, and has no title.
const COMMENT_HEAD: &str = "\x03XXX\0";
/// Before any other ID3 text: that it is UTF-8.
const TEXT_HEAD: &str = "\x03";

/// For a WAV file, before its samples.
pub(super) fn riff(text: &str) -> Vec<u8> {
    let mut list = b"INFO".to_vec();
    list.extend(riff_chunk(b"ITCH", format!("{ENCODER}\0").as_bytes()));
    list.extend(riff_chunk(b"ICMT", format!("{}\0", without_nul(text)).as_bytes()));
    riff_chunk(b"LIST", &list)
}

/// For the beginning of an MP3 file.
pub(super) fn id3(text: &str) -> Vec<u8> {
    let mut frames = id3_frame(b"TENC", format!("{TEXT_HEAD}{ENCODER}").as_bytes());
    frames.extend(id3_frame(b"COMM", format!("{COMMENT_HEAD}{}", without_nul(text)).as_bytes()));
    [b"ID3\x04\0\0", &id3_size(&frames)[..], &frames].concat()
}

/// The text of a file, if a sandbox made it.
pub(super) fn text(file: &[u8]) -> Option<String> {
    riff_text(file).or_else(|| id3_text(file)).map(str::to_owned)
}

/// The file from after its ID3 tags, which any format may begin with.
pub(super) fn without_id3(mut file: &[u8]) -> &[u8] {
    while let Some((_, after)) = split_id3(file) {
        file = after;
    }
    file
}

/// Both formats end texts with a NUL.
fn without_nul(text: &str) -> String {
    text.replace('\0', " ")
}

fn riff_chunk(name: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let padding = &[0][..bytes.len() % 2];
    [name, &size.to_le_bytes()[..], bytes, padding].concat()
}

fn riff_text(file: &[u8]) -> Option<&str> {
    let mut chunks = riff_chunks(file.strip_prefix(b"RIFF")?.get(8..)?);
    let list = chunks.find_map(|(name, list)| list.strip_prefix(b"INFO").filter(|_| name == b"LIST"))?;
    let text = |wanted: &[u8]| {
        let (_, chunk) = riff_chunks(list).find(|(name, _)| *name == wanted)?;
        // A text without its end is incomplete.
        let end = chunk.iter().position(|byte| *byte == 0)?;
        str::from_utf8(&chunk[..end]).ok()
    };
    text(b"ITCH").filter(|encoder| *encoder == ENCODER).and_then(|_| text(b"ICMT"))
}

fn id3_frame(name: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    [name, &id3_size(bytes)[..], &[0, 0], bytes].concat()
}

/// Seven bits a byte, so that none of it looks like the beginning of sound.
fn id3_size(bytes: &[u8]) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| (bytes.len() >> shift & 0x7f) as u8)
}

fn id3_size_at(bytes: &[u8], from: usize) -> Option<usize> {
    let size: [u8; 4] = array(bytes, from)?;
    Some(size.into_iter().fold(0, |size, byte| size << 7 | usize::from(byte & 0x7f)))
}

/// The content of the file's first ID3 tag, and what follows it. A tag that is cut off is ignored.
fn split_id3(file: &[u8]) -> Option<(&[u8], &[u8])> {
    let flags = *file.strip_prefix(b"ID3")?.get(2)?;
    let (frames, after) = file.get(10..)?.split_at_checked(id3_size_at(file, 6)?)?;
    // Some tags have a footer that repeats the header.
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    Some((frames, after.get(footer..)?))
}

fn id3_text(file: &[u8]) -> Option<&str> {
    let (frames, _) = split_id3(file).filter(|_| file.starts_with(b"ID3\x04"))?;
    let text = |wanted: &[u8], head: &str| {
        let (_, frame) = id3_frames(frames).find(|(name, _)| *name == wanted)?;
        str::from_utf8(frame).ok()?.strip_prefix(head)
    };
    text(b"TENC", TEXT_HEAD).filter(|encoder| *encoder == ENCODER).and_then(|_| text(b"COMM", COMMENT_HEAD))
}

fn id3_frames(mut rest: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let (frame, after) = rest.get(10..)?.split_at_checked(id3_size_at(rest, 4)?)?;
        let name = &rest[..4];
        rest = after;
        Some((name, frame))
    })
}
