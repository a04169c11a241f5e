//! A reader that guesses nothing: the program tesseract.

use std::io::Write;
use std::process::{Command, Stdio};

/// Reads a picture as one block of lines: a receipt's names and prices are one line, though far apart.
///
/// # Panics
/// Without tesseract, or if it cannot read the picture.
#[must_use]
pub fn read(photo: &[u8]) -> String {
    let mut tesseract = Command::new("tesseract")
        .args(["stdin", "stdout", "--psm", "6"])
        // Photos are read side by side already.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("tesseract does not start ({error}): install it (Debian: tesseract-ocr)"));
    tesseract.stdin.take().expect("it was piped").write_all(photo).expect("tesseract reads its input");
    let output = tesseract.wait_with_output().expect("tesseract ends");
    assert!(output.status.success(), "tesseract cannot read the upload");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
