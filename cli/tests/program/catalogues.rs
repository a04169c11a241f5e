//! M1, M2: by default every command works on both catalogues, at a server that refuses parameters as stock LiteLLM does.

use crate::running::{file, folder, run};
use crate::user::User;
use aipass_sandbox::{Catalogue, Sandbox, bundled_receipts};

const CATALOGUES: [Catalogue; 2] = [Catalogue::Today, Catalogue::Seeds];
const SCHEMA: &str =
    r#"{ "type": "object", "properties": { "merchant": { "type": "string" } }, "required": ["merchant"] }"#;

#[tokio::test]
async fn the_demo_and_a_scan_work_without_a_model() {
    let photo = file(&folder("catalogues"), "cafe.jpg", bundled_receipts()[0].photo);
    for catalogue in CATALOGUES {
        let options = ["--catalogue", &catalogue.to_string(), "--parameters", "strict"];
        for command in [&["demo", "--json"][..], &["scan", &photo, "--json"]] {
            let outcome = run(&[command, &options].concat()).await;
            assert_eq!(outcome.status, 0, "{catalogue} {outcome:?}");
            assert_eq!(outcome.json()["receipt"]["amount"], "18.00", "{catalogue}");
        }
    }
}

#[tokio::test]
async fn commands_find_a_model_by_themselves() {
    for catalogue in CATALOGUES {
        let sandbox = Sandbox::builder().catalogue(catalogue).strict_parameters(true).start().await.unwrap();
        let user = User::sign_in_to(sandbox, &format!("catalogue-{catalogue}")).await;
        let photo = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
        let schema = file(&user.home, "schema.json", SCHEMA.as_bytes());
        let picture = user.results().join("picture.png");
        let picture = picture.to_str().unwrap();
        for arguments in [
            &["chat", "Hello"][..],
            &["describe", &photo, "--prompt", "What is it?"],
            &["extract", &photo, "--schema", &schema],
            &["image-edit", &photo, "--prompt", "Warmer", "--out", picture, "--force"],
            &["image", "A city", "--out", picture, "--force"],
            &["embed", "coffee"],
        ] {
            let outcome = user.run(arguments).await;
            assert_eq!(outcome.status, 0, "{catalogue} {arguments:?} {outcome:?}");
        }
    }
}
