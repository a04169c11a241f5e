//! `aipass image`, `image-edit` and `image-variation`.

use crate::running::{Dialogue, command_at, file, until};
use crate::user::{User, names_in};
use aipass_sandbox::{Endpoint, Fault, bundled_receipts};
use image::{ImageFormat, Rgba, RgbaImage};
use serde_json::json;
use std::io::Cursor;
use std::path::Path;

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory_with_format(png, ImageFormat::Png).unwrap();
    (picture.width(), picture.height())
}

fn size_of(path: &Path) -> (u32, u32) {
    size(&std::fs::read(path).unwrap())
}

// wire: images; by an address and in the answer
#[tokio::test]
async fn an_image_becomes_a_file_however_it_is_handed_over() {
    let user = User::sign_in("image").await;
    let results = user.results();
    for form in ["url", "bytes"] {
        let out = results.join(format!("{form}.png"));
        let out_text = out.to_str().unwrap();
        let arguments = ["image", "A cat", "--size", "256x128", "--model", "dall-e-2", "--form", form, "-o", out_text];
        let outcome = user.run(&arguments).await;
        let bytes = std::fs::metadata(&out).unwrap().len();
        assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
        assert_eq!(outcome.stdout.replace(',', ""), format!("{out_text} {bytes} bytes\n"));
        assert_eq!(size_of(&out), (256, 128));
    }
    assert_eq!(names_in(&results), ["bytes.png", "url.png"]);
    assert!(user.sandbox.request_log().iter().any(|record| record.path.starts_with("/files/")), "one was fetched");
}

#[tokio::test]
async fn several_images_are_numbered_and_told_as_json() {
    let user = User::sign_in("image-several").await;
    let out = user.results().join("cat.png");
    let arguments = ["image", "A cat", "--size", "64x64", "--count", "2", "--json", "-o", out.to_str().unwrap()];
    let outcome = user.run(&arguments).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    let images = outcome.json()["images"].as_array().unwrap().clone();
    let files: Vec<&str> = images.iter().map(|image| image["file"].as_str().unwrap()).collect();
    let wanted = [out.with_file_name("cat-1.png"), out.with_file_name("cat-2.png")];
    assert_eq!(files, wanted.each_ref().map(|path| path.to_str().unwrap()));
    for (image, path) in images.iter().zip(&wanted) {
        assert_eq!(image["bytes"], json!(std::fs::metadata(path).unwrap().len()));
        assert_eq!(size_of(path), (64, 64));
    }
}

