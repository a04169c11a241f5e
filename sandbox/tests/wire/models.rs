//! `GET /models`, and which model a request may name.

use aipass_sandbox::{Catalogue, Sandbox};
use serde_json::{Value, json};

use crate::app::{App, ask, read, with};

async fn get(app: &App, path: &str) -> (u16, Value) {
    let access = app.sign_in().await.access;
    read(app.get(path, &access).send().await.unwrap()).await
}

async fn seeds() -> App {
    App::with(Sandbox::builder().catalogue(Catalogue::Seeds)).await
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
}

// wire, M3: `{object:"list", data:[{id, type?, capabilities?, methods?, …}]}`, at both prefixes; ids without slashes
#[tokio::test]
async fn todays_catalogue_has_type_methods_and_capabilities() {
    let app = App::start().await;
    for prefix in ["/oauth2/v1", "/v1"] {
        let (status, body) = get(&app, &format!("{prefix}/models")).await;
        assert_eq!((status, &body["object"]), (200, &json!("list")));
        let models = body["data"].as_array().unwrap();
        let about = |id: &str| {
            let model = models.iter().find(|model| model["id"] == id).unwrap_or_else(|| panic!("no {id}"));
            [&model["type"], &model["methods"], &model["capabilities"]].map(Value::clone)
        };
        assert_eq!(about("gpt-5-mini"), [json!("text"), json!(["chat_completions"]), json!(["vision"])]);
        assert_eq!(about("nano-banana-2-edit"), [json!("image"), json!(["image_edit"]), json!([])]);
        assert_eq!(about("tts-1"), [json!("audio"), json!(["audio_speech"]), json!([])]);
        assert!(models.iter().all(|model| !model["id"].as_str().unwrap().contains('/')));
    }
}

// wire: the seeds' ids contain slashes and dots; without metadata
#[tokio::test]
async fn the_seeds_catalogue_has_ids_with_slashes_and_no_metadata() {
    let app = seeds().await;
    let (_, body) = get(&app, "/v1/models?type=embedding").await;
    let models = body["data"].as_array().unwrap();
    for id in ["gemini/gemini-2.5-flash-lite", "fal-ai/nano-banana-pro/edit", "openai/gpt-image-2/edit", "gpt-5-mini"] {
        let model = models.iter().find(|model| model["id"] == id).unwrap_or_else(|| panic!("no {id}"));
        assert!(["type", "methods", "capabilities"].iter().all(|name| model.get(name).is_none()), "{model}");
    }
}

// Prices in LiteLLM's form by a switch: AI Pass shows none. They are what calls cost
#[tokio::test]
async fn prices_are_shown_by_a_switch_and_are_what_calls_cost() {
    let priced = App::with(Sandbox::builder().prices(true)).await;
    for (app, shows) in [(App::start().await, false), (priced, true)] {
        let (_, body) = get(&app, "/v1/models").await;
        let models = body["data"].as_array().unwrap();
        let about = |id: &str| models.iter().find(|model| model["id"] == id).unwrap();
        let price = |id: &str, name: &str| about(id)[name].as_f64();
        for (id, name, expected) in [
            ("gpt-5-mini", "input_cost_per_token", 2.5e-6),
            ("gpt-5-mini", "output_cost_per_token", 1e-5),
            ("text-embedding-3-small", "input_cost_per_token", 2e-8),
            ("gpt-image-1", "output_cost_per_image", 0.04),
            ("tts-1", "input_cost_per_character", 1.5e-5),
        ] {
            assert_eq!(price(id, name), shows.then_some(expected), "{id} {name}");
        }
        assert!(price("sora-2", "output_cost_per_second").is_none());
        let access = app.sign_in().await.access;
        let body = json!({
            "model": "gpt-5-mini", "messages": [{"role": "user", "content": "Hello"}], "stream": true,
            "stream_options": {"include_usage": true},
        });
        let stream = app.chat(&access, &body).await.text().await.unwrap();
        assert_eq!(stream.contains("\"cost\":"), shows, "{stream}");
    }
}

