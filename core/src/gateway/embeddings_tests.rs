use super::*;
use crate::error::ProviderErrorKind;
use proptest::prelude::*;
use serde_json::{Value, json};

// wire: embeddings
#[test]
fn one_text_is_sent_as_a_string_and_several_as_a_list() {
    let sent = |request: &EmbeddingRequest| -> Value {
        serde_json::from_slice(&request.encode("text-embedding-3-small").unwrap()).unwrap()
    };
    let one = EmbeddingRequest::new(["coffee"]);
    assert_eq!(sent(&one), json!({"model": "text-embedding-3-small", "input": "coffee"}));
    let two = EmbeddingRequest {
        dimensions: Some(8),
        encoding_format: Some(EmbeddingEncodingFormat::Base64),
        ..EmbeddingRequest::new(["a", "b"])
    };
    let expected = json!({
        "model": "text-embedding-3-small", "input": ["a", "b"], "dimensions": 8, "encoding_format": "base64",
    });
    assert_eq!(sent(&two), expected);
}

// wire: embeddings; P6
#[test]
fn vectors_are_read_in_both_encodings_and_put_in_the_texts_order() {
    let body = br#"{"data":[{"index":"1","embedding":"AACAPwAAAMA"},{"index":0,"embedding":[0.5,1]}],"model":"m",
        "usage":{"prompt_tokens":2,"total_tokens":2}}"#;
    let embeddings = read(body, 2, "m-1".into(), None).unwrap();
    assert_eq!(embeddings.vectors, [[0.5, 1.0], [1.0, -2.0]]);
    assert_eq!((embeddings.usage.unwrap().total_tokens, embeddings.model.as_str()), (2, "m"));
    let bare = read(br#"{"data":[{"embedding":[1]},{"embedding":[2]}]}"#, 2, "m-1".into(), None).unwrap();
    assert_eq!((bare.vectors, bare.model.as_str()), (vec![vec![1.0], vec![2.0]], "m-1"));
}

// C6, P6
#[test]
fn without_an_order_of_their_own_vectors_are_in_the_order_in_which_they_come() {
    let of = |indices: [&str; 3]| {
        let item = |(index, number): (&str, u8)| format!(r#"{{{index}"embedding":[{number}]}}"#);
        let items: Vec<_> = indices.into_iter().zip(1..).map(item).collect();
        read(format!(r#"{{"data":[{}]}}"#, items.join(",")).as_bytes(), 3, "m-1".into(), None)
    };
    let in_order = vec![vec![1.0], vec![2.0], vec![3.0]];
    for index in ["", r#""index":0,"#, r#""index":"0","#, r#""index":null,"#, r#""index":-1,"#, r#""index":3,"#] {
        assert_eq!(of([index; 3]).unwrap().vectors, in_order, "{index}");
    }
    let last_first = of([r#""index":"2","#, r#""index":1.0,"#, r#""index":7,"index":0,"#]).unwrap();
    assert_eq!(last_first.vectors, [[3.0], [2.0], [1.0]]);
    assert!(of([r#""index":0,"#, r#""index":0,"#, r#""index":1,"#]).is_err(), "whose the first two are is not clear");
}

// P12, C6
#[test]
fn usage_and_cost_are_told_if_they_are_known() {
    let usage = |usage: &str| {
        let body = format!(r#"{{"data":[{{"embedding":[1]}}],"usage":{usage}}}"#);
        let embeddings = read(body.as_bytes(), 1, "m-1".into(), None).unwrap();
        (embeddings.usage.map(|usage| usage.total_tokens), embeddings.cost)
    };
    assert_eq!(usage(r#"{"prompt_tokens":2,"cost":1e-7}"#), (Some(2), Some("0.0000001".parse().unwrap())));
    assert_eq!(usage("{}"), (None, None));
}

// P4
#[test]
fn an_answer_is_as_large_as_what_was_asked_for() {
    let request = EmbeddingRequest { dimensions: Some(1000), ..EmbeddingRequest::new(["a", "b"]) };
    assert_eq!(request.max_response(), 2 * 1000 * 32 + 1024 * 1024);
    assert_eq!(EmbeddingRequest::new(vec!["a"; 2048]).max_response(), MAX_RESPONSE);
}

#[test]
fn a_text_without_its_vector_is_no_answer() {
    for body in [
        "",
        "{}",
        r#"{"data":[]}"#,
        r#"{"data":[{"embedding":[]}]}"#,
        r#"{"data":[{"index":7,"embedding":[1]}]}"#,
        r#"{"data":[{"embedding":"AAA"}]}"#,
        r#"{"data":[{"embedding":"!"}]}"#,
        r#"{"data":[{},{"embedding":[1]}]}"#,
        r#"{"data":[null,{"embedding":[1]}]}"#,
    ] {
        let error = read(body.as_bytes(), 1, "m-1".into(), None).unwrap_err();
        assert!(matches!(error, Error::Provider { kind: ProviderErrorKind::InvalidResponse, .. }), "{body}");
    }
    let refused = br#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#;
    assert_eq!(read(refused, 1, "m-1".into(), None).unwrap_err().code(), "budget_exceeded");
}

// P8
#[test]
fn what_has_no_meaning_is_refused_before_it_costs_money() {
    let refused = |request: EmbeddingRequest| match request.check().unwrap_err() {
        Error::InvalidInput { input, .. } => input,
        other => panic!("{other}"),
    };
    assert_eq!(refused(EmbeddingRequest::default()), "input");
    assert_eq!(refused(EmbeddingRequest::new(["a", " "])), "input");
    assert_eq!(refused(EmbeddingRequest { dimensions: Some(0), ..EmbeddingRequest::new(["a"]) }), "dimensions");
}

proptest! {
    // S3
    #[test]
    fn no_answer_panics(body in any::<Vec<u8>>(), texts in 0..4_usize) {
        let _ = read(&body, texts, "m-1".into(), None);
    }
}
