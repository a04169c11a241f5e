//! Kinds of audio files, and recordings to upload.

use crate::error::{Error, Result};
use crate::net::payload::{Field, FieldValue, FileContent};
use crate::photo::{MAX_FTYP_BYTES, picture_format};
use bytes::Bytes;
use std::path::{Path, PathBuf};
use tokio::io::AsyncReadExt;

/// A kind of audio file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AudioFormat {
    /// MP3.
    Mp3,
    /// Opus in an Ogg file.
    Opus,
    /// AAC.
    Aac,
    /// FLAC.
    Flac,
    /// WAV.
    Wav,
    /// Raw samples: 24 kHz, 16 bits, little-endian, one channel.
    Pcm,
}

impl AudioFormat {
    pub(super) fn name(self) -> &'static str {
        match self {
            AudioFormat::Mp3 => "mp3",
            AudioFormat::Opus => "opus",
            AudioFormat::Aac => "aac",
            AudioFormat::Flac => "flac",
            AudioFormat::Wav => "wav",
            AudioFormat::Pcm => "pcm",
        }
    }
}

/// A recording: MP3, MP4, M4A, WAV, WebM, Ogg or FLAC.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AudioFile {
    /// The file's bytes.
    Bytes(Bytes),
    /// The file's absolute path. Read while it is uploaded, never whole in memory.
    File(PathBuf),
}

impl From<Vec<u8>> for AudioFile {
    fn from(bytes: Vec<u8>) -> Self {
        AudioFile::Bytes(bytes.into())
    }
}

impl From<Bytes> for AudioFile {
    fn from(bytes: Bytes) -> Self {
        AudioFile::Bytes(bytes)
    }
}

impl From<PathBuf> for AudioFile {
    fn from(path: PathBuf) -> Self {
        AudioFile::File(path)
    }
}

impl std::fmt::Debug for AudioFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AudioFile::Bytes(bytes) => write!(formatter, "AudioFile({} bytes)", bytes.len()),
            AudioFile::File(path) => write!(formatter, "AudioFile({})", path.display()),
        }
    }
}

impl AudioFile {
    /// The recording as a field of a form. Its kind is read from its first bytes: a name can be wrong.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `file` if it is empty, cannot be read, or is of a kind that models do not take (P8).
    pub(super) async fn into_field(self) -> Result<Field> {
        let (content, start) = match self {
            AudioFile::Bytes(bytes) => {
                let start = bytes[..bytes.len().min(RECOGNISED_BY)].to_vec();
                (FileContent::Bytes(bytes), start)
            }
            AudioFile::File(path) => look_at(path).await?,
        };
        if start.is_empty() {
            return Err(Error::invalid_input(
                "file",
                "it is empty: was the recording closed before it was handed over?",
            ));
        }
        if let Some(format) = picture_format(&start) {
            return Err(Error::invalid_input("file", format!("it is a picture ({format}), not a recording")));
        }
        let (extension, media_type) = kind_of(&start).ok_or_else(|| {
            Error::invalid_input("file", "it is no MP3, MP4, M4A, WAV, WebM, Ogg or FLAC; record one of these")
        })?;
        let value = FieldValue::File { file_name: format!("audio.{extension}"), media_type, content };
        Ok(Field { name: "file", value })
    }
}

/// So many bytes tell what a file is: MP4 and HEIC are told apart by the brands in their first box.
const RECOGNISED_BY: usize = MAX_FTYP_BYTES;

async fn look_at(path: PathBuf) -> Result<(FileContent, Vec<u8>)> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        Error::invalid_input("file", format!("{} cannot be read: {error}", path.display()))
    };
    let look = async {
        let file = tokio::fs::File::open(&path).await?;
        let length = file.metadata().await?.len();
        let mut start = Vec::new();
        file.take(RECOGNISED_BY as u64).read_to_end(&mut start).await?;
        Ok((length, start))
    };
    match look.await {
        Ok((length, start)) => Ok((FileContent::Path { path, length }, start)),
        Err(error) => Err(unreadable(&path, &error)),
    }
}

