//! What the command line says about calls to models.

use super::{ConnectionArgs, SandboxArgs};
use aipass::Capability;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// List the models that the session may call
#[derive(Debug, Args)]
pub struct ModelsArgs {
    #[command(flatten)]
    pub connection: ConnectionArgs,

    /// Only those for this
    #[arg(long, value_name = "WHAT")]
    pub capability: Option<ModelCapability>,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModelCapability {
    Chat,
    ImageGeneration,
    ImageEdit,
    ImageVariation,
    Speech,
    Transcription,
    Embeddings,
    Video,
}

impl From<ModelCapability> for Capability {
    fn from(capability: ModelCapability) -> Self {
        match capability {
            ModelCapability::Chat => Self::Chat,
            ModelCapability::ImageGeneration => Self::ImageGeneration,
            ModelCapability::ImageEdit => Self::ImageEdit,
            ModelCapability::ImageVariation => Self::ImageVariation,
            ModelCapability::Speech => Self::Speech,
            ModelCapability::Transcription => Self::Transcription,
            ModelCapability::Embeddings => Self::Embeddings,
            ModelCapability::Video => Self::Video,
        }
    }
}

/// Ask a model, and stream its answer
///
/// What comes on standard input is sent along, before the prompt.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass chat \"One tip for better focus?\"
  aipass chat \"Summarise this in a sentence\" < notes.txt
  aipass chat --json \"Say hello\" | jq -r .text")]
pub struct ChatArgs {
    #[command(flatten)]
    pub connection: ConnectionArgs,

    /// What to ask
    pub prompt: String,

    /// What the model should keep to
    #[arg(long, value_name = "TEXT")]
    pub system: Option<String>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    /// The longest answer, in tokens
    #[arg(long, value_name = "TOKENS")]
    pub max_tokens: Option<u32>,

    /// Wait for the whole answer
    #[arg(long)]
    pub no_stream: bool,

    /// Print one JSON object when the answer is whole
    #[arg(long)]
    pub json: bool,
}

/// Read receipts from photos
///
/// Prints the merchant, date, amount and currency of each photo. What cannot be read is shown as such (null in JSON),
/// never guessed.
///
/// After `aipass login` it asks the provider that you are signed in to. Before that, or with --backend or --budget, it asks
/// a sandbox of its own, whose default backend only knows the photos that it comes with; --backend tesseract reads photos of
/// your own.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass scan photo.jpg --backend tesseract
  aipass scan *.jpg --json --locale de-DE --backend tesseract
  aipass scan photo.jpg

With --json, each file gives one JSON object on one line, in the order given:
  {\"file\": …, \"receipt\": {…}}  or  {\"file\": …, \"error\": {\"code\": …, \"sentence\": …}}

A file that fails does not stop the others. The exit status is then that of the failures, or 1
if they differ.")]
pub struct ScanArgs {
    /// Photos of receipts: JPEG, PNG, GIF or WebP
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub connection: ConnectionArgs,

    /// Print one JSON object per file, one per line
    #[arg(long)]
    pub json: bool,

    /// Where the receipts are from, such as en-US or de-DE: decides what 03/04/2026 and $ mean
    #[arg(long, value_name = "TAG")]
    pub locale: Option<String>,

    /// The currency to expect, such as CAD: decides which dollar $ is
    #[arg(long, value_name = "CODE", value_parser = currency_code)]
    pub currency: Option<String>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub sandbox: SandboxArgs,
}

fn currency_code(text: &str) -> Result<String, &'static str> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_code { Ok(text.to_ascii_uppercase()) } else { Err("a currency is three letters (ISO 4217), such as EUR") }
}
