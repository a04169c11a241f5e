//! Audio files: writes the sandbox's own speech, with the text in its tags, and reads any file's duration.

use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};

use super::voice::{BYTES_PER_SAMPLE, SAMPLES_PER_SECOND, Voice};
use super::{container, tags};
use crate::model_api::errors::invalid;
use crate::wire::errors::RequestError;

/// MPEG-2 layer III at 24 kHz and 8 kbit/s, one channel, no checksum. The side information and the data behind it are all
/// zero: silence.
const SILENT_FRAME: [u8; 24] = [0xff, 0xf3, 0x14, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const SAMPLES_PER_FRAME: u32 = 576;
/// About a second.
const FRAMES_PER_PIECE: u32 = 42;

/// What is known of a recording.
pub(super) struct Recording {
    pub(super) duration: Duration,
    /// Its text, if a sandbox made it.
    pub(super) text: Option<String>,
}

/// All of a WAV file but its samples.
pub(super) fn wav_header(text: &str, voice: Voice) -> Bytes {
    let tag = tags::riff(text);
    let samples = voice.sample_count(text).saturating_mul(BYTES_PER_SAMPLE);
    let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    let mut head = BytesMut::new();
    head.put_slice(b"RIFF");
    head.put_u32_le(size(4 + 24 + tag.len() + 8).saturating_add(samples));
    head.put_slice(b"WAVEfmt ");
    head.put_u32_le(16);
    head.put_u16_le(1); // samples as they are
    head.put_u16_le(1); // one channel
    head.put_u32_le(SAMPLES_PER_SECOND);
    head.put_u32_le(SAMPLES_PER_SECOND * BYTES_PER_SAMPLE);
    head.put_u16_le(2);
    head.put_u16_le(16);
    head.put_slice(&tag);
    head.put_slice(b"data");
    head.put_u32_le(samples);
    head.freeze()
}

/// A silent MP3 file that is as long as the speech. A real encoder would be larger than the rest of this module.
pub(super) fn silent_mp3(text: &str, voice: Voice) -> impl Iterator<Item = Bytes> + use<> {
    let head = Bytes::from(tags::id3(text));
    let frames = voice.sample_count(text).div_ceil(SAMPLES_PER_FRAME);
    let pieces = (0..frames).step_by(FRAMES_PER_PIECE as usize).map(move |first| {
        let count = FRAMES_PER_PIECE.min(frames - first);
        Bytes::from(SILENT_FRAME.repeat(count as usize))
    });
    std::iter::once(head).chain(pieces)
}

/// Reads a file on a thread where it blocks no other request.
pub(super) async fn read(file: Bytes) -> Result<Recording, RequestError> {
    if file.is_empty() {
        return Err(invalid("file is empty."));
    }
    let read = tokio::task::spawn_blocking(move || inspect(&file)).await;
    let recording = read.ok().flatten().ok_or_else(|| invalid("file must be sound as FLAC, MP3, MP4, Ogg or WAV."))?;
    if recording.duration.is_zero() {
        return Err(invalid("There is no sound in file."));
    }
    Ok(recording)
}

fn inspect(file: &[u8]) -> Option<Recording> {
    Some(Recording { duration: container::duration(file)?, text: tags::text(file) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_contain_their_text() {
        let voice = Voice::new("nova", 1.0);
        for (text, heard) in
            [("Hello", "Hello"), ("Zwei Käffchen ☕, 二つ 🎉", "Zwei Käffchen ☕, 二つ 🎉"), ("a\0b", "a b")]
        {
            let wav = [&wav_header(text, voice)[..], &voice.pcm(text)].concat();
            let mp3 = silent_mp3(text, voice).collect::<Vec<_>>().concat();
            for file in [wav, mp3] {
                let recording = inspect(&file).unwrap();
                assert_eq!(recording.text.as_deref(), Some(heard));
                let expected = text.chars().count() as f64 * 0.06;
                assert!((recording.duration.as_secs_f64() - expected).abs() < 0.024, "{:?}", recording.duration);
            }
        }
    }

    #[test]
    fn hostile_files_are_no_recordings() {
        let voice = Voice::new("nova", 1.0);
        let mut wav = wav_header("Hello", voice).to_vec();
        wav.extend(voice.pcm("Hello"));
        assert_eq!(inspect(&wav).unwrap().text.as_deref(), Some("Hello"));
        for end in 0..60 {
            assert!(inspect(&wav[..end]).is_none_or(|recording| recording.text.is_none()), "{end} bytes");
        }
        for file in
            [&b"no sound"[..], b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff", b"ID3\x04\0\0\x7f\x7f\x7f\x7f", b"fLaC"]
        {
            assert!(inspect(file).is_none_or(|recording| recording.duration.is_zero()), "{file:?}");
        }
    }
}
