//! `GET /models`.

use serde_json::{Value, json};

use crate::app::{App, MODEL, read};

async fn get(app: &App, path: &str) -> (u16, Value) {
    let access = app.sign_in().await.access;
    read(app.get(path, &access).send().await.unwrap()).await
}

// wire: `{object:"list", data:[{id, type?, capabilities?, methods?, …}]}`, at both prefixes
#[tokio::test]
async fn the_catalogue_lists_models_with_what_they_can() {
    let app = App::start().await;
    for prefix in ["/oauth2/v1", "/v1"] {
        let (status, body) = get(&app, &format!("{prefix}/models")).await;
        assert_eq!((status, &body["object"]), (200, &json!("list")));
        let model = body["data"].as_array().unwrap().iter().find(|model| model["id"] == MODEL).unwrap();
        assert_eq!((&model["type"], &model["capabilities"]), (&json!("chat"), &json!(["chat", "vision"])));
    }
}

// wire: server-side filters `?type=&capability=&method=`; `?detailed=false` gives a plain array of strings
#[tokio::test]
async fn the_catalogue_is_filtered_and_shortened() {
    let app = App::start().await;
    let ids = |body: Value| body.as_array().unwrap().clone();
    let (_, all) = get(&app, "/v1/models?detailed=false").await;
    let (_, vision) = get(&app, "/v1/models?capability=vision&type=chat&detailed=false").await;
    assert!(ids(vision.clone()).contains(&json!(MODEL)));
    assert!(ids(vision).len() < ids(all).len());
    let embeddings = json!(["text-embedding-3-small", "text-embedding-3-large"]);
    assert_eq!(get(&app, "/v1/models?method=/embeddings&detailed=false").await.1, embeddings);
    let edits = json!(["gpt-image-1", "dall-e-2", "fal-ai/nano-banana-2/edit"]);
    assert_eq!(get(&app, "/v1/models?capability=image_edit&detailed=false").await.1, edits);
    assert_eq!(get(&app, "/v1/models?type=kitchen&detailed=false").await.1, json!([]));
}

// wire: LiteLLM answers 404 to a single-model request with a slash in the id
#[tokio::test]
async fn a_single_model_is_found_unless_its_id_has_a_slash() {
    let app = App::start().await;
    assert_eq!(get(&app, "/v1/models/gpt-4o-mini").await.1["id"], "gpt-4o-mini");
    for id in ["gemini/gemini-2.5-flash-lite", "gemini%2Fgemini-2.5-flash-lite", "nothing"] {
        assert_eq!(get(&app, &format!("/v1/models/{id}")).await.0, 404, "{id}");
    }
}