#[tokio::test]
async fn an_image_goes_to_standard_output_alone() {
    let user = User::sign_in("image-stdout").await;
    let (outcome, png) = user.run_for_bytes(&["image", "A cat", "--size", "64x32", "-o", "-"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert_eq!(size(&png), (64, 32));
    user.run(&["image", "A cat", "--count", "2", "-o", "-"]).await.fails_with(2, "cannot share standard output");
    user.run(&["image", "A cat", "--json", "-o", "-"]).await.fails_with(2, "would both write to standard output");
    assert_eq!(user.sandbox.requests("/oauth2/v1/images/generations"), 1);
}

// S4
#[tokio::test]
async fn photos_are_edited_with_and_without_a_mask_and_varied() {
    let user = User::sign_in("image-edit").await;
    let results = user.results();
    let mut transparent = Vec::new();
    let picture = RgbaImage::from_pixel(64, 64, Rgba([9, 9, 9, 0]));
    picture.write_to(&mut Cursor::new(&mut transparent), ImageFormat::Png).unwrap();
    let square = file(&user.home, "square.png", &transparent);
    let cafe = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
    let out = |name: &str| results.join(name).to_str().unwrap().to_owned();
    let two = ["image-edit", &cafe, &square, "--prompt", "Together", "-o", &out("two.png")];
    let masked =
        ["image-edit", &square, "--mask", &square, "--prompt", "A window", "--model", "dall-e-2", "-o", &out("m.png")];
    let varied = ["image-variation", &square, "--size", "32x32", "-o", &out("varied.png")];
    for arguments in [&two[..], &masked, &varied] {
        let outcome = user.run(arguments).await;
        assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    }
    assert_eq!(names_in(&results), ["m.png", "two.png", "varied.png"]);
    assert_eq!(size_of(&results.join("varied.png")), (32, 32));
}

// P8
#[tokio::test]
async fn what_cannot_be_asked_costs_nothing_and_leaves_nothing() {
    let user = User::sign_in("image-refused").await;
    let results = user.results();
    let out = results.join("a.png");
    let out = out.to_str().unwrap();
    let text = file(&user.home, "notes.jpg", b"milk, eggs");
    let cafe = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
    let missing = user.home.join("missing.jpg");
    let missing = missing.to_str().unwrap();
    user.run(&["image", " ", "-o", out]).await.fails_with(2, "The prompt cannot be used: it is empty");
    user.run(&["image", "A cat", "--count", "0", "-o", out]).await.fails_with(2, "--count");
    user.run(&["image-edit", missing, "--prompt", "a", "-o", out]).await.fails_with(1, "missing.jpg: There is no such");
    user.run(&["image-edit", &text, "--prompt", "a", "-o", out]).await.fails_with(1, "JPEG, PNG, GIF");
    user.run(&["image-edit", &cafe, "--mask", &cafe, "--prompt", "a", "-o", out])
        .await
        .fails_with(1, "The mask cannot");
    user.run(&["image-variation", &text, "-o", out]).await.fails_with(1, "JPEG, PNG, GIF");
    assert_eq!(names_in(&results), [""; 0]);
    assert!(!user.sandbox.request_log().iter().any(|record| record.path.contains("/images/")));
}

// A paid image is not lost because another one is
#[tokio::test]
async fn an_image_that_cannot_be_fetched_does_not_cost_the_others() {
    let user = User::sign_in("image-lost").await;
    let results = user.results();
    user.sandbox.add_fault(Endpoint::Files, Fault::status(404), Some(1)).unwrap();
    let out = results.join("cat.png");
    let arguments = ["image", "A cat", "--size", "32x32", "--model", "dall-e-2", "--count", "2", "-o"];
    let outcome = user.run(&[&arguments[..], &[out.to_str().unwrap()]].concat()).await;
    outcome.fails_with(1, "status 404");
    assert!(outcome.stderr.contains("Written all the same: "), "{outcome:?}");
    assert_eq!(names_in(&results), ["cat-2.png"]);
}

#[tokio::test]
async fn a_used_up_budget_is_status_4_and_an_ended_session_status_3() {
    let user = User::sign_in("image-budget").await;
    let results = user.results();
    let out = results.join("cat.png");
    let out = out.to_str().unwrap();
    user.sandbox.set_remaining_budget(0.into());
    let outcome = user.run(&["image", "A cat", "--json", "-o", out]).await;
    assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (4, &json!("budget_exceeded")));
    user.sandbox.revoke_grants();
    user.run(&["image", "A cat", "-o", out]).await.fails_with(3, "run `aipass login`");
    assert_eq!(names_in(&results), [""; 0]);
}

// P3: Ctrl-C leaves no half file, and no folder either
#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_leaves_nothing_behind() {
    let user = User::sign_in("image-interrupted").await;
    let results = user.results();
    user.sandbox.add_fault(Endpoint::Files, Fault::Stall { bytes: Some(100) }, None).unwrap();
    let out = results.join("cat.png");
    let arguments = ["image", "A cat", "--size", "64x64", "--model", "dall-e-2", "-o", out.to_str().unwrap()];
    let image = Dialogue::begin(command_at(&user.home, &arguments)).input_ends();
    let fetched =
        || user.sandbox.request_log().iter().any(|record| record.path.starts_with("/files/") && record.bytes > 0);
    until(fetched).await;
    assert_eq!(names_in(&results).len(), 1, "it is being made beside its place");
    image.interrupt().await;
    image.finish().await.fails_with(130, "Interrupted.");
    assert_eq!(names_in(&results), [""; 0]);
}
