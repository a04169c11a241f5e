//! T7 through the whole session: whatever a token response looks like, the token set that it grants is stored or revoked.

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks, with_header};
use crate::{AiPass, Error, ProviderErrorKind, SessionState};
use bytes::Bytes;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::time::Duration;
use url::form_urlencoded;

/// Cases of the property test where `AIPASS_CASES` names no other number.
const CASES: u32 = 500;
/// Whether refreshes may bring the access token of before again, with other members.
const SAME_ACCESS_TOKEN: bool = false;

const T: &str = r#""access_token":"at-1","refresh_token":"rt-1","expires_in":3600,"token_type":"Bearer""#;

async fn sign_in_with(world: &World, ai: &AiPass, status: u16, body: String) -> Result<(), Error> {
    let callback = begin(ai).await;
    world.server.set(|state| state.token_bodies.push_back((status, body)));
    ai.complete_sign_in(callback).await
}

/// One refresh that the next response answers, by way of a 401.
async fn refresh_with(world: &World, ai: &AiPass, status: u16, body: String, access_token: &str) -> Result<(), Error> {
    tokio::time::advance(Duration::from_secs(100)).await;
    let before = world.token_requests();
    world.server.set(|state| {
        state.live = [access_token.to_owned()].into();
        state.token_bodies.push_back((status, body));
    });
    let refreshed = ai.refresh_balance().await.map(drop);
    assert_eq!(world.token_requests(), before + 1);
    refreshed
}

/// Access and refresh token as they are stored.
fn stored(world: &World) -> Option<(String, Option<String>)> {
    let record = world.store.record()?;
    let text = |name: &str| record["grant"][name].as_str().map(str::to_owned);
    Some((text("access_token")?, text("refresh_token")))
}

fn revoked(world: &World) -> Vec<String> {
    let decode = |token: String| form_urlencoded::parse(token.as_bytes()).next().unwrap().0.into_owned();
    world.server.revoked().into_iter().map(decode).collect()
}

fn token_set(access_token: &str, refresh_token: &str) -> Option<(String, Option<String>)> {
    Some((access_token.to_owned(), Some(refresh_token.to_owned())))
}