// wire: server-side filters `?type=&capability=&method=`; `?detailed=false` gives a plain array of strings
#[tokio::test]
async fn the_catalogue_is_filtered_and_shortened() {
    let app = App::start().await;
    let (_, all) = get(&app, "/v1/models?detailed=false").await;
    let (_, vision) = get(&app, "/v1/models?capability=vision&type=text&detailed=false").await;
    assert!(ids(&vision).contains(&"gpt-5-mini") && ids(&vision).len() < ids(&all).len());
    let embeddings = ["text-embedding-3-small", "text-embedding-3-large"];
    assert_eq!(ids(&get(&app, "/v1/models?method=embeddings&detailed=false").await.1), embeddings);
    let edits = ["gpt-image-1", "dall-e-2", "nano-banana-2-edit"];
    assert_eq!(ids(&get(&app, "/v1/models?method=image_edit&detailed=false").await.1), edits);
    assert_eq!(get(&app, "/v1/models?type=kitchen&detailed=false").await.1, json!([]));
}

// wire: LiteLLM answers 404 to a single-model request with a slash in the id
#[tokio::test]
async fn a_single_model_is_found_unless_its_id_has_a_slash() {
    let (today, seeds) = (App::start().await, seeds().await);
    assert_eq!(get(&today, "/v1/models/gpt-5-mini").await.1["type"], "text");
    assert_eq!(get(&seeds, "/v1/models/gpt-5-mini").await.1["id"], "gpt-5-mini");
    for app in [today, seeds] {
        for id in ["gemini/gemini-2.5-flash-lite", "gemini%2Fgemini-2.5-flash-lite", "nothing"] {
            assert_eq!(get(&app, &format!("/v1/models/{id}")).await.0, 404, "{id}");
        }
    }
}

// wire: both spellings must work
#[tokio::test]
async fn a_request_may_name_a_model_of_either_catalogue() {
    for app in [App::start().await, seeds().await] {
        let access = app.sign_in().await.access;
        for model in ["gpt-5-mini", "gemini-2.5-flash-lite", "gemini/gemini-2.5-flash-lite", "claude-haiku-4-5"] {
            let (status, response) = read(app.chat(&access, &with(ask("hello"), "model", model)).await).await;
            assert_eq!(status, 200, "{model}: {response}");
        }
        for model in ["openai/gpt-image-2/edit", "fal-ai/nano-banana-pro/edit", "nano-banana-2-edit", "gpt-7"] {
            let (status, response) = read(app.chat(&access, &with(ask("hello"), "model", model)).await).await;
            assert_eq!((status, &response["error"]["type"]), (400, &json!("invalid_request_error")), "{model}");
        }
    }
}

// wire, M3: stock LiteLLM answers 400 to `temperature` other than 1 for `gpt-5*`
#[tokio::test]
async fn parameters_that_stock_litellm_refuses_are_refused_and_cost_nothing() {
    let strict = App::start().await;
    let lenient = App::with(Sandbox::builder().strict_parameters(false)).await;
    for (app, expected) in [(strict, 400), (lenient, 200), (seeds().await, 200)] {
        let access = app.sign_in().await.access;
        for (model, name, value) in [
            ("gpt-5-mini", "temperature", json!(0.0)),
            ("gpt-5-nano", "top_p", json!(0.5)),
            ("claude-haiku-4-5", "seed", json!(1)),
        ] {
            let mut request = with(ask("hello"), "model", model);
            assert_eq!(app.chat(&access, &with(request.clone(), "user", "x")).await.status(), 200);
            let before = app.sandbox.spent();
            request[name] = value;
            let (status, response) = read(app.chat(&access, &request).await).await;
            assert_eq!(status, expected, "{model} {name}: {response}");
            if expected == 400 {
                let text = response["error"]["message"].as_str().unwrap();
                assert!(text.starts_with("litellm.UnsupportedParamsError") && text.contains(name), "{text}");
                assert_eq!(app.sandbox.spent(), before);
            }
        }
        let picture =
            json!({ "model": "gpt-image-1", "prompt": "tea", "size": "64x64", "response_format": "b64_json" });
        assert_eq!(app.call("/images/generations", &access, &picture).await.status(), expected);
    }
}
