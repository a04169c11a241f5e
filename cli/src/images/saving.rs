//! Several images and their files.

use crate::args::OutputArgs;
use crate::failure::{Failure, Status};
use crate::result_file::{Destination, ResultFile, Saved, to_standard_output};
use crate::{output, progress};
use aipass::{AiPass, GeneratedImage, GeneratedImages};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Where the images go that are asked for.
pub enum Destinations<'a> {
    StandardOutput,
    Files { files: Vec<ResultFile>, args: &'a OutputArgs, json: bool },
}

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    images: Vec<SavedImage>,
}

#[derive(Serialize)]
struct SavedImage {
    #[serde(flatten)]
    saved: Saved,
    /// The description that the model made of the prompt, if it says so.
    revised_prompt: Option<String>,
}

impl<'a> Destinations<'a> {
    pub fn of(args: &'a OutputArgs, count: u32, json: bool) -> Result<Self, Failure> {
        if count == 1 {
            return Ok(match Destination::of(args, json)? {
                Destination::StandardOutput => Self::StandardOutput,
                Destination::File(file) => Self::Files { files: vec![file], args, json },
            });
        }
        if args.out == Path::new("-") {
            let sentence = "Several images cannot share standard output: name a file with --out, or ask for one image.";
            return Err(Failure::new(Status::Usage, "usage", sentence));
        }
        let file = |number| ResultFile::reserve(&numbered(&args.out, number), args.force);
        Ok(Self::Files { files: (1..=count).map(file).collect::<Result<_, _>>()?, args, json })
    }

    /// Writes the images that came, be they more or fewer than were asked for.
    pub async fn fill(self, ai: &AiPass, made: GeneratedImages) -> Result<(), Failure> {
        let mut images = made.images.into_iter();
        let (files, args, json) = match self {
            Self::StandardOutput => {
                let Some(image) = images.next() else { return Ok(()) };
                let fetching =
                    progress::transferring("fetching the image", ai, |ai| async move { ai.image_bytes(image).await });
                return to_standard_output(&fetching.await?).await;
            }
            Self::Files { files, args, json } => (files, args, json),
        };
        let asked_for = files.len();
        let mut files = files.into_iter();
        let mut outcomes = Vec::new();
        for (index, image) in images.enumerate() {
            let further = || ResultFile::reserve(&numbered(&args.out, index as u32 + 1), args.force);
            outcomes.push(match files.next().map_or_else(further, Ok) {
                Ok(file) => save(ai, image, file).await,
                Err(failure) => Err(failure),
            });
        }
        if outcomes.len() < asked_for {
            output::note(format_args!("The model made {} of {asked_for} images.", outcomes.len()));
        }
        print(outcomes, json)
    }
}

async fn save(ai: &AiPass, image: GeneratedImage, file: ResultFile) -> Result<SavedImage, Failure> {
    let revised_prompt = image.revised_prompt.clone();
    let draft = file.draft();
    let address = image.url.clone();
    let saving =
        progress::transferring("fetching the image", ai, |ai| async move { ai.save_image(image, draft).await });
    if let Err(failure) = saving.await {
        // It is paid for, and can be had there for a while.
        address.inspect(|url| output::note(format_args!("The image is at {url}.")));
        return Err(failure.into());
    }
    Ok(SavedImage { saved: file.keep()?, revised_prompt })
}

/// One image that fails does not cost the others.
fn print(outcomes: Vec<Result<SavedImage, Failure>>, json: bool) -> Result<(), Failure> {
    let mut images = Vec::new();
    let mut failed = None;
    for outcome in outcomes {
        match outcome {
            Ok(image) => images.push(image),
            Err(failure) => failed = failed.or(Some(failure)),
        }
    }
    if let Some(failure) = failed {
        for image in &images {
            output::note(format_args!("Written all the same: {}.", image.saved.shown()));
        }
        return Err(failure);
    }
    if json {
        return output::json(&Report { images }, false);
    }
    images.iter().try_for_each(|image| output::line(image.saved.shown()))
}

/// cat.png as cat-2.png.
fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_before_the_extension() {
        for (path, wanted) in [("a/cat.png", "a/cat-2.png"), ("cat", "cat-2"), ("a.b/cat.tar.gz", "a.b/cat.tar-2.gz")] {
            assert_eq!(numbered(Path::new(path), 2), Path::new(wanted));
        }
    }
}
