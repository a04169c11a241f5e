//! `aipass photo`: what would be uploaded.

use crate::args::PhotoArgs;
use crate::failure::Failure;
use crate::input;
use crate::output::{self, grouped};
use crate::progress;
use crate::result_file::{Destination, to_standard_output};
use aipass::Error;
use aipass::photo::{PhotoError, PhotoLimits, PreparedPhoto, prepare};
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What `--json` prints. Sizes are in pixels and bytes.
#[derive(Serialize)]
struct Report {
    original_width: u32,
    original_height: u32,
    original_bytes: usize,
    width: u32,
    height: u32,
    bytes: usize,
    format: String,
    re_encoded: bool,
}

impl Report {
    fn of(original_bytes: usize, prepared: &PreparedPhoto) -> Self {
        Self {
            original_width: prepared.original_width,
            original_height: prepared.original_height,
            original_bytes,
            width: prepared.width,
            height: prepared.height,
            bytes: prepared.bytes.len(),
            format: prepared.format.to_string(),
            re_encoded: prepared.re_encoded,
        }
    }
}

pub async fn run(args: &PhotoArgs) -> Result<(), Failure> {
    let destination = Destination::of(&args.output, args.json)?;
    let preparing = progress::during("preparing the photo", prepare_file(&args.file));
    let (bytes, prepared) = preparing.await.map_err(|failure| failure.about(&args.file))?;
    match destination {
        Destination::StandardOutput => return to_standard_output(&prepared.bytes).await,
        Destination::File(file) => file.write(&prepared.bytes)?,
    };
    if args.json {
        output::json(&Report::of(bytes, &prepared), false)
    } else {
        output::line(describe(bytes, &prepared))
    }
}

/// The size of the file, and what would be uploaded of it.
async fn prepare_file(file: &Path) -> Result<(usize, PreparedPhoto), Failure> {
    let original = read(file).await?;
    let bytes = original.len();
    let prepared = tokio::task::spawn_blocking(move || prepare(&original, &PhotoLimits::default())).await;
    let prepared = prepared.map_err(|_| Failure::other("photo", "Its decoder failed: the file is damaged."))?;
    Ok((bytes, prepared.map_err(refuse)?))
}

/// The bytes of a photo's file; not more than are allowed, whatever kind of file it is. On a thread of its own: a pipe or a
/// network's folder may never answer, and Ctrl-C must be heard all the same.
pub async fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let path = path.to_owned();
    let bytes = tokio::task::spawn_blocking(move || read_now(&path)).await;
    bytes.map_err(|_| Failure::other("file", "It cannot be read: run this again."))?
}

fn read_now(path: &Path) -> Result<Vec<u8>, Failure> {
    let limit = PhotoLimits::default().max_input_bytes;
    let file = File::open(path).map_err(input::unreadable)?;
    let size = file.metadata().map_err(input::unreadable)?.len();
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(input::unreadable)?;
    if bytes.len() > limit {
        let size = usize::try_from(size).unwrap_or(usize::MAX).max(bytes.len());
        return Err(refuse(PhotoError::FileTooLarge { bytes: size, max_bytes: limit }));
    }
    Ok(bytes)
}

fn refuse(error: PhotoError) -> Failure {
    Error::InvalidInput { input: "photo".to_owned(), detail: error.to_string() }.into()
}

fn describe(bytes: usize, prepared: &PreparedPhoto) -> String {
    let PreparedPhoto { original_width, original_height, width, height, .. } = prepared;
    let how = if prepared.re_encoded { "re-encoded" } else { "the same bytes, not re-encoded" };
    format!(
        "{original_width} × {original_height}, {} bytes → {width} × {height}, {} bytes ({}, {how})",
        grouped(bytes),
        grouped(prepared.bytes.len()),
        prepared.format,
    )
}
