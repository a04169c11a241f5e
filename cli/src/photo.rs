//! `aipass photo`: what would be uploaded.

use crate::args::PhotoArgs;
use crate::failure::Failure;
use crate::figures::grouped;
use crate::input;
use crate::output;
use crate::progress;
use crate::result_file::{Destination, to_standard_output};
use aipass::photo::{PhotoLimits, PreparedPhoto, prepare};
use serde::Serialize;
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
    let original = input::photo_bytes(file).await?;
    let bytes = original.len();
    let prepared = tokio::task::spawn_blocking(move || prepare(&original, &PhotoLimits::default())).await;
    let prepared = prepared.map_err(|_| Failure::other("photo", "Its decoder failed: the file is damaged."))?;
    Ok((bytes, prepared.map_err(input::invalid_photo)?))
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