// T7, K2, K4
#[tokio::test(start_paused = true)]
async fn oddities_that_mean_nothing_cost_nothing() {
    for body in [
        format!(r#"{{{T},"error":""}}"#),
        format!(r#"{{"error":{{"message":"","code":null}},{T}}}"#),
        format!(r#"{{"access_token":"old","scope":"a","scope":"b","refresh_token":null,{T}}}"#),
        format!(r#"{{"success":true,"data":{{{T}}},"error":false}}"#),
    ] {
        let world = World::new();
        let ai = world.client();
        assert_eq!(sign_in_with(&world, &ai, 200, body.clone()).await, Ok(()), "{body}");
        assert_eq!(stored(&world), token_set("at-1", "rt-1"), "{body}");

        let world = World::new();
        let ai = world.signed_in().await;
        assert_eq!(refresh_with(&world, &ai, 200, body.clone(), "at-1").await, Ok(()), "{body}");
        assert_eq!(stored(&world), token_set("at-1", "rt-1"), "{body}");
    }
}

// T7: revoked on sign-in, stored on refresh; the error says why
#[tokio::test(start_paused = true)]
async fn a_defective_token_set_is_never_dropped() {
    for (body, why) in [
        (format!(r#"{{{T},"token_type":"mac"}}"#), "not a Bearer token"),
        (format!(r#"{{{T},"access_token":"at\n1"}}"#), "cannot stand in a header"),
        (
            format!(r#"{{{T},"error":"quota","error_description":"Pay for at-1 first"}}"#),
            "quota: Pay for [redacted] first",
        ),
    ] {
        let access_token = if body.contains(r"at\n1") { "at\n1" } else { "at-1" };
        let world = World::new();
        let ai = world.client();
        let error = sign_in_with(&world, &ai, 200, body.clone()).await.unwrap_err();
        assert!(matches!(&error, Error::Provider { detail, .. } if detail.contains(why)), "{body}: {error}");
        assert_eq!(revoked(&world), ["rt-1", access_token], "{body}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut), "{body}");

        let world = World::new();
        let ai = world.signed_in().await;
        let error = refresh_with(&world, &ai, 200, body.clone(), access_token).await.unwrap_err();
        assert!(error.to_string().contains(why), "{body}: {error}");
        assert_eq!(stored(&world), token_set(access_token, "rt-1"), "{body}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn), "{body}");
        // The next call is not given a token that cannot be used.
        assert_eq!(
            refresh_with(&world, &ai, 200, format!("{{{T}}}").replace("-1", "-2"), "at-2").await,
            Ok(()),
            "{body}"
        );
        assert_eq!(stored(&world), token_set("at-2", "rt-2"), "{body}");
    }
}

// T7: the JSON arrived whole, its end did not
#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_after_the_token_set_loses_nothing() {
    fn cut(body: &str) -> Scripted {
        chunks(200, vec![Ok(Bytes::from(body.to_owned())), Err(HttpFailure::Broken { detail: "reset".into() })])
    }
    let world = World::new();
    let ai = world.client();
    world.server.answer_token_requests(&[|| cut(r#"{"access_token":"at-1","refresh_token":"rt-1"}"#)]);
    sign_in(&ai).await;
    assert_eq!(stored(&world), token_set("at-1", "rt-1"));

    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    for part in [|| cut(r#"{"access_token":"at-1","refresh_tok"#), || cut("access_token=at"), || cut("")] {
        world.server.answer_token_requests(&[part]);
        assert_eq!(ai.complete_sign_in(callback.clone()).await.unwrap_err().code(), "offline");
    }
}

// K5: the session stays, and the app hears how long to wait
#[tokio::test(start_paused = true)]
async fn a_refresh_that_is_told_to_wait_says_how_long() {
    let limited: [fn() -> Scripted; 3] = [
        || with_header(answer(429, ""), "retry-after", "120"),
        || with_header(answer(400, r#"{"error":"slow_down"}"#), "retry-after", "120"),
        || with_header(answer(200, r#"{"error":"slow_down"}"#), "retry-after-ms", "120000"),
    ];
    let wait = Some(Duration::from_secs(120));
    for response in limited {
        let world = World::new();
        let ai = world.signed_in().await;
        tokio::time::advance(2 * HOUR).await;
        world.server.answer_token_requests(&[response]);
        let error = ai.access_token(Duration::ZERO).await.unwrap_err();
        assert!(matches!(error, Error::RateLimited { retry_after, .. } if retry_after == wait), "{error}");
        assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), "access-2");
    }
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    world.server.answer_token_requests(&[|| with_header(answer(503, "Back soon"), "retry-after", "120")]);
    let error = ai.complete_sign_in(callback.clone()).await.unwrap_err();
    assert!(error.to_string().contains("Back soon"));
    assert!(
        matches!(error, Error::Provider { kind: ProviderErrorKind::Unavailable, retry_after, .. } if retry_after == wait)
    );
    world.server.answer_token_requests(&[|| answer(400, r#"{"error":"slow_down"}"#)]);
    assert_eq!(ai.complete_sign_in(callback.clone()).await.unwrap_err().code(), "rate_limited");
    assert_eq!(ai.complete_sign_in(callback).await, Ok(())); // its code was not spent
}

// K7
#[tokio::test(start_paused = true)]
async fn a_code_that_is_not_text_is_not_sent() {
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    let error = ai.complete_sign_in(callback.replace("the-code", "%ff%fe")).await.unwrap_err();
    assert_eq!(error.code(), "callback_not_text");
    assert_eq!(world.token_requests(), 0);
    assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
}

/// A token response, made of raw JSON values.
#[derive(Debug, Clone)]
struct Generated {
    status: u16,
    /// 0 to 3: usable in different spellings. 4: cannot stand in a header.
    access: usize,
    same_access: bool,
    /// `None`: no member. 0 to 3: a new token in different spellings; from 4: values that say nothing.
    refresh: Option<usize>,
    others: Vec<&'static str>,
    token_type: &'static str,
    error: &'static str,
    twice: bool,
    frame: (&'static str, &'static str),
    order: Vec<usize>,
}

#[derive(Debug, Clone)]
enum Step {
    Granted(Generated),
    Nothing(u16, &'static str),
}

const NO_TOKENS: [(u16, &str); 12] = [
    (200, ""),
    (200, "{}"),
    (200, "<html>"),
    (200, r#"{"access_token":""}"#),
    (200, r#"{"access_token":"at-9"#),
    (200, r#"{"error":"server_error"}"#),
    (200, r#"{"success":false,"message":"no"}"#),
    (204, ""),
    (400, r#"{"error":"invalid_request"}"#),
    (429, ""),
    (500, r#"{"error":"invalid_grant"}"#),
    (503, "busy"),
];

fn pick<T: Clone + std::fmt::Debug + 'static>(options: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(options)
}

fn generated() -> impl Strategy<Value = Generated> {
    let lifetime = pick(&[
        "",
        "\"expires_in\":3600",
        "\"expires_in\":\"3600\"",
        "\"expires_in\":1e999",
        "\"expires_in\":-1",
        "\"expires_in\":[]",
    ]);
    let scope = pick(&["", "\"scope\":\"api:access\"", "\"scope\":[\"api:access\"]", "\"scope\":{}", "\"scope\":7"]);
    let extra = pick(&[
        "",
        "\"x\":\"\\ud800\"",
        "\"user\":{\"access_token\":\"other\"}",
        "\"id_token\":\"e30.e30.\"",
        "\"data\":null",
    ]);
    let others = (lifetime, scope, extra).prop_map(|(lifetime, scope, extra)| vec![lifetime, scope, extra]);
    let token_type = pick(&["", "\"Bearer\"", "\"bearer\"", "null", "\"\"", "[\"Bearer\"]", "\"mac\"", "7"]);
    let error = pick(&[
        "",
        "\"\"",
        "false",
        "{}",
        "[]",
        "null",
        "0",
        "{\"message\":\"\",\"code\":null}",
        "\"broken\"",
        "{\"code\":\"x\"}",
        "true",
    ]);
    let frame = pick(&[
        ("", ""),
        ("\u{feff}\n", "\n"),
        ("[", "]"),
        ("{\"success\":true,\"data\":", ",\"message\":\"ok\"}"),
        ("", "\n<!-- 1 ms -->"),
        ("Notice: x\n", ""),
    ]);
    let status = pick(&[200_u16, 200, 201, 203]);
    let refresh = proptest::option::weighted(0.9, prop_oneof![4 => 0..4_usize, 1 => 4..9_usize]);
    let access = prop_oneof![9 => 0..4_usize, 1 => Just(4_usize)];
    let order = Just((0..8).collect::<Vec<_>>()).prop_shuffle();
    let parts = (status, access, any::<bool>(), refresh, others, token_type, error, any::<bool>(), frame, order);
    parts.prop_map(|(status, access, same_access, refresh, others, token_type, error, twice, frame, order)| Generated {
        status,
        access,
        same_access: SAME_ACCESS_TOKEN && same_access,
        refresh,
        others,
        token_type,
        error,
        twice,
        frame,
        order,
    })
}

impl Generated {
    fn access_token(&self, number: usize) -> String {
        match self.access {
            2 => format!("10{number}"),
            4 => format!("at {number}"),
            _ => format!("at-{number}"),
        }
    }

    fn refresh_token(&self, number: usize) -> Option<String> {
        match self.refresh? {
            2 => Some(format!("20{number}")),
            0..4 => Some(format!("rt-{number}")),
            _ => None,
        }
    }

    fn has_defect(&self) -> bool {
        self.access == 4
            || matches!(self.token_type, "\"mac\"" | "7")
            || matches!(self.error, "\"broken\"" | "{\"code\":\"x\"}" | "true")
    }

    fn body(&self, access_token: &str, number: usize) -> String {
        let spelt = |spelling: usize, text: &str| match spelling {
            1 => format!("[\"{text}\"]"),
            2 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.to_owned(),
            3 => format!("\"\\u{:04x}{}\"", text.as_bytes()[0], &text[1..]),
            _ => format!("\"{text}\""),
        };
        let mut members = vec![format!("\"access_token\":{}", spelt(self.access, access_token))];
        members.extend(self.refresh.map(|spelling| match self.refresh_token(number) {
            Some(token) => format!("\"refresh_token\":{}", spelt(spelling, &token)),
            None => format!("\"refresh_token\":{}", ["null", "\"\"", "[]", "{}", "false"][spelling - 4]),
        }));
        members.extend(self.others.iter().filter(|member| !member.is_empty()).map(ToString::to_string));
        for (name, value) in [("token_type", self.token_type), ("error", self.error)] {
            if !value.is_empty() {
                members.push(format!("\"{name}\":{value}"));
            }
        }
        let order = self.order.iter().filter_map(|place| members.get(*place)).cloned();
        let mut all: Vec<String> = Vec::new();
        if self.twice {
            all.push("\"access_token\":\"stale\"".to_owned()); // whatever comes later counts
            all.extend(self.refresh.map(|_| "\"refresh_token\":\"stale\"".to_owned()));
        }
        all.extend(order);
        let (before, after) = self.frame;
        format!("{before}{{{}}}{after}", all.join(","))
    }
}

/// After each response the session has the newest token set, or it was revoked.
async fn nothing_is_lost(steps: Vec<Step>) {
    let world = World::new();
    let ai = world.client();
    let mut session: Option<(String, Option<String>)> = None;
    for (number, step) in steps.into_iter().enumerate() {
        let (status, body, granted) = match step {
            Step::Nothing(status, body) => (status, body.to_owned(), None),
            Step::Granted(response) => {
                let same = session.as_ref().filter(|_| response.same_access).map(|(token, _)| token.clone());
                let token = same.unwrap_or_else(|| response.access_token(number));
                (response.status, response.body(&token, number), Some((token, response)))
            }
        };
        let shown = format!("step {number}: {status} {body}");
        let token = granted.as_ref().map_or("", |(token, _)| token);
        let signed_in = session.is_some();
        let outcome = match signed_in {
            false => sign_in_with(&world, &ai, status, body).await,
            true => refresh_with(&world, &ai, status, body, token).await,
        };
        let expected_ok = granted.as_ref().is_some_and(|(_, response)| !response.has_defect());
        assert_eq!(outcome.is_ok(), expected_ok, "{shown}: {outcome:?}");
        if let Some((token, response)) = granted {
            let refresh_token = response.refresh_token(number);
            if signed_in || expected_ok {
                let kept = session.and_then(|(_, kept)| kept); // T4
                session = Some((token, refresh_token.or(kept)));
            } else {
                let revoked = revoked(&world);
                assert!(revoked.contains(&token), "{shown}: {revoked:?}");
                assert!(refresh_token.is_none_or(|token| revoked.contains(&token)), "{shown}: {revoked:?}");
            }
        }
        assert_eq!(stored(&world), session, "{shown}");
        if session.as_ref().is_some_and(|(_, refresh_token)| refresh_token.is_none()) {
            return; // the next refresh would end the session
        }
    }
}

// T7
#[test]
fn no_token_response_loses_a_token_set() {
    let cases = std::env::var("AIPASS_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let step = prop_oneof![5 => generated().prop_map(Step::Granted), 1 => pick(&NO_TOKENS).prop_map(|(status, body)| Step::Nothing(status, body))];
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&proptest::collection::vec(step, 1..6), |steps| {
        runtime.block_on(nothing_is_lost(steps));
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
}
