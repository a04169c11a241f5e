//! What the command line says about estimates.

use super::SessionArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Show what a call may cost, before it is made
///
/// Asks the provider for its models and their prices, which is free, and sends nothing else. Without a price, the cost is
/// unknown. The real cost may be another: tokens are approximations.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass estimate chat \"One tip for better focus?\" --max-tokens 200
  aipass estimate scan photo.jpg
  aipass estimate image \"A cat under a table\" --count 2 --json | jq .high")]
pub struct EstimateArgs {
    #[command(subcommand)]
    pub call: EstimatedCall,
}

#[derive(Debug, Subcommand)]
pub enum EstimatedCall {
    /// Of `aipass chat`
    Chat(EstimateChatArgs),
    /// Of `aipass scan`, for one photo
    Scan(EstimateScanArgs),
    /// Of `aipass describe`
    Describe(EstimateDescribeArgs),
    /// Of `aipass extract`
    Extract(EstimateExtractArgs),
    /// Of `aipass image`
    Image(EstimateImageArgs),
    /// Of `aipass speech`
    Speech(EstimateSpeechArgs),
    /// Of `aipass embed`
    Embed(EstimateEmbedArgs),
}

impl EstimatedCall {
    pub fn options(&self) -> &EstimateOptions {
        match self {
            Self::Chat(args) => &args.options,
            Self::Scan(args) => &args.options,
            Self::Describe(args) => &args.options,
            Self::Extract(args) => &args.options,
            Self::Image(args) => &args.options,
            Self::Speech(args) => &args.options,
            Self::Embed(args) => &args.options,
        }
    }
}

#[derive(Debug, Args)]
pub struct EstimateOptions {
    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub session: SessionArgs,
}

#[derive(Debug, Args)]
pub struct EstimateChatArgs {
    /// What to ask
    pub prompt: String,

    /// What the model should keep to
    #[arg(long, value_name = "TEXT")]
    pub system: Option<String>,

    /// The longest answer, in tokens
    #[arg(long, value_name = "TOKENS")]
    pub max_tokens: Option<u32>,

    #[command(flatten)]
    pub options: EstimateOptions,
}

#[derive(Debug, Args)]
pub struct EstimateScanArgs {
    /// A photo of a receipt: JPEG, PNG, GIF or WebP
    #[arg(value_name = "FILE")]
    pub photo: PathBuf,

    /// Read merchant, date, amount, currency and category only, for fewer tokens
    #[arg(long)]
    pub summary: bool,

    #[command(flatten)]
    pub options: EstimateOptions,
}

#[derive(Debug, Args)]
pub struct EstimateDescribeArgs {
    /// What to look at: JPEG, PNG, GIF or WebP
    #[arg(required = true, value_name = "FILE|URL")]
    pub photos: Vec<PathBuf>,

    /// What to find out
    #[arg(long, value_name = "TEXT")]
    pub prompt: String,

    /// The longest answer, in tokens
    #[arg(long, value_name = "TOKENS")]
    pub max_tokens: Option<u32>,

    #[command(flatten)]
    pub options: EstimateOptions,
}

#[derive(Debug, Args)]
pub struct EstimateExtractArgs {
    /// The photos: JPEG, PNG, GIF or WebP
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

    #[command(flatten)]
    pub options: EstimateOptions,
}

#[derive(Debug, Args)]
pub struct EstimateImageArgs {
    /// What is to be seen
    pub prompt: String,

    /// How many images
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub count: u32,

    /// Width and height in pixels, such as 1024x1024
    #[arg(long, value_name = "SIZE")]
    pub size: Option<String>,

    /// How much care is taken, in the model's own words, such as high
    #[arg(long, value_name = "WORD")]
    pub quality: Option<String>,

    #[command(flatten)]
    pub options: EstimateOptions,
}

#[derive(Debug, Args)]
pub struct EstimateSpeechArgs {
    /// What to say; - reads it from standard input
    pub text: String,

    /// How to say it, for models that listen
    #[arg(long, value_name = "TEXT")]
    pub instructions: Option<String>,

    #[command(flatten)]
    pub options: EstimateOptions,
}

#[derive(Debug, Args)]
pub struct EstimateEmbedArgs {
    /// The texts
    #[arg(required = true, value_name = "TEXT")]
    pub texts: Vec<String>,

    #[command(flatten)]
    pub options: EstimateOptions,
}
