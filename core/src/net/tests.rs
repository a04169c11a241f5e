use super::scripted::{Scripted, ScriptedTransport, answer, chunks, with_header};
use super::*;
use futures_util::FutureExt;
use std::sync::atomic::{AtomicUsize, Ordering};

const SECOND: Duration = Duration::from_secs(1);

fn client(transport: Arc<ScriptedTransport>) -> HttpClient {
    HttpClient { transport, environment: Environment::system(), log: Arc::new(Log::default()) }
}

fn call(class: CallClass) -> Call {
    let request = Request::post("https://api.example/v1/chat?token=canary").body(Bytes::from("canary").into()).unwrap();
    Call {
        request,
        class,
        idle_timeout: 5 * SECOND,
        total_timeout: 20 * SECOND,
        cancellation: None,
        progress: Arc::default(),
    }
}

const PAID: CallClass = CallClass::Paid { repeat_rate_limited: true };

/// Answers with each of these in turn, then with 200.
fn in_turn(answers: Vec<fn() -> Scripted>) -> Arc<ScriptedTransport> {
    let turn = AtomicUsize::new(0);
    ScriptedTransport::new(move |_| {
        let next = answers.get(turn.fetch_add(1, Ordering::SeqCst)).copied();
        async move { next.map_or_else(|| answer(200, "done"), |next| next()) }
    })
}

fn status(reply: &Reply) -> u16 {
    match reply {
        Reply::Success(answer) => answer.status,
        Reply::Refusal(refusal) => refusal.status,
    }
}

// P1
#[tokio::test(start_paused = true)]
async fn a_paid_call_is_repeated_only_where_it_was_not_processed() {
    let not_sent = || Err(HttpFailure::NotSent { detail: "refused".into() });
    let rate_limited = || with_header(answer(429, ""), "retry-after", "3");
    for (answers, requests, expected) in [
        (vec![not_sent as fn() -> Scripted, not_sent], 3, Ok(200)),
        (vec![rate_limited, rate_limited], 3, Ok(200)),
        (vec![rate_limited, rate_limited, rate_limited], 3, Ok(429)),
        (vec![|| answer(500, "")], 1, Ok(500)),
        (vec![|| answer(503, "")], 1, Ok(503)),
        (vec![|| Err(HttpFailure::Broken { detail: String::new() })], 1, Err("offline")),
    ] {
        let transport = in_turn(answers);
        let result = client(transport.clone()).send(call(PAID)).await;
        let outcome =
            result.as_ref().map(status).map_err(|failure| crate::Error::from(failure.clone()).code().to_owned());
        assert_eq!(outcome, expected.map_err(str::to_owned));
        assert_eq!(transport.requests().len(), requests);
    }
}

// P2
#[tokio::test(start_paused = true)]
async fn a_wait_is_as_long_as_the_server_asks() {
    let transport = in_turn(vec![|| with_header(answer(503, ""), "retry-after", "7")]);
    let started = Instant::now();
    client(transport).send(call(CallClass::Read)).await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 7);
}

// P2, P3: the total limit holds over all repeats
#[tokio::test(start_paused = true)]
async fn a_wait_that_would_pass_the_total_limit_is_not_begun() {
    let transport = in_turn(vec![|| with_header(answer(503, ""), "retry-after", "25")]);
    let started = Instant::now();
    let reply = client(transport.clone()).send(call(CallClass::Read)).await.unwrap();
    assert_eq!((status(&reply), transport.requests().len(), started.elapsed()), (503, 1, Duration::ZERO));
}

// P3
#[tokio::test(start_paused = true)]
async fn silence_and_slowness_end_a_call() {
    let silent = ScriptedTransport::new(|_| std::future::pending());
    let failure = client(silent).send(call(PAID)).await.err();
    assert_eq!(failure, Some(HttpFailure::IdleTimeout { limit: 5 * SECOND }));

    let dripping = ScriptedTransport::new(|_| async {
        let drops = futures_util::stream::unfold((), |()| async {
            tokio::time::sleep(4 * SECOND).await;
            Some((Ok(Bytes::from_static(b".")), ()))
        });
        Ok(http::Response::new(BodyStream::new(drops)))
    });
    let Ok(Reply::Success(answer)) = client(dripping).send(call(PAID)).await else { panic!("no answer") };
    let failure = answer.body.read_all(1000).await.err();
    assert_eq!(failure, Some(HttpFailure::TotalTimeout { limit: 20 * SECOND }));
}

// P3
#[tokio::test(start_paused = true)]
async fn cancelling_ends_a_call_at_once_and_drops_its_request() {
    struct Dropped(Arc<AtomicUsize>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let drops = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&drops);
    let silent = ScriptedTransport::new(move |_| {
        let guard = Dropped(Arc::clone(&counter));
        async move {
            let _guard = guard;
            std::future::pending().await
        }
    });
    let cancellation = Cancellation::new();
    let mut call = call(PAID);
    call.cancellation = Some(Arc::clone(&cancellation));
    let client = client(silent);
    let sending = client.send(call);
    tokio::pin!(sending);
    assert!(sending.as_mut().now_or_never().is_none());
    cancellation.cancel();
    assert_eq!(sending.await.err(), Some(HttpFailure::Cancelled));
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

// P4
#[tokio::test]
async fn an_answer_that_is_too_large_is_refused() {
    let transport = ScriptedTransport::new(|_| async { answer(200, vec![b'x'; 1001]) });
    let Ok(Reply::Success(answer)) = client(transport).send(call(PAID)).await else { panic!("no answer") };
    assert_eq!(answer.body.read_all(1000).await.err(), Some(HttpFailure::TooLarge { limit: 1000 }));
}

#[tokio::test]
async fn a_refusal_is_read_as_far_as_it_comes() {
    let transport = ScriptedTransport::new(|_| async {
        chunks(400, vec![Ok("bad".into()), Err(HttpFailure::Broken { detail: String::new() })])
    });
    let Ok(Reply::Refusal(refusal)) = client(transport).send(call(PAID)).await else { panic!("no refusal") };
    assert_eq!(refusal.body, "bad");
    let endless = ScriptedTransport::new(|_| async {
        Ok(http::Response::builder()
            .status(400)
            .body(BodyStream::new(futures_util::stream::repeat(Ok("x".into()))))
            .unwrap())
    });
    let Ok(Reply::Refusal(refusal)) = client(endless).send(call(PAID)).await else { panic!("no refusal") };
    assert_eq!(refusal.body.len(), MAX_REFUSAL_BYTES);
}

// S1, P6
#[tokio::test]
async fn the_log_has_neither_query_nor_body() {
    let client = client(in_turn(vec![]));
    client.send(call(PAID)).await.map(drop).unwrap();
    let log = client.log.read();
    assert!(log[0].text.starts_with("POST api.example/v1/chat: 200 in "), "{}", log[0].text);
    assert!(!format!("{log:?}").contains("canary"));
}
