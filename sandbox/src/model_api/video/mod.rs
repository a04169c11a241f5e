//! Videos: ordered, looked after while they are in the making, fetched.
//!
//! Nothing is filmed here: a video is a picture of large blocks, in colours that its prompt stands for, with a bar that
//! grows with each frame; in H.264 and MP4, so that any player shows it.

mod h264;
mod job;
mod mp4;
mod orders;
mod results;

pub(crate) use job::Jobs;
pub(crate) use orders::{create, remix};
pub(crate) use results::{content, link, status};
