//! `aipass photo`.

use crate::running::{file, folder, run};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([(x / 9) as u8, (y / 7) as u8, ((x * y) / 900) as u8]));
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A number as the program writes it: 12,345.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|it| std::str::from_utf8(it).unwrap()).collect();
    groups.join(",")
}

#[tokio::test]
async fn what_is_written_is_what_the_line_says() {
    let folder = folder("photo-large");
    let original = picture(3000, 1500, ImageFormat::Png);
    let photo = file(&folder, "large.png", &original);
    let out = folder.join("upload.jpg");
    let outcome = run(&["photo", &photo, "--out", out.to_str().unwrap()]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    let upload = std::fs::read(&out).unwrap();
    assert!(upload.len() <= 800 * 1024);
    let decoded = image::load_from_memory_with_format(&upload, ImageFormat::Jpeg).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (2048, 1024));
    let (before, after) = (grouped(original.len()), grouped(upload.len()));
    let line = format!("3000 × 1500, {before} bytes → 2048 × 1024, {after} bytes (JPEG, re-encoded)\n");
    assert_eq!(outcome.stdout, line);
}

#[tokio::test]
async fn a_photo_that_is_fit_already_is_not_touched() {
    let folder = folder("photo-small");
    let original = picture(300, 200, ImageFormat::Jpeg);
    let photo = file(&folder, "small.jpg", &original);
    let out = folder.join("upload.jpg");
    let outcome = run(&["photo", &photo, "--out", out.to_str().unwrap()]).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.ends_with("(JPEG, the same bytes, not re-encoded)\n"), "{}", outcome.stdout);
    assert_eq!(std::fs::read(&out).unwrap(), original);
}

#[tokio::test]
async fn nothing_is_overwritten_without_force() {
    let folder = folder("photo-force");
    let photo = file(&folder, "small.jpg", &picture(300, 200, ImageFormat::Jpeg));
    let out = file(&folder, "upload.jpg", b"precious");
    run(&["photo", &photo, "--out", &out]).await.fails_with(1, "upload.jpg: It is there already");
    assert_eq!(std::fs::read(&out).unwrap(), b"precious");
    let forced = run(&["photo", &photo, "--out", &out, "--force"]).await;
    assert_eq!(forced.status, 0, "{forced:?}");
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(&photo).unwrap());
}

#[tokio::test]
async fn what_cannot_be_uploaded_leaves_no_file() {
    let folder = folder("photo-refused");
    let out = folder.join("upload.jpg");
    let to = out.to_str().unwrap();
    let text = file(&folder, "notes.jpg", b"milk, eggs");
    run(&["photo", &text, "--out", to]).await.fails_with(1, "notes.jpg: ");
    let jpeg = picture(300, 200, ImageFormat::Jpeg);
    let half = file(&folder, "half.jpg", &jpeg[..jpeg.len() / 2]);
    run(&["photo", &half, "--out", to]).await.fails_with(1, "damaged");
    let empty = file(&folder, "empty.jpg", b"");
    run(&["photo", &empty, "--out", to]).await.fails_with(1, "empty");
    run(&["photo", folder.to_str().unwrap(), "--out", to]).await.fails_with(1, "It is a folder");
    let missing = folder.join("missing.jpg");
    run(&["photo", missing.to_str().unwrap(), "--out", to]).await.fails_with(1, "There is no such file");
    assert!(!out.exists());
}

#[tokio::test]
async fn a_folder_that_does_not_exist_is_said() {
    let folder = folder("photo-folder");
    let photo = file(&folder, "small.jpg", &picture(30, 20, ImageFormat::Jpeg));
    let out = folder.join("nowhere").join("upload.jpg");
    run(&["photo", &photo, "--out", out.to_str().unwrap()]).await.fails_with(1, "There is no such folder");
}
