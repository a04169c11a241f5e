//! What the command line says about calls to models.

use super::{ConnectionArgs, SandboxArgs, SessionArgs, budget};
use aipass::{Capability, PhotoCheck};
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use std::path::PathBuf;

/// List the models that the session may call, or show one
#[derive(Debug, Args)]
pub struct ModelsArgs {
    /// The model to show, with what the provider says about it
    #[arg(value_name = "ID", conflicts_with = "capability")]
    pub id: Option<String>,

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
    Vision,
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
            ModelCapability::Vision => Self::Vision,
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

    /// Send nothing if it may cost more, in US dollars, or if its price is unknown
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    pub max_cost: Option<Decimal>,

    /// Wait for the whole answer
    #[arg(long)]
    pub no_stream: bool,

    /// Print one JSON object when the answer is whole
    #[arg(long)]
    pub json: bool,
}

/// Ask about photos
///
/// Each photo is uploaded upright, shrunk, and without metadata, such as where it was taken. One that is given by its https
/// address is fetched by the provider, as it is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass describe shelf.jpg --prompt \"What is on the shelf?\"
  aipass describe before.jpg after.jpg --prompt \"What has changed?\"")]
pub struct DescribeArgs {
    /// What to look at, in this order: JPEG, PNG, GIF or WebP
    #[arg(required = true, value_name = "FILE|URL")]
    pub photos: Vec<PathBuf>,

    /// What to find out
    #[arg(long, value_name = "TEXT")]
    pub prompt: String,

    /// The longest answer, in tokens
    #[arg(long, value_name = "TOKENS")]
    pub max_tokens: Option<u32>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Read from photos what a JSON schema describes
///
/// Prints JSON that fits the schema, or fails. The descriptions in the schema tell the model what is meant.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass extract card.jpg --schema person.json
  aipass extract page1.jpg page2.jpg --schema invoice.json | jq .total")]
pub struct ExtractArgs {
    /// The photos, read together and in this order: JPEG, PNG, GIF or WebP
    #[arg(required = true, value_name = "FILE|URL")]
    pub photos: Vec<PathBuf>,

    /// The JSON schema; - reads it from standard input
    #[arg(long, value_name = "FILE")]
    pub schema: PathBuf,

    /// What to mind besides
    #[arg(long, value_name = "TEXT")]
    pub prompt: Option<String>,

    /// The longest answer, in tokens
    #[arg(long, value_name = "TOKENS")]
    pub max_tokens: Option<u32>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Turn texts into vectors, to compare what they mean
///
/// Prints a vector a line, a JSON array each, in the order of the texts.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass embed coffee tea
  aipass embed - < one-text-per-line.txt > vectors.jsonl")]
pub struct EmbedArgs {
    /// The texts; - reads them from standard input, one a line
    #[arg(required = true, value_name = "TEXT")]
    pub texts: Vec<String>,

    /// How many numbers a vector has, for models that let one choose
    #[arg(long, value_name = "NUMBER")]
    pub dimensions: Option<u32>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Read receipts from photos
///
/// Prints the merchant, date, amount and currency of each photo. What cannot be read is shown as such (null in JSON),
/// never guessed.
///
/// After `aipass login` it asks the provider that you are signed in to. Before that, or with an option for a sandbox, it
/// asks a sandbox of its own, whose default backend only knows the photos that it comes with; --backend tesseract reads
/// photos of your own.
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

    /// Print lines for a spreadsheet: one for each item
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,

    /// Read merchant, date, amount, currency and category only, for fewer tokens
    #[arg(long)]
    pub summary: bool,

    /// Where the receipts are from, such as en-US or de-DE: decides what 03/04/2026 and $ mean
    #[arg(long, value_name = "TAG")]
    pub locale: Option<String>,

    /// The currency to expect, such as CAD: decides which dollar $ is
    #[arg(long, value_name = "CODE", value_parser = currency_code)]
    pub currency: Option<String>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    /// Look at each photo before it costs money: hint says what may be unreadable, refuse sends nothing
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "hint")]
    pub check_photo: Option<CheckPhoto>,

    /// Send nothing of a receipt that may cost more, in US dollars, or whose price is unknown
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    pub max_cost: Option<Decimal>,

    #[command(flatten)]
    pub sandbox: SandboxArgs,
}

/// What a scan does where a photo looks unreadable.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CheckPhoto {
    /// Scans it all the same, and says what was found
    Hint,
    /// Sends nothing
    Refuse,
}

impl From<CheckPhoto> for PhotoCheck {
    fn from(how: CheckPhoto) -> Self {
        match how {
            CheckPhoto::Hint => Self::Hint,
            CheckPhoto::Refuse => Self::Refuse,
        }
    }
}

fn currency_code(text: &str) -> Result<String, &'static str> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_code { Ok(text.to_ascii_uppercase()) } else { Err("a currency is three letters (ISO 4217), such as EUR") }
}
