//! What the command line says about where a result goes.

use clap::Args;
use std::path::PathBuf;

/// Where a result goes that is no text.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// The file to write; - writes to standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,

    /// Replace the file at --out if there is one, once the new one is whole
    #[arg(long)]
    pub force: bool,
}