/// Extension and media type of what begins like this.
fn kind_of(start: &[u8]) -> Option<(&'static str, &'static str)> {
    let at = |position: usize, magic: &[u8]| start.get(position..).is_some_and(|rest| rest.starts_with(magic));
    Some(if at(0, b"RIFF") && at(8, b"WAVE") {
        ("wav", "audio/wav")
    } else if at(0, b"fLaC") {
        ("flac", "audio/flac")
    } else if at(0, b"OggS") {
        ("ogg", "audio/ogg")
    } else if at(0, b"\x1A\x45\xDF\xA3") {
        ("webm", "audio/webm")
    } else if at(4, b"ftypM4A") {
        ("m4a", "audio/mp4")
    } else if at(4, b"ftyp") {
        ("mp4", "audio/mp4")
    } else if at(0, b"ID3") || is_mpeg_frame(start) {
        ("mp3", "audio/mpeg")
    } else {
        return None;
    })
}

/// An MPEG audio frame: eleven ones, then a version and a layer that exist.
fn is_mpeg_frame(start: &[u8]) -> bool {
    matches!(start, [0xFF, second, ..] if second & 0xE0 == 0xE0 && second & 0x18 != 0x08 && second & 0x06 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_recognised_by_its_first_bytes() {
        for (start, extension) in [
            (b"RIFF\x24\0\0\0WAVEfmt ".as_slice(), "wav"),
            (b"fLaC\0\0\0\x22", "flac"),
            (b"OggS\0\x02", "ogg"),
            (b"\x1A\x45\xDF\xA3\x9F", "webm"),
            (b"\0\0\0\x1CftypM4A ", "m4a"),
            (b"\0\0\0\x18ftypmp42", "mp4"),
            (b"ID3\x04", "mp3"),
            (b"\xFF\xFB\x90\x64", "mp3"),
        ] {
            assert_eq!(kind_of(start).unwrap().0, extension);
        }
        for start in [b"".as_slice(), b"RIFF\x24\0\0\0WEBP", b"\xFF\xD8\xFF\xE0", b"#!AMR\n", b"hello there"] {
            assert_eq!(kind_of(start), None);
        }
    }

    // P8
    #[tokio::test]
    async fn an_empty_a_missing_and_an_unknown_recording_are_refused_by_name() {
        let empty = tempfile::NamedTempFile::new().unwrap();
        for (audio, sentence) in [
            (AudioFile::Bytes(Bytes::new()), "it is empty"),
            (AudioFile::File(empty.path().to_owned()), "it is empty"),
            (AudioFile::File(empty.path().with_file_name("missing")), "cannot be read"),
            (AudioFile::Bytes(Bytes::from_static(b"#!AMR\n")), "record one of these"),
            (AudioFile::Bytes(Bytes::from_static(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")), "a picture (HEIC)"),
            (AudioFile::Bytes(Bytes::from_static(b"\0\0\0\x1Cftypmif1\0\0\0\0mif1miafavif")), "a picture (AVIF)"),
            (AudioFile::Bytes(Bytes::from_static(b"\0\0\0\x14ftypmif3\0\0\0\0mif3")), "a picture (HEIC)"),
            (AudioFile::Bytes(Bytes::from_static(b"\xFF\xD8\xFF\xE0\0\x10JFIF")), "a picture (JPEG)"),
            (AudioFile::Bytes(Bytes::from_static(b"RIFF\x24\0\0\0WEBPVP8 ")), "a picture (WebP)"),
        ] {
            let Err(Error::InvalidInput { input, detail }) = audio.into_field().await else { panic!("it was taken") };
            assert_eq!(input, "file");
            assert!(detail.contains(sentence), "{detail}");
        }
    }
}
