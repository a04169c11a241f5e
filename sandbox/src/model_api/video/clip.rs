//! The recorded clip that stands for every video.
//!
//! Two seconds of FFmpeg's test picture, 320 × 180 pixels, H.264 (constrained baseline) in MP4, made with FFmpeg 5.1:
//!
//! ```sh
//! ffmpeg -f lavfi -i testsrc=size=320x180:rate=10:duration=2 \
//!   -c:v libx264 -profile:v baseline -pix_fmt yuv420p -crf 24 -preset veryslow \
//!   -bsf:v filter_units=remove_types=6 -movflags +faststart -fflags +bitexact -flags:v +bitexact clip.mp4
//! ```
//!
//! Players show it, whatever size and length the request asked for. So that a client notices a mixed-up video, each file ends
//! with a `free` box (ISO/IEC 14496-12, 8.1.2) that says what was requested. Players skip it.

use bytes::Bytes;
use serde_json::Value;

const CLIP: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/recorded/clip.mp4"));

/// The clip, with `request` at its end.
pub(super) fn with_request(request: &Value) -> Bytes {
    let content = request.to_string();
    // A prompt is bounded, so the size fits.
    let size = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
    Bytes::from([CLIP, &size.to_be_bytes(), b"free", content.as_bytes()].concat())
}
