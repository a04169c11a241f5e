//! What the command line says about videos.

use super::{OutputArgs, SessionArgs};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Make videos, which takes minutes
///
/// A video is requested, waited for, and then downloaded. The provider makes it even if this program ends: keep its id.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass video create \"A paper boat in the rain\" --seconds 4 -o boat.mp4
  aipass video create \"A paper boat in the rain\" --json | jq -r .id
  aipass video wait VIDEO_ID && aipass video download VIDEO_ID -o boat.mp4")]
pub struct VideoArgs {
    #[command(subcommand)]
    pub action: VideoAction,
}

#[derive(Debug, Subcommand)]
pub enum VideoAction {
    Create(VideoCreateArgs),
    /// Show how a video is getting on
    Status(VideoIdArgs),
    /// Wait until a video is done
    Wait(VideoIdArgs),
    Remix(VideoRemixArgs),
    /// Fetch a video that is done
    Download(VideoDownloadArgs),
}

impl VideoAction {
    pub fn session(&self) -> &SessionArgs {
        match self {
            Self::Create(args) => &args.session,
            Self::Status(args) | Self::Wait(args) => &args.session,
            Self::Remix(args) => &args.session,
            Self::Download(args) => &args.session,
        }
    }
}

/// Ask for a video
#[derive(Debug, Args)]
pub struct VideoCreateArgs {
    /// What is to be seen
    pub prompt: String,

    /// A picture to begin with: JPEG, PNG, GIF or WebP
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,

    /// How long it is to be; every second costs [default: as the model likes]
    #[arg(long, value_name = "NUMBER")]
    pub seconds: Option<u32>,

    /// Width and height in pixels, such as 1280x720
    #[arg(long, value_name = "SIZE")]
    pub size: Option<String>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub then: WaitArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Ask for another version of a video that is done
#[derive(Debug, Args)]
pub struct VideoRemixArgs {
    /// The video's id
    #[arg(allow_hyphen_values = true)]
    pub id: String,

    /// What is to be different
    pub prompt: String,

    #[command(flatten)]
    pub then: WaitArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Whether to wait for a video that was asked for.
#[derive(Debug, Args)]
pub struct WaitArgs {
    /// Wait until it is done
    #[arg(long)]
    pub wait: bool,

    /// Wait, and write the video to this file; - writes to standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Replace the file at --out if there is one, once the video is whole
    #[arg(long, requires = "out")]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct VideoIdArgs {
    /// The video's id
    #[arg(allow_hyphen_values = true)]
    pub id: String,

    #[command(flatten)]
    pub session: SessionArgs,
}

#[derive(Debug, Args)]
pub struct VideoDownloadArgs {
    /// The video's id
    #[arg(allow_hyphen_values = true)]
    pub id: String,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}
