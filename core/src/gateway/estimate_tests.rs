//! Estimates against a scripted catalogue.

use super::*;
use crate::client::tests::world::{World, builder, sign_in};
use crate::net::scripted::answer;
use crate::{Config, CostEstimate, ModelPrices, Photo, Price, PriceBasis, PriceUnit, TokenRange};
use rust_decimal::Decimal;

/// A photo of one pixel.
const PHOTO: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

fn money(text: &str) -> Decimal {
    text.parse().unwrap()
}

async fn with_catalogue(catalogue: &'static str, prices: Vec<ModelPrices>) -> (World, AiPass) {
    let world = World::new();
    let ai = world.client_built(builder().config(Config { prices, ..Config::default() }));
    sign_in(&ai).await;
    world.server.set(|state| state.api_answers.push_back(answer(200, catalogue)));
    ai.models().await.unwrap();
    (world, ai)
}

async fn bounds(ai: &AiPass, request: impl Into<PaidRequest>) -> (Option<Decimal>, Option<Decimal>) {
    let CostEstimate { low, high, .. } = ai.estimate(request.into()).await.unwrap();
    (low, high)
}

// P12, P20: nothing but the catalogue is asked for, and unknown is not zero
#[tokio::test(start_paused = true)]
async fn the_catalogues_prices_come_first_then_the_apps_and_else_the_cost_is_unknown() {
    let catalogue = r#"[
        {"id":"gemini-2.5-flash","input_cost_per_token":0.001,"output_cost_per_token":0.01,"max_output_tokens":10},
        {"id":"m-2","pricing":{"prompt":"0.001","completion":"0.01"}}, "m-3", "m-4"]"#;
    let own = |model: &str| ModelPrices {
        model: model.to_owned(),
        prices: vec![Price::new(PriceUnit::InputToken, Decimal::ONE), Price::new(PriceUnit::OutputToken, Decimal::ONE)],
        max_output_tokens: Some(4),
    };
    let (world, ai) = with_catalogue(catalogue, vec![own("gemini/gemini-2.5-flash"), own("m-2"), own("m-3")]).await;
    let sent = world.transport.requests().len();
    let all = TokenRange { min: 1, max: Some(10) };
    for (model, low, high, output, basis) in [
        ("gemini-2.5-flash", Some("0.011"), Some("0.126"), all, PriceBasis::Catalogue),
        ("m-2", Some("0.011"), Some("0.066"), TokenRange { max: Some(4), ..all }, PriceBasis::Catalogue),
        ("m-3", Some("2"), Some("30"), TokenRange { max: Some(4), ..all }, PriceBasis::AppPrices),
        ("m-4", None, None, TokenRange { max: None, ..all }, PriceBasis::Unknown),
    ] {
        let estimate = ai.estimate(ChatRequest::user("Hi").model(model).into()).await.unwrap();
        assert_eq!((estimate.low, estimate.high), (low.map(money), high.map(money)), "{model}");
        assert_eq!((estimate.output_tokens, estimate.basis), (Some(output), basis), "{model}");
        assert_eq!(estimate.input_tokens, Some(TokenRange { min: 1, max: Some(26) }));
    }
    assert_eq!(world.transport.requests().len(), sent);
}

// P8, P20
#[tokio::test(start_paused = true)]
async fn every_kind_of_request_is_estimated_by_its_own_price() {
    let catalogue = r#"[
        {"id":"gpt-4o","input_cost_per_token":1,"output_cost_per_token":1000},
        {"id":"other","input_cost_per_token":1,"output_cost_per_token":1000},
        {"id":"e-1","input_cost_per_token":1},
        {"id":"i-1","output_cost_per_image":"0.04"},
        {"id":"s-1","input_cost_per_character":1.5e-05}]"#;
    let (world, ai) = with_catalogue(catalogue, Vec::new()).await;
    let sent = world.transport.requests().len();
    let model = |id: &str| Some(id.to_owned());
    let photo = || Photo::Url(PHOTO.into());
    let question =
        |id: &str| ImageQuestion { model: model(id), max_tokens: Some(2), ..ImageQuestion::new(photo(), "What?") };
    // A message with "What?" counts 2 to 28 tokens, and a photo of one pixel 85 to 255 for GPT-4o.
    let (low, high) = bounds(&ai, question("gpt-4o")).await;
    assert_eq!((low, high), (Some(money("1086")), Some(money("2283"))));
    assert_eq!(bounds(&ai, question("other")).await, (None, None), "its photos count in an unknown way");
    let scan = |pages: usize| ReceiptScan {
        model: model("gpt-4o"),
        max_tokens: Some(1),
        ..ReceiptScan::pages(vec![photo(); pages])
    };
    let (one, two) = (bounds(&ai, scan(1)).await, bounds(&ai, scan(2)).await);
    assert!(one.0.unwrap() > money("1085") && two.1.unwrap() > one.1.unwrap() + money("255"), "{one:?} {two:?}");
    let extraction =
        JsonExtraction { model: model("gpt-4o"), ..JsonExtraction::new(vec![photo()], r#"{"type":"object"}"#) };
    assert!(matches!(bounds(&ai, extraction).await, (Some(_), None)), "nothing limits the answer");
    let embeddings = EmbeddingRequest { model: model("e-1"), ..EmbeddingRequest::new(["Hi", "Hi"]) };
    assert_eq!(bounds(&ai, embeddings).await, (Some(money("0")), Some(money("8"))));
    let images = |size: Option<&str>| ImageRequest {
        model: model("i-1"),
        n: Some(3),
        size: size.map(str::to_owned),
        ..ImageRequest::new("A cat")
    };
    assert_eq!(bounds(&ai, images(None)).await, (Some(money("0.12")), Some(money("0.12"))));
    assert_eq!(bounds(&ai, images(Some("4096x4096"))).await.1, None, "another size has another price");
    let speech = SpeechRequest { model: model("s-1"), ..SpeechRequest::new("Grüße") };
    assert_eq!(bounds(&ai, speech.clone()).await, (Some(money("0.000075")), Some(money("0.000075"))));
    let instructed = SpeechRequest { instructions: Some("Calm".into()), ..speech };
    assert_eq!(bounds(&ai, instructed).await, (Some(money("0.000075")), Some(money("0.000135"))));
    let several = ChatRequest { n: Some(3), ..ChatRequest::user("Hi").model("gpt-4o").max_tokens(2) };
    assert_eq!(bounds(&ai, several).await, (Some(money("3001")), Some(money("6026"))));
    let searching = ChatRequest {
        extra_json: Some(r#"{"web_search_options":{}}"#.into()),
        ..ChatRequest::user("Hi").model("gpt-4o").max_tokens(2)
    };
    assert!(matches!(bounds(&ai, searching).await, (Some(_), None)), "what is added may cost more");
    let refused = ai.estimate(ChatRequest::new(Vec::new()).into()).await.unwrap_err();
    assert_eq!(refused.code(), "invalid_input");
    assert_eq!(world.transport.requests().len(), sent, "nothing was sent");
}
