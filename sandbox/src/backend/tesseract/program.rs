//! The `tesseract` process: a picture on its standard input, a table of words on its standard output.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use axum::http::StatusCode;
use image::GrayImage;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::wire::errors::RequestError;

/// A page takes one or two seconds; a machine under load takes longer.
const TIME_OUT: Duration = Duration::from_secs(60);

/// Runs the program. Kills it when it takes too long or the request is cancelled.
pub(crate) async fn run(picture: GrayImage, languages: &str) -> Result<String, RequestError> {
    let failed = |text: String| RequestError::new(StatusCode::SERVICE_UNAVAILABLE, "backend_unavailable", text);
    let output = tokio::time::timeout(TIME_OUT, recognise(picture, languages)).await;
    output.map_err(|_| failed("tesseract took too long.".to_owned()))?.map_err(|error| {
        failed(match error.kind() {
            io::ErrorKind::NotFound => {
                "The program tesseract is not installed, or not on the PATH. Install it (Debian: apt install \
                 tesseract-ocr, macOS: brew install tesseract), or use another backend."
                    .to_owned()
            }
            _ => format!("tesseract failed: {error}"),
        })
    })
}

async fn recognise(picture: GrayImage, languages: &str) -> io::Result<String> {
    // Page segmentation 6, "a single uniform block of text", keeps a price on the line of what it is the price of.
    let mut child = Command::new("tesseract")
        .args(["stdin", "stdout", "-l", languages, "--psm", "6", "--dpi", "300", "tsv"])
        // More threads make it slower on pictures of this size.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut stdin = child.stdin.take();
    let writing = async move {
        if let Some(stdin) = &mut stdin {
            // Netpbm's grey format is the simplest that tesseract reads.
            stdin.write_all(format!("P5 {} {} 255\n", picture.width(), picture.height()).as_bytes()).await?;
            stdin.write_all(&picture).await?;
        }
        drop(stdin);
        Ok::<_, io::Error>(())
    };
    // Both at once: a program that fails early closes its input and writes the reason to its output.
    let (written, output) = tokio::join!(writing, child.wait_with_output());
    let output = output?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(io::Error::other(why.lines().next().unwrap_or("no reason given").to_owned()));
    }
    written?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
