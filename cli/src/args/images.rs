//! What the command line says about images to make.

use super::{OutputArgs, SessionArgs};
use aipass::ImageResponseFormat;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Make images of a description
///
/// With --count, the files are numbered: -o cat.png --count 2 writes cat-1.png and cat-2.png.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass image \"A cat under a table\" -o cat.png
  aipass image \"A cat under a table\" --size 1024x1024 --count 2 -o cat.png
  aipass image \"A cat under a table\" -o - | display")]
pub struct ImageArgs {
    /// What is to be seen
    pub prompt: String,

    /// How much care is taken, in the model's own words, such as high
    #[arg(long, value_name = "WORD")]
    pub quality: Option<String>,

    #[command(flatten)]
    pub options: ImageOptions,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Change images as a description says
///
/// The images are uploaded upright and without metadata, such as where they were taken.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass image-edit room.jpg --prompt \"Paint the wall green\" -o green.png
  aipass image-edit room.jpg lamp.jpg --prompt \"Put the lamp on the table\" -o both.png
  aipass image-edit room.png --mask wall.png --prompt \"A window\" -o window.png")]
pub struct ImageEditArgs {
    /// The images to work from: JPEG, PNG, GIF or WebP
    #[arg(required = true, value_name = "FILE")]
    pub photos: Vec<PathBuf>,

    /// What is to be changed
    #[arg(long, value_name = "TEXT")]
    pub prompt: String,

    /// A PNG of the first image's size, whose transparent pixels mark what may change
    #[arg(long, value_name = "FILE")]
    pub mask: Option<PathBuf>,

    #[command(flatten)]
    pub options: ImageOptions,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Make variations of an image
///
/// The image is uploaded upright and without metadata, such as where it was taken.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  aipass image-variation cat.png --count 3 -o cats.png")]
pub struct ImageVariationArgs {
    /// The image: JPEG, PNG, GIF or WebP
    #[arg(value_name = "FILE")]
    pub photo: PathBuf,

    #[command(flatten)]
    pub options: ImageOptions,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// What may be wished of images, however they are made.
#[derive(Debug, Args)]
pub struct ImageOptions {
    /// Width and height in pixels, such as 1024x1024; models differ in what they offer
    #[arg(long, value_name = "SIZE")]
    pub size: Option<String>,

    /// How many images, up to 100; each costs
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub count: u32,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    /// How the provider hands the images over; not every model takes a wish [default: as the model likes]
    #[arg(long)]
    pub form: Option<HandedOver>,
}

impl ImageOptions {
    /// As the library takes it: one image needs no saying.
    pub fn count(&self) -> Option<u32> {
        Some(self.count).filter(|count| *count > 1)
    }

    pub fn form(&self) -> Option<ImageResponseFormat> {
        self.form.map(|form| match form {
            HandedOver::Bytes => ImageResponseFormat::Bytes,
            HandedOver::Url => ImageResponseFormat::Url,
        })
    }
}

/// How a provider hands images over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HandedOver {
    /// In the answer itself
    Bytes,
    /// By an address that they are fetched from
    Url,
}
