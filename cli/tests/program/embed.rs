//! `aipass embed`.

use crate::user::User;
use serde_json::json;

// wire: embeddings
#[tokio::test]
async fn texts_become_a_vector_a_line() {
    let user = User::sign_in("embed").await;
    let outcome = user.run(&["embed", "coffee", "tea", "--dimensions", "8"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    let vectors: Vec<Vec<f32>> = outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(vectors.iter().map(Vec::len).collect::<Vec<_>>(), [8, 8]);
    assert_ne!(vectors[0], vectors[1]);
    let piped = user.run_with_input(&["embed", "-", "--dimensions", "8"], "coffee\n\n  \ntea\n").await;
    assert_eq!(piped.stdout, outcome.stdout);
}

#[tokio::test]
async fn as_json_the_model_and_its_tokens_are_told() {
    let user = User::sign_in("embed-json").await;
    let arguments = ["embed", "coffee", "--dimensions", "4", "--model", "text-embedding-3-large", "--json"];
    let printed = user.run(&arguments).await.json();
    assert_eq!(printed["model"], "text-embedding-3-large");
    assert_eq!(printed["vectors"][0].as_array().unwrap().len(), 4);
    assert!(printed["tokens"]["total"].as_u64().unwrap() > 0);
}

// P8
#[tokio::test]
async fn nothing_to_embed_costs_nothing() {
    let user = User::sign_in("embed-refused").await;
    user.run(&["embed", "coffee", " "]).await.fails_with(2, "The input cannot be used: number 1 (from 0) is empty");
    user.run_with_input(&["embed", "-"], "\n \n").await.fails_with(2, "The input cannot be used: there is none");
    user.run(&["embed", "coffee", "--dimensions", "0"]).await.fails_with(2, "--dimensions cannot be used");
    assert_eq!(user.sandbox.requests("/oauth2/v1/embeddings"), 0);
    user.sandbox.set_remaining_budget(0.into());
    let outcome = user.run(&["embed", "coffee", "--json"]).await;
    assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (4, &json!("budget_exceeded")));
}
